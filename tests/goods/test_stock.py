"""The ledger: what moved, why, and once."""

from __future__ import annotations

import threading
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connections

from kontor.core.cause import Cause, causing
from kontor.core.errors import Invalid
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.models import StockEntry
from kontor.goods.service import ProductInput, StockCause, VariantInput


@pytest.fixture
def apron(tenant_a: UUID) -> UUID:
    """A product with ten pieces; the id of its variant."""
    draft = ProductInput(title={"de": "Schürze"}, variants=(VariantInput("WL-1", quantity=10),))
    with tenant(tenant_a):
        return service.save(None, draft).variants[0].id


def test_one_order_line_told_by_many_threads_takes_once(tenant_a: UUID, apron: UUID) -> None:
    ready, news = threading.Barrier(8), []

    def take(line: str) -> None:
        ready.wait(timeout=20)
        try:
            with tenant(tenant_a):
                news.append(service.take_stock(apron, 1, "order_line", line).is_new)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(f"line-{number % 2}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with tenant(tenant_a):
        [entry] = service.ledger([apron], limit=1)
        assert sum(news) == 2
        assert entry.balance == service.find_by_sku("WL-1").stock == 8  # type: ignore[union-attr]
        assert sum(StockEntry.objects.values_list("delta", flat=True)) == 8


def test_sale_and_return_of_one_line(tenant_a: UUID, apron: UUID) -> None:
    with tenant(tenant_a):
        service.take_stock("WL-1", 3, "order_line", "7")
        for _ in range(2):
            service.put_back("WL-1", 3, "cancelled_line", "7")
        view = service.find_by_sku("WL-1")
    assert view
    assert view.stock == 10
    assert view.revision == 1


def test_what_was_sold_twice_shows_below_zero(tenant_a: UUID, apron: UUID) -> None:
    with tenant(tenant_a):
        assert service.take_stock(apron, 12, "order_line", "1").quantity == -2


def test_count_sets_the_quantity_and_refuses_a_negative_one(tenant_a: UUID, apron: UUID) -> None:
    with tenant(tenant_a):
        moved = service.set_stock(apron, 4)
        assert (moved.delta, moved.quantity) == (-6, 4)
        with pytest.raises(Invalid):
            service.set_stock(apron, -1)


def test_an_import_can_be_taken_back(tenant_a: UUID, apron: UUID) -> None:
    cause = StockCause("import", "7")
    with tenant(tenant_a):
        recount = ProductInput(reference="WL-1", variants=(VariantInput("WL-1", quantity=25),))
        service.upsert_many([recount], cause)
        service.take_stock(apron, 1, "order_line", "1")
        assert service.reverse_stock("import", "7") == 1
        assert service.reverse_stock("import", "7") == 0
        view = service.find_by_sku("WL-1")
    assert view
    assert view.stock == 9


def test_only_what_the_merchant_did_counts_as_the_last_change(tenant_a: UUID, apron: UUID) -> None:
    suggested = {"EBAY_DE": {"id": "177", "name": "Schürzen", "path": [], "by": "suggested"}}
    chosen = {"EBAY_DE": {"id": "178", "name": "Küche", "path": [], "by": "person"}}
    merchant: Cause = {"kind": "person", "id": "7", "label": "Marlene Thomsen"}

    def last() -> tuple[int, int, datetime, str]:
        view = service.find_by_sku("WL-1")
        assert view
        return view.revision, view.stock, view.updated_at, str(view.updated_by["label"])

    with tenant(tenant_a):
        listing_id = StockEntry.objects.get(variant_id=apron).variant.product_id
        revision, stock, moment, who = last()
        service.take_stock("WL-1", 3, "order_line", "7")
        service.set_category({listing_id: suggested})
        assert last() == (revision + 1, stock - 3, moment, who)  # the ETag is the revision's: it moved
        with causing(merchant):
            service.set_category({listing_id: chosen})
        revision, stock, later, who = last()
        assert later > moment
        assert who == "Marlene Thomsen"
        service.set_category({listing_id: {"EBAY_DE": {}}})
        assert last() == (revision + 1, stock, later, who)
        service.save(listing_id, ProductInput(title={"de": "Schürze Hafen"}))
        assert last()[2] > later
