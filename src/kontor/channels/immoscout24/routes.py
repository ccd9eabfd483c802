"""The paths of the portal's API that the connector calls, with `{}` where a value stands: what calls are counted under."""

from __future__ import annotations

from typing import Final

OFFER: Final = "/restapi/api/offer/v1.0"
OBJECTS: Final = f"{OFFER}/user/me/realestate"
CONTACTS: Final = f"{OFFER}/user/me/contact"
CHANNELS: Final = f"{OFFER}/user/me/publishchannel"
PUBLISH: Final = f"{OFFER}/publish"

ROUTES: Final = (
    OBJECTS,
    f"{OBJECTS}/{{}}",
    f"{OBJECTS}/{{}}/attachment",
    f"{OBJECTS}/{{}}/attachment/attachmentsorder",
    f"{OBJECTS}/{{}}/attachment/{{}}",
    f"{OBJECTS}/{{}}/dailyreport",
    CONTACTS,
    f"{CONTACTS}/{{}}",
    CHANNELS,
    PUBLISH,
    f"{PUBLISH}/{{}}",
)
