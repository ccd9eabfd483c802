"""What a revision of a property remembers, as one frozen value: to JSON and back, compared field by field.

The same value is what the API takes and shows, what files are read into and written from, and what rules look at. It
depends on no database. It takes whatever reads well, complete or not: what is missing or odd, `checks` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from kontor.properties.choices import Kind, Marketing, Usage
from kontor.properties.parts.building import Building, EnergyCertificate, Land
from kontor.properties.parts.equipment import Equipment, Facilities
from kontor.properties.parts.measures import Areas, Rooms
from kontor.properties.parts.money import Commission, Prices, Returns
from kontor.properties.parts.people import Contact, Grouping, Identifiers
from kontor.properties.parts.place import Address, Surroundings
from kontor.properties.parts.terms import Auction, Terms
from kontor.properties.parts.texts import Document, Language, Link, Picture, Texts
from kontor.properties.values import Line, Section, Several, Text

State = Literal["draft", "active", "archived"]
UnknownPath = Annotated[str, Field(max_length=500)]


class PropertyContent(Section):
    """One revision of a property, whole. Its mappings are never changed after they are made."""

    reference: Annotated[Line, Field(max_length=100, description="The agent's own number for it.")] = ""
    status: State = "active"
    language: Language = "de"
    kind: Kind | None = None
    subtype: Line = Field("", description="A finer word for the kind.", examples=["maisonette"])
    usage: Annotated[tuple[Usage, ...], Several] = ()
    marketing: Marketing | None = None
    address: Address = Address()
    surroundings: Surroundings = Surroundings()
    areas: Areas = Areas()
    rooms: Rooms = Rooms()
    prices: Prices = Prices()
    returns: Returns = Returns()
    commission: Commission = Commission()
    building: Building = Building()
    land: Land = Land()
    energy: EnergyCertificate = EnergyCertificate()
    equipment: Equipment = Equipment()
    facilities: Facilities = Facilities()
    terms: Terms = Terms()
    auction: Auction = Auction()
    texts: Annotated[Mapping[Language, Texts], Field(max_length=20)] = {}
    pictures: Annotated[tuple[Picture, ...], Field(max_length=150)] = ()
    documents: Annotated[tuple[Document, ...], Field(max_length=150)] = ()
    links: Annotated[tuple[Link, ...], Field(max_length=150)] = ()
    contact: Contact = Field(Contact(), description="Whom prospects write to.")
    owner: Contact = Field(Contact(), description="Whose it is; never shown to the public.")
    grouping: Grouping = Grouping()
    identifiers: Identifiers = Identifiers()
    notes: Text = Field("", description="For the office alone.")
    unknown: Annotated[Mapping[UnknownPath, Text], Field(max_length=2_000)] = Field(
        {}, description="What an import did not understand, by where it stood."
    )

    def as_json(self) -> dict[str, Any]:
        """The snapshot of a revision: its status, and what somebody said."""
        return {"status": self.status, **self.model_dump(mode="json", exclude_defaults=True)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """Reads `as_json` back; equal to what was written."""
        return cls.model_validate(dict(row))

    def with_status(self, status: State) -> Self:
        """The same in another state."""
        return self.model_copy(update={"status": status})

    @property
    def own_texts(self) -> Texts:
        """The texts in the property's own language, else in any, else none."""
        return self.texts.get(self.language) or next(iter(self.texts.values()), Texts())

    @property
    def headline(self) -> str:
        """The title in the property's own language, else in any."""
        titles = (texts.title for texts in (self.own_texts, *self.texts.values()))
        return next(filter(None, titles), "")


def changed_fields(before: PropertyContent | None, after: PropertyContent) -> tuple[str, ...]:
    """Names of the fields that differ: `prices.cold_rent`, `texts.de.title`, `pictures` …; none for a new one."""
    if before is None:
        return ()
    return tuple(_differences(before, after, ""))


def _differences(before: Section, after: Section, path: str) -> Iterator[str]:
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, Section) and isinstance(new, Section):
            yield from _differences(old, new, f"{path}{name}.")
        elif name == "texts":
            for language in dict.fromkeys((*old, *new)):
                empty = Texts()
                yield from _differences(
                    old.get(language, empty), new.get(language, empty), f"texts.{language}."
                )
        else:
            yield f"{path}{name}"
