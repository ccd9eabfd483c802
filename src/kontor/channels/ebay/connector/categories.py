"""The marketplace's taxonomy: suggestions for a title, and everything that a category demands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone, Rejected
from kontor.channels.contract.transport import Answer
from kontor.channels.contract.values import AspectRule, CategoryRules, CategorySuggestion
from kontor.channels.ebay.connector.calls import METADATA, TAXONOMY, Calls
from kontor.channels.ebay.mapping.conditions import ENUM_OF_ID, word_of
from kontor.channels.ebay.wire import metadata, taxonomy
from kontor.channels.ebay.wire.base import read

QUERY_LENGTH = 350
ASPECT_LENGTH = 65
"""Of an attribute's value, where the taxonomy names no limit of its own."""


class Categories(Calls, KnowsCategories):
    """Reads with the application's token: the answers are the same for every seller, and are cached outside."""

    def suggest_categories(self, title: str, hint: str) -> Sequence[CategorySuggestion]:
        query = " ".join(f"{title} {hint}".replace(">", " ").split())[:QUERY_LENGTH]
        if not query:
            return ()
        answer = self._localised(f"{self._tree()}/get_category_suggestions", {"q": query})
        return tuple(
            CategorySuggestion(
                category_id=suggestion.category.categoryId,
                name=suggestion.category.categoryName,
                path=_path(suggestion),
            )
            for suggestion in read(taxonomy.Suggestions, answer).categorySuggestions
        )

    def category_rules(self, category_id: str) -> CategoryRules:
        tree = self._tree()
        node = read(
            taxonomy.Subtree, self._localised(f"{tree}/get_category_subtree", {"category_id": category_id})
        ).categorySubtreeNode
        leaf = node.leafCategoryTreeNode or not node.childCategoryTreeNodes
        name = node.category.categoryName
        if not leaf:
            return CategoryRules(category_id, name, (name,), False, (), (), False, False)
        aspects = self._localised(f"{tree}/get_item_aspects_for_category", {"category_id": category_id})
        usages = self._regulatory(category_id)
        return CategoryRules(
            category_id=category_id,
            name=name,
            path=self._full_path(tree, category_id, name),
            is_leaf=True,
            aspects=tuple(_aspect(each) for each in read(taxonomy.Aspects, aspects).aspects),
            conditions=self._conditions(category_id),
            variations_allowed=self._variations(category_id),
            safety_required=usages.get("MANUFACTURER_CONTACT") == "REQUIRED",
            extra={"regulatory": usages},
        )

    def _full_path(self, tree: str, category_id: str, name: str) -> tuple[str, ...]:
        """A node does not tell its ancestors, and the subtrees above are megabytes; a suggestion tells them."""
        try:
            answer = self._localised(f"{tree}/get_category_suggestions", {"q": name[:QUERY_LENGTH]})
        except (Gone, Rejected):
            return (name,)
        found = read(taxonomy.Suggestions, answer).categorySuggestions
        same = (_path(each) for each in found if each.category.categoryId == category_id)
        return next(same, (name,))

    def _tree(self) -> str:
        answer = self._localised(
            f"{TAXONOMY}/get_default_category_tree_id", {"marketplace_id": self._marketplace}
        )
        tree_id = read(taxonomy.DefaultTree, answer).categoryTreeId
        if not tree_id:
            raise Gone("eBay has no category tree for this marketplace", marketplace=self._marketplace)
        return f"{TAXONOMY}/category_tree/{tree_id}"

    def _conditions(self, category_id: str) -> tuple[str, ...]:
        policies = read(
            metadata.ConditionPolicies, self._policy("get_item_condition_policies", category_id)
        ).itemConditionPolicies
        return tuple(
            word_of(ENUM_OF_ID[condition.conditionId])
            for policy in policies
            if policy.categoryId == category_id
            for condition in policy.itemConditions
            if condition.conditionId in ENUM_OF_ID
        )

    def _variations(self, category_id: str) -> bool:
        policies = read(
            metadata.StructurePolicies, self._policy("get_listing_structure_policies", category_id)
        ).listingStructurePolicies
        return any(policy.variationsSupported for policy in policies if policy.categoryId == category_id)

    def _regulatory(self, category_id: str) -> dict[str, str]:
        policies = read(
            metadata.RegulatoryPolicies, self._policy("get_regulatory_policies", category_id)
        ).regulatoryPolicies
        return {
            attribute.name: attribute.usage
            for policy in policies
            if policy.categoryId == category_id
            for attribute in policy.supportedAttributes
        }

    def _policy(self, name: str, category_id: str) -> Answer:
        return self._localised(
            f"{METADATA}/marketplace/{self._marketplace}/{name}", {"filter": f"categoryIds:{{{category_id}}}"}
        )


def _path(suggestion: taxonomy.Suggestion) -> tuple[str, ...]:
    """From the top down to the category; the root, whose name means nothing, is left out."""
    ancestors = [
        each for each in reversed(suggestion.categoryTreeNodeAncestors) if each.categoryTreeNodeLevel > 0
    ]
    return (*(each.categoryName for each in ancestors), suggestion.category.categoryName)


def _aspect(aspect: taxonomy.Aspect) -> AspectRule:
    constraint = aspect.aspectConstraint
    return AspectRule(
        name=aspect.localizedAspectName,
        required=constraint.aspectRequired,
        only_listed=constraint.aspectMode == "SELECTION_ONLY",
        multiple=constraint.itemToAspectCardinality == "MULTI",
        for_variants=constraint.aspectEnabledForVariations,
        values=tuple(value.localizedValue for value in aspect.aspectValues),
        max_length=constraint.aspectMaxLength or ASPECT_LENGTH,
        required_from=_day(constraint.expectedRequiredByDate),
    )


def _day(moment: str) -> str:
    """The day of a date or timestamp; eBay documents no form, so what is neither is left out."""
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""
