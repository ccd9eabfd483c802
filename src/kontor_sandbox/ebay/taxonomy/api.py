"""Taxonomy API."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.marketplaces import BY_TREE, MARKETPLACES
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.taxonomy.aspects import aspects_of
from kontor_sandbox.ebay.taxonomy.search import suggest
from kontor_sandbox.ebay.taxonomy.tree import ROOT_ID, TREE, VERSION, Category
from kontor_sandbox.exchange import Answer

OPERATIONS = Operations("commerce_taxonomy_v1", "", caller="any")
_BASE = "/commerce/taxonomy/v1"
_TREE = f"{_BASE}/category_tree/{{category_tree_id}}"


def _language(call: Call) -> str:
    """The language of names: Accept-Language where it is one that we speak, else the tree's own."""
    site = BY_TREE.get(call.path["category_tree_id"])
    if site is None:
        raise refuse(62004)
    asked = call.request.headers.get("accept-language", "")[:2].lower()
    spoken = {locale[:2] for locale in site.locales}
    return asked if asked in ("de", "en", "fr") and asked in spoken else site.language


def _asked_category(call: Call) -> Category:
    category_id = call.query.get("category_id")
    if not category_id:
        raise refuse(62006)
    category = TREE.find(category_id)
    if category is None:
        raise refuse(62005)
    if category_id == ROOT_ID:
        raise refuse(62008)
    return category


def _tree_answer(call: Call) -> dict[str, Any]:
    return {"categoryTreeId": call.path["category_tree_id"], "categoryTreeVersion": VERSION}


def _node(call: Call, category: Category, language: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "category": {"categoryId": category.id, "categoryName": category.names[language]},
        "categoryTreeNodeLevel": category.level,
    }
    if category.parent is not None:
        node["parentCategoryTreeNodeHref"] = _subtree_link(call, category.parent)
    if category.is_leaf:
        node["leafCategoryTreeNode"] = True
    else:
        node["childCategoryTreeNodes"] = [_node(call, child, language) for child in category.children]
    return node


def _subtree_link(call: Call, category: Category) -> str:
    tree_id = call.path["category_tree_id"]
    return call.url(f"{_BASE}/category_tree/{tree_id}/get_category_subtree?category_id={category.id}")


@OPERATIONS.add("GET", f"{_BASE}/get_default_category_tree_id")
def get_default_tree(call: Call) -> Answer:
    """The tree of a marketplace."""
    marketplace_id = call.query.get("marketplace_id")
    if not marketplace_id:
        raise refuse(62002)
    if marketplace_id not in MARKETPLACES:
        raise refuse(62003)
    tree_id = MARKETPLACES[marketplace_id].tree_id
    return Answer(200, {"categoryTreeId": tree_id, "categoryTreeVersion": VERSION})


@OPERATIONS.add("GET", _TREE)
def get_tree(call: Call) -> Answer:
    """The whole tree."""
    language = _language(call)
    marketplaces = [
        site.id for site in MARKETPLACES.values() if site.tree_id == call.path["category_tree_id"]
    ]
    body = _tree_answer(call) | {
        "applicableMarketplaceIds": marketplaces,
        "rootCategoryNode": _node(call, TREE.root, language),
    }
    return Answer(200, body)


@OPERATIONS.add("GET", f"{_TREE}/get_category_subtree")
def get_subtree(call: Call) -> Answer:
    """A category and everything below it."""
    language = _language(call)
    return Answer(
        200, _tree_answer(call) | {"categorySubtreeNode": _node(call, _asked_category(call), language)}
    )


@OPERATIONS.add("GET", f"{_TREE}/get_category_suggestions")
def get_suggestions(call: Call) -> Answer:
    """Leaves that fit some words, best first, each with its ancestors from the parent up; 204 where nothing."""
    language = _language(call)
    text = call.query.get("q", "")
    if not text.strip():
        raise refuse(62007)
    found = suggest(text)
    if not found:
        return Answer(204)
    suggestions = [_suggestion(call, category, language) for category in found]
    return Answer(200, {"categorySuggestions": suggestions} | _tree_answer(call))


def _suggestion(call: Call, category: Category, language: str) -> dict[str, Any]:
    return {
        "category": {"categoryId": category.id, "categoryName": category.names[language]},
        "categoryTreeNodeLevel": category.level,
        "categoryTreeNodeAncestors": [
            {
                "categoryId": above.id,
                "categoryName": above.names[language],
                "categoryTreeNodeLevel": above.level,
                "categorySubtreeNodeHref": _subtree_link(call, above),
            }
            for above in category.ancestors
        ],
    }


@OPERATIONS.add("GET", f"{_TREE}/get_item_aspects_for_category")
def get_aspects(call: Call) -> Answer:
    """The aspects of a leaf; 204 where it has none."""
    language = _language(call)
    category = _asked_category(call)
    if not category.is_leaf:
        raise refuse(62009)
    aspects = [aspect.wire() for aspect in aspects_of(category, language)]
    return Answer(200, {"aspects": aspects}) if aspects else Answer(204)


@OPERATIONS.add("GET", f"{_TREE}/get_expired_categories")
def get_expired(call: Call) -> Answer:
    """Which leaf took the place of one that is gone."""
    _language(call)
    expired = [{"fromCategoryId": old, "toCategoryId": new} for old, new in TREE.expired.items()]
    return Answer(200, {"expiredCategories": expired})


@OPERATIONS.add("GET", f"{_TREE}/get_compatibility_properties")
def get_compatibility_properties(call: Call) -> Answer:
    """Parts compatibility is not played."""
    _language(call)
    return Answer(204)
