"""What the API says about channels and connections."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kontor.channels.connections.pricing import PriceRule, RoundTo
from kontor.channels.connections.states import State
from kontor.core.money import CURRENCIES


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError("must be an ISO 4217 currency code")
    return code


Currency = Annotated[str, AfterValidator(_currency), Field(examples=["USD"])]


class MarketplaceOut(BaseModel):
    """One country's market of a channel."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["EBAY_DE"])
    locale: str = Field(examples=["de-DE"])
    currency: str = Field(examples=["EUR"])
    country: str = Field(examples=["DE"])


class ChannelOut(BaseModel):
    """A channel that this installation knows."""

    id: str = Field(examples=["ebay"])
    name: str = Field(examples=["eBay"])
    trades: list[str] = Field(examples=[["goods"]])
    auth: str = Field(description="How an account is connected.", examples=["oauth2"])
    environment: str = Field(
        description="`production`, `sandbox` (the channel's own) or `played` (the sandbox that comes with Kontor).",
        examples=["played"],
    )
    is_configured: bool = Field(
        description="False where the installation lacks the channel's application keys."
    )
    marketplaces: list[MarketplaceOut]
    poll_seconds: float = Field(
        description="How often the channel is asked for orders, whether it pushes or not."
    )


class SetupItemOut(BaseModel):
    """Something that the account lacks. `creatable`: POST its code to `/setup`; `choices`: POST one to `/choose`."""

    code: str = Field(examples=["policies.fulfillment"])
    message: str
    setting: str = Field("", description="The key under which `/choose` takes one of the choices.")
    creatable: bool
    choices: list[tuple[str, str]] = Field(default_factory=list, description="(id, name) pairs.")


class BudgetOut(BaseModel):
    """A limit of the channel, shared by everybody who uses this installation's keys where `is_shared`."""

    resource: str = Field(examples=["account"])
    used: int = Field(examples=[312])
    limit: int = Field(examples=[25000])
    seconds: float = Field(description="The span that the limit is counted over.", examples=[86400])
    is_shared: bool


class PriceRuleBody(BaseModel):
    """How catalogue prices become prices here. Without a rule only the marketplace's own currency is taken."""

    model_config = ConfigDict(populate_by_name=True)

    rates: dict[Currency, Annotated[Decimal, Field(gt=0, le=1_000_000)]] = Field(
        default_factory=dict,
        alias="from",
        description="What one unit of a catalogue currency is worth in the marketplace's.",
        examples=[{"USD": "0.92"}],
    )
    percent: Decimal = Field(Decimal(0), gt=-100, le=1000, description="Added on top.", examples=["5"])
    round_to: RoundTo = Field(RoundTo.NONE, description="A price ending, a step, or `none`.")

    @classmethod
    def of(cls, rule: PriceRule) -> PriceRuleBody:
        """The rule as the API shows it."""
        return cls(rates=dict(rule.rates), percent=rule.percent, round_to=rule.round_to)

    def as_rule(self) -> PriceRule:
        """The rule itself."""
        return PriceRule(self.rates, self.percent, self.round_to)


class ConnectionOut(BaseModel):
    """One account at one marketplace, what is proven about it, and how old that is."""

    id: UUID
    etag: str = Field(
        description="Send it as `If-Match` to change label, pause or price rule.",
        examples=['"c0ffee00c0ffee00"'],
    )
    channel: str = Field(examples=["ebay"])
    channel_name: str = Field(examples=["eBay"])
    marketplace: MarketplaceOut
    account_id: str
    account_name: str = Field(examples=["hafenleinen"])
    label: str = Field(examples=["eBay Deutschland"])
    state: State
    missing: list[SetupItemOut]
    settings: dict[str, str] = Field(description="The choices in force: policy ids, location key.")
    facts: dict[str, Any] = Field(description="What the account told about itself, such as selling limits.")
    price_rule: PriceRuleBody | None
    problem: dict[str, Any] | None = Field(
        description="Why it is refused or unreachable, as in problem documents."
    )
    budgets: list[BudgetOut]
    connected_at: datetime
    consent_until: datetime | None = Field(
        description="When the channel will ask for a new log-in by itself."
    )
    checked_at: datetime | None = Field(description="When the rights were last exercised.")
    last_call_at: datetime | None
    fresh_for_seconds: float = Field(description="After three times this, proof looks old.")
    poll_seconds: float = Field(
        description="How often this account is asked for orders while it may be used."
    )


class ConnectionEdit(BaseModel):
    """What may be changed; what is left out stays. `price_rule: null` takes the rule away."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "label": "eBay Deutschland",
                    "paused": False,
                    "price_rule": {"from": {"USD": "0.92"}, "percent": "5"},
                }
            ]
        },
    )

    label: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    paused: bool | None = None
    price_rule: PriceRuleBody | None = None


class AuthorizeBody(BaseModel):
    """Which account to connect; with `connection_id` the one that is connected again."""

    model_config = ConfigDict(extra="forbid")

    channel: str = Field(examples=["ebay"])
    marketplace: str = Field(examples=["EBAY_DE"])
    connection_id: UUID | None = None
    return_to: str = Field(
        "/channels", max_length=500, description="A path of the web UI.", examples=["/channels"]
    )


class AuthorizeOut(BaseModel):
    """Where to send the browser. The answer also sets the cookie that ties the consent to this browser."""

    authorize_url: str


class SetupBody(BaseModel):
    """Which missing thing to make."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=100, examples=["policies.fulfillment"])


class ChooseBody(BaseModel):
    """Which of the account's policies and locations to use for new listings."""

    model_config = ConfigDict(extra="forbid")

    settings: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=200)]] = Field(
        max_length=50, examples=[{"fulfillment_policy_id": "6196932000"}]
    )


class JobStarted(BaseModel):
    """The job that does it; watch it by id."""

    job_id: UUID


class CategoryQuestion(BaseModel):
    """What somebody looks for among the channel's categories."""

    q: str = Field(min_length=2, max_length=100, examples=["Kochschürze"])


class CategoryOut(BaseModel):
    """A category that goods can be sold in."""

    model_config = ConfigDict(from_attributes=True)

    category_id: str = Field(examples=["98843"])
    name: str
    path: tuple[str, ...] = Field(description="From the top, the category itself last.")


class CategoriesOut(BaseModel):
    """Best first."""

    items: list[CategoryOut]
    asked: bool = Field(
        description="Whether the channel answered these words itself; else only what is kept."
    )


class CallOut(BaseModel):
    """One call to the channel, without anything secret or personal."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    at: datetime
    method: str
    host: str
    path: str
    status: int | None
    milliseconds: int
    error_code: str
    request_excerpt: str
    answer_excerpt: str
    channel_request_id: str
    about: list[UUID]
