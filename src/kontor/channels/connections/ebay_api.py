"""`/ebay/…`: connecting in the merchant's words, thin aliases of `/connections`."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from kontor.channels.connections import consent, presenting, service
from kontor.channels.connections.browser import Browser, Code, ErrorCode, State, come_back, sent_away
from kontor.channels.connections.errors import ConnectionNotFound
from kontor.channels.connections.models import USABLE, Connection
from kontor.channels.connections.models import State as ConnectionState
from kontor.channels.connections.schemas import AuthorizeOut, ConnectionOut
from kontor.core.errors import Conflict
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router

EBAY = "ebay"
routes = router("/ebay", "eBay")


class EbayStatus(BaseModel):
    """Whether eBay may be used, and each connected account."""

    connected: bool = Field(description="At least one account may publish and bring orders.")
    connections: list[ConnectionOut]


class EbayConnect(BaseModel):
    """Which marketplace to connect; with `connection_id` the account that is connected again."""

    model_config = ConfigDict(extra="forbid")

    marketplace: str = Field("EBAY_DE", examples=["EBAY_DE"])
    connection_id: UUID | None = None
    return_to: str = Field(consent.HOME, max_length=500)


class EbayDisconnect(BaseModel):
    """Which account to disconnect; may be left out where there is only one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"connection_id": "0192f1c0-0000-7000-8000-000000000002"}]},
    )

    connection_id: UUID | None = None


@routes.get("/status", scope="read")
def ebay_status(actor: Signed) -> EbayStatus:
    """The connected eBay accounts, and whether any may be used."""
    rows = list(_rows())
    return EbayStatus(
        connected=any(row.state in USABLE for row in rows), connections=presenting.connections(rows)
    )


@routes.post("/oauth/connect", scope="admin", transaction=False)
def ebay_connect(
    actor: Signed, wanted: EbayConnect, response: Response, browser: Browser = ""
) -> AuthorizeOut:
    """Begins to connect an eBay account: send the browser to `authorize_url`."""
    begun = consent.begin(
        actor,
        EBAY,
        wanted.marketplace,
        connection_id=wanted.connection_id,
        return_to=wanted.return_to,
        browser=browser,
    )
    return sent_away(begun, response)


@routes.get("/oauth/callback", scope="public", response_class=RedirectResponse, status_code=303)
def ebay_callback(
    state: State = "", code: Code = "", error: ErrorCode = "", browser: Browser = ""
) -> RedirectResponse:
    """The address to enter as "Auth accepted URL" and "Auth declined URL" behind the RuName."""
    return come_back(state, code, error, browser)


@routes.post("/disconnect", scope="admin")
def ebay_disconnect(actor: Signed, wanted: EbayDisconnect) -> EbayStatus:
    """Forgets the sign-in of an eBay account; its listings stay on eBay as they are."""
    service.disconnect(wanted.connection_id or _only_one())
    return ebay_status(actor)


def _rows() -> list[Connection]:
    return list(Connection.objects.filter(channel=EBAY).order_by("id"))


def _only_one() -> UUID:
    found = [row.id for row in _rows() if row.state != ConnectionState.DISCONNECTED]
    if not found:
        raise ConnectionNotFound("No eBay account is connected")
    if len(found) > 1:
        raise Conflict("Several eBay accounts are connected: name one with connection_id")
    return found[0]
