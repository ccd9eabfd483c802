"""What every capability of the connector stands on: the transport, the paths, and the headers that eBay insists on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.transport import Answer, Transport
from kontor.channels.ebay.manifest import locale_of
from kontor.channels.ebay.wire.base import Sent

INVENTORY = "/sell/inventory/v1"
ACCOUNT = "/sell/account/v1"
FULFILLMENT = "/sell/fulfillment/v1"
METADATA = "/sell/metadata/v1"
TAXONOMY = "/commerce/taxonomy/v1"
NOTIFICATION = "/commerce/notification/v1"
MEDIA = "/commerce/media/v1_beta"
IDENTITY = "/commerce/identity/v1"

Row = TypeVar("Row")


class Calls:
    """One connected account. Capabilities inherit this and call `self._http`; none keeps state between calls."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    @property
    def _marketplace(self) -> str:
        return self._http.marketplace

    def _listing_address(self, listing_id: str) -> str:
        """Where a buyer sees it; empty without an id."""
        return f"{self._http.address(self._marketplace)}/itm/{listing_id}" if listing_id else ""

    def _language(self) -> dict[str, str]:
        # Required on writes of texts; a locale that does not fit the marketplace is refused (25604).
        return {"Content-Language": locale_of(self._marketplace)}

    def _inventory(
        self, method: str, path: str, body: Sent | None = None, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        # A POST without a body can meet HTTP 411 at eBay's edge: an empty object is sent instead.
        json: Any = body.body() if body is not None else {} if method == "POST" else None
        return self._http.request(
            method, f"{INVENTORY}/{path}", resource="inventory", json=json, headers=headers
        )

    def _localised(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """A read of taxonomy or metadata: with the application's token, in the marketplace's one locale."""
        return self._http.request(
            "GET",
            path,
            resource="taxonomy" if path.startswith(TAXONOMY) else "metadata",
            params=params,
            headers={"Accept-Language": locale_of(self._marketplace)},
            as_application=True,
        )


def segment(value: str) -> str:
    """A value as one segment of a path."""
    return quote(value, safe="")


def chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """Consecutive slices of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def query_of_next(link: str) -> dict[str, str]:
    """The parameters of a `next` link; its host is ignored, for addresses are settings."""
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))


def id_from_location(answer: Answer) -> str:
    """The last segment of `Location`, where eBay names what it made. Raises Unreadable without one."""
    location = answer.headers.get("location", "")
    made = urlsplit(location).path.rstrip("/").rpartition("/")[2]
    if not made:
        raise Unreadable("eBay did not say what it made", maybe_applied=True)
    return made
