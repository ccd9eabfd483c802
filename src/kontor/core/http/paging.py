"""Pages by keyset: a cursor says after which row to go on, so nothing is shown twice or skipped while rows are added.

def list_listings(actor: Signed, page: Paging) -> Page[ListingOut]:
    return paginate(Listing.objects.filter(status="active"), page, order=("-updated_at", "-id")).page(ListingOut.of)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from fastapi import Depends, Query
from pydantic import BaseModel
from pydantic import Field as Described

from kontor.core.errors import KontorError

Row = TypeVar("Row", bound=Model)
Out = TypeVar("Out")
SALT = "kontor.cursor"


class CursorInvalid(KontorError):
    """The cursor was not made by this list in this order."""

    code, status, title = (
        "cursor.invalid",
        400,
        "This cursor doesn't belong to this list; begin again without one",
    )


@dataclass(frozen=True, slots=True)
class PageAsked:
    """How much of a list is wanted, and after which cursor."""

    limit: int = 50
    cursor: str | None = None
    total: bool = False


async def _asked(
    limit: Annotated[int, Query(ge=1, le=200, description="Rows per page.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=2000, description="`next_cursor` of the page before.")
    ] = None,
    total: Annotated[bool, Query(description="Count all rows too.")] = False,
) -> PageAsked:
    return PageAsked(limit, cursor or None, total)


Paging = Annotated[PageAsked, Depends(_asked)]


class Page(BaseModel, Generic[Out]):
    """One page of a list."""

    items: list[Out]
    next_cursor: str | None = Described(
        None, description="Send it as `cursor` for the next page; null at the end."
    )
    total: int | None = Described(None, description="All rows of the list, where `total=true` asked for it.")


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """The rows of one page, before they are made into what the API shows."""

    rows: list[Row]
    next_cursor: str | None
    total: int | None

    def page(self, out: Callable[[Row], Out]) -> Page[Out]:
        """The page to answer; `out` makes one item of one row."""
        return Page(items=[out(row) for row in self.rows], next_cursor=self.next_cursor, total=self.total)


def paginate(queryset: QuerySet[Row], asked: PageAsked, order: Sequence[str] = ("-id",)) -> Slice[Row]:
    """One page of `queryset` in `order` (Django's notation; columns or annotations, nulls last).

    `id` is added where missing: an order must be total. Raises CursorInvalid. Values are taken from the row, so an
    order column must not be deferred.
    """
    columns = [_Column(queryset, name) for name in _total_order(order)]
    ordered = queryset.order_by(*(column.ordering() for column in columns))
    if asked.cursor:
        ordered = ordered.filter(_after(columns, _read(asked.cursor, columns)))
    rows = list(ordered[: asked.limit + 1])
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Slice(rows, _write(rows[-1], columns) if more else None, queryset.count() if asked.total else None)


def _total_order(order: Sequence[str]) -> tuple[str, ...]:
    names = {name.lstrip("-") for name in order}
    if names & {"id", "pk"}:
        return tuple(order)
    descending = bool(order) and order[0].startswith("-")
    return (*order, "-id" if descending else "id")


class _Column:
    """One column of an order: its direction, whether it may be null, how its text is read back."""

    def __init__(self, queryset: QuerySet[Any], name: str) -> None:
        self.name, self.descending = name.lstrip("-"), name.startswith("-")
        self.field: Field[Any, Any]
        annotation = queryset.query.annotations.get(self.name)
        if annotation is not None:
            self.field, self.nullable = annotation.output_field, True
            return
        model = queryset.model
        try:
            for part in self.name.split("__"):
                self.field = model._meta.get_field(part)
                model = getattr(self.field, "related_model", None) or model
        except FieldDoesNotExist as error:
            raise TypeError(f"{queryset.model.__name__} can't be ordered by {self.name}") from error
        self.nullable = "__" in self.name or bool(self.field.null)

    def ordering(self) -> Any:
        column = F(self.name)
        nulls = {"nulls_last": True} if self.nullable else {}
        return column.desc(**nulls) if self.descending else column.asc(**nulls)

    def beyond(self, value: Any) -> Q:
        """Rows that come strictly after `value` in this column."""
        if value is None:
            return Q(pk__in=())
        after = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return after | Q(**{f"{self.name}__isnull": True}) if self.nullable else after

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def from_here(self, value: Any) -> Q:
        """Implied by the whole condition; said once so that the index is entered at this value."""
        if value is None or self.nullable:
            return Q()
        return Q(**{f"{self.name}__{'lte' if self.descending else 'gte'}": value})

    def of(self, row: Model) -> str | None:
        value: Any = row
        for part in self.name.split("__"):
            value = getattr(value, part, None)
        return None if value is None else _text(value)

    def read(self, text: str | None) -> Any:
        return None if text is None else self.field.to_python(text)


def _after(columns: Sequence[_Column], values: Sequence[Any]) -> Q:
    """Lexicographic "after": (a beyond) or (a same and b beyond) or …"""
    condition, same = Q(pk__in=()), Q()
    for column, value in zip(columns, values, strict=True):
        condition |= same & column.beyond(value)
        same &= column.same(value)
    return columns[0].from_here(values[0]) & condition


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _order_key(columns: Sequence[_Column]) -> str:
    return ",".join(f"{'-' if column.descending else ''}{column.name}" for column in columns)


def _write(row: Model, columns: Sequence[_Column]) -> str:
    return signing.dumps([_order_key(columns), *(column.of(row) for column in columns)], salt=SALT)


def _read(cursor: str, columns: Sequence[_Column]) -> list[Any]:
    try:
        order, *texts = signing.loads(cursor, salt=SALT)
        if order != _order_key(columns):
            raise CursorInvalid
        return [column.read(text) for column, text in zip(columns, texts, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError) as error:
        raise CursorInvalid from error
