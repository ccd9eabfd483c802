"""Rows and values as the API shows them."""

from __future__ import annotations

from typing import Any

from kontor.catalog.schemas import CauseOut, MoneyOut, ProblemOut
from kontor.core.errors import Problem
from kontor.core.http.etags import content_etag
from kontor.goods.imports import schemas
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.imports.models import Import, ImportChange, ImportRefusal
from kontor.goods.imports.queries import Shown
from kontor.goods.imports.standing import state_of, steps_of
from kontor.goods.reading import Mapping, ProductDraft, Refusal, check
from kontor.goods.reading.fields import OPTION, REPEATABLE
from kontor.jobs.models import Job

_SHOWN_VARIANTS = 12
_COUNTS = ("rows", "imported", "refused", "created", "updated", "unchanged", "reverted", "archived", "left")


def import_out(row: Import, job: Job | None) -> schemas.ImportOut:
    """One line of the list of imports."""
    state = state_of(row, job)
    return schemas.ImportOut(
        **{name: getattr(row, name) for name in _COUNTS},
        id=row.id,
        file_name=row.file_name,
        file_bytes=row.file_bytes,
        state=state.value,
        steps=[step.value for step in steps_of(row, job)],
        read=row.imported + row.refused,
        update_existing=row.update_existing,
        job_id=row.job_id,
        created_at=row.created_at,
        finished_at=row.finished_at or (job.finished_at if job else None),
        cause=CauseOut(**row.cause),
        problem=ProblemOut(**job.problem) if job and job.problem and state == "failed" else None,
    )


def editable(row: Import) -> dict[str, Any]:
    """What the mapping's ETag is of."""
    return {"mapping": row.mapping, "defaults": row.defaults}


def import_detail(row: Import, job: Job | None, preview: schemas.Preview | None) -> schemas.ImportDetail:
    """The whole, with what the mapping step shows."""
    mapping = Mapping.model_validate(row.mapping) if row.mapping else Mapping(columns=())
    defaults = ImportDefaults.model_validate(row.defaults)
    found = check(mapping, defaults.whole())
    odd = [ProblemOut(**each) for each in row.warnings]
    return schemas.ImportDetail(
        **import_out(row, job).model_dump(),
        etag=content_etag(editable(row)),
        form=mapping.form,
        encoding=row.dialect.get("encoding", ""),
        delimiter=row.dialect.get("delimiter", ""),
        columns=[schemas.ColumnOut.model_validate(column) for column in mapping.columns],
        defaults=defaults,
        remembered=row.is_remembered,
        warnings=[each for each in odd if each.severity != "error"],
        missing=[
            *(each for each in odd if each.severity == "error"),
            *(_problem(each) for each in found if each.severity == "error"),
        ],
        questions=[_problem(each) for each in found if each.severity != "error"],
        existing=row.existing,
        preview=preview,
    )


def refusal_out(row: ImportRefusal) -> schemas.RefusalOut:
    """A refused row of the database."""
    return schemas.RefusalOut(
        row=row.row,
        column=row.column,
        field=row.field,
        code=row.code,
        message=row.message,
        params=row.params,
        sku=row.sku,
        others=[ProblemOut(**each) for each in row.others],
    )


def preview_refusal(refusal: Refusal) -> schemas.RefusalOut:
    """A row that would be refused."""
    return schemas.RefusalOut(
        row=refusal.row,
        column=refusal.column,
        field=refusal.field,
        code=refusal.code,
        message=refusal.message,
        params=dict(refusal.params),
        sku=refusal.sku,
        others=[_problem(each) for each in refusal.others],
    )


def preview_product(draft: ProductDraft) -> schemas.PreviewProduct:
    """A product that would be imported."""
    return schemas.PreviewProduct(
        sku=draft.sku,
        title=draft.title,
        brand=draft.brand,
        condition=draft.condition,
        category_hint=draft.category_hint,
        aspects={name: list(values) for name, values in draft.aspects.items()},
        images=list(draft.image_urls),
        variants=[
            schemas.PreviewVariant(
                sku=variant.sku,
                gtin=variant.gtin,
                price=MoneyOut.of(variant.price_minor, variant.currency),
                quantity=variant.quantity,
                weight_g=variant.weight_g,
                options=dict(zip(draft.option_names, variant.option_values, strict=False)),
                row=variant.row,
            )
            for variant in draft.variants[:_SHOWN_VARIANTS]
        ],
        variant_count=len(draft.variants),
        rows=list(draft.rows[:_SHOWN_VARIANTS]),
        problems=[_problem(each) for each in draft.problems],
    )


def change_out(row: ImportChange, shown: Shown | None) -> schemas.ChangeOut:
    """What happened to one listing."""
    return schemas.ChangeOut.model_validate(
        {
            "listing_id": row.listing_id,
            "reference": row.reference,
            "title": shown.title if shown else "",
            "thumb": shown.thumb if shown else None,
            "action": row.action,
            "revision_before": row.revision_before,
            "revision_after": row.revision_after,
            "stock_moved": row.stock_moved,
            "row": row.row,
            "problems": row.problems,
            "undone": row.undone,
            "left_because": row.left_because,
        }
    )


def target_out(target: str) -> schemas.TargetOut:
    """What the list of targets says of one."""
    if target.startswith("structure:"):
        return schemas.TargetOut(target=target, group="structure", repeatable=target in REPEATABLE)
    group = "option" if OPTION.fullmatch(target) else "field"
    return schemas.TargetOut.model_validate(
        {"target": target, "group": group, "repeatable": target in REPEATABLE}
    )


def _problem(found: Problem) -> ProblemOut:
    return ProblemOut(**found.as_dict())
