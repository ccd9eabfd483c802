"""Many drafts at once, as files bring them: found by reference or SKU, changed only where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kontor.catalog import references, text
from kontor.catalog.models import Listing, Status
from kontor.core.errors import Problem
from kontor.goods import checks, views, writing
from kontor.goods.content import ProductContent
from kontor.goods.drafting import Lay, drafted
from kontor.goods.models import Variant, VariantState
from kontor.goods.values import Action, Keep, Outcome, ProductInput
from kontor.goods.writing import Change, StockCause

CHUNK: Final = 500


def upsert_many(drafts: Sequence[ProductInput], stock: StockCause) -> list[Outcome]:
    """One outcome per draft, in order. `stock` names the import, so that a repeated chunk counts nothing twice.

    A draft is a known product's where its reference or a SKU is in use; what it leaves KEEP, and languages, aspects and
    variants that it does not name, stay. An equal draft makes no revision. A refused one leaves no trace, and the
    others go on. Runs in the caller's transaction, in a fixed number of statements per 500 drafts.
    """
    references.alone()
    outcomes: list[Outcome] = []
    for start in range(0, len(drafts), CHUNK):
        outcomes += _chunk(drafts[start : start + CHUNK], stock)
    return outcomes


@dataclass(slots=True)
class _Planned:
    """A draft on its way: either refused, or with a change to write."""

    reference: str
    change: Change | None = None
    problems: tuple[Problem, ...] = ()
    revision_before: int = 0


def _chunk(drafts: Sequence[ProductInput], stock: StockCause) -> list[Outcome]:
    owners = _owners(drafts)
    current = writing.current({key for found in owners for key in found})
    seen: set[UUID] = set()
    plans = [_plan(draft, found, current, seen) for draft, found in zip(drafts, owners, strict=True)]
    writable = [plan.change for plan in plans if plan.change]
    for listing_id, problems in taken(writable).items():
        for plan in plans:
            if plan.change and plan.change.listing.id == listing_id:
                plan.change, plan.problems = None, (*plan.problems, *problems)
    writing.write([plan.change for plan in plans if plan.change], stock)
    return [_outcome(plan) for plan in plans]


def _plan(
    draft: ProductInput,
    owners: Sequence[UUID],
    current: dict[UUID, tuple[Listing, ProductContent]],
    seen: set[UUID],
) -> _Planned:
    reference = "" if isinstance(draft.reference, Keep) else text.line(draft.reference)
    known = [key for key in owners if key in current]
    if len(known) > 1:
        problem = Problem(
            "goods.sku_split",
            "These SKUs belong to different products so far",
            "sku",
            {"products": len(known)},
        )
        return _Planned(reference, problems=(problem,))
    if known and known[0] in seen:
        problem = Problem("goods.sku_repeated", "This product came earlier in the same file", "sku")
        return _Planned(reference, problems=(problem,))
    listing, before = current[known[0]] if known else (writing.new_listing(views.KIND), None)
    seen.add(listing.id)
    asked = drafted(before, draft, Lay.ADD)
    problems = checks.check(asked.content, asked.counted)
    if wrong := checks.errors(problems):
        return _Planned(asked.content.reference, problems=wrong, revision_before=listing.revision)
    change = Change(listing, before, asked.content, asked.counted)
    return _Planned(asked.content.reference, change, problems, listing.revision)


def _outcome(plan: _Planned) -> Outcome:
    if plan.change is None:
        return Outcome(
            Action.REFUSED,
            None,
            plan.reference,
            plan.revision_before,
            plan.revision_before,
            False,
            plan.problems,
        )
    change = plan.change
    action = (
        Action.CREATED if change.before is None
        else Action.UPDATED if change.is_content or change.moves
        else Action.UNCHANGED
    )  # fmt: skip
    return Outcome(
        action, change.listing.id, plan.reference, plan.revision_before, change.listing.revision,
        bool(change.moves), plan.problems,
    )  # fmt: skip


def _owners(drafts: Sequence[ProductInput]) -> list[list[UUID]]:
    """For each draft the products in use that it may mean: its reference's one, else those of its SKUs."""
    references = {text.line(draft.reference) for draft in drafts if not isinstance(draft.reference, Keep)}
    in_use = Listing.objects.filter(reference__in=references - {""}, kind=views.KIND)
    by_reference = dict(in_use.exclude(status=Status.ARCHIVED).values_list("reference", "id"))
    skus = {sku for draft in drafts for sku in _skus(draft)} | references
    active = Variant.objects.filter(sku__in=skus, state=VariantState.ACTIVE)
    by_sku = dict(active.values_list("sku", "product_id"))
    found = []
    for draft in drafts:
        reference = "" if isinstance(draft.reference, Keep) else text.line(draft.reference)
        named = by_reference.get(reference)
        others = {by_sku[sku] for sku in _skus(draft) or [reference] if sku in by_sku}
        found.append([named] if named else sorted(others))
    return found


def _skus(draft: ProductInput) -> list[str]:
    return [] if isinstance(draft.variants, Keep) else [text.line(variant.sku) for variant in draft.variants]


def taken(batch: Sequence[Change]) -> dict[UUID, list[Problem]]:
    """SKUs and references that another product in use has already, or an earlier change of this batch takes."""
    used = [change for change in batch if change.after.status != Status.ARCHIVED]
    problems: dict[UUID, list[Problem]] = defaultdict(list)
    named = [(change.after.reference, change.listing.id) for change in used]
    others = references.holders(reference for reference, _ in named)
    freed = _freed_skus(batch)
    sku_holders = {sku: key for sku, key in _sku_holders(used).items() if (sku, key) not in freed}
    for field, wanted, holders in (
        ("sku", _wanted_skus(used), sku_holders),
        ("reference", named, others),
    ):
        for value, listing_id in wanted:
            holder = holders.setdefault(value, listing_id)
            if holder != listing_id:
                problems[listing_id].append(_taken(field, value, holder))
    return problems


def _taken(field: str, value: str, holder: UUID) -> Problem:
    message = f"Another product has the article number {value}"
    return Problem("goods.sku_taken", message, field, {"sku": value, "listing_id": str(holder)})


def _wanted_skus(batch: Sequence[Change]) -> list[tuple[str, UUID]]:
    return [(variant.sku, change.listing.id) for change in batch for variant in change.after.variants]


def _sku_holders(batch: Sequence[Change]) -> dict[str, UUID]:
    skus = {sku for sku, _ in _wanted_skus(batch)}
    rows = Variant.objects.filter(sku__in=skus, state=VariantState.ACTIVE)
    return dict(rows.values_list("sku", "product_id"))


def _freed_skus(batch: Sequence[Change]) -> set[tuple[str, UUID]]:
    """SKUs that changes of this very batch give free: their holders may be ignored."""
    freed: set[tuple[str, UUID]] = set()
    for change in batch:
        kept = (
            set()
            if change.after.status == Status.ARCHIVED
            else {variant.sku for variant in change.after.variants}
        )
        before = change.before.variants if change.before else ()
        freed |= {(variant.sku, change.listing.id) for variant in before if variant.sku not in kept}
    return freed
