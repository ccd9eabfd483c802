"""What the API says about publications."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MOST_IN_PREFLIGHT = 200


class ProblemOut(BaseModel):
    """One thing to mend: translate by `code` and `params`; `message` is the English sentence."""

    code: str = Field(examples=["ebay.aspects.missing"])
    message: str = Field(examples=["The category requires Marke"])
    field: str = Field("", examples=["aspect:Marke"])
    params: dict[str, Any] = Field(default_factory=dict, examples=[{"aspect": "Marke"}])
    fix: str = Field("", description="An action that mends it at a press.", examples=["default:aspect:Marke"])
    severity: str = Field(
        "error", description="error stops; waiting: we still fetch something; warning: shown only."
    )


class DifferenceOut(BaseModel):
    """One field that reads otherwise on the channel than it was sent."""

    sku: str = Field(examples=["WL-2210-blau-L"])
    field: str = Field(examples=["title"])
    sent: Any = Field(examples=["Leinenschürze  Hafen"])
    found: Any = Field(examples=["Leinenschürze Hafen"])
    reason: str = Field(
        "", description="Code of the channel's own rule, where one explains it.", examples=[""]
    )


class AppearanceOut(BaseModel):
    """One life of the listing on the channel."""

    external_id: str
    address: str
    started_at: datetime
    ended_at: datetime | None


class PublicationOut(BaseModel):
    """One listing on one connection: what is wanted, what was sent, what is live."""

    id: UUID
    listing_id: UUID
    connection_id: UUID
    channel: str = Field(examples=["ebay"])
    marketplace: str = Field(examples=["EBAY_DE"])
    wanted: Literal["live", "withdrawn"]
    task: str = Field(
        description="What is still to be done; empty when the wish has come true or was refused."
    )
    state: str = Field(examples=["live"])
    wanted_revision: int
    sent_revision: int
    live_revision: int
    external_id: str
    address: str
    problems: list[ProblemOut]
    warnings: list[ProblemOut]
    differences: list[DifferenceOut]
    overrides: dict[str, Any]
    proof: Literal["read_back", "none"]
    proved_at: datetime | None
    checked_at: datetime | None
    fresh_for_seconds: float = Field(description="Proof older than three times this is old.")
    retry_at: datetime | None
    run_id: UUID | None
    updated_at: datetime


class ShownVariant(BaseModel):
    """What the channel showed of one variant."""

    price: str = Field(examples=["39.00"])
    currency: str = Field(examples=["EUR"])
    quantity: int = Field(examples=[18])


class ShownOut(BaseModel):
    """What the last read-back found; empty while nothing is up there."""

    title: str = Field("", examples=["Leinenschürze Hafen"])
    variants: dict[str, ShownVariant] = Field(
        default_factory=dict,
        description="By the merchant's SKU; a variant that the channel leaves out is absent.",
    )


class PublicationDetail(PublicationOut):
    """With the earlier lives."""

    shown: ShownOut
    appearances: list[AppearanceOut]
    skus: dict[str, str] = Field(description="The merchant's SKU -> the one fit for the channel.")


class PreflightIn(BaseModel):
    """Which listings on which connections."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "listing_ids": ["0192f1c0-0000-7000-8000-000000000001"],
                    "connection_ids": ["0192f1c0-0000-7000-8000-000000000002"],
                }
            ]
        }
    )

    listing_ids: list[UUID] = Field(min_length=1, max_length=MOST_IN_PREFLIGHT)
    connection_ids: list[UUID] = Field(min_length=1, max_length=10)


class PreflightRow(BaseModel):
    """All that stands in the way of one listing on one connection; nothing was called for it."""

    listing_id: UUID
    connection_id: UUID
    problems: list[ProblemOut]
    ready: bool = Field(description="Nothing stops it; something may still be waiting.")


class PreflightOut(BaseModel):
    """One row for each pair."""

    rows: list[PreflightRow]


class PublishIn(BaseModel):
    """What to publish, where."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "listing_ids": ["0192f1c0-0000-7000-8000-000000000001"],
                    "connection_ids": ["0192f1c0-0000-7000-8000-000000000002"],
                }
            ]
        }
    )

    listing_ids: list[UUID] = Field(min_length=1, max_length=10_000)
    connection_ids: list[UUID] = Field(min_length=1, max_length=10)


class BlockedOut(BaseModel):
    """A listing that was left out, and why."""

    listing_id: UUID
    connection_id: UUID
    problems: list[ProblemOut]


class RequestedOut(BaseModel):
    """What a request came to: a job to watch for each connection, and what was kept back."""

    job_ids: list[UUID]
    wanted: int
    blocked: list[BlockedOut]


class OverridesIn(BaseModel):
    """What this channel alone shows otherwise; a field left out or null follows the listing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Leinenschürze Hafen, marine",
                    "category_id": "15687",
                    "prices": {"WL-2210-MAR": 4290},
                }
            ]
        }
    )

    title: str | None = Field(None, max_length=500)
    description: str | None = Field(None, max_length=500_000)
    category_id: str | None = Field(None, max_length=32)
    prices: dict[str, int] | None = Field(
        None, description="Minor units of the marketplace's currency, by SKU."
    )


class ConnectionCounts(BaseModel):
    """How a connection's listings stand."""

    connection_id: UUID
    counts: dict[str, int] = Field(description="By state.", examples=[{"live": 238, "rejected": 3}])


class DoubtIn(BaseModel):
    """What a person saw on the channel."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"happened": True}]})

    happened: bool


class AskedAspect(BaseModel):
    """One attribute that a category knows, and what the listing answers."""

    name: str = Field(description="In the marketplace's language.", examples=["Marke"])
    required: bool
    required_from: str = Field(description="The day from which it is meant to be required.", examples=[""])
    only_listed: bool = Field(description="Whether only `values` are taken.")
    multiple: bool
    values: list[str] = Field(description="Allowed values, or suggestions.", examples=[["Hafenleinen"]])
    found: list[str] = Field(description="What would be sent; empty where it varies, or is missing.")
    origin: Literal["attribute", "other", "default"] | None = Field(
        description="An attribute of the listing; an option or another field of it; a default of the merchant."
    )


class AskedOut(BaseModel):
    """What the category of a listing on one connection asks for."""

    connection_id: UUID
    category_id: str
    category_name: str
    aspects: list[AskedAspect]


class HistoryEntry(BaseModel):
    """One line of a thing's history: who or what, when, which call, which answer."""

    at: datetime
    kind: str = Field(description="revision, stock, call, live, ended, receipt, shipment", examples=["call"])
    title: str = Field(
        description="English words; translate by kind and details.",
        examples=["POST /sell/inventory/v1/offer"],
    )
    cause: dict[str, Any]
    details: dict[str, Any]
