"""Media API: pictures on eBay's own picture service."""

from __future__ import annotations

from kontor.channels.ebay.wire.base import Received


class Image(Received):
    imageUrl: str = ""
    expirationDate: str = ""
    maxDimensionImageUrl: str = ""
