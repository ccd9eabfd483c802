"""What reading gives: drafts of products, and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from kontor.core.errors import Problem


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """One thing that can be bought. `option_values` follow the product's `option_names`; "" never occurs in a group.

    `aspects` and `mpn` hold only what differs from the product's. `quantity`, `price_minor`: None where neither file nor defaults
    say; `currency` is "" then.
    """

    sku: str
    gtin: str
    mpn: str
    price_minor: int | None
    currency: str
    quantity: int | None
    weight_g: int | None
    option_values: tuple[str, ...]
    image_urls: tuple[str, ...]
    aspects: Mapping[str, tuple[str, ...]]
    row: int


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """One listing. A single has one variant of the same SKU and no options; a group's `sku` is its parent's.

    `description_html` is as the file has it: sanitise it before it is stored. `condition` is a word of `Condition` or "".
    `problems` concern the listing and do not stop it (a picture that has no address). `rows` are all records it came from.
    """

    sku: str
    title: str
    description_html: str
    brand: str
    mpn: str
    condition: str
    category_hint: str
    aspects: Mapping[str, tuple[str, ...]]
    option_names: tuple[str, ...]
    image_urls: tuple[str, ...]
    variants: tuple[VariantDraft, ...]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken. `field` is canonical (`price`), `column` as the file calls it (`Preis`), "" for the
    row as a whole; `others` is what else is wrong with the row."""

    row: int
    field: str
    column: str
    code: str
    message: str
    params: Mapping[str, Any] = attribute(default_factory=dict)
    others: tuple[Problem, ...] = ()
    sku: str = ""
