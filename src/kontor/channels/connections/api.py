"""Channels, connected accounts, the way to connect one, and the log of what was said."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import RedirectResponse

from kontor.channels.connections import categories, consent, ebay_api, presenting, service
from kontor.channels.connections.browser import Browser, Code, ErrorCode, State, come_back, sent_away
from kontor.channels.connections.models import Connection
from kontor.channels.connections.pricing import PriceRule
from kontor.channels.connections.schemas import (
    AuthorizeBody,
    AuthorizeOut,
    CallOut,
    CategoriesOut,
    CategoryOut,
    CategoryQuestion,
    ChannelOut,
    ChooseBody,
    ConnectionEdit,
    ConnectionOut,
    JobStarted,
    SetupBody,
)
from kontor.channels.transport.models import Call
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, require_unchanged
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router

channel_routes = router("/channels", "Channels")
connection_routes = router("/connections", "Connections")
call_routes = router("/calls", "Connections")
ebay_routes = ebay_api.routes


@channel_routes.get("", scope="read")
def list_channels(actor: Signed) -> list[ChannelOut]:
    """Every channel of this installation, connected or not."""
    return presenting.channels()


@connection_routes.get("", scope="read")
def list_connections(actor: Signed, page: Paging) -> Page[ConnectionOut]:
    """Connected accounts, oldest first, with what is proven about each."""
    found = paginate(Connection.objects.all(), page, order=("id",))
    shown = {row.id: row for row in presenting.connections(found.rows)}
    return found.page(lambda row: shown[row.id])


@connection_routes.post("/authorize", scope="admin", transaction=False)
def authorize(
    actor: Signed, wanted: AuthorizeBody, response: Response, browser: Browser = ""
) -> AuthorizeOut:
    """Begins to connect an account, or to connect one again: send the browser to `authorize_url`."""
    begun = consent.begin(
        actor,
        wanted.channel,
        wanted.marketplace,
        connection_id=wanted.connection_id,
        return_to=wanted.return_to,
        browser=browser,
    )
    return sent_away(begun, response)


@connection_routes.get("/callback", scope="public", response_class=RedirectResponse, status_code=303)
def callback(
    state: State = "", code: Code = "", error: ErrorCode = "", browser: Browser = ""
) -> RedirectResponse:
    """Where the channel sends people back to. Leads into the web UI: `?connected=<id>` or `?problem=<code>`."""
    return come_back(state, code, error, browser)


@connection_routes.get("/{connection_id}", scope="read")
def get_connection(actor: Signed, connection_id: UUID, response: Response) -> ConnectionOut:
    """One connection. The ETag is of what a person can edit."""
    return _tagged(service.get(connection_id), response)


def _tagged(row: Connection, response: Response) -> ConnectionOut:
    shown = presenting.connection(row)
    response.headers["ETag"] = shown.etag
    return shown


@connection_routes.patch("/{connection_id}", scope="admin")
def patch_connection(
    actor: Signed,
    connection_id: UUID,
    edit: ConnectionEdit,
    response: Response,
    if_match: IfMatch = None,
) -> ConnectionOut:
    """Changes label, price rule or pause; what is left out stays."""
    require_unchanged(
        if_match, f"connection:{connection_id}", lambda: presenting.editable(service.get(connection_id))
    )
    wanted = edit.price_rule.as_rule() if edit.price_rule else None

    def rule(current: PriceRule | None) -> PriceRule | None:
        return wanted if "price_rule" in edit.model_fields_set else current

    row = service.edit(connection_id, label=edit.label, paused=edit.paused, price_rule=rule)
    return _tagged(row, response)


@connection_routes.post("/{connection_id}/check", scope="write", status_code=202)
def check(actor: Signed, connection_id: UUID) -> JobStarted:
    """Exercises the account's rights now."""
    label = service.get(connection_id).label
    return JobStarted(job_id=service.request_check(connection_id, label=label).id)


@connection_routes.post("/{connection_id}/setup", scope="admin", status_code=202)
def set_up(actor: Signed, connection_id: UUID, wanted: SetupBody) -> JobStarted:
    """Makes one of the missing things in the account, with sensible values."""
    return JobStarted(job_id=service.request_setup(connection_id, wanted.code).id)


@connection_routes.post("/{connection_id}/choose", scope="admin", status_code=202)
def choose(actor: Signed, connection_id: UUID, wanted: ChooseBody) -> JobStarted:
    """Chooses among the account's policies and locations; the account is checked with the choice."""
    return JobStarted(job_id=service.choose(connection_id, wanted.settings).id)


@connection_routes.post("/{connection_id}/disconnect", scope="admin")
def disconnect(actor: Signed, connection_id: UUID) -> ConnectionOut:
    """Forgets the sign-in. Listings stay on the channel as they are; connecting again keeps everything."""
    return presenting.connection(service.disconnect(connection_id))


@connection_routes.get("/{connection_id}/calls", scope="read")
def list_calls(actor: Signed, connection_id: UUID, page: Paging) -> Page[CallOut]:
    """What was said to the channel for this account, newest first, without anything secret or personal."""
    rows = Call.objects.filter(connection_id=service.get(connection_id).id)
    return paginate(rows, page, order=("-at", "-id")).page(CallOut.model_validate)


@connection_routes.get("/{connection_id}/categories", scope="read")
def search_categories(
    actor: Signed, connection_id: UUID, q: Annotated[str, Query(min_length=2, max_length=100)]
) -> CategoriesOut:
    """Looks for a category by words or number, at once; where `asked` is false the channel may know more."""
    found = categories.search(connection_id, q)
    return CategoriesOut(items=[CategoryOut.model_validate(each) for each in found.items], asked=found.asked)


@connection_routes.post("/{connection_id}/categories", scope="write", status_code=202)
def ask_for_categories(actor: Signed, connection_id: UUID, question: CategoryQuestion) -> JobStarted:
    """Asks the channel itself, as a job; search again when it has ended."""
    return JobStarted(job_id=categories.ask(connection_id, question.q).id)


@call_routes.get("", scope="read")
def list_calls_about(
    actor: Signed, page: Paging, about: Annotated[UUID, Query(description="A publication or an order.")]
) -> Page[CallOut]:
    """The calls that were made for one publication or order, newest first."""
    rows = Call.objects.filter(about__contains=[about])
    return paginate(rows, page, order=("-at", "-id")).page(CallOut.model_validate)
