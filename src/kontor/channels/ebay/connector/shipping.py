"""Telling eBay that an order has left. Not idempotent there, so what eBay knows already is looked at first."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kontor.channels.contract.capabilities import Fulfils
from kontor.channels.contract.errors import Rejected
from kontor.channels.contract.values import ShipmentOut
from kontor.channels.ebay.connector.calls import FULFILLMENT, Calls, id_from_location, segment
from kontor.channels.ebay.wire import fulfillment as wire
from kontor.channels.ebay.wire.base import read
from kontor.core.errors import Problem


class Shipping(Calls, Fulfils):
    """createShippingFulfillment answers 201 without a body; the id stands in `Location`."""

    def ship(self, shipment: ShipmentOut) -> str:
        carrier, number = shipment.carrier.strip(), _tracking(shipment.tracking)
        if bool(carrier) != bool(number):
            field = "carrier" if number else "tracking"
            problem = Problem(
                f"ebay.{field}.missing", "eBay takes carrier and tracking number together", field
            )
            raise Rejected("Carrier and tracking number belong together", problems=(problem,))
        if known := self.find_shipment(shipment):
            return known
        body = wire.ShippingFulfillment(
            lineItems=[
                wire.LineReference(lineItemId=line, quantity=quantity)
                for line, quantity in shipment.lines.items()
            ],
            shippedDate=_timestamp(shipment.shipped_at),
            shippingCarrierCode=carrier or None,
            trackingNumber=number or None,
        )
        answer = self._http.request(
            "POST", self._fulfillments(shipment), resource="fulfillment", json=body.body()
        )
        return id_from_location(answer)

    def find_shipment(self, shipment: ShipmentOut) -> str | None:
        answer = self._http.request("GET", self._fulfillments(shipment), resource="fulfillment")
        number = _tracking(shipment.tracking)
        for known in read(wire.FulfillmentsRead, answer).fulfillments:
            lines = {line.lineItemId: line.quantity for line in known.lineItems}
            if lines == dict(shipment.lines) and _tracking(known.shipmentTrackingNumber) == number:
                return known.fulfillmentId
        return None

    @staticmethod
    def _fulfillments(shipment: ShipmentOut) -> str:
        return f"{FULFILLMENT}/order/{segment(shipment.order_external_id)}/shipping_fulfillment"


def _timestamp(moment: datetime) -> str:
    # With milliseconds: cut to the second it could lie before the order itself, which is refused (32500).
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _tracking(number: str) -> str:
    """As eBay takes it: letters and digits alone, so "1Z 999-AA" and "1Z999AA" are one parcel."""
    return re.sub(r"[^A-Za-z0-9]", "", number).upper()
