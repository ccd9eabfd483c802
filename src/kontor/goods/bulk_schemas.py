"""What the API takes where one change is meant for many listings."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.catalog.schemas import MoneyIn


class ListingFilter(BaseModel):
    """The filters of `GET /listings`, so that "select all 252" means exactly the list on the screen."""

    q: str = Field("", max_length=200)
    status: list[Literal["draft", "active", "archived"]] | None = None
    brand: str | None = None
    in_stock: bool | None = None
    problem: bool | None = None
    connection: UUID | None = None
    channel_state: str | None = None


class PriceChange(BaseModel):
    """Either a new price, or a change in per cent (rounded to the currency's smallest unit)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"percent": "6"}]})

    set: MoneyIn | None = None
    percent: Annotated[str, Field(pattern=r"^[+-]?\d{1,3}([.]\d{1,4})?$")] | None = None


class BulkBody(BaseModel):
    """One change for many listings: these `ids`, or all of the `filter`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"action": "archive", "filter": {"q": "Hafen"}}]}
    )

    action: Literal["archive", "restore", "activate", "draft", "price"]
    ids: list[UUID] | None = Field(None, max_length=10_000)
    filter: ListingFilter | None = None
    price: PriceChange | None = None


class BulkOut(BaseModel):
    """The job that does it; watch `/jobs/{job_id}`."""

    job_id: UUID
    total: int
