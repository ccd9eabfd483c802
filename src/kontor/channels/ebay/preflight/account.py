"""What the connection must have chosen before anything of it can be published."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from kontor.channels.contract.values import GoodsOut
from kontor.core.errors import Problem

#: Setting -> (what it is called in codes, what it is called in words).
REQUIRED: Final = MappingProxyType(
    {
        "fulfillment_policy_id": ("policies.fulfillment", "A shipping policy is missing"),
        "payment_policy_id": ("policies.payment", "A payment policy is missing"),
        "return_policy_id": ("policies.return", "A return policy is missing"),
        "merchant_location_key": ("location", "The place that goods are sent from is missing"),
    }
)


def account_problems(listing: GoodsOut) -> Iterator[Problem]:
    """One problem for each choice that the connection lacks."""
    for setting, (code, message) in REQUIRED.items():
        if not listing.settings.get(setting):
            yield Problem(
                f"ebay.{code}.missing", message, params={"setting": setting}, fix="connection:setup"
            )
