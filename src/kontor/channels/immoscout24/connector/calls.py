"""What every ability stands on: the transport, the paths, and the flag without which newer energy sources are refused."""

from __future__ import annotations

from urllib.parse import quote

from kontor.channels.contract.errors import Gone
from kontor.channels.contract.transport import Answer, Transport
from kontor.channels.contract.values import PropertyOut
from kontor.channels.immoscout24.routes import OBJECTS
from kontor.channels.immoscout24.wire.calls import Picture, object_id, pictures_of
from kontor.channels.immoscout24.wire.document import CONTENT_TYPE

ACCEPT = {"Accept": "application/xml"}
ALL_ENERGY_SOURCES = {"usenewenergysourceenev2014values": "true"}
SHOWN_ON = "10000"
"""The portal itself, among its channels of publication."""


class Calls:
    """One connected account; holds nothing else."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    def _ask(self, path: str, *, energy: bool = False) -> Answer:
        return self._http.request("GET", path, params=ALL_ENERGY_SOURCES if energy else None, headers=ACCEPT)

    def _tell(
        self, method: str, path: str, body: bytes, *, energy: bool = False, content_type: str = CONTENT_TYPE
    ) -> Answer:
        return self._http.request(
            method,
            path,
            params=ALL_ENERGY_SOURCES if energy else None,
            content=body,
            headers={**ACCEPT, "Content-Type": content_type},
        )

    def _remove(self, path: str) -> bool:
        """Whether it was there."""
        try:
            self._http.request("DELETE", path, headers=ACCEPT)
        except Gone:
            return False
        return True

    def _find(self, listing: PropertyOut) -> str:
        """The portal's id of our number; empty where it has none."""
        try:
            return object_id(self._ask(f"{OBJECTS}/ext-{quote(listing.reference, safe='')}"))
        except Gone:
            return ""

    def _pictures(self, object_id: str) -> tuple[Picture, ...]:
        return pictures_of(self._ask(f"{OBJECTS}/{object_id}/attachment"))

    def _address(self, object_id: str) -> str:
        """Where people see it; empty without an id."""
        return f"{self._http.address('site')}/expose/{object_id}" if object_id else ""

    def _channels(self, listing: PropertyOut) -> tuple[str, ...]:
        """The portal's channels that it is to be shown on."""
        chosen = listing.settings.get("publish_channels", "")
        return tuple(each.strip() for each in chosen.split(",") if each.strip()) or (SHOWN_ON,)
