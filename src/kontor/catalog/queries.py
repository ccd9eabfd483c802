"""Reading lists of listings: search, filters, orders, counts. Everything shown stands on the listing's own row."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kontor.catalog import listing_extras, text
from kontor.catalog.models import Listing, Revision, Status
from kontor.core.errors import NotFound
from kontor.core.http import paging
from kontor.core.http.paging import PageAsked, Slice, Statement
from kontor.core.tenancy import current_tenant

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "-updated": ("-updated_at", "-id"),
    "updated": ("updated_at", "id"),
    "title": ("sort_title", "id"),
    "-title": ("-sort_title", "-id"),
    "price": ("price_minor", "id"),
    "-price": ("-price_minor", "-id"),
    "stock": ("stock", "id"),
    "-stock": ("-stock", "-id"),
}
COLUMNS: Final = (
    "id", "kind", "reference", "headline", "language", "status", "brand", "detail__options", "variant_count", "price_minor",
    "price_to_minor", "currency", "stock", "thumb_id", "pictures_waiting", "pictures_failed", "revision",
    "updated_at", "updated_by", "sort_title", "publications",
)  # fmt: skip
IN_USE: Final = (Status.DRAFT.value, Status.ACTIVE.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which listings are wanted; what is None is not asked. `extra` are filters of `listing_extras` by name."""

    search: str = ""
    statuses: tuple[str, ...] = IN_USE
    kind: str | None = None
    brand: str | None = None
    is_in_stock: bool | None = None
    has_problem: bool | None = None
    ids: tuple[UUID, ...] | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)


def page(wanted: Wanted, asked: PageAsked, sort: str) -> Slice[dict[str, Any]]:
    """A page of listings as rows of COLUMNS, in one of ORDERS; `schemas.listing_row` shows them. Raises CursorInvalid."""
    total = listings(wanted).count() if asked.total else None
    return statement(current_tenant(), wanted, replace(asked, total=False), sort).run(total)


@functools.lru_cache(maxsize=512)
def statement(_tenant_id: UUID, wanted: Wanted, asked: PageAsked, sort: str) -> Statement:
    # Django compiles this for longer than PostgreSQL reads the page, and most requests ask what was asked before.
    shown = listings(wanted).annotate(publications=listing_extras.publications_json())
    return paging.statement(shown, COLUMNS, asked, ORDERS[sort])


def listings(wanted: Wanted) -> QuerySet[Listing]:
    """The listings asked for; unordered."""
    found = Listing.objects.filter(_condition(wanted))
    # Reads the tenant's rows: LIKE is not leakproof, so under row-level security no trigram index may serve it.
    # 150 ms where one of 200,000 fits, and as fast as the plain list where many do.
    for word in text.fold(wanted.search).split():
        found = found.filter(search__contains=word)
    return found


def _condition(wanted: Wanted) -> Q:
    condition = Q()
    if set(wanted.statuses) != set(Status.values):
        condition &= Q(status__in=wanted.statuses)
    if wanted.kind is not None:
        condition &= Q(kind=wanted.kind)
    if wanted.brand is not None:
        condition &= Q(brand__iexact=wanted.brand)
    if wanted.is_in_stock is not None:
        condition &= Q(stock__gt=0) if wanted.is_in_stock else Q(stock__lte=0)
    if wanted.has_problem is not None:
        condition &= needs_a_hand() if wanted.has_problem else ~needs_a_hand()
    if wanted.ids is not None:
        condition &= Q(id__in=wanted.ids)
    for name, value in wanted.extra.items():
        make = listing_extras.filters.get(name)
        condition &= make(value) if make else Q(pk__in=())
    return condition


def needs_a_hand() -> Q:
    """A picture that can't be had, or whatever other nouns call a problem."""
    return reduce(operator.or_, (make() for make in listing_extras.problems), Q(pictures_failed__gt=0))


def facets() -> dict[str, Any]:
    """Counts for the views of the list; two queries, and those of `listing_extras.counts`."""
    rows = list(
        Listing.objects.values("kind", "status")
        .annotate(
            count=Count("*"),
            out_of_stock=Count("id", filter=Q(stock__lte=0)),
            waiting=Count("id", filter=Q(pictures_waiting__gt=0)),
        )
        .order_by("kind", "status")
    )
    in_use = [row for row in rows if row["status"] in IN_USE]
    kinds: dict[str, int] = {}
    for row in in_use:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["count"]
    more: dict[str, int] = {}
    for count in listing_extras.counts:
        more |= count()
    return {
        "total": sum(kinds.values()),
        "kinds": kinds,
        "active": sum(row["count"] for row in rows if row["status"] == Status.ACTIVE),
        "drafts": sum(row["count"] for row in rows if row["status"] == Status.DRAFT),
        "archived": sum(row["count"] for row in rows if row["status"] == Status.ARCHIVED),
        "out_of_stock": sum(row["out_of_stock"] for row in in_use),
        "pictures_waiting": sum(row["waiting"] for row in in_use),
        "problems": Listing.objects.filter(Q(status__in=IN_USE) & needs_a_hand()).count(),
        "more": more,
    }


def revisions(listing_id: UUID) -> QuerySet[Revision]:
    """A listing's history. Raises NotFound."""
    if not Listing.objects.filter(id=listing_id).exists():
        raise NotFound
    return Revision.objects.filter(listing_id=listing_id)


def revision(listing_id: UUID, number: int) -> Revision:
    """One of them. Raises NotFound."""
    found = Revision.objects.filter(listing_id=listing_id, number=number).first()
    if found is None:
        raise NotFound
    return found
