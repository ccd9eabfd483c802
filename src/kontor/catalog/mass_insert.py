"""Many rows of one table in one statement, sent as one JSON document that PostgreSQL takes apart.

COPY would be the usual way, but PostgreSQL refuses it on tables with row-level security. `bulk_create` prepares every
value of every row in Python; here the encoder writes the document in one go, which takes a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection
from django.db.models import Model

from kontor.core.tenancy import current_tenant


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]], *, update: Sequence[str] = ()) -> None:
    """Inserts `rows`, each a mapping of all columns but the tenant's, all with the same names in the same order.

    A row whose id is there already has the columns of `update` replaced; with none of them that is an IntegrityError.
    Inside `tenant()`.
    """
    if not rows:
        return
    document = orjson.dumps(list(rows), default=_plain).decode()
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, tuple(rows[0]), tuple(update)), [current_tenant(), document])


def columns(row: Model) -> dict[str, Any]:
    """All columns of a row as `insert` takes them."""
    return {name: getattr(row, name) for name in _names(type(row))}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON")


@lru_cache(maxsize=64)
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname != "tenant_id")


@lru_cache(maxsize=64)
def _statement(model: type[Model], names: tuple[str, ...], update: tuple[str, ...]) -> str:
    quoted = connection.ops.quote_name
    types = {field.attname: field.db_type(connection) for field in model._meta.concrete_fields}
    listed = ", ".join(map(quoted, names))
    typed = ", ".join(f"{quoted(name)} {types[name]}" for name in names)
    statement = (
        f"insert into {quoted(model._meta.db_table)} (tenant_id, {listed}) "  # noqa: S608
        f"select %s, {listed} from json_to_recordset(%s::json) as given ({typed})"
    )
    if not update:
        return statement
    replaced = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in update)
    return f"{statement} on conflict (id) do update set {replaced}"
