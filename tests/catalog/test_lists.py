"""Finding listings: search, filters, orders, pages, counts; and what that costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, TextField, Value
from django.test.utils import CaptureQueriesContext
from tests.plugins.api import Caller

from kontor.catalog import listing_extras, queries
from kontor.catalog.models import Listing
from kontor.catalog.schemas import ListingRow
from kontor.core.clock import now
from kontor.core.http.paging import Page
from kontor.core.identifiers import uuid7
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.service import ProductInput, StockCause, VariantInput

GOODS = {
    "WL-1": ("Leinenschürze Hafen", "Hafenleinen", 3900, 5, "4006381333931"),
    "WL-2": ("Ärmelschoner", "Kontor & Söhne", 1200, 0, ""),
    "WL-3": ("Geschirrtuch Möwe", "Hafenleinen", None, 3, ""),
    "BX_9": ("Öllampe 100%", "", 8900, 1, ""),
}


@pytest.fixture
def stocked(api: Caller) -> Caller:
    """A tenant with four products."""
    drafts = [
        ProductInput(
            reference=sku, title={"de": title}, brand=brand,
            variants=(VariantInput(sku, gtin=gtin, quantity=stock, price=Money(price, "EUR") if price else None),),
        )
        for sku, (title, brand, price, stock, gtin) in GOODS.items()
    ]  # fmt: skip
    with tenant(api.tenant_id):
        service.upsert_many(drafts, StockCause("import", "1"))
    return api


def found(api: Caller, **params: Any) -> list[str]:
    answer = api.get("/listings", params=params)
    assert answer.status_code == 200, answer.text
    return [row["reference"] for row in answer.json()["items"]]


@pytest.mark.parametrize(
    ("words", "skus"),
    [
        ("schürze", {"WL-1"}),
        ("SCHURZE hafen", {"WL-1"}),
        ("hafenleinen", {"WL-1", "WL-3"}),
        ("4006381333931", {"WL-1"}),
        ("wl-", {"WL-1", "WL-2", "WL-3"}),
        ("100%", {"BX_9"}),
        ("x_9", {"BX_9"}),
        ("l_1", set()),
        ("nirgends", set()),
    ],
)
def test_search_finds_parts_of_words_without_case_and_accents(
    stocked: Caller, words: str, skus: set[str]
) -> None:
    assert set(found(stocked, q=words)) == skus


def test_filters(stocked: Caller) -> None:
    assert found(stocked, in_stock=False) == ["WL-2"]
    assert set(found(stocked, brand="hafenleinen")) == {"WL-1", "WL-3"}
    assert found(stocked, problem=True) == []
    assert len(found(stocked, problem=False)) == 4
    assert found(stocked, status="draft") == []
    assert found(stocked, channel_state="live") == []


def test_by_ids_archived_ones_are_found_too_and_foreign_ones_are_not(
    stocked: Caller, other_api: Caller
) -> None:
    ids = {row["reference"]: row["id"] for row in stocked.get("/listings").json()["items"]}
    with tenant(stocked.tenant_id):
        service.archive([UUID(ids["WL-2"])])
    asked = [ids["WL-2"], ids["BX_9"], ids["BX_9"], str(uuid7())]
    assert set(found(stocked, ids=asked)) == {"WL-2", "BX_9"}
    assert found(stocked, ids=asked, status="archived") == ["WL-2"]
    assert found(other_api, ids=asked) == []
    assert stocked.get("/listings", params={"ids": [ids["WL-1"]] * 201}).status_code == 422


@pytest.mark.parametrize(
    ("sort", "skus"),
    [
        ("title", ["WL-2", "WL-3", "WL-1", "BX_9"]),
        ("-title", ["BX_9", "WL-1", "WL-3", "WL-2"]),
        ("price", ["WL-2", "WL-1", "BX_9", "WL-3"]),
        ("-price", ["BX_9", "WL-1", "WL-2", "WL-3"]),
        ("stock", ["WL-2", "BX_9", "WL-3", "WL-1"]),
    ],
)
def test_orders_go_on_over_pages(stocked: Caller, sort: str, skus: list[str]) -> None:
    cursor, seen = None, []
    for _ in range(4):
        params: dict[str, Any] = {"sort": sort, "limit": 1} | ({"cursor": cursor} if cursor else {})
        page = stocked.get("/listings", params=params).json()
        seen += [row["reference"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == skus
    assert cursor is None


def test_a_row_has_what_a_list_shows(stocked: Caller) -> None:
    [row] = stocked.get("/listings", params={"q": "WL-1"}).json()["items"]
    assert row["title"] == "Leinenschürze Hafen"
    assert row["price"]["amount"] == "39.00"
    assert row["price_to"] is None
    assert (row["stock"], row["variant_count"], row["thumb"]) == (5, 1, None)
    assert row["updated_by"]["kind"] == "system"
    assert row["publications"] == []


def test_the_answer_is_what_its_model_would_write(stocked: Caller, channel_of_first: str) -> None:
    with tenant(stocked.tenant_id):
        Listing.objects.filter(reference="WL-1").update(
            thumb_id=uuid7(), price_to_minor=4900, detail={"options": ["Farbe", "Größe"]}
        )
    answer = stocked.get("/listings", params={"total": True})
    page = Page[ListingRow].model_validate_json(answer.content)
    assert answer.json() == page.model_dump(mode="json")
    [row] = [row for row in page.items if row.reference == "WL-1"]
    assert (row.options, row.price_to and row.price_to.amount) == (["Farbe", "Größe"], "49.00")
    assert row.thumb
    assert row.publications[0].proved_at


def test_facets_count_the_views(stocked: Caller) -> None:
    assert stocked.get("/listings/facets").json() == {
        "total": 4, "kinds": {"goods": 4}, "active": 4, "drafts": 0, "archived": 0, "out_of_stock": 1,
        "pictures_waiting": 0, "problems": 0, "more": {},
    }  # fmt: skip


@pytest.fixture
def channel_of_first(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another noun's extras: every listing is live on one connection, and the first needs a hand."""
    connection_id = str(uuid7())
    brief = {
        "id": connection_id, "connection_id": connection_id, "channel": "ebay", "marketplace": "EBAY_DE", "label": "eBay",
        "state": "live", "wanted": "live", "problem_count": 0, "external_id": "1", "address": "", "proved_at": now().isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    monkeypatch.setattr(listing_extras, "publications", [lambda: Value(json.dumps([brief]), TextField())])
    monkeypatch.setattr(listing_extras, "problems", [lambda: Q(reference="WL-1")])
    monkeypatch.setattr(listing_extras, "filters", {"connection": lambda value: Q(reference="WL-2")})
    monkeypatch.setattr(listing_extras, "counts", [lambda: {"live": 4}])
    queries.statement.cache_clear()
    yield connection_id
    queries.statement.cache_clear()


def test_other_nouns_add_states_filters_and_counts(stocked: Caller, channel_of_first: str) -> None:
    assert found(stocked, problem=True) == ["WL-1"]
    assert found(stocked, connection=channel_of_first) == ["WL-2"]
    rows = stocked.get("/listings").json()["items"]
    assert {row["publications"][0]["channel"] for row in rows} == {"ebay"}
    facets = stocked.get("/listings/facets").json()
    assert (facets["problems"], facets["more"]) == (1, {"live": 4})


def test_a_page_of_twenty_five_costs_few_queries(api: Caller) -> None:
    with tenant(api.tenant_id):
        drafts = [ProductInput(reference=f"P{n}", title={"de": f"Ware {n}"}) for n in range(30)]
        service.upsert_many(drafts, StockCause("import", "1"))
    listings_page = _page_query(api.tenant_id)
    assert len(listings_page) == 1


def _page_query(tenant_id: UUID) -> list[dict[str, str]]:
    """The statements behind one page, read in this thread."""
    from kontor.catalog import api as catalog_api
    from kontor.core.actor import Actor
    from kontor.core.http.paging import PageAsked

    actor = Actor(tenant_id, None, "", frozenset({"read"}))
    with tenant(tenant_id), CaptureQueriesContext(connection) as captured:
        page = catalog_api.list_listings(actor, PageAsked(limit=25))
    assert len(json.loads(page.body)["items"]) == 25
    return list(captured.captured_queries)
