"""The demo shop's goods: written by us (`waren.csv`, as a merchant's own programme would export it) and drawn by us.

`marken.json` has what product safety law wants to know of the brands. One brand, Kupferkanne, is not in it: so the demo
shows what happens to its products.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connections

from kontor.catalog import media
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.demo import pictures
from kontor.goods import brands, defaults, service
from kontor.goods.defaults import Default
from kontor.goods.service import PictureInput, ProductInput, StockCause, VariantInput

FILE: Final = Path(__file__).parent / "waren.csv"
BRANDS: Final = Path(__file__).parent / "marken.json"
CAUSE: Final = StockCause("import", "demo", "Anfangsbestand")
_CONDITIONS: Final = {"neu": "new", "gebraucht": "used"}
Row = dict[str, str]


def fill_goods(tenant_id: UUID) -> list[UUID]:
    """Draws the pictures, makes all products with their brands and some defaults; the listings' ids.

    Run again, it looks only whether all are there. Opens its own `tenant()` blocks; some ten seconds of drawing.
    """
    rows = read()
    with tenant(tenant_id):
        known = service.find_by_skus(row["Artikelnummer"] for row in rows)
    if len(known) == len(rows):
        return list(dict.fromkeys(known[row["Artikelnummer"]].listing_id for row in rows))
    stored = _stored(tenant_id, list(dict.fromkeys(name for row in rows for name in _names(row))))
    with tenant(tenant_id):
        for brand in json.loads(BRANDS.read_text("utf-8")):
            brands.edit_by_name(brand["name"], brand["manufacturer"], brand.get("responsible", {}))
        defaults.put(
            [Default("tenant", "", "aspect:Marke", "Markenlos"), Default("tenant", "", "condition", "new")]
        )
        outcomes = service.upsert_many(list(_drafts(rows, stored)), CAUSE)
    return [outcome.listing_id for outcome in outcomes if outcome.listing_id]


def read() -> list[Row]:
    """The rows of `waren.csv` by heading."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _stored(tenant_id: UUID, names: list[str]) -> dict[str, UUID]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(names, pool.map(partial(_store, tenant_id), names), strict=True))


def _store(tenant_id: UUID, name: str) -> UUID:
    try:
        return media.store(tenant_id, pictures.draw(name)).id
    finally:
        connections.close_all()  # this thread's


def _names(row: Row) -> list[str]:
    """`schuerze-marine-szene` of `https://bilder.hansen-voss.example/schuerze-marine-szene.jpg`."""
    return [Path(urlsplit(url).path).stem for url in row["Bilder"].split("|") if url]


def _drafts(rows: list[Row], stored: Mapping[str, UUID]) -> Iterator[ProductInput]:
    for reference, members in itertools.groupby(
        rows, key=lambda row: row["Vater-Artikelnummer"] or row["Artikelnummer"]
    ):
        yield _draft(reference, list(members), stored)


def _draft(reference: str, rows: list[Row], stored: Mapping[str, UUID]) -> ProductInput:
    first = rows[0]
    return ProductInput(
        reference=reference,
        title={"de": first["Titel"]},
        description={"de": first["Beschreibung"]},
        language="de",
        brand=first["Marke"],
        mpn=first["Herstellernummer"],
        condition=_CONDITIONS[first["Zustand"]],
        category_hint=first["Kategorie"],
        aspects={"Material": (first["Material"],)},
        option_names=tuple(_options(first)),
        variants=tuple(_variant(row) for row in rows),
        pictures=tuple(_pictures(rows, stored)),
    )


def _variant(row: Row) -> VariantInput:
    return VariantInput(
        sku=row["Artikelnummer"],
        gtin=row["EAN"],
        price=Money.of(Decimal(row["Preis"].replace(",", ".")), row["Währung"]),
        quantity=int(row["Bestand"]),
        weight_g=int(row["Gewicht (g)"]),
        options=_options(row),
    )


def _options(row: Row) -> dict[str, str]:
    return {name: row[f"Option {n} Wert"] for n in (1, 2) if (name := row[f"Option {n} Name"])}


def _pictures(rows: list[Row], stored: Mapping[str, UUID]) -> Iterator[PictureInput]:
    """The first row's are the product's; a colour's own picture goes with its first variant."""
    own = _names(rows[0])
    yield from (PictureInput(media_id=stored[name]) for name in own)
    seen = set(own)
    for row in rows[1:]:
        for name in _names(row):
            if name not in seen:
                seen.add(name)
                yield PictureInput(media_id=stored[name], variant_sku=row["Artikelnummer"])
