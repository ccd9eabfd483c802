"""What the merchant says where a product says nothing, for one category, one brand, or everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kontor.catalog import text
from kontor.core.errors import Invalid, Problem
from kontor.goods import brands, shared
from kontor.goods.models import MerchantDefault, Scope

ASPECT: Final = "aspect:"


@dataclass(frozen=True, slots=True)
class Default:
    """One default. `scope_key` is a brand's name, a category's id, or empty for the whole tenant."""

    scope: str
    scope_key: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """All defaults of a tenant, to be asked many times. Field names are compared without case and accents."""

    values: Mapping[tuple[str, str, str], str]

    @classmethod
    def of(cls, rows: Iterable[Default]) -> Defaults:
        """From rows, wherever they come from."""
        return cls(
            {(row.scope, _key(row.scope, row.scope_key), text.fold(row.field)): row.value for row in rows}
        )

    def resolve(self, field: str, brand: str, category_id: str) -> str | None:
        """The value for a field (`condition`, `aspect:Marke`), the narrowest scope first: category, brand, tenant."""
        name = text.fold(field)
        for scope, key in ((Scope.CATEGORY, category_id), (Scope.BRAND, brand), (Scope.TENANT, "")):
            found = self.values.get((scope.value, _key(scope, key), name))
            if found is not None and (key or scope is Scope.TENANT):
                return found
        return None


NONE: Final = Defaults({})


def load() -> Defaults:
    """The tenant's defaults; one query."""
    return Defaults.of(rows())


def resolve(field: str, brand: str, category_id: str) -> str | None:
    """One value; use `load` for more than one."""
    return load().resolve(field, brand, category_id)


def rows() -> list[Default]:
    """Every default, for a settings page."""
    found = MerchantDefault.objects.order_by("scope", "scope_key", "field")
    return [Default(row.scope, row.scope_key, row.field, row.value) for row in found]


def put(given: Iterable[Default]) -> None:
    """Sets these; an empty value takes a default away. Others stay. Raises Invalid."""
    cleaned = [
        Default(each.scope, text.line(each.scope_key), text.line(each.field), text.line(each.value))
        for each in given
    ]
    if problems := tuple(problem for n, each in enumerate(cleaned) for problem in _problems(n, each)):
        raise Invalid(problems=problems)
    for each in cleaned:
        place: dict[str, Any] = {
            "scope": each.scope,
            "scope_key": _key(each.scope, each.scope_key),
            "field": each.field,
        }
        if each.value:
            MerchantDefault.objects.update_or_create(**place, defaults={"value": each.value})
        else:
            MerchantDefault.objects.filter(**place).delete()
    shared.tell()


def _key(scope: str, key: str) -> str:
    return brands.key_of(key) if scope == Scope.BRAND else key


def _problems(index: int, row: Default) -> list[Problem]:
    found = []
    if row.scope not in Scope.values:
        found.append(
            Problem("goods.default.scope", "A default is for tenant, brand or category", f"{index}.scope")
        )
    if (row.scope == Scope.TENANT) == bool(row.scope_key):
        found.append(
            Problem(
                "goods.default.scope_key", "Name the brand or category, and only there", f"{index}.scope_key"
            )
        )
    if not row.field:
        found.append(Problem("goods.default.field", "Name the field", f"{index}.field"))
    if max(len(row.field), len(row.scope_key)) > 120 or len(row.value) > 200:
        found.append(
            Problem("goods.default.too_long", "120 characters for names, 200 for the value", str(index))
        )
    return found
