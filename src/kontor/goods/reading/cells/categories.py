"""Where a shop files an article: one path, written `A > B`."""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = re.compile(r"->|>|»|›")
_SLASHES = re.compile(r"(?<=\S)/(?=\S)")
_ALTERNATIVES = re.compile(r"[;|]")
# Shops that part alternatives by a comma write paths with > or /.
_COMMAS = re.compile(r"(?<!\\),")
_LONGEST = 2_000
_ROOTS = frozenset(("default category", "root", "home", "startseite", "accueil", "root catalog"))


def read_category(text: str) -> str:
    """The deepest path in the cell, the first among equals, without the shop's root; "" where only a root stands."""
    return _deepest_path(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _deepest_path(text: str) -> str:
    if "\n" in text:
        # Magento's older files: one path, a step a line, collections after it.
        return " > ".join(_without_root(text.split("\n"))[:2])
    paths = _ALTERNATIVES.split(text)
    if "," in text and re.search(r"[>»›/]", text):
        paths = [piece for path in paths for piece in _COMMAS.split(path)]
    best: list[str] = []
    for path in paths:
        steps = _without_root((_STEPS if _STEPS.search(path) else _SLASHES).split(path))
        if len(steps) > len(best):
            best = steps
    return " > ".join(best)


def _without_root(steps: list[str]) -> list[str]:
    kept = [step.strip() for step in steps if step.strip()]
    return kept[1:] if kept and kept[0].lower() in _ROOTS else kept
