"""The tree, its suggestions and what categories demand."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.shop import Shop, error_ids

TAXONOMY = "/commerce/taxonomy/v1"
METADATA = "/sell/metadata/v1/marketplace"


def path_of(suggestion: dict[str, Any]) -> str:
    names = [above["categoryName"] for above in suggestion["categoryTreeNodeAncestors"]]
    return " > ".join([*reversed(names), suggestion["category"]["categoryName"]])


def suggested(shop: Shop, text: str, tree: str = "77") -> str:
    body = shop.good("GET", f"{TAXONOMY}/category_tree/{tree}/get_category_suggestions", q=text)
    return path_of(body["categorySuggestions"][0])


@pytest.mark.parametrize(
    ("marketplace", "tree"),
    [
        ("EBAY_DE", "77"),
        ("EBAY_FR", "71"),
        ("EBAY_GB", "3"),
        ("EBAY_US", "0"),
        ("EBAY_AT", "16"),
        ("EBAY_CH", "193"),
    ],
)
def test_each_marketplace_has_its_tree(shop: Shop, marketplace: str, tree: str) -> None:
    body = shop.good("GET", f"{TAXONOMY}/get_default_category_tree_id", marketplace_id=marketplace)
    assert body["categoryTreeId"] == tree


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("Hoodie blue M Men > Tops > Hoodies & Sweatshirts", "Herrenmode > Hoodies & Sweatshirts"),
        ("Running Tee Women > Tops > Tees", "Damenmode > T-Shirts & Tops"),
        ("Bookcases & shelving units white", "Möbel > Bücherregale & Regalsysteme"),
        ("Bücherregal Eiche massiv", "Möbel > Bücherregale & Regalsysteme"),
        ("Fauteuil en cuir", "Möbel > Sessel"),
        ("Kids > Shoes Runner", "Kinderschuhe"),
        ("Necklace gold plated", "Schmuck & Uhren > Halsketten & Anhänger"),
        ("Gear > Watches Dash Digital Watch", "Schmuck & Uhren > Armbanduhren"),
        ("Groceries > Juices Apple", "Lebensmittel & Getränke > Säfte & Limonaden"),
        ("Akku-Bohrmaschine 18 V", "Bohrmaschinen & Akkuschrauber"),
        ("Wireless headphones", "Kopfhörer"),
        ("zzqx vqk", "Sonstiges > Sonstige Artikel"),
    ],
)
def test_words_in_any_language_find_the_leaf_of_the_german_tree(shop: Shop, text: str, leaf: str) -> None:
    assert leaf in suggested(shop, text)


def test_names_are_the_trees_own(shop: Shop) -> None:
    assert suggested(shop, "bookcase", "3").endswith("Bookcases & Shelving")
    assert suggested(shop, "bookcase", "71").endswith("Bibliothèques & étagères")


def test_aspects_say_what_is_needed_and_how(shop: Shop) -> None:
    category = shop.category("Herren T-Shirt")
    body = shop.good(
        "GET", f"{TAXONOMY}/category_tree/77/get_item_aspects_for_category", category_id=category
    )
    aspects = {row["localizedAspectName"]: row for row in body["aspects"]}
    required = {name for name, row in aspects.items() if row["aspectConstraint"]["aspectRequired"]}
    assert required == {"Marke", "Größe", "Farbe", "Abteilung"}
    assert aspects["Abteilung"]["aspectConstraint"]["aspectMode"] == "SELECTION_ONLY"
    assert aspects["Größe"]["aspectConstraint"]["aspectEnabledForVariations"] is True
    assert {"localizedValue": "Markenlos"} in aspects["Marke"]["aspectValues"]
    assert aspects["Marke"]["aspectConstraint"]["aspectUsage"] == "RECOMMENDED"


def test_the_whole_tree_hangs_together(shop: Shop) -> None:
    body = shop.good("GET", f"{TAXONOMY}/category_tree/77")
    leaves: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        if node.get("leafCategoryTreeNode"):
            leaves.append(node["category"]["categoryId"])
        for child in node.get("childCategoryTreeNodes", []):
            assert child["categoryTreeNodeLevel"] == node["categoryTreeNodeLevel"] + 1
            walk(child)

    walk(body["rootCategoryNode"])
    assert len(leaves) > 300
    assert len(set(leaves)) == len(leaves)


@pytest.mark.parametrize(
    ("path", "query", "error_id"),
    [
        ("/category_tree/999", {}, 62004),
        ("/category_tree/77/get_category_subtree", {"category_id": "1"}, 62005),
        ("/category_tree/77/get_category_subtree", {"category_id": "0"}, 62008),
        ("/category_tree/77/get_category_suggestions", {"q": " "}, 62007),
        ("/get_default_category_tree_id", {"marketplace_id": "EBAY_MOON"}, 62003),
    ],
)
def test_wrong_questions_have_their_own_errors(
    shop: Shop, path: str, query: dict[str, Any], error_id: int
) -> None:
    refused = shop.call("GET", f"{TAXONOMY}{path}", **query)
    assert (refused.status_code, error_ids(refused)) == (400, [error_id])


def test_aspects_are_a_leafs_alone(shop: Shop) -> None:
    tree = shop.good("GET", f"{TAXONOMY}/category_tree/77")
    branch = tree["rootCategoryNode"]["childCategoryTreeNodes"][0]["category"]["categoryId"]
    refused = shop.call(
        "GET", f"{TAXONOMY}/category_tree/77/get_item_aspects_for_category", category_id=branch
    )
    assert error_ids(refused) == [62009]


def test_expired_categories_lead_to_living_ones(shop: Shop) -> None:
    expired = shop.good("GET", f"{TAXONOMY}/category_tree/77/get_expired_categories")["expiredCategories"]
    assert expired
    for row in expired:
        shop.good("GET", f"{TAXONOMY}/category_tree/77/get_category_subtree", category_id=row["toCategoryId"])


def test_a_marketplace_says_what_a_category_allows(shop: Shop) -> None:
    category = shop.category("Herren T-Shirt")
    query = {"filter": f"categoryIds:{{{category}}}"}
    conditions = shop.good("GET", f"{METADATA}/EBAY_DE/get_item_condition_policies", **query)
    row = conditions["itemConditionPolicies"][0]
    assert {"conditionId": "1000", "conditionDescription": "Neu"} in row["itemConditions"]
    structure = shop.good("GET", f"{METADATA}/EBAY_DE/get_listing_structure_policies", **query)
    assert structure["listingStructurePolicies"][0]["variationsSupported"] is True
    furniture = {"filter": f"categoryIds:{{{shop.category('Sofa')}}}"}
    german = shop.good("GET", f"{METADATA}/EBAY_DE/get_regulatory_policies", **furniture)[
        "regulatoryPolicies"
    ][0]
    assert {"name": "MANUFACTURER_CONTACT", "usage": "REQUIRED"} in german["supportedAttributes"]
    american = shop.good("GET", f"{METADATA}/EBAY_US/get_regulatory_policies", **furniture)[
        "regulatoryPolicies"
    ][0]
    assert all(row["name"] != "MANUFACTURER_CONTACT" for row in american["supportedAttributes"])
