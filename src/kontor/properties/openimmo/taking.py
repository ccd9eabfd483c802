"""Leaves being understood one by one: what was taken, from where, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kontor.properties.openimmo.forms import Form


class Taken:
    """`left` shrinks as rows take leaves; `found` maps our dotted fields to values; `sources` says what to give back where
    our own content won't have a value after all.
    """

    def __init__(self, leaves: Mapping[str, str]) -> None:
        self.left = dict(leaves)
        self.found: dict[str, Any] = {}
        self.sources: dict[str, dict[str, str]] = {}

    def value(self, path: str, form: Form) -> Any:
        """What a leaf says, None where there is none, it is empty, or it can't be read. It stays where it is."""
        text = self.left.get(path)
        return form.read(text) if text else None

    def keep(self, ours: str, value: Any, *paths: str) -> None:
        """Sets one of our fields, and takes the leaves that said so."""
        self.found[ours] = value
        self.sources[ours] = {path: self.left.pop(path) for path in paths if path in self.left}

    def items(self, ours: str, found: Sequence[tuple[Mapping[str, Any], Iterable[str]]]) -> None:
        """Sets a field of several values, each with the leaves that said it."""
        if found:
            self.found[ours] = [value for value, _ in found]
            for number, (_, paths) in enumerate(found):
                self.sources[f"{ours}.{number}"] = {
                    path: self.left.pop(path) for path in paths if path in self.left
                }

    def drop(self, *paths: str) -> None:
        """Takes leaves that say nothing more."""
        for path in paths:
            self.left.pop(path, None)

    def beneath(self, element: str) -> dict[str, str]:
        """The leaves of an element, by their paths from it on; an own text or emptiness as `""`."""
        size = len(element)
        return {
            path[size:].removeprefix("/"): text
            for path, text in self.left.items()
            if path.startswith(element) and path[size : size + 1] in ("", "/", "@")
        }

    def give_back(self, fields: Iterable[str]) -> None:
        """Puts the leaves of these fields back where they were."""
        for ours in fields:
            self.found.pop(ours, None)
            self.left |= self.sources.pop(ours, {})
