"""The stock ledger: one entry per cause, however often it is told. Outside revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kontor.catalog import changes
from kontor.catalog.models import Listing
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import Invalid, NotFound, Problem
from kontor.goods.checks import MOST_STOCK
from kontor.goods.models import StockEntry, Variant, VariantState
from kontor.goods.writing import StockCause
from kontor.live import events


@dataclass(frozen=True, slots=True)
class Moved:
    """What a cause did: `delta` is 0 and `is_new` False where it had moved this variant before."""

    variant_id: UUID
    listing_id: UUID
    delta: int
    quantity: int
    is_new: bool


def set_stock(variant_id: UUID, quantity: int, cause: StockCause | None = None) -> Moved:
    """Counted: that many are there now. Raises NotFound, and Invalid for a negative count."""
    if not 0 <= quantity <= MOST_STOCK:
        problem = Problem(
            "goods.stock.range", "Stock can't be negative or this high", "quantity", {"value": quantity}
        )
        raise Invalid(problems=(problem,))
    variant = _locked(variant_id)
    return _move(variant, quantity - variant.quantity, cause or StockCause())


def move_stock(variant: UUID | str, delta: int, cause: StockCause) -> Moved:
    """Adds `delta` (taken: negative) to a variant, known by id or by the SKU in use, once per cause.

    May fall below zero: what was sold on two channels at once was sold, and the ledger says so. Raises NotFound.
    """
    return _move(_locked(variant), delta, cause)


def take_stock(variant: UUID | str, quantity: int, cause_kind: str, cause_id: str, note: str = "") -> Moved:
    """Takes `quantity` pieces for a cause such as an order line; told again, it does nothing. Raises NotFound."""
    return move_stock(variant, -quantity, StockCause(cause_kind, cause_id, note))


def put_back(variant: UUID | str, quantity: int, cause_kind: str, cause_id: str, note: str = "") -> Moved:
    """Gives `quantity` pieces back for a cause such as a cancellation; told again, it does nothing. Raises NotFound."""
    return move_stock(variant, quantity, StockCause(cause_kind, cause_id, note))


def reverse_stock(cause_kind: str, cause_id: str, listing_ids: Sequence[UUID] | None = None) -> int:
    """Undoes every movement of a cause, by entries of kind `undo:<kind>`; how many. Told again, it does nothing."""
    entries = StockEntry.objects.filter(cause_kind=cause_kind, cause_id=cause_id)
    if listing_ids is not None:
        entries = entries.filter(variant__product_id__in=listing_ids)
    cause = StockCause(f"undo:{cause_kind}"[:20], cause_id)
    rows = entries.order_by("variant__product_id", "variant_id").values_list("variant_id", "delta")
    return sum(move_stock(variant_id, -delta, cause).is_new for variant_id, delta in list(rows))


def ledger(variant_ids: Sequence[UUID], limit: int = 100) -> list[StockEntry]:
    """The newest entries of these variants, newest first."""
    return list(StockEntry.objects.filter(variant_id__in=variant_ids).order_by("-at", "-id")[:limit])


def _locked(known_as: UUID | str) -> Variant:
    """The variant's row, locked after its listing's: every writer of stock locks in this order."""
    rows = Variant.objects.exclude(state=VariantState.REMOVED)
    rows = (
        rows.filter(id=known_as) if isinstance(known_as, UUID) else rows.filter(sku=known_as, state="active")
    )
    found = rows.values_list("id", "product_id").first()
    if found is None:
        raise NotFound
    Listing.objects.select_for_update().get(id=found[1])
    return Variant.objects.select_for_update().get(id=found[0])


def _move(variant: Variant, delta: int, cause: StockCause) -> Moved:
    told_before = StockEntry.objects.filter(
        variant_id=variant.id, cause_kind=cause.kind, cause_id=cause.id
    ).exists()
    if told_before or not delta:
        return Moved(variant.id, variant.product_id, 0, variant.quantity, is_new=False)
    quantity = variant.quantity + delta
    StockEntry.objects.create(
        variant_id=variant.id, delta=delta, balance=quantity, cause_kind=cause.kind, cause_id=cause.id,
        cause=dict(cause_of()), note=cause.note, at=now(),
    )  # fmt: skip
    Variant.objects.filter(id=variant.id).update(quantity=quantity)
    listing = Listing.objects.get(id=variant.product_id)
    listing.stock += delta
    listing.save(update_fields=["stock"])
    payload = {
        "variant_id": str(variant.id),
        "sku": variant.sku,
        "quantity": quantity,
        "stock": listing.stock,
    }
    events.record("stock.changed", "listing", listing.id, revision=listing.revision, payload=payload)
    changes.tell([listing.id], frozenset({changes.STOCK}))
    return Moved(variant.id, listing.id, delta, quantity, is_new=True)
