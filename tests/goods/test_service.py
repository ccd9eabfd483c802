"""What a merchant gets from saving, importing, undoing and archiving products."""

from __future__ import annotations

import time
from uuid import UUID

import pytest

from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.service import ProductInput, StockCause, VariantInput


def draft(n: int) -> ProductInput:
    return ProductInput(
        reference=f"P{n}",
        title={"de": f"Schürze {n}"},
        description={"de": "<p>Leinen<script>alert(1)</script></p>" * 10},
        brand="Hafenleinen",
        option_names=("Farbe",),
        variants=tuple(
            VariantInput(f"P{n}-{colour}", price=Money(1250, "EUR"), quantity=5, options={"Farbe": colour})
            for colour in ("rot", "blau")
        ),
    )


def test_bulk_speed(tenant_a: UUID) -> None:
    drafts = [draft(n) for n in range(5000)]
    for _ in range(2):
        started = time.monotonic()
        with tenant(tenant_a):
            outcomes = service.upsert_many(drafts, StockCause("import", "1"))
        print(time.monotonic() - started, {o.action for o in outcomes})
    started = time.monotonic()
    with tenant(tenant_a):
        outcomes = service.upsert_many([ProductInput(reference=f"P{n}", title={"de": "x"}) for n in range(5000)], StockCause("import", "2"))
    print(time.monotonic() - started, {o.action for o in outcomes})
