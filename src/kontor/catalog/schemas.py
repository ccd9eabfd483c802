"""What the API shows and takes of listings, revisions and pictures, whatever the trade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from kontor.catalog import media, pictures
from kontor.catalog.gallery import PictureView
from kontor.catalog.media import MediaView
from kontor.catalog.models import Revision
from kontor.core.money import Money

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217.", examples=["EUR"])]


class CauseOut(BaseModel):
    """Who or what did it."""

    kind: str = Field("system", description="person, job, channel or system.")
    id: str = ""
    label: str = Field("", description="Name to show.", examples=["Marlene Thomsen"])


NOBODY: Final = CauseOut().model_dump()


class ProblemOut(BaseModel):
    """One thing that is wrong, at one place."""

    code: str = Field(examples=["media.not_a_picture"])
    message: str
    field: str = Field("", description="Dotted path in the merchant's words.", examples=["variants.0.gtin"])
    params: dict[str, Any] = {}
    fix: str = ""
    severity: str = "error"


class MoneyOut(BaseModel):
    """An amount in major units as text, and in the currency's smallest unit."""

    amount: str = Field(examples=["39.00"])
    minor: int = Field(examples=[3900])
    currency: Currency

    @classmethod
    def of(cls, minor: int | None, currency: str) -> MoneyOut | None:
        """None where there is no price."""
        return (
            None
            if minor is None
            else cls(amount=str(Money(minor, currency).amount), minor=minor, currency=currency)
        )


class MoneyIn(BaseModel):
    """An amount in major units; more decimals than the currency has are rounded half up."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"amount": "39.00", "currency": "EUR"}]})

    amount: Decimal = Field(ge=0, le=Decimal(10) ** 11, allow_inf_nan=False)
    currency: Currency

    def money(self) -> Money:
        """The value. An unknown currency is let through here and refused, with its field, by the service."""
        return Money.of(self.amount, self.currency)


class PublicationBrief(BaseModel):
    """How a listing stands on one connection: a chip in a list."""

    model_config = ConfigDict(extra="allow")

    id: UUID
    connection_id: UUID
    channel: str = Field(examples=["ebay"])
    marketplace: str = Field("", examples=["EBAY_DE"])
    label: str = ""
    state: str = Field(examples=["live"])
    wanted: str = ""
    problem_count: int = 0
    external_id: str = ""
    address: str = ""
    proved_at: datetime | None = None


class ListingRow(BaseModel):
    """A listing in a list."""

    id: UUID
    kind: str = Field(examples=["goods"])
    reference: str = Field(description="The merchant's article number.", examples=["WL-2210"])
    title: str = Field(description="In the listing's own language.", examples=["Leinenschürze Hafen"])
    language: str
    status: Literal["draft", "active", "archived"]
    brand: str
    options: list[str] = Field(
        description="Names of what its variants differ in.", examples=[["Farbe", "Größe"]]
    )
    variant_count: int
    price: MoneyOut | None = Field(description="The lowest.")
    price_to: MoneyOut | None = Field(description="The highest, where it is another.")
    stock: int
    thumb: str | None = Field(description="Address of a picture, 96 px, for an <img> as it is.")
    thumb_large: str | None = Field(description="The same, 320 px.")
    pictures_waiting: int
    pictures_failed: int
    revision: int
    updated_at: datetime
    updated_by: CauseOut
    publications: list[PublicationBrief] = []


def listing_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `ListingRow` describes, as plain values, of a row of `queries.page`; inside `tenant()`.

    Lists are asked for more than anything else, and models would double what a page costs.
    """
    low, high, currency = row["price_minor"], row["price_to_minor"], row["currency"]
    large, small = media.thumb_paths(row["thumb_id"])
    return {
        "id": row["id"], "kind": row["kind"], "reference": row["reference"], "title": row["headline"],
        "language": row["language"], "status": row["status"], "brand": row["brand"],
        "options": orjson.Fragment(row["detail__options"] or "[]"), "variant_count": row["variant_count"],
        "price": _money(low, currency), "price_to": _money(high, currency) if high != low else None,
        "stock": row["stock"], "thumb": small, "thumb_large": large, "pictures_waiting": row["pictures_waiting"],
        "pictures_failed": row["pictures_failed"], "revision": row["revision"], "updated_at": row["updated_at"],
        "updated_by": NOBODY | orjson.loads(row["updated_by"]), "publications": orjson.Fragment(row["publications"]),
    }  # fmt: skip


def _money(minor: int | None, currency: str) -> dict[str, Any] | None:
    if minor is None:
        return None
    return {"amount": _amount(minor, currency), "minor": minor, "currency": currency}


@lru_cache(maxsize=4096)
def _amount(minor: int, currency: str) -> str:
    return str(Money(minor, currency).amount)


class Facets(BaseModel):
    """Counts for the tabs above a list. Archived listings count only under `archived`."""

    total: int = Field(description="Drafts and active ones.")
    kinds: dict[str, int] = Field(examples=[{"goods": 252}])
    active: int
    drafts: int
    archived: int
    out_of_stock: int
    pictures_waiting: int
    problems: int = Field(description="Listings that need a hand.")
    more: dict[str, int] = Field({}, description="Counts that channels add, by name.")


class RevisionRow(BaseModel):
    """One change in a listing's history."""

    number: int
    at: datetime
    cause: CauseOut
    changed: list[str] = Field(
        description="Fields that differ from before.", examples=[["title", "variants.price"]]
    )
    undo_of: int | None = Field(description="Set where somebody went back to that revision.")
    status: str

    @classmethod
    def of(cls, row: Revision) -> RevisionRow:
        """From a row."""
        return cls(
            number=row.number, at=row.at, cause=CauseOut(**row.cause), changed=row.changed, undo_of=row.undo_of,
            status=row.snapshot["status"],
        )  # fmt: skip


class RevisionOut(RevisionRow):
    """A revision with the whole listing as it was."""

    snapshot: dict[str, Any]

    @classmethod
    def of(cls, row: Revision) -> RevisionOut:
        """From a row."""
        return cls(**RevisionRow.of(row).model_dump(), snapshot=row.snapshot)


class MediaOut(BaseModel):
    """A stored picture with addresses that work in an <img> as they are."""

    id: UUID
    sha256: str
    content_type: str
    width: int
    height: int
    byte_count: int
    thumb: str = Field(description="At most 320 px.")
    small: str = Field(description="At most 96 px.")
    large: str = Field(description="JPEG of at most 1600 px, as channels get it.")
    original: str = Field(description="As it came, upright, without metadata.")

    @classmethod
    def of(cls, view: MediaView) -> MediaOut:
        """From a value."""
        return cls(
            id=view.id, sha256=view.sha256, content_type=view.content_type, width=view.width, height=view.height,
            byte_count=view.byte_count, thumb=view.path(pictures.THUMB), small=view.path(pictures.SMALL_THUMB),
            large=view.path(pictures.CHANNEL), original=view.path(pictures.ORIGINAL),
        )  # fmt: skip


class PictureOut(BaseModel):
    """A picture of a listing: stored, still waiting to be fetched, or a problem."""

    id: UUID
    position: int
    state: Literal["waiting", "stored", "failed"]
    problem: ProblemOut | None
    source_url: str
    variant_sku: str = Field(description="Empty: of the whole product.")
    media: MediaOut | None

    @classmethod
    def of(cls, view: PictureView) -> PictureOut:
        """From a value."""
        return cls(
            id=view.id, position=view.position, state=view.state, source_url=view.url,
            problem=ProblemOut(**view.problem) if view.problem else None, variant_sku=view.variant_sku,
            media=MediaOut.of(view.media) if view.media else None,
        )  # fmt: skip


class PicturePlace(BaseModel):
    """A picture in a new order: one of the listing's (`id`), an uploaded one (`media_id`), or an address to fetch."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"media_id": "0192f1c0-0000-7000-8000-000000000000"}]}
    )

    id: UUID | None = None
    media_id: UUID | None = None
    url: str = Field("", max_length=2_000)
    variant_sku: str | None = Field(
        None, max_length=100, description="Null: as it was, or of the whole product."
    )
