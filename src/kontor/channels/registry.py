"""Every channel this program knows. A new one is a folder and a line here."""

from __future__ import annotations

from kontor.channels.contract.channel import Channel
from kontor.channels.ebay import CHANNEL as EBAY
from kontor.core.errors import NotFound

CHANNELS: dict[str, Channel] = {row.manifest.id: row for row in (EBAY,)}


def channel(channel_id: str) -> Channel:
    """The channel of that id. Raises NotFound."""
    found = CHANNELS.get(channel_id)
    if found is None:
        raise NotFound(f"There is no channel called {channel_id}", channel=channel_id)
    return found
