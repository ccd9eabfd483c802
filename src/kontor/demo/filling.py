"""Fills the demo's business: its brands with what product safety law wants, its goods and their pictures.

Pictures are drawn and stored first, each by itself; goods and brands follow in one transaction. A start that is killed
leaves pictures that the next one finds again, and goods either all or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connections

from kontor.accounts import passwords
from kontor.accounts import service as accounts
from kontor.accounts.models import Membership, Person
from kontor.catalog import media
from kontor.catalog.models import Listing
from kontor.core.cause import SYSTEM, causing
from kontor.core.tabular import open_table
from kontor.core.tenancy import tenant
from kontor.demo.log_in import EMAIL, LOG_IN, PASSWORD, LogIn
from kontor.demo.pictures import draw
from kontor.goods import brands, service
from kontor.goods.imports.inputs import prepared
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.reading import ProductDraft, drafts, recognise
from kontor.goods.values import PictureInput, ProductInput

COMPANY: Final = "Hafenkontor Demo"
GOODS: Final = Path(__file__).parent / "goods"
_AT_A_TIME: Final = 4


def fill() -> LogIn:
    """See `kontor.demo.fill`."""
    tenant_id = _tenant()
    with tenant(tenant_id):
        is_filled = Listing.objects.exists()
    if not is_filled:
        _fill(tenant_id)
    connections.close_all()
    return LOG_IN


def _tenant() -> UUID:
    person = Person.objects.filter(email=EMAIL).first()
    if person is None:
        person = Person(email=EMAIL, first_name="Marlene", last_name="Thomsen")
        passwords.choose(person, PASSWORD)
        return accounts.found_business(person, COMPANY).tenant_id
    return Membership.objects.filter(person=person).order_by("id").values_list("tenant_id", flat=True)[0]


def _fill(tenant_id: UUID) -> None:
    wanted = _drafts()
    pictures = _pictures(tenant_id, _addresses(wanted))
    inputs = [_input(draft, pictures) for draft in wanted]
    with causing(SYSTEM), tenant(tenant_id):
        for row in json.loads((GOODS / "marken.json").read_text("utf-8")):
            brands.edit_by_name(row["name"], row["manufacturer"], row.get("responsible", {}))
        service.upsert_many(inputs, service.StockCause("import", "demo", COMPANY))


def _drafts() -> list[ProductDraft]:
    with (GOODS / "waren.csv").open("rb") as file:
        table = open_table(file)
        mapping = recognise(table.heading, table.sample())
        found = list(drafts(table, mapping, ImportDefaults().reading()))
    return [draft for draft in found if isinstance(draft, ProductDraft)]


def _addresses(wanted: Sequence[ProductDraft]) -> list[str]:
    everything = (
        url
        for draft in wanted
        for url in (*draft.image_urls, *(url for variant in draft.variants for url in variant.image_urls))
    )
    return list(dict.fromkeys(everything))


def _pictures(tenant_id: UUID, addresses: Iterable[str]) -> dict[str, UUID]:
    """Stored pictures by the address that the file gives them; they are drawn here, not fetched."""

    def stored(address: str) -> tuple[str, UUID]:
        name = PurePosixPath(urlsplit(address).path).stem
        try:
            return address, media.store(tenant_id, draw(name)).id
        finally:
            connections.close_all()  # this thread's own

    with ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="demo-pictures") as pool:
        return dict(pool.map(stored, addresses))


def _input(draft: ProductDraft, pictures: dict[str, UUID]) -> ProductInput:
    """The draft as an import would take it, with stored pictures in place of addresses."""
    found = prepared(draft, None, ImportDefaults()).input
    given = found.pictures if isinstance(found.pictures, tuple) else ()
    own = tuple(PictureInput(media_id=pictures[each.url], variant_sku=each.variant_sku) for each in given)
    return replace(found, pictures=own)
