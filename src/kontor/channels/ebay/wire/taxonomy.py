"""Taxonomy API: the category tree, its suggestions and its aspects."""

from __future__ import annotations

from kontor.channels.ebay.wire.base import Received


class DefaultTree(Received):
    categoryTreeId: str = ""


class Category(Received):
    categoryId: str = ""
    categoryName: str = ""


class Ancestor(Received):
    categoryId: str = ""
    categoryName: str = ""
    categoryTreeNodeLevel: int = 0


class Suggestion(Received):
    """Ancestors come from the immediate parent up to the root."""

    category: Category = Category()
    categoryTreeNodeAncestors: tuple[Ancestor, ...] = ()


class Suggestions(Received):
    categorySuggestions: tuple[Suggestion, ...] = ()


class TreeNode(Received):
    category: Category = Category()
    leafCategoryTreeNode: bool = False
    childCategoryTreeNodes: tuple[object, ...] = ()
    parentCategoryTreeNodeHref: str = ""


class Subtree(Received):
    categorySubtreeNode: TreeNode = TreeNode()


class AspectConstraint(Received):
    """`aspectRequired` decides; `aspectUsage` may say RECOMMENDED of a required one."""

    aspectRequired: bool = False
    aspectMode: str = ""
    itemToAspectCardinality: str = ""
    aspectEnabledForVariations: bool = False
    aspectMaxLength: int = 0
    expectedRequiredByDate: str = ""


class AspectValue(Received):
    localizedValue: str = ""


class Aspect(Received):
    localizedAspectName: str = ""
    aspectConstraint: AspectConstraint = AspectConstraint()
    aspectValues: tuple[AspectValue, ...] = ()


class Aspects(Received):
    aspects: tuple[Aspect, ...] = ()
