"""What the API shows of properties; what it takes is the content itself, whole or as a patch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from kontor.catalog import media
from kontor.catalog.gallery import PictureView
from kontor.catalog.schemas import NOBODY, CauseOut, MediaOut, MoneyOut, ProblemOut, PublicationBrief
from kontor.core.money import Money
from kontor.properties import summary
from kontor.properties.checks import WITHOUT_ENERGY
from kontor.properties.choices import SUBTYPES, Kind, Marketing
from kontor.properties.content import PropertyContent, State
from kontor.properties.judging import Acknowledged, Judgement
from kontor.properties.parts.texts import Picture
from kontor.properties.values import Line, Number
from kontor.properties.views import PropertyView

EXAMPLE: dict[str, Any] = {
    "reference": "HB-104",
    "kind": "flat",
    "marketing": "rent",
    "address": {"street": "Fährweg", "house_number": "12a", "postal_code": "28195", "city": "Bremen"},
    "areas": {"living_area": 84.5},
    "rooms": {"rooms": 3, "floor": 2},
    "prices": {"cold_rent": "1080.00", "service_charge": "190.00", "deposit": "3240.00"},
    "building": {"year_built": 1928, "heating": ["central"], "carriers": ["gas"]},
    "energy": {
        "state": "available",
        "kind": "demand",
        "value": 118.4,
        "energy_class": "D",
        "carrier": "Erdgas",
        "year_built": 1928,
    },
    "texts": {"de": {"title": "Helle Wohnung am Fluss", "description": "Drei Zimmer, Südbalkon."}},
}


class PropertyBody(PropertyContent):
    """A property whole: what is left out is not said."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    def content(self) -> PropertyContent:
        """As the service takes it."""
        return PropertyContent.model_construct(
            **{name: getattr(self, name) for name in PropertyContent.model_fields}
        )


class PropertyPicture(Picture):
    """A picture of a property: stored, still waiting to be fetched, or a problem."""

    id: UUID
    position: int
    state: Literal["waiting", "stored", "failed"]
    problem: ProblemOut | None
    media: MediaOut | None

    @classmethod
    def of(cls, picture: Picture, view: PictureView) -> PropertyPicture:
        """From both of its values, inside `tenant()`."""
        return cls(
            **{name: getattr(picture, name) for name in Picture.model_fields}, id=view.id, position=view.position,
            state=view.state, problem=ProblemOut(**view.problem) if view.problem else None,
            media=MediaOut.of(view.media) if view.media else None,
        )  # fmt: skip


class AcknowledgedOut(BaseModel):
    """A warning of the law that somebody answers for."""

    code: str = Field(examples=["law.bgb_656c_payer"])
    paragraph: str = Field(examples=["BGB §§ 656c, 656d"])
    message: str
    field: str
    note: str
    by: CauseOut
    at: datetime

    @classmethod
    def of(cls, value: Acknowledged) -> AcknowledgedOut:
        """From a value."""
        rule = value.rule
        return cls(
            code=rule.code, paragraph=rule.paragraph, message=rule.message, field=rule.field, note=value.note,
            by=CauseOut(**value.cause), at=value.at,
        )  # fmt: skip


class AcknowledgeBody(BaseModel):
    """Which warning a person answers for, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"code": "law.bgb_656c_payer", "note": "Käufer ist eine Gesellschaft"}]
        },
    )

    code: str = Field(max_length=60)
    note: Annotated[Line, Field(max_length=500)] = ""


class ForgetBody(BaseModel):
    """Who of a property wants to be forgotten."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"who": "owner"}]})

    who: Literal["owner", "contact"]


class KindOut(BaseModel):
    """What a form needs to know of a kind of property."""

    kind: Kind
    subtypes: list[str] = Field(description="The finer words of it.", examples=[["maisonette", "loft"]])
    areas: list[str] = Field(
        description="The areas that it may be known by, the best first.", examples=[["living_area"]]
    )
    has_certificate: bool = Field(description="Whether an energy certificate may be due.")

    @classmethod
    def of(cls, kind: Kind) -> KindOut:
        """From a word."""
        return cls(
            kind=kind,
            subtypes=list(SUBTYPES[kind]),
            areas=list(summary.main_area_fields(kind)),
            has_certificate=kind not in WITHOUT_ENERGY,
        )


class PropertyFacets(BaseModel):
    """Counts for the tabs above a list. Archived ones count only under `archived`."""

    total: int = Field(description="Drafts and active ones.")
    active: int
    drafts: int
    archived: int
    kinds: dict[str, int] = Field(description="Of those in use.", examples=[{"flat": 120, "house": 31}])
    marketing: dict[str, int] = Field(description="Of those in use.", examples=[{"rent": 90, "buy": 61}])


class PropertyOut(PropertyContent):
    """The whole property. Its ETag is the revision."""

    id: UUID
    pictures: tuple[PropertyPicture, ...]  # with what is stored of each
    title: str = Field(description="The title in the property's own language, else in any.")
    price: MoneyOut | None = Field(description="The one that an ad shows in large.")
    price_field: str = Field(description="Which of the prices that is.", examples=["cold_rent"])
    area: Number | None = Field(description="The area that its kind is known by, in square metres.")
    problems: list[ProblemOut] = Field(
        description="What an ad of it lacks, by the law too: errors keep it off the portals, warnings are advice."
    )
    acknowledged: list[AcknowledgedOut] = Field(
        description="Warnings of the law that somebody answers for, until what they are about changes."
    )
    publications: list[PublicationBrief]
    revision: int
    created_at: datetime
    updated_at: datetime
    updated_by: CauseOut

    @classmethod
    def of(
        cls, view: PropertyView, judgement: Judgement, publications: Iterable[Mapping[str, Any]]
    ) -> PropertyOut:
        """From a value, inside `tenant()`."""
        content, price = view.content, summary.asking_price(view.content)
        said = {name: getattr(content, name) for name in PropertyContent.model_fields if name != "pictures"}
        return cls.model_construct(
            **said, id=view.listing_id, title=content.headline,
            pictures=tuple(PropertyPicture.of(*both) for both in view.named_pictures),
            price=MoneyOut.of(price.minor, price.currency) if price else None,
            price_field=summary.asking_price_field(content), area=summary.main_area(content),
            problems=[ProblemOut(**problem.as_dict()) for problem in judgement.problems],
            acknowledged=[AcknowledgedOut.of(each) for each in judgement.acknowledged],
            publications=[PublicationBrief(**brief) for brief in publications], revision=view.revision,
            created_at=view.created_at, updated_at=view.updated_at, updated_by=CauseOut(**view.updated_by),
        )  # fmt: skip


class PropertyRow(BaseModel):
    """A property in a list or on a map."""

    id: UUID
    reference: str = Field(examples=["HB-104"])
    title: str = Field(description="In the property's own language.", examples=["Helle Wohnung am Fluss"])
    language: str
    status: State
    kind: Kind | None
    marketing: Marketing | None
    country: str = Field(examples=["DE"])
    postal_code: str
    city: str
    latitude: float | None
    longitude: float | None
    price: MoneyOut | None = Field(description="The one that an ad shows in large.")
    area: float | None = Field(description="The area that its kind is known by, in square metres.")
    plot_area: float | None
    rooms: float | None
    thumb: str | None = Field(description="Address of a picture, 96 px, for an <img> as it is.")
    thumb_large: str | None = Field(description="The same, 320 px.")
    pictures_waiting: int
    pictures_failed: int
    revision: int
    updated_at: datetime
    updated_by: CauseOut
    publications: list[PublicationBrief]


class UndoTo(BaseModel):
    """Back to the content of an earlier revision."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"to": 3}]})

    to: int = Field(ge=1, le=2_000_000_000, description="Number of the revision to go back to.")


class SimilarRow(PropertyRow):
    """A property that is like another."""

    reasons: list[Literal["city", "area", "price", "rooms"]] = Field(
        description="What makes it so, besides kind and marketing."
    )


class SimilarOut(BaseModel):
    """Properties that are like one, the most alike first."""

    items: list[SimilarRow]


def property_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `PropertyRow` describes, as plain values, of a row of `listing.page`; inside `tenant()`."""
    large, small = media.thumb_paths(row["listing__thumb_id"])
    return {
        "id": row["id"], "reference": row["listing__reference"], "title": row["listing__headline"],
        "language": row["listing__language"], "status": row["status"], "kind": row["kind"] or None,
        "marketing": row["marketing"] or None, "country": row["country"], "postal_code": row["postal_code"],
        "city": row["city"], "latitude": row["latitude"], "longitude": row["longitude"],
        "price": _money(row["price_minor"], row["currency"]), "area": _number(row["area"]),
        "plot_area": _number(row["plot_area"]), "rooms": _number(row["rooms"]), "thumb": small, "thumb_large": large,
        "pictures_waiting": row["listing__pictures_waiting"], "pictures_failed": row["listing__pictures_failed"],
        "revision": row["listing__revision"], "updated_at": row["updated_at"],
        "updated_by": NOBODY | orjson.loads(row["listing__updated_by"]),
        "publications": orjson.Fragment(row["publications"]),
    }  # fmt: skip


def similar_row(row: Mapping[str, Any], reasons: Sequence[str]) -> dict[str, Any]:
    """What `SimilarRow` describes."""
    return property_row(row) | {"reasons": list(reasons)}


def _money(minor: int | None, currency: str) -> dict[str, Any] | None:
    if minor is None:
        return None
    return {"amount": str(Money(minor, currency).amount), "minor": minor, "currency": currency}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
