"""Real shops' files through the API: every row ends in a listing or a refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.goods.imports import steps
from tests.plugins.api import Caller

FILES = [
    "original/classic-commerce_sample_products.csv",
    "original/commercetools-sunrise_products.csv",
    "original/magento_configurable_products.csv.gz",
    "original/magento_products_gear_bags.csv",
    "original/magento_products_gear_fitness_equipment.csv",
    "original/magento_products_gear_fitness_equipment_ball.csv",
    "original/magento_products_gear_fitness_equipment_strap.csv",
    "original/magento_products_gear_watches.csv",
    "original/shopify-partners_apparel.csv",
    "original/shopify-partners_home-and-garden.csv",
    "original/shopify-partners_jewelery.csv",
    "original/adidas_usa.csv.gz",
    "original/ikea_sa_2020.csv.gz",
    "goods.csv",
]


@pytest.mark.parametrize("name", FILES)
def test_every_row_ends_in_a_listing_or_a_refusal(api: Caller, drain: Callable[..., int], name: str) -> None:
    made = steps.upload(api, steps.shared_file(name), name=name.rpartition("/")[2])
    drain(["imports.count"])
    found = steps.enter(api, made["id"], image_base_address="https://pictures.example/")
    if found["missing"]:
        pytest.fail(f"{found['missing']} in {[(c['name'], c['target']) for c in found['columns']]}")
    started = api.post(f"/imports/{made['id']}/start", json={"update_existing": True})
    assert started.status_code == 202, started.text
    drain(["imports.run"])
    done = steps.get(api, made["id"])
    assert done["state"] == "done", done["problem"]
    assert done["imported"] + done["refused"] == done["rows"] == found["rows"]
    assert done["created"] > 0
    assert done["imported"] >= done["refused"]
    refused = steps.refusals(api, made["id"])
    assert len(refused) == done["refused"]
    assert "goods.sku_taken" not in refused.values()
    text = api.get(f"/imports/{made['id']}/refused.csv")
    assert text.status_code == 200
    again = steps.upload(api, steps.shared_file(name))
    drain(["imports.count"])
    assert steps.get(api, again["id"])["existing"] > 0
