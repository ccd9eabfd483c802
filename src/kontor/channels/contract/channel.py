"""A channel as the registry holds it: its manifest, how to make a connector, and how to read its errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kontor.channels.contract.manifest import Manifest
from kontor.channels.contract.transport import Answer, ErrorMap, Transport, is_expired_token


@dataclass(frozen=True, slots=True)
class Channel:
    """`connector(transport)` returns an object that implements some of `capabilities`; ask with `isinstance`.

    `fit_sku` makes a merchant's SKU fit for the channel, given the ones already taken by others; `challenge` answers the
    channel's handshake for a webhook address: (challenge code, verification token, endpoint) -> response. `reopens_at`
    asks the channel when a used-up limit of a resource opens again, for throttles that do not say it; None: a short while.
    """

    manifest: Manifest
    connector: Callable[[Transport], Any]
    error_from_answer: ErrorMap
    fit_sku: Callable[[str, frozenset[str]], str]
    is_expired_token: Callable[[Answer], bool] = is_expired_token
    challenge: Callable[[str, str, str], str] | None = None
    reopens_at: Callable[[Transport, str], datetime | None] | None = None
