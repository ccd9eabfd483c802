"""Developer Analytics API: how much of each limit is left."""

from __future__ import annotations

from pydantic import AwareDatetime

from kontor.channels.ebay.wire.base import Received


class Rate(Received):
    limit: int = 0
    remaining: int | None = None
    reset: AwareDatetime | None = None


class LimitedResource(Received):
    name: str = ""
    rates: tuple[Rate, ...] = ()


class RateLimit(Received):
    apiName: str = ""
    resources: tuple[LimitedResource, ...] = ()


class RateLimits(Received):
    rateLimits: tuple[RateLimit, ...] = ()
