"""What the API says about orders."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from kontor.catalog.schemas import MoneyOut
from kontor.publishing.schemas import ProblemOut

State = Literal["unpaid", "to_ship", "shipped", "cancel_requested", "cancelled"]


class OrderLineOut(BaseModel):
    """One bought thing."""

    external_id: str
    sku: str = Field(description="The merchant's own SKU; the channel's where we do not know it.")
    listing_id: UUID | None
    title: str
    quantity: int
    left_to_ship: int
    unit_price_minor: int
    currency: str
    thumb: str | None = None


class ShipmentOut(BaseModel):
    """What left the house, and whether the channel knows."""

    id: UUID
    carrier: str
    tracking: str
    shipped_at: datetime
    lines: dict[str, int]
    state: Literal["waiting", "told", "failed"]
    external_id: str
    problem: ProblemOut | None


class OrderOut(BaseModel):
    """An order in the inbox."""

    id: UUID
    number: str = Field(description="The channel's own number.", examples=["12-34567-89012"])
    connection_id: UUID
    channel: str
    marketplace: str
    state: State
    payment: str
    fulfilment: str
    cancel: str
    buyer_name: str
    total_minor: int
    currency: str
    first_title: str
    line_count: int
    piece_count: int
    placed_at: datetime
    changed_at: datetime
    received_at: datetime


class OrderDetail(OrderOut):
    """With everything a person needs to send it."""

    revision: int
    buyer: dict[str, Any]
    lines: list[OrderLineOut]
    shipments: list[ShipmentOut]


class ShipIn(BaseModel):
    """What leaves the house. Without `lines`, all that has not left yet."""

    carrier: str = Field(min_length=1, max_length=64, examples=["DHL"])
    tracking: str = Field(min_length=1, max_length=64, examples=["00340434161094042557"])
    lines: dict[str, int] | None = Field(None, description="The channel's line id -> pieces.")


class OrderCounts(BaseModel):
    """How many orders stand where."""

    counts: dict[State, int]


class DayFigures(BaseModel):
    """One day's orders."""

    date: Day
    orders: int = Field(description="All that came, whatever became of them.", examples=[7])
    revenue: list[MoneyOut] = Field(
        description="Of orders that are paid and not cancelled, for each currency by itself."
    )


class OrderFigures(BaseModel):
    """What came in lately, and what waits for a person."""

    days: list[DayFigures] = Field(description="Oldest first; today is the last.")
    to_ship: int = Field(examples=[5])
    to_ship_since: datetime | None = Field(description="When the oldest of them was placed.")
