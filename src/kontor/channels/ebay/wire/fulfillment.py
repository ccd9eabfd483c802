"""Fulfillment API: orders and what was shipped."""

from __future__ import annotations

from kontor.channels.ebay.wire.base import Amount, Received, Sent

ORDERS_PAGE = 200
"""More than this is refused, not cut."""


class LineReference(Sent):
    lineItemId: str
    quantity: int


class ShippingFulfillment(Sent):
    """Carrier and number go together or not at all; numbers are letters and digits alone."""

    lineItems: list[LineReference]
    shippedDate: str
    shippingCarrierCode: str | None = None
    trackingNumber: str | None = None


class LineReferenceRead(Received):
    lineItemId: str = ""
    quantity: int = 0


class FulfillmentRead(Received):
    fulfillmentId: str = ""
    lineItems: tuple[LineReferenceRead, ...] = ()
    shipmentTrackingNumber: str = ""
    shippingCarrierCode: str = ""


class FulfillmentsRead(Received):
    fulfillments: tuple[FulfillmentRead, ...] = ()


class LineItem(Received):
    lineItemId: str = ""
    legacyItemId: str = ""
    sku: str = ""
    title: str = ""
    quantity: int = 0
    lineItemCost: Amount = Amount()


class Phone(Received):
    phoneNumber: str = ""


class Address(Received):
    addressLine1: str = ""
    addressLine2: str = ""
    city: str = ""
    stateOrProvince: str = ""
    postalCode: str = ""
    countryCode: str = ""


class Contact(Received):
    fullName: str = ""
    companyName: str = ""
    email: str = ""
    primaryPhone: Phone = Phone()
    contactAddress: Address = Address()


class ShippingStep(Received):
    shipTo: Contact = Contact()


class StartInstruction(Received):
    shippingStep: ShippingStep = ShippingStep()


class Buyer(Received):
    username: str = ""
    buyerRegistrationAddress: Contact = Contact()


class CancelRequest(Received):
    cancelRequestState: str = ""


class CancelStatus(Received):
    cancelState: str = ""
    cancelRequests: tuple[CancelRequest, ...] = ()


class OrderPricing(Received):
    total: Amount = Amount()


class Order(Received):
    orderId: str = ""
    creationDate: str = ""
    lastModifiedDate: str = ""
    orderPaymentStatus: str = ""
    orderFulfillmentStatus: str = ""
    cancelStatus: CancelStatus = CancelStatus()
    buyer: Buyer = Buyer()
    pricingSummary: OrderPricing = OrderPricing()
    lineItems: tuple[LineItem, ...] = ()
    fulfillmentStartInstructions: tuple[StartInstruction, ...] = ()


class OrdersPage(Received):
    """Orders stay raw here: each is kept as it came, and read one by one."""

    total: int = 0
    next: str = ""
    orders: tuple[dict[str, object], ...] = ()
