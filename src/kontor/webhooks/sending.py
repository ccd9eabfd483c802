"""The call itself: a POST to an address that somebody gave, with which nobody reaches into our own network.

The name is resolved once, every address behind it must be public (or in WEBHOOK_NETWORKS), and the connection goes to
exactly what was checked. Redirects are not followed: a signed message is for the address that its owner named.
"""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore2
import httpx2

from kontor.channels.transport.redaction import excerpt
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Problem
from kontor.core.guarded import FetchError, Guarded, Network, checked, is_public

TOTAL_SECONDS: Final = 15.0
READ_BYTES, KEPT_CHARACTERS = 1024, 1024
LONGEST_RETRY_AFTER: Final = 24 * 3600
AGENT: Final = "Kontor/1 (+webhooks)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call. `problem` is a stable code, empty where the message was taken (2xx)."""

    status: int | None
    problem: str
    text: str
    duration_ms: int
    retry_after_seconds: float = 0.0


def network() -> Network:
    """Whom webhooks may reach: the open web at any port, and the private networks that this installation allows."""
    allowed = [ipaddress.ip_network(block, strict=False) for block in settings().webhook_networks]

    def may_reach(address: str) -> bool:
        found = ipaddress.ip_address(address.partition("%")[0])
        return is_public(address) or any(found in block for block in allowed)

    return Network(ports=None, may_reach=may_reach, total_seconds=TOTAL_SECONDS)


def problem_with(url: str) -> Problem | None:
    """What is wrong with an address before anybody is asked about it; its name is resolved only when it is called."""
    try:
        parsed = checked(url, network())
    except FetchError as error:
        return Problem(error.code, error.detail, "url", dict(error.params))
    if parsed.scheme != "https" and settings().environment == "production":
        return Problem("webhook.https_needed", "Webhooks go to addresses that begin with https://", "url")
    return None


def post(url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Sends it and reads how the answer begins; all within TOTAL_SECONDS. Raises nothing: what went wrong is the answer."""
    begun = time.monotonic()
    reach = network()
    try:
        status, text, retry_after = _exchange(checked(url, reach), content, headers, reach)
    except FetchError as error:
        return Answer(None, error.code, "", _since(begun))
    except httpcore2.TimeoutException:
        return Answer(None, "fetch.too_slow", "", _since(begun))
    except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as error:
        return Answer(None, "fetch.unreachable", str(error)[:KEPT_CHARACTERS], _since(begun))
    return Answer(status, _problem_of(status), text, _since(begun), retry_after)


def _exchange(
    url: httpx2.URL, content: bytes, headers: Mapping[str, str], reach: Network
) -> tuple[int, str, float]:
    backend = Guarded(reach, time.monotonic() + reach.total_seconds)
    sent = {
        "Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Content-Type": "application/json",
        "Content-Length": str(len(content)), "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close",
        **headers,
    }  # fmt: skip
    request = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with (
        httpcore2.ConnectionPool(ssl_context=reach.tls(), network_backend=backend) as pool,
        pool.stream(
            "POST", request,
            headers=[(name.encode(), value.encode("ascii")) for name, value in sent.items()],
            content=content, extensions={"timeout": backend.timeouts},
        ) as answer,
    ):  # fmt: skip
        told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        begins = bytearray()
        for chunk in answer.iter_stream():
            begins += chunk
            if len(begins) >= READ_BYTES:
                break
        text = excerpt(bytes(begins[:READ_BYTES]), told.get("content-type", ""))[:KEPT_CHARACTERS]
        return answer.status, text, _retry_after(told.get("retry-after", ""))


def _problem_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == 410:
        return "webhook.gone"
    return "webhook.redirected" if 300 <= status < 400 else "webhook.refused"


def _retry_after(text: str) -> float:
    """Seconds, from either form of the header; 0 where it says nothing that can be read."""
    seconds = 0.0
    if text.isascii() and text.isdecimal() and len(text) < 10:
        seconds = float(text)
    elif text:
        try:
            moment = parsedate_to_datetime(text)
            seconds = (moment - now()).total_seconds() if moment.tzinfo else 0.0
        except ValueError:
            seconds = 0.0
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
