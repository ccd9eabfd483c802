"""Goods: the door for everybody else. Called inside `tenant()`; takes and gives plain values.

Every change is a revision with its cause, an event, and a word to `catalog.changes`; stock is a ledger beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kontor.catalog import references
from kontor.catalog.gallery import PictureView
from kontor.catalog.models import Listing, Media, Revision, Status
from kontor.core.errors import Conflict, Invalid, NotFound, Problem, StaleEdit
from kontor.core.money import Money
from kontor.goods import checks, upsert, views, writing
from kontor.goods.content import ProductContent, changed_fields
from kontor.goods.drafting import Lay, drafted
from kontor.goods.models import Variant, VariantState
from kontor.goods.stock import Moved, ledger, move_stock, put_back, reverse_stock, set_stock, take_stock
from kontor.goods.upsert import upsert_many
from kontor.goods.values import (
    KEEP,
    Action,
    BrandView,
    Keep,
    Outcome,
    PictureInput,
    ProductInput,
    ProductView,
    VariantInput,
    VariantView,
)
from kontor.goods.writing import Change, StockCause

__all__ = [
    "KEEP", "Action", "BrandView", "Keep", "Moved", "Outcome", "PictureInput", "PictureView", "ProductInput",
    "ProductView", "StockCause", "VariantInput", "VariantView", "archive", "find_by_sku", "find_by_skus", "get",
    "ledger", "move_stock", "put_back", "restore", "reverse_stock", "save", "set_category", "set_price", "set_stock",
    "take_stock", "undo", "undo_many", "upsert_many", "views_for_publishing",
]  # fmt: skip

CHUNK: Final = 500
Way = Callable[[Listing, ProductContent], ProductContent]


class Archived(Conflict):
    """It lies in the archive: restore it first."""

    code, title = "goods.archived", "This is archived; restore it before changing it"


class SkuTaken(Invalid):
    """Another product in use has one of these SKUs."""

    code, title = "goods.sku_taken", "Another product has this article number (SKU)"


def get(listing_id: UUID) -> ProductView:
    """The whole product. Raises NotFound, also for another tenant's id."""
    found = views.many([listing_id])
    if not found:
        raise NotFound
    return found[0]


def find_by_sku(sku: str) -> ProductView | None:
    """The product in use that has a variant of this SKU."""
    return find_by_skus([sku]).get(sku)


def find_by_skus(skus: Iterable[str]) -> dict[str, ProductView]:
    """Products in use by the SKUs of their variants; unknown SKUs are left out."""
    rows = Variant.objects.filter(sku__in=list(skus), state=VariantState.ACTIVE)
    owners = dict(rows.values_list("sku", "product_id"))
    found = {view.listing_id: view for view in views.many(list(set(owners.values())))}
    return {sku: found[listing_id] for sku, listing_id in owners.items()}


def views_for_publishing(listing_ids: Sequence[UUID]) -> list[ProductView]:
    """Whole products, five queries however many; unknown ids are left out."""
    return views.many(listing_ids)


def save(
    listing_id: UUID | None,
    draft: ProductInput,
    expected_revision: int | None = None,
    stock: StockCause | None = None,
) -> ProductView:
    """Makes a product (`listing_id` None) or changes one; equal content makes no revision.

    `expected_revision` None: whatever is there is changed. Raises Invalid with every problem at once, SkuTaken,
    StaleEdit with both sides, Archived, NotFound.
    """
    references.alone()
    listing, before = (writing.new_listing(views.KIND), None) if listing_id is None else _current(listing_id)
    if before is not None:
        refuse_stale(listing, before, expected_revision)
        if before.status == Status.ARCHIVED:
            raise Archived
    asked = drafted(before, draft, Lay.REPLACE)
    if wrong := checks.errors(checks.check(asked.content, asked.counted)):
        raise Invalid("Some values can't be taken; `problems` says which and why.", problems=wrong)
    change = Change(listing, before, asked.content, asked.counted)
    _refuse_taken([change])
    _refuse_unknown_media(asked.content)
    writing.write([change], stock or StockCause())
    return get(listing.id)


def refuse_stale(listing: Listing, content: ProductContent, expected_revision: int | None) -> None:
    """Raises StaleEdit with what is there now, where it differs from the revision that was edited."""
    if expected_revision is None or expected_revision == listing.revision:
        return
    edited = Revision.objects.filter(listing_id=listing.id, number=expected_revision).first()
    since = changed_fields(ProductContent.from_json(edited.snapshot), content) if edited else ()
    values = content.as_json()
    theirs = {
        "revision": listing.revision,
        "updated_at": listing.updated_at.isoformat(),
        "updated_by": listing.updated_by,
        "changed": list(since),
        "values": {name: values[name] for name in {field.partition(".")[0] for field in since}},
    }
    raise StaleEdit(yours={"revision": expected_revision}, theirs=theirs)


def set_price(variant_id: UUID, price: Money | None) -> ProductView:
    """One variant's price, as a revision. Raises NotFound, Invalid, Archived."""
    row = Variant.objects.filter(id=variant_id).exclude(state=VariantState.REMOVED).first()
    if row is None:
        raise NotFound
    _, content = _current(row.product_id)
    variants = tuple(
        VariantInput(each.sku, each.id, price=price if each.id == variant_id else KEEP)
        for each in content.variants
    )
    return save(row.product_id, ProductInput(variants=variants))


def set_category(choices: Mapping[UUID, Mapping[str, Mapping[str, Any]]]) -> None:
    """Sets categories by listing and marketplace, in one batch; other marketplaces' choices stay.

    A choice is `{"id", "name", "path", "by": "suggested" | "person"}`; an empty one is taken away, and so is none
    that a person made by one that was only suggested. Unknown ids and archived products are left out. Without a
    person's choice the revision is a machine's, and no merchant's change.
    """
    references.alone()
    batch = []
    for listing_id, (listing, before) in writing.current(choices).items():
        category = dict(before.category)
        for marketplace, choice in choices[listing_id].items():
            if choice.get("by") == "suggested" and category.get(marketplace, {}).get("by") == "person":
                continue
            category[marketplace] = dict(choice)
        draft = ProductInput(category={key: choice for key, choice in category.items() if choice})
        if before.status != Status.ARCHIVED:
            is_suggested = all(choice.get("by") != "person" for choice in choices[listing_id].values())
            after = drafted(before, draft, Lay.REPLACE).content
            batch.append(Change(listing, before, after, is_suggested=is_suggested))
    writing.write(batch, StockCause())


def archive(listing_ids: Sequence[UUID]) -> int:
    """Takes products out of use (their SKUs are free again) and off their channels; how many were in use."""
    return _to_status(listing_ids, lambda listing, content: content.with_status(Status.ARCHIVED))


def restore(listing_ids: Sequence[UUID]) -> int:
    """Puts archived products back as they were; how many. Raises SkuTaken where a SKU is in use by now."""
    return _to_status(listing_ids, as_before_archiving)


def undo(listing_id: UUID, to_number: int, expected_revision: int | None = None) -> ProductView:
    """Makes a new revision with the content of an older one. Raises NotFound, StaleEdit, SkuTaken."""
    listing, content = _current(listing_id)
    refuse_stale(listing, content, expected_revision)
    undo_many([(listing_id, to_number)])
    return get(listing_id)


def undo_many(targets: Sequence[tuple[UUID, int]]) -> int:
    """The same for many; how many changed by it. Raises NotFound for a revision that does not exist, SkuTaken."""
    references.alone()
    changed = 0
    for start in range(0, len(targets), CHUNK):
        wanted = dict(targets[start : start + CHUNK])
        found = writing.current(wanted)
        rows = Revision.objects.filter(listing_id__in=found, number__in=set(wanted.values()))
        snapshots = {(row.listing_id, row.number): row.snapshot for row in rows}
        if any((listing_id, number) not in snapshots for listing_id, number in wanted.items()):
            raise NotFound
        batch = [
            Change(
                listing, before, ProductContent.from_json(snapshots[listing_id, wanted[listing_id]]),
                undo_of=wanted[listing_id],
            )
            for listing_id, (listing, before) in found.items()
        ]  # fmt: skip
        _refuse_taken(batch)
        writing.write(batch, StockCause())
        changed += sum(change.is_content for change in batch)
    return changed


def _to_status(listing_ids: Sequence[UUID], way: Way) -> int:
    references.alone()
    changed = 0
    for start in range(0, len(listing_ids), CHUNK):
        found = writing.current(listing_ids[start : start + CHUNK])
        batch = [
            Change(listing, before, after)
            for listing, before in found.values()
            if (after := way(listing, before)) != before
        ]
        _refuse_taken(batch)
        writing.write(batch, StockCause())
        changed += len(batch)
    return changed


def as_before_archiving(listing: Listing, content: ProductContent) -> ProductContent:
    """The content of an archived product with the status that it had in use; another product's as it is."""
    if content.status != Status.ARCHIVED:
        return content
    rows = Revision.objects.filter(listing_id=listing.id).exclude(snapshot__status=Status.ARCHIVED)
    last = rows.order_by("-number").values_list("snapshot__status", flat=True).first()
    return content.with_status(last or Status.ACTIVE)


def _current(listing_id: UUID) -> tuple[Listing, ProductContent]:
    found = writing.current([listing_id])
    if listing_id not in found:
        raise NotFound
    return found[listing_id]


def _refuse_taken(batch: Sequence[Change]) -> None:
    if problems := [problem for found in upsert.taken(batch).values() for problem in found]:
        raise SkuTaken(problems[0].message, problems=tuple(problems), **problems[0].params)


def _refuse_unknown_media(content: ProductContent) -> None:
    wanted = {picture.media_id for picture in content.pictures if picture.media_id}
    known = set(Media.objects.filter(id__in=wanted).values_list("id", flat=True)) if wanted else set()
    if unknown := wanted - known:
        problem = Problem(
            "goods.picture.unknown",
            "There is no such picture",
            "pictures",
            {"ids": sorted(map(str, unknown))},
        )
        raise Invalid(problems=(problem,))
