"""The demo shop's goods are whole, valid and drawn."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from tests.catalog.test_pictures import opened

from kontor.core.errors import NotFound
from kontor.core.tenancy import tenant
from kontor.demo import goods, pictures
from kontor.goods import service


def test_the_shop_is_filled_once(tenant_a: UUID) -> None:
    listing_ids = goods.fill_goods(tenant_a)
    again = goods.fill_goods(tenant_a)
    with tenant(tenant_a):
        views = service.views_for_publishing(listing_ids)
    assert again == listing_ids
    assert len(views) >= 59
    assert sum(len(view.variants) > 1 for view in views) >= 12
    assert all(view.revision == 1 and view.brand and view.description for view in views)
    assert all(len([each for each in view.pictures if not each.variant_sku]) == 3 for view in views)
    assert {view.brand_name for view in views if view.brand and not view.brand.manufacturer} == {
        "Kupferkanne"
    }


def test_every_name_of_the_file_is_drawn_at_the_size_that_channels_want() -> None:
    names = {name for row in goods.read() for name in goods._names(row)}
    assert {name.partition("-")[0] for name in names} == set(pictures.KINDS)
    picture = opened(pictures.draw(sorted(names)[0]))
    assert min(picture.size) >= 1000


def test_a_name_gives_the_same_picture_and_another_name_another() -> None:
    assert pictures.draw("vase-sand-studio") == pictures.draw("vase-sand-studio")
    assert len({pictures.draw(f"vase-sand-{view}") for view in pictures.VIEWS}) == 3
    with pytest.raises(NotFound):
        pictures.draw("vase-gestreift-studio")


def test_addresses_of_the_shop_are_nobodys() -> None:
    for brand in json.loads(goods.BRANDS.read_text("utf-8")):
        assert brand["manufacturer"]["email"].endswith(".example")
    assert all(".example/" in row["Bilder"] for row in goods.read())
