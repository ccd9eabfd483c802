"""When and to whom a property goes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kontor.properties.choices import Gender, Period, SaleState
from kontor.properties.values import Amount, Count, Line, Number, Section


class Duration(Section):
    """A length of time."""

    count: Number
    unit: Period


class Terms(Section):
    """When one can have it, and what is expected of who does."""

    available_from: date | None = None
    available_text: Line = Field("", examples=["nach Vereinbarung"])
    available_until: date | None = None
    minimum_term: Duration | None = None
    maximum_term: Duration | None = None
    lease_years: Number | None = None
    sale_state: SaleState | None = None
    is_rented: bool | None = None
    pets_allowed: bool | None = None
    non_smoking: bool | None = None
    maximum_persons: Count | None = None
    gender: Gender | None = None
    subsidised_housing_permit: bool | None = Field(None, description="Wohnberechtigungsschein.")
    commercial_use_allowed: bool | None = None
    holiday_use: bool | None = None
    industries: Line = ""
    access: Line = ""


class Auction(Section):
    """A compulsory auction."""

    is_compulsory: bool | None = None
    file_number: Line = ""
    on: Annotated[date | None, Field(description="The day of the auction.")] = None
    on_again: date | None = None
    court: Line = ""
    market_value: Amount | None = None
