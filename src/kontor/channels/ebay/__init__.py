"""eBay: single articles and groups of variants, orders, fulfilment. Read README.md first."""

from __future__ import annotations

from kontor.channels.contract.channel import Channel
from kontor.channels.ebay.connector import Ebay
from kontor.channels.ebay.errors import error_from_answer
from kontor.channels.ebay.limits import reopens_at
from kontor.channels.ebay.manifest import MANIFEST
from kontor.channels.ebay.mapping.identifiers import fit_sku
from kontor.channels.ebay.webhooks import challenge

CHANNEL = Channel(
    manifest=MANIFEST,
    connector=Ebay,
    error_from_answer=error_from_answer,
    fit_sku=fit_sku,
    challenge=challenge,
    reopens_at=reopens_at,
)
