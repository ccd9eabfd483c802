"""What a property costs, and who pays the agent. All amounts of a property are in one currency."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kontor.core.money import Money
from kontor.properties.choices import Asked, Parking, Payer, Period
from kontor.properties.values import Amount, Count, Line, Number, Percent, Section, Text


class ParkingPrice(Section):
    """What a place of one kind costs."""

    kind: Parking
    count: Count | None = None
    rent: Amount | None = None
    purchase_price: Amount | None = None


class Prices(Section):
    """Rents and costs are by month unless `period` says otherwise. `on_request`: the price is not shown."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217, for all amounts.")] = "EUR"
    on_request: bool | None = None
    purchase_price: Amount | None = None
    purchase_price_net: Amount | None = None
    cold_rent: Amount | None = Field(None, description="Without any costs: Nettokaltmiete.")
    warm_rent: Amount | None = None
    flat_rate_rent: Amount | None = None
    service_charge: Amount | None = Field(None, description="Nebenkosten.")
    heating_cost: Amount | None = None
    heating_included: bool | None = Field(None, description="In the service charge.")
    rent_surcharge: Amount | None = None
    deposit: Amount | None = None
    deposit_text: Line = ""
    cooperative_shares: Amount | None = None
    takeover_payment: Amount | None = Field(None, description="Abstand, for what stays behind.")
    lease: Amount | None = Field(None, description="Pacht.")
    ground_rent: Amount | None = Field(None, description="Erbpachtzins by year.")
    hausgeld: Amount | None = Field(None, description="What the owners' association asks by month.")
    reserve: Amount | None = None
    rent_per_square_metre: Amount | None = None
    price_per_square_metre: Amount | None = None
    guide_price: Amount | None = None
    development_cost: Amount | None = None
    parking: Annotated[tuple[ParkingPrice, ...], Field(max_length=20)] = ()
    period: Period | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    plus_vat: bool | None = Field(None, description="Value added tax comes on top.")
    vat_rate: Percent | None = None
    vat_amount: Amount | None = None
    note: Text = ""

    def money(self, name: str) -> Money | None:
        """One of the amounts by its field, None where nobody said it."""
        amount = getattr(self, name)
        return None if amount is None else Money.of(amount, self.currency)


class Returns(Section):
    """What an investor gets out of it, in the currency of the prices, by year."""

    rental_income: Amount | None = None
    rental_income_target: Amount | None = None
    net_yield: Percent | None = None
    net_yield_target: Percent | None = None
    net_yield_actual: Percent | None = None
    multiplier: Number | None = Field(None, description="Purchase price by yearly rent: das x-fache.")


class Commission(Section):
    """What the agent asks, as it is written in the ad (`external`), and of the other side (`internal`)."""

    asked: Asked | None = None
    external: Line = Field("", examples=["3,57 % inkl. MwSt."])
    external_includes_vat: bool | None = None
    internal: Line = ""
    internal_includes_vat: bool | None = None
    payer: Payer | None = None
    amount_net: Amount | None = None
    amount_gross: Amount | None = None
    note: Text = ""
    search_order: Line = Field(
        "", description="The flat seeker's order in text form (WoVermittG § 2 1a): number and day."
    )
