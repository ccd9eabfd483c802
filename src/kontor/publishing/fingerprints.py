"""What a push took up, in a few characters: so that a changed default or price rule sends only what it really changes."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any, Final

import orjson

from kontor.channels.contract.values import GoodsOut, Picture, VariantOut

# Ours alone, or an explanation of the rest: no channel is sent these.
NOT_SENT: Final = frozenset(
    {"publication_id", "generation", "bound", "source_currency", "picture_problems", "rules", "variants"}
)
PRICES: Final = frozenset({"price", "quantity"})


@dataclasses.dataclass(frozen=True, slots=True)
class Fingerprint:
    """`prices` covers what goes by the call for price and stock alone, `content` everything else."""

    content: str
    prices: str


def of(goods: GoodsOut) -> Fingerprint:
    """The same for the same outgoing listing, whatever order its mappings are in."""
    content = _fields(goods, without=NOT_SENT)
    content["variants"] = [_variant(variant) for variant in goods.variants]
    prices = [[variant.sku, _plain(variant.price), variant.quantity] for variant in goods.variants]
    return Fingerprint(_hash(content), _hash(prices))


def _variant(variant: VariantOut) -> dict[str, Any]:
    """That a price is missing stops the listing: no matter of the price call."""
    return _fields(variant, without=PRICES) | {"has_price": variant.price is not None}


def _fields(value: Any, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.name not in without
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Picture):
        return value.sha256
    if dataclasses.is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _hash(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()
