"""`/demo/mails`: the mails of an installation that has no mail server, for whoever tries it. In the demo only."""

from __future__ import annotations

import functools
from collections.abc import Callable
from uuid import UUID

from django.db import connections
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kontor.core.http.problems import NoPath, document, request_id_of
from kontor.mail import service
from kontor.mail.models import Message
from kontor.mail.rendering import Rendered, page

PATH = "/demo/mails"
Endpoint = Callable[[Request], Response]


def in_demo(function: Endpoint) -> Endpoint:
    """404 outside the demo, as for any unknown address. Gives the thread's connection back."""

    @functools.wraps(function)
    def guarded(request: Request) -> Response:
        try:
            if not service.keeps_words():
                return document(NoPath(), request_id_of(request))
            return function(request)
        finally:
            connections.close_all()

    return guarded


@in_demo
def list_mails(request: Request) -> Response:
    """All mails, newest first."""
    rows = [
        {
            "path": f"{PATH}/{message.id}",
            "to": message.recipient,
            "subject": words.subject,
            "at": f"{message.created_at:%Y-%m-%d %H:%M:%S} UTC",
            "status": message.status,
        }
        for message, words in service.shown()
    ]
    return HTMLResponse(page("demo_mails.html", mails=rows))


@in_demo
def show_mail(request: Request) -> Response:
    """One mail in its HTML form, exactly as it went out."""
    words = _words(request.path_params["message_id"])
    return HTMLResponse(words.html) if words else document(NoPath(), request_id_of(request))


@in_demo
def show_text(request: Request) -> Response:
    """One mail in its plain form."""
    words = _words(request.path_params["message_id"])
    if words is None:
        return document(NoPath(), request_id_of(request))
    return PlainTextResponse(f"Subject: {words.subject}\n\n{words.text}")


def demo_mails() -> Starlette:
    """Answers everything under PATH."""
    return Starlette(
        routes=[
            Route(PATH, list_mails),
            Route(f"{PATH}/{{message_id:uuid}}", show_mail),
            Route(f"{PATH}/{{message_id:uuid}}/text", show_text),
        ]
    )


def _words(message_id: UUID) -> Rendered | None:
    message = Message.objects.filter(id=message_id).first()
    return service.words_of(message) if message else None
