"""Account API (privileges, programs, business policies) and Identity API (whose account it is)."""

from __future__ import annotations

from typing import Literal

from kontor.channels.ebay.wire.base import Amount, Received, Sent, SentAmount

# ------------------------------------------------------------------------------------------------ sent


class Program(Sent):
    programType: Literal["SELLING_POLICY_MANAGEMENT"] = "SELLING_POLICY_MANAGEMENT"


class CategoryType(Sent):
    name: Literal["ALL_EXCLUDING_MOTORS_VEHICLES"] = "ALL_EXCLUDING_MOTORS_VEHICLES"


class Days(Sent):
    value: int
    unit: Literal["DAY"] = "DAY"


class ShippingService(Sent):
    shippingCarrierCode: str
    shippingServiceCode: str
    shippingCost: SentAmount
    freeShipping: bool
    sortOrder: int = 1


class ShippingOption(Sent):
    shippingServices: list[ShippingService]
    optionType: Literal["DOMESTIC"] = "DOMESTIC"
    costType: Literal["FLAT_RATE"] = "FLAT_RATE"


class Policy(Sent):
    """What every business policy has."""

    name: str
    marketplaceId: str
    categoryTypes: list[CategoryType] = [CategoryType()]


class FulfillmentPolicy(Policy):
    handlingTime: Days
    shippingOptions: list[ShippingOption]


class PaymentPolicy(Policy):
    immediatePay: bool


class ReturnPolicy(Policy):
    returnsAccepted: bool
    returnPeriod: Days
    returnShippingCostPayer: Literal["BUYER", "SELLER"]


# ------------------------------------------------------------------------------------------------ read


class SellingLimit(Received):
    amount: Amount | None = None
    quantity: int | None = None


class Privileges(Received):
    sellerRegistrationCompleted: bool = False
    sellingLimit: SellingLimit | None = None


class ProgramRead(Received):
    programType: str = ""


class Programs(Received):
    programs: tuple[ProgramRead, ...] = ()


class PolicyRead(Received):
    """One policy of any kind; each kind names its id differently."""

    name: str = ""
    fulfillmentPolicyId: str = ""
    paymentPolicyId: str = ""
    returnPolicyId: str = ""

    @property
    def id(self) -> str:
        """The id, of whichever kind."""
        return self.fulfillmentPolicyId or self.paymentPolicyId or self.returnPolicyId


class PoliciesRead(Received):
    fulfillmentPolicies: tuple[PolicyRead, ...] = ()
    paymentPolicies: tuple[PolicyRead, ...] = ()
    returnPolicies: tuple[PolicyRead, ...] = ()

    @property
    def all(self) -> tuple[PolicyRead, ...]:
        """The list, of whichever kind."""
        return self.fulfillmentPolicies + self.paymentPolicies + self.returnPolicies


class AddressRead(Received):
    addressLine1: str = ""
    city: str = ""
    stateOrProvince: str = ""
    postalCode: str = ""
    country: str = ""


class AccountHolder(Received):
    email: str = ""
    address: AddressRead = AddressRead()
    registrationAddress: AddressRead = AddressRead()


class User(Received):
    userId: str = ""
    username: str = ""
    status: str = ""
    registrationMarketplaceId: str = ""
    businessAccount: AccountHolder = AccountHolder()
    individualAccount: AccountHolder = AccountHolder()

    @property
    def email(self) -> str:
        """The holder's address for mail, where eBay tells it."""
        return self.businessAccount.email or self.individualAccount.email

    @property
    def address(self) -> AddressRead:
        """Where the holder is registered; empty where eBay does not tell."""
        business = self.businessAccount.address
        return business if business.country else self.individualAccount.registrationAddress
