"""An order as eBay tells it, as ours. Unknown statuses become the one that promises least."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.values import OrderIn, OrderLineIn
from kontor.channels.ebay.wire import fulfillment as wire
from kontor.channels.ebay.wire.base import Amount
from kontor.core.money import CURRENCIES, Money

_PAYMENT: Final = MappingProxyType(
    {
        "PAID": "paid",
        "PENDING": "pending",
        "FAILED": "failed",
        "FULLY_REFUNDED": "refunded",
        "PARTIALLY_REFUNDED": "partially_refunded",
    }
)
_FULFILMENT: Final = MappingProxyType(
    {"FULFILLED": "fulfilled", "IN_PROGRESS": "in_progress", "NOT_STARTED": "not_started"}
)
_CANCEL: Final = MappingProxyType(
    {"NONE_REQUESTED": "none", "": "none", "IN_PROGRESS": "requested", "CANCELED": "cancelled"}
)


def order_of(raw: Mapping[str, object], *, listed: bool) -> OrderIn:
    """An order from getOrder, or `listed` by getOrders, which always hides who asked for a cancellation.

    Raises Unreadable for one without id, times or readable amounts.
    """
    try:
        order = wire.Order.model_validate(raw)
        cancel = _cancel(order.cancelStatus)
        return OrderIn(
            external_id=_required(order.orderId, "orderId"),
            placed_at=_moment(order.creationDate),
            changed_at=_moment(order.lastModifiedDate),
            payment=_PAYMENT.get(order.orderPaymentStatus, "pending"),
            fulfilment=_FULFILMENT.get(order.orderFulfillmentStatus, "not_started"),
            cancel=cancel,
            lines=tuple(_line(line) for line in order.lineItems),
            total=money_of(order.pricingSummary.total),
            buyer=_buyer(order),
            raw=raw,
            cancel_detail_needed=listed and cancel != "none",
        )
    except (ValidationError, ValueError, InvalidOperation) as error:
        raise Unreadable("An order of eBay's can't be read", order=str(raw.get("orderId", ""))) from error


def money_of(amount: Amount) -> Money:
    """Money from eBay's string. Raises ValueError for a currency that does not exist."""
    if amount.currency not in CURRENCIES:
        raise ValueError(f"unknown currency {amount.currency!r}")
    return Money.of(Decimal(amount.value), amount.currency)


def _line(line: wire.LineItem) -> OrderLineIn:
    # lineItemCost is the price of all units together, before discounts.
    together = money_of(line.lineItemCost)
    units = max(line.quantity, 1)
    return OrderLineIn(
        external_id=_required(line.lineItemId, "lineItemId"),
        sku=line.sku,
        title=line.title,
        quantity=line.quantity,
        unit_price=Money.of(together.amount / units, together.currency),
        listing_id=line.legacyItemId,
    )


def _cancel(status: wire.CancelStatus) -> str:
    state = _CANCEL.get(status.cancelState, "requested")
    refused = status.cancelRequests and all(
        request.cancelRequestState == "REJECTED" for request in status.cancelRequests
    )
    return "none" if state == "requested" and refused else state


def _buyer(order: wire.Order) -> dict[str, str]:
    """Whatever eBay gives, under names of ours. The user name may be an opaque id: it identifies nobody to us."""
    contacts = [step.shippingStep.shipTo for step in order.fulfillmentStartInstructions]
    contact = contacts[0] if contacts else order.buyer.buyerRegistrationAddress
    address = contact.contactAddress
    values = {
        "username": order.buyer.username,
        "name": contact.fullName,
        "company": contact.companyName,
        "email": contact.email or order.buyer.buyerRegistrationAddress.email,
        "phone": contact.primaryPhone.phoneNumber,
        "address_line1": address.addressLine1,
        "address_line2": address.addressLine2,
        "postal_code": address.postalCode,
        "city": address.city,
        "state_or_province": address.stateOrProvince,
        "country": address.countryCode,
    }
    return {name: value for name, value in values.items() if value}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(_required(text, "date"))
    if moment.tzinfo is None:
        raise ValueError(f"a time without zone: {text!r}")
    return moment


def _required(value: str, name: str) -> str:
    if not value:
        raise ValueError(f"{name} is empty")
    return value
