"""When a used-up limit opens again. eBay's 429 seldom says so; its analytics of the application do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kontor.channels.contract.transport import Transport
from kontor.channels.ebay.wire.analytics import RateLimits
from kontor.channels.ebay.wire.base import read

PATH: Final = "/developer/analytics/v1_beta/rate_limit/"


def reopens_at(http: Transport, resource: str) -> datetime | None:
    """The moment at which `resource` has calls left again; None where eBay counts some as left (it was a burst).

    Costs one call with the application's token. Raises what the call raises.
    """
    answer = http.request("GET", PATH, resource="analytics", as_application=True)
    moments = [
        rate.reset
        for each in read(RateLimits, answer).rateLimits
        if each.apiName.casefold() == resource.casefold()
        for part in each.resources
        for rate in part.rates
        if rate.remaining == 0 and rate.reset
    ]
    return max(moments, default=None)
