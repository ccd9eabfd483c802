"""The three business policies that an offer names, and a sensible one of each for an account that has none."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kontor.channels.contract.errors import Gone, Rejected, SetupNeeded
from kontor.channels.contract.transport import Transport
from kontor.channels.ebay.connector.calls import METADATA
from kontor.channels.ebay.manifest import MANIFEST, locale_of
from kontor.channels.ebay.wire import account as wire
from kontor.channels.ebay.wire.base import SentAmount, read
from kontor.channels.ebay.wire.metadata import ShippingServices

NAME: Final = "Kontor"
HANDLING_DAYS: Final = 2
RETURN_DAYS: Final = 30
SHIPPING_COST: Final = "4.99"


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """One of the three: where it lives, and which setting of the connection names the chosen one."""

    setting: str
    code: str
    message: str
    path: str
    create_path: str
    name: str = NAME


#: eBay's own path for creating a fulfillment policy ends with a slash, those of the others do not.
FULFILLMENT: Final = PolicyKind(
    "fulfillment_policy_id",
    "policies.fulfillment",
    "A shipping policy is missing",
    "fulfillment_policy",
    "fulfillment_policy/",
)
PAYMENT: Final = PolicyKind(
    "payment_policy_id", "policies.payment", "A payment policy is missing", "payment_policy", "payment_policy"
)
RETURN: Final = PolicyKind(
    "return_policy_id", "policies.return", "A return policy is missing", "return_policy", "return_policy"
)
POLICIES: Final = (FULFILLMENT, PAYMENT, RETURN)

#: Domestic parcel services that are known to exist, for when eBay's own list can't be had.
_SERVICES: Final = MappingProxyType({"EBAY_DE": ("DHL", "DE_DHLPaket")})


def policy_body(kind: PolicyKind, http: Transport) -> wire.Policy:
    """A policy that a small shop could start with; the merchant refines it on eBay."""
    marketplace = http.marketplace
    if kind is PAYMENT:
        return wire.PaymentPolicy(name=kind.name, marketplaceId=marketplace, immediatePay=True)
    if kind is RETURN:
        return wire.ReturnPolicy(
            name=kind.name,
            marketplaceId=marketplace,
            returnsAccepted=True,
            returnPeriod=wire.Days(value=RETURN_DAYS),
            returnShippingCostPayer="BUYER",
        )
    carrier, service = _shipping_service(http)
    cost = SentAmount(value=SHIPPING_COST, currency=MANIFEST.marketplace(marketplace).currency)
    shipping = wire.ShippingService(
        shippingCarrierCode=carrier, shippingServiceCode=service, shippingCost=cost, freeShipping=False
    )
    return wire.FulfillmentPolicy(
        name=kind.name,
        marketplaceId=marketplace,
        handlingTime=wire.Days(value=HANDLING_DAYS),
        shippingOptions=[wire.ShippingOption(shippingServices=[shipping])],
    )


def _shipping_service(http: Transport) -> tuple[str, str]:
    """Carrier and service of an ordinary domestic parcel, from the marketplace's own list."""
    known = _SERVICES.get(http.marketplace)
    if known:
        return known
    path = f"{METADATA}/shipping/marketplace/{http.marketplace}/get_shipping_services"
    headers = {"Accept-Language": locale_of(http.marketplace)}
    try:
        answer = http.request("GET", path, resource="metadata", headers=headers, as_application=True)
        services = read(ShippingServices, answer).shippingServices
    except (Gone, Rejected):
        services = ()
    domestic = [
        each
        for each in services
        if each.validForSellingFlow
        and not each.internationalService
        and each.shippingCarrier
        and (not each.shippingCostTypes or "FLAT_RATE" in each.shippingCostTypes)
    ]
    domestic.sort(key=lambda each: (each.shippingCategory != "STANDARD", each.shippingService))
    if not domestic:
        raise SetupNeeded(
            "eBay names no parcel service: create a shipping policy there", what="policies.fulfillment"
        )
    return domestic[0].shippingCarrier, domestic[0].shippingService
