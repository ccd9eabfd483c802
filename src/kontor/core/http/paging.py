"""Pages by keyset: a cursor says after which row to go on, so nothing is shown twice or skipped while rows are added.

def list_listings(actor: Signed, page: Paging) -> Page[ListingOut]:
    return paginate(Listing.objects.filter(status="active"), page, order=("-updated_at", "-id")).page(ListingOut.of)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from kontor.core.prepared import prepared

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
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
class Slice(Generic[Item]):
    """The rows of one page, before they are made into what the API shows."""

    rows: list[Item]
    next_cursor: str | None
    total: int | None

    def page(self, out: Callable[[Item], Out]) -> Page[Out]:
        """The page to answer; `out` makes one item of one row."""
        return Page(items=[out(row) for row in self.rows], next_cursor=self.next_cursor, total=self.total)

    def plain(self, out: Callable[[Item], dict[str, Any]]) -> dict[str, Any]:
        """The same page as plain values, for `answers.plain`."""
        return {
            "items": [out(row) for row in self.rows],
            "next_cursor": self.next_cursor,
            "total": self.total,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """A page's question, compiled: as good for the next request that asks the same."""

    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...]
    limit: int
    columns: tuple[_Column, ...]

    def run(self, total: int | None = None) -> Slice[dict[str, Any]]:
        """The page's rows by name, as psycopg reads them: Django's converters (jsonb is text) are not asked."""
        with prepared() as cursor:
            cursor.execute(self.sql, self.params)
            rows = [dict(zip(self.names, values, strict=True)) for values in cursor.fetchall()]
        return _cut(rows, self.limit, self.columns, total)


def statement(
    queryset: QuerySet[Row], names: Sequence[str], asked: PageAsked, order: Sequence[str] = ("-id",)
) -> Statement:
    """What `paginate` would ask, of the columns `names` alone, the order's own among them. Raises CursorInvalid.

    For a list that is asked for so often that compiling its query each time counts: keep the answer, by everything
    that the queryset was made from, the tenant among it.
    """
    columns = _columns(queryset, order)
    page = _page(queryset.values_list(*names), asked, columns)
    sql, params = page.query.sql_with_params()
    return Statement(sql, tuple(params), tuple(names), asked.limit, columns)


def paginate(queryset: QuerySet[Row], asked: PageAsked, order: Sequence[str] = ("-id",)) -> Slice[Row]:
    """One page of `queryset` in `order` (Django's notation; columns or annotations, nulls last).

    `id` is added where missing: an order must be total. Raises CursorInvalid. Values are taken from the row, so an
    order column must not be deferred.
    """
    columns = _columns(queryset, order)
    rows = list(_page(queryset, asked, columns))
    return _cut(rows, asked.limit, columns, queryset.count() if asked.total else None)


def _columns(queryset: QuerySet[Any], order: Sequence[str]) -> tuple[_Column, ...]:
    return tuple(_Column(queryset, name) for name in _total_order(order))


def _page(queryset: QuerySet[Any, Item], asked: PageAsked, columns: Sequence[_Column]) -> QuerySet[Any, Item]:
    """In order, after the cursor, and one row more than wanted: it tells whether there is a next page."""
    ordered = queryset.order_by(*(column.ordering() for column in columns))
    if asked.cursor:
        ordered = ordered.filter(_after(columns, _read(asked.cursor, columns)))
    return ordered[: asked.limit + 1]


def _cut(rows: list[Item], limit: int, columns: Sequence[_Column], total: int | None) -> Slice[Item]:
    if len(rows) <= limit:
        return Slice(rows, None, total)
    return Slice(rows[:limit], _write(rows[limit - 1], columns), total)


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

    def of(self, row: Any) -> str | None:
        value = row
        if isinstance(row, Mapping):
            value = row[self.name]
        else:
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


def _write(row: Any, columns: Sequence[_Column]) -> str:
    return signing.dumps([_order_key(columns), *(column.of(row) for column in columns)], salt=SALT)


def _read(cursor: str, columns: Sequence[_Column]) -> list[Any]:
    try:
        order, *texts = signing.loads(cursor, salt=SALT)
        if order != _order_key(columns):
            raise CursorInvalid
        return [column.read(text) for column, text in zip(columns, texts, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError) as error:
        raise CursorInvalid from error
