"""Any content a property could have, for properties (in hypothesis' sense) of what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from kontor.properties.content import PropertyContent
from kontor.properties.values import Section

_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
_PATTERNS = {"^[A-Z]{2}$": "AT", "^[A-Z]{3}$": "CHF", "^[a-z]{2}$": "fr", "^([A-Z]{2})?$": "AT"}


def contents() -> st.SearchStrategy[PropertyContent]:
    """Any combination of said and unsaid fields in any sections."""
    return sections(PropertyContent)


def sections(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of one section; its fields' types say how."""
    required = {name: _of(field) for name, field in kind.model_fields.items() if field.is_required()}
    optional = {name: _of(field) for name, field in kind.model_fields.items() if not field.is_required()}
    return _some(optional, required).map(kind.model_validate)


@st.composite
def _some(draw: st.DrawFn, optional: dict[str, Any], required: dict[str, Any]) -> dict[str, Any]:
    # A few of the fields at a time: all at once would make every example slow, and alike.
    names = draw(st.lists(st.sampled_from(sorted(optional)), max_size=6, unique=True)) if optional else []
    return {
        name: draw(value) for name, value in ({name: optional[name] for name in names} | required).items()
    }


def _of(field: FieldInfo) -> st.SearchStrategy[Any]:
    return _typed(field.annotation, field.metadata)


def _typed(kind: Any, metadata: list[Any]) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "__metadata__"):
        inner = kind.__origin__
        return _typed(inner, [*kind.__metadata__, *metadata])
    if origin in (Union, UnionType):
        return st.one_of(st.none(), *(_typed(each, metadata) for each in arguments if each is not NoneType))
    if origin is tuple:
        return st.lists(_typed(arguments[0], []), max_size=2).map(tuple)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(_typed(arguments[0], []), _typed(arguments[1], []), max_size=2)
    return _plain(kind, metadata)


def _plain(kind: Any, metadata: list[Any]) -> st.SearchStrategy[Any]:
    if issubclass(kind, Section):
        return sections(kind)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    low, high = _bounds(metadata)
    made: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(low, high),
        Decimal: st.decimals(low, high, allow_nan=False, places=2),
        date: st.dates(),
        UUID: st.uuids(),
        str: _text(metadata),
    }
    return made[kind]


def _text(metadata: list[Any]) -> st.SearchStrategy[str]:
    for each in _flat(metadata):
        if pattern := getattr(each, "pattern", None):
            return st.just(_PATTERNS[pattern])
    return _TEXT


def _bounds(metadata: list[Any]) -> tuple[int, int]:
    low, high = 0, 1_000
    for each in _flat(metadata):
        if isinstance(each, Ge):
            low = int(str(each.ge))
        if isinstance(each, Le):
            high = int(str(each.le))
    return low, high


def _flat(metadata: list[Any]) -> list[Any]:
    return [
        inner for each in metadata for inner in (each.metadata if isinstance(each, FieldInfo) else [each])
    ]
