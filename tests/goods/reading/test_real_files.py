"""Every file of real goods that we have is read as its owner would expect."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter

import pytest
from tests.goods.reading.tables import DEFAULTS, Outcome, shared_file

from kontor.core.tabular import open_table
from kontor.goods.reading import Defaults, ProductDraft, drafts, recognise, survey
from kontor.goods.reading.fields import FileForm

MAGENTO_MEDIA = DEFAULTS.model_copy(
    update={"image_base_address": "https://shop.example/media/catalog/product"}
)


def outcome_of(name: str, defaults: Defaults = DEFAULTS) -> Outcome:
    table = open_table(shared_file(name))
    return Outcome(list(drafts(table, recognise(table.heading, table.sample()), defaults)))


@pytest.mark.parametrize(
    ("name", "form", "products", "groups", "variants", "refused"),
    [
        ("goods.csv", "plain", 4137, 200, 2041, {}),
        ("gtin_food_sample.csv.gz", "plain", 1920, 0, 0, {"gtin.check_digit": 171, "gtin.unreadable": 100}),
        ("large/products_24k.csv.gz", "plain", 24621, 0, 0, {"text.too_long": 7}),
        ("large/original_amazon.csv.gz", "plain", 22067, 0, 0, {"text.too_long": 7}),
        ("large/original_walmart.csv.gz", "plain", 2554, 0, 0, {}),
        ("original/adidas_usa.csv.gz", "plain", 845, 0, 0, {}),
        ("original/ikea_sa_2020.csv.gz", "plain", 2962, 0, 0, {"sku.duplicate_in_file": 732}),
        ("original/commercetools-sunrise_products.csv", "commercetools", 32, 32, 119, {}),
        ("original/classic-commerce_sample_products.csv", "woocommerce", 13, 2, 9, {"type.unsupported": 2}),
        ("original/magento_configurable_products.csv.gz", "magento", 147, 147, 1847, {}),
        ("original/magento_products_gear_bags.csv", "plain", 14, 0, 0, {}),
        ("original/magento_products_gear_fitness_equipment.csv", "plain", 9, 0, 0, {}),
        ("original/magento_products_gear_fitness_equipment_ball.csv", "plain", 9, 0, 0, {}),
        ("original/magento_products_gear_fitness_equipment_strap.csv", "plain", 3, 0, 0, {}),
        ("original/magento_products_gear_watches.csv", "plain", 9, 0, 0, {}),
        ("original/shopify-partners_apparel.csv", "shopify", 20, 1, 3, {}),
        ("original/shopify-partners_home-and-garden.csv", "shopify", 20, 1, 2, {}),
        ("original/shopify-partners_jewelery.csv", "shopify", 20, 3, 6, {}),
    ],
)
def test_every_record_is_taken_or_refused_for_a_reason(
    name: str, form: str, products: int, groups: int, variants: int, refused: dict[str, int]
) -> None:
    table = open_table(shared_file(name))
    mapping = recognise(table.heading, table.sample())
    found = survey(table, mapping, DEFAULTS)
    results = list(drafts(table, mapping, DEFAULTS, surveyed=found))
    outcome = Outcome(results)
    assert mapping.form == FileForm(form)
    assert len(outcome.products) == products
    assert len(outcome.groups) == groups
    assert sum(len(draft.variants) for draft in outcome.groups) == variants
    assert Counter(refusal.code for refusal in outcome.refused) == refused
    rows = [row for draft in outcome.products.values() for row in draft.rows] + [
        r.row for r in outcome.refused
    ]
    assert sorted(rows) == list(range(2, found.rows + 2))


def test_the_merged_catalogue_keeps_what_it_says() -> None:
    outcome = outcome_of("goods.csv")
    hoodie = outcome.products["MH01"]
    assert (hoodie.title, hoodie.option_names, len(hoodie.variants)) == (
        "Chaz Kangeroo Hoodie",
        ("Size", "Color"),
        15,
    )
    assert hoodie.variants[0].option_values == ("XS", "Black")
    assert (hoodie.variants[0].price_minor, hoodie.variants[0].currency) == (5200, "USD")
    assert (hoodie.variants[0].quantity, hoodie.variants[0].weight_g) == (100, 454)
    shorts = outcome.products["FJ5089"]
    assert shorts.aspects == {"Color": ("Black",)}
    assert all(
        url.startswith("https://assets.adidas.com/images/w_600,f_auto,q_auto/") for url in shorts.image_urls
    )
    assert not any(draft.problems for draft in outcome.products.values())
    assert len(outcome.products["cc-tee"].variants) == 3
    assert {variant.price_minor for variant in outcome.products["cc-tee"].variants} == {2500}


def test_ikea_decimal_commas_and_adidas_picture_lists() -> None:
    assert outcome_of("original/ikea_sa_2020.csv.gz").products["90420332"].variants[0].price_minor == 26500
    shorts = outcome_of("original/adidas_usa.csv.gz").products["FJ5089"]
    assert shorts.category_hint == "Women > Clothing"
    assert len(shorts.image_urls) > 3
    assert not shorts.problems


def test_woocommerce_variations_attributes_and_parents() -> None:
    outcome = outcome_of("original/classic-commerce_sample_products.csv")
    assert outcome.variants("cc-hoodie") == {
        "cc-hoodie-red": ("Red", "No"),
        "cc-hoodie-green": ("Green", "No"),
        "cc-hoodie-blue": ("Blue", "No"),
        "cc-hoodie-red-logo": ("Red", "Yes"),
        "cc-hoodie-blue-logo": ("Blue", "Yes"),
        "cc-hoodie-green-logo": ("Green", "Yes"),
    }
    # "Any size" in every variation: nothing to choose, so a characteristic of the product.
    assert outcome.products["cc-tee"].option_names == ("Color",)
    assert outcome.products["cc-tee"].aspects == {"Size": ("Large", "Medium", "Small")}
    assert outcome.products["cc-beanie"].aspects == {"Color": ("Red",)}
    assert outcome.products["cc-beanie"].variants[0].price_minor == 2000


def test_magento_configurables_after_their_variants() -> None:
    outcome = outcome_of("original/magento_configurable_products.csv.gz", MAGENTO_MEDIA)
    hoodie = outcome.products["MH01"]
    assert (hoodie.title, hoodie.option_names) == ("Chaz Kangeroo Hoodie", ("Size", "Color"))
    assert hoodie.category_hint == "Men > Tops > Hoodies & Sweatshirts"
    assert hoodie.aspects["Climate"] == ("All-weather", "Cool", "Indoor", "Spring", "Windy")
    assert hoodie.image_urls[0] == "https://shop.example/media/catalog/product/m/h/mh01-gray_main.jpg"
    assert len(hoodie.image_urls) == 3
    without_base = outcome_of("original/magento_configurable_products.csv.gz").products["MH01"]
    assert without_base.image_urls == ()
    assert {problem.code for problem in without_base.problems} == {"image.no_address"}


def test_shopify_variants_and_rows_of_pictures() -> None:
    outcome = outcome_of("original/shopify-partners_jewelery.csv")
    anchor = outcome.products["leather-anchor"]
    assert (anchor.option_names, len(anchor.image_urls), anchor.rows) == (("Color",), 3, (4, 5, 6))
    assert outcome.variants("leather-anchor") == {
        "leather-anchor-Gold": ("Gold",),
        "leather-anchor-Silver": ("Silver",),
    }
    assert [variant.price_minor for variant in anchor.variants] == [6999, 5500]
    assert all(len(variant.image_urls) == 1 for variant in anchor.variants)
    assert outcome.products["boho-earrings"].option_names == ()
    assert len(outcome.products["boho-earrings"].image_urls) == 3


def test_a_big_file_is_read_fast() -> None:
    file = shared_file("large/products_24k.csv.gz")
    table = open_table(file)
    mapping = recognise(table.heading, table.sample())
    started = time.process_time()
    taken = sum(isinstance(draft, ProductDraft) for draft in drafts(table, mapping, DEFAULTS))
    assert taken > 24_000
    assert time.process_time() - started < 5  # 0.7 s on the machine this was written on


def test_memory_does_not_grow_with_the_texts() -> None:
    table = open_table(shared_file("goods.csv"))
    mapping = recognise(table.heading, table.sample())
    tracemalloc.start()
    for _ in drafts(table, mapping, DEFAULTS):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 << 20
