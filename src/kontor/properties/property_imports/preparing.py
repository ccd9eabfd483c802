"""An object of a package before it is saved: its pictures stored, its number found, what it lacks told. No transaction is
open here, for pictures are decoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from kontor.catalog import media
from kontor.core.errors import Invalid, Problem
from kontor.properties.choices import SaleState
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.package import Package
from kontor.properties.openimmo.values import Action, Estate, Skipped
from kontor.properties.parts.texts import Picture
from kontor.properties.property_imports.plain import without_markup

_LONGEST_REFERENCE: Final = 100


@dataclass(frozen=True, slots=True)
class Prepared:
    """One object, ready to be settled. `content` is None where it was skipped while reading."""

    document: str
    line: int
    offerer: int
    content: PropertyContent | None = None
    is_removed: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Under what it may be the same as another object: two of these never go into one chunk."""
        if self.content is None:
            return frozenset()
        numbers = (f"id:{self.content.identifiers.openimmo_obid}", f"reference:{self.content.reference}")
        return frozenset(number for number in numbers if not number.endswith(":"))


@dataclass(slots=True)
class Preparing:
    """Prepares the objects of one package; what a file's content became is remembered by its path."""

    tenant_id: UUID
    package: Package
    stored: dict[str, UUID | Problem] = field(default_factory=dict)

    def prepared(self, item: Estate | Skipped, document: str) -> Prepared:
        """Stores the pictures of an object that stays. A picture that can't be had is left out and told."""
        if isinstance(item, Skipped):
            return Prepared(document, item.line, item.offerer, problems=(item.problem,))
        content = without_markup(_numbered(item.content))
        if item.action is Action.DELETE:
            return Prepared(document, item.line, item.offerer, content, is_removed=True)
        if item.action is Action.REFERENCE:
            terms = content.terms.model_copy(
                update={"sale_state": content.terms.sale_state or SaleState.DONE}
            )
            content = content.model_copy(update={"terms": terms})
        pictures, problems = [], []
        for index, picture in enumerate(content.pictures):
            found = self._with_media(picture, index, item.contents, document)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                pictures.append(found)
        content = content.model_copy(update={"pictures": tuple(pictures)})
        return Prepared(document, item.line, item.offerer, content, problems=tuple(problems))

    def _with_media(
        self, picture: Picture, index: int, contents: Mapping[str, bytes], document: str
    ) -> Picture | Problem:
        if picture.url:
            return picture.model_copy(update={"file_name": ""})
        name, field_name = picture.file_name, f"pictures.{index}"
        if name in contents:
            stored = self._store(contents[name])
        else:
            entry = self.package.find(name, beside=document)
            if entry is None:
                return Problem(
                    "openimmo.picture_missing",
                    "This picture is not in the archive",
                    field_name,
                    {"name": name},
                )
            if entry.path not in self.stored:
                self.stored[entry.path] = self._store(self.package.read(entry))
            stored = self.stored[entry.path]
        if isinstance(stored, Problem):
            return Problem(stored.code, stored.message, field_name, {"name": name})
        return picture.model_copy(update={"media_id": stored})

    def _store(self, content: bytes) -> UUID | Problem:
        try:
            return media.store(self.tenant_id, content).id
        except Invalid as error:
            return Problem(error.code, error.detail)


def _numbered(content: PropertyContent) -> PropertyContent:
    """With a number of its own: the public one, else the office's, else OpenImmo's."""
    numbers = (content.reference, content.identifiers.internal_number, content.identifiers.openimmo_obid)
    reference = next(filter(None, numbers), "")[:_LONGEST_REFERENCE]
    return content.model_copy(update={"reference": reference, "status": "active"})
