"""Lists ask the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.catalog import api as catalog_api
from kontor.core.actor import Actor
from kontor.core.http.paging import PageAsked
from kontor.core.tenancy import tenant
from kontor.goods import api as goods_api
from kontor.goods import service, views
from kontor.goods.imports import api as imports_api
from kontor.goods.service import ProductInput, VariantInput

Asked = Callable[[Actor, list[UUID]], Any]
PAGE = PageAsked(limit=50)
LISTS: dict[str, Asked] = {
    "listings": lambda actor, _: catalog_api.list_listings(actor, PAGE),
    "facets": lambda actor, _: catalog_api.listing_facets(actor),
    "revisions": lambda actor, ids: catalog_api.list_revisions(actor, ids[0], PAGE),
    "brands": lambda actor, _: goods_api.list_brands(actor, PAGE),
    "imports": lambda actor, _: imports_api.list_imports(actor, PAGE),
    "products whole": lambda _, ids: views.many(ids),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_many_as_for_few(name: str, tenant_a: UUID) -> None:
    actor = Actor(tenant_a, None, "Marlene Thomsen", frozenset({"read"}))
    ids = _products(tenant_a, range(2))
    few = _statements(tenant_a, actor, ids, LISTS[name])
    ids += _products(tenant_a, range(2, 12))
    assert _statements(tenant_a, actor, ids, LISTS[name]) == few > 0


def _products(tenant_id: UUID, numbers: range) -> list[UUID]:
    """Each of a brand of its own, with two revisions."""
    with tenant(tenant_id):
        made = [
            service.save(
                None,
                ProductInput(
                    title={"de": f"Schürze {number}"},
                    brand=f"Werkstatt {number}",
                    variants=(VariantInput(f"WL-{number}", quantity=number),),
                ),
            ).listing_id
            for number in numbers
        ]
        for listing_id in made:
            service.save(listing_id, ProductInput(mpn="4711"))
    return made


def _statements(tenant_id: UUID, actor: Actor, ids: list[UUID], asked: Asked) -> int:
    with tenant(tenant_id):
        asked(actor, ids)  # what is asked once per process
        with CaptureQueriesContext(connection) as captured:
            asked(actor, ids)
    return len(captured)
