"""Categories and what holds in each; read once from the data files beside this module.

A category's number comes from its English path, so that it stays the same when others are added.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from zlib import crc32

LANGUAGES = ("en", "de", "fr")
VERSION = "131"
ROOT_ID = "0"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of goods demands."""

    name: str
    required: tuple[str, ...]
    recommended: tuple[str, ...]
    optional: tuple[str, ...]
    conditions: str
    ean: str
    manufacturer: str
    variations: bool

    @property
    def condition_ids(self) -> tuple[str, ...]:
        """The conditions that goods of this kind can have."""
        return CONDITION_SETS[self.conditions]


@dataclass(slots=True)
class Category:
    """One node of the tree."""

    id: str
    names: dict[str, str]
    parent: Category | None
    profile: Profile
    words: str = ""
    """What people call it besides its names."""
    audience: str = ""
    """Whom it is for (``women``), where it is for somebody."""
    asks: str = ""
    """Words of which one has to be said before it is meant."""
    children: list[Category] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        """Whether goods can be listed here."""
        return not self.children

    @property
    def level(self) -> int:
        """0 for the root."""
        return 0 if self.parent is None else self.parent.level + 1

    @property
    def ancestors(self) -> list[Category]:
        """From the parent up, without the root."""
        found: list[Category] = []
        node = self.parent
        while node is not None and node.parent is not None:
            found.append(node)
            node = node.parent
        return found


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


_PROFILE_DATA = _read("profiles.toml")
CONDITION_SETS: dict[str, tuple[str, ...]] = {
    name: tuple(ids) for name, ids in _PROFILE_DATA["condition_sets"].items()
}


def _profiles() -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    for name, entry in _PROFILE_DATA["profile"].items():
        base = found.get(entry.get("like", ""))

        def given(key: str, fallback: Any, entry: dict[str, Any] = entry, base: Profile | None = base) -> Any:
            value = entry.get(key, getattr(base, key) if base else fallback)
            return tuple(value) if isinstance(value, list) else value

        found[name] = Profile(
            name=name,
            required=given("required", ()),
            recommended=given("recommended", ()),
            optional=given("optional", ()),
            conditions=given("conditions", "general"),
            ean=given("ean", "ENABLED"),
            manufacturer=given("manufacturer", "RECOMMENDED"),
            variations=given("variations", True),
        )
    return found


PROFILES = _profiles()


class Tree:
    """All categories; the same numbers in every marketplace's tree, the names in its language."""

    def __init__(
        self, branches: list[dict[str, Any]], expired: dict[str, str], audiences: dict[str, str]
    ) -> None:
        self.root = Category(ROOT_ID, dict.fromkeys(LANGUAGES, "Root"), None, PROFILES["general"])
        self._by_id: dict[str, Category] = {ROOT_ID: self.root}
        self._by_path: dict[str, Category] = {}
        for branch in branches:
            self._add_branch(branch)
        self.audiences = audiences
        self.expired = {self._number(old): self._by_path[new].id for old, new in expired.items()}

    def find(self, category_id: str) -> Category | None:
        """A category by its number."""
        return self._by_id.get(category_id)

    def at(self, path: str) -> Category:
        """A category by its English path, ``Home & Furniture > Sofas``; raises KeyError."""
        return self._by_path[path]

    def leaves(self) -> Iterator[Category]:
        """Every category that goods can be listed in."""
        return (category for category in self._by_id.values() if category.is_leaf)

    def _add_branch(self, branch: dict[str, Any]) -> None:
        profile = PROFILES[branch["profile"]]
        paths = [branch[language].split(" > ") for language in LANGUAGES]
        node = self.root
        english: list[str] = []
        for names in zip(*paths, strict=True):
            english.append(names[0])
            node = self._node(node, " > ".join(english), names, profile)
        node.words = branch.get("words", "")
        for line in branch["leaves"]:
            cells = [cell.strip() for cell in line.split("|")]
            own = PROFILES[cells[4]] if len(cells) > 4 else profile
            leaf = self._node(node, " > ".join([*english, cells[0]]), (cells[0], cells[1], cells[2]), own)
            leaf.words = cells[3] if len(cells) > 3 else ""
            leaf.audience, leaf.asks = branch.get("audience", ""), branch.get("asks", "")

    def _node(self, parent: Category, path: str, names: tuple[str, ...], profile: Profile) -> Category:
        if path in self._by_path:
            return self._by_path[path]
        number = self._number(path)
        if number in self._by_id:
            raise ValueError(f"Two categories share the number {number}: {path}.")
        category = Category(number, dict(zip(LANGUAGES, names, strict=True)), parent, profile)
        parent.children.append(category)
        self._by_id[number] = self._by_path[path] = category
        return category

    @staticmethod
    def _number(path: str) -> str:
        return str(10_000 + crc32(path.encode()) % 250_000)


def _load() -> Tree:
    data = _read("categories.toml")
    return Tree(data["branch"], data["expired"], data["audiences"])


TREE = _load()
