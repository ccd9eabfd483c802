"""Every refusal as an RFC 9457 problem document: `application/problem+json`, with a stable `code` to branch by."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic_core import to_jsonable_python
from starlette.exceptions import HTTPException

from kontor.core.errors import Invalid, KontorError, Problem
from kontor.core.http import words
from kontor.core.http.place import here

MEDIA_TYPE = "application/problem+json"
ENGLISH = "en"
ANNOUNCED = "kontor.announced"  # in the scope: headers that every answer of the route carries
log = logging.getLogger(__name__)


class ProblemRow(BaseModel):
    """One thing that is wrong, at one place."""

    code: str = Field(examples=["invalid.greater_than"])
    message: str = Field(examples=["Input should be greater than 0"])
    field: str = Field(
        "", description="Dotted path; empty where the whole is meant.", examples=["price_minor"]
    )
    params: dict[str, Any] = Field(default_factory=dict, examples=[{"gt": 0}])
    fix: str = Field("", description="An action that the interface can offer.")
    severity: str = Field("error", description="`error`, or `warning`: shown, but stops nothing.")


class ProblemDocument(BaseModel):
    """A refused or failed request (RFC 9457)."""

    type: str = Field(examples=["urn:kontor:problem:invalid"])
    title: str = Field(examples=["Some values can't be taken"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["One value can't be taken."])
    code: str = Field(description="Stable: branch and translate by it.", examples=["invalid"])
    params: dict[str, Any] = Field(default_factory=dict, description="What `detail` was made from.")
    problems: list[ProblemRow] = Field(default_factory=list)
    instance: str = Field(description="This request; also in the log.", examples=["urn:kontor:request:6f0c…"])


class NotUnderstood(KontorError):
    """The body could not be read at all."""

    code, status, title = "unreadable_request", 400, "The request can't be read"


class TooLarge(KontorError):
    """The body is larger than this route takes."""

    code, status, title = "too_large", 413, "This is larger than we take"


class WrongMedia(KontorError):
    """The body is of a kind that this route doesn't read; `params["takes"]` names the one it does."""

    code, status, title = "unsupported_media_type", 415, "The body is of a kind that isn't read here"


class WrongMethod(KontorError):
    """The path exists, the method doesn't."""

    code, status, title = "method_not_allowed", 405, "This address doesn't do that"


class DatabaseAway(KontorError):
    """The database can't be reached or is busy; nothing was changed."""

    code, status, title = "database.unavailable", 503, "The database can't be reached; try again in a moment"


class Clash(KontorError):
    """Two requests wanted the same thing at once, and the other was first."""

    code, status, title = "conflict", 409, "Somebody else did this at the same moment; look again"


class NoPath(KontorError):
    """No route has this path."""

    code, status, title = "not_found", 404, "There is no such address"


class Internal(KontorError):
    """A fault of ours; `params["incident"]` finds it in the log."""

    code, status, title = "internal", 500, "Something went wrong; the incident's number finds it in the log"


Conditional = Literal["", "read", "wanted"]


def document(error: KontorError, request_id: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells `error`."""
    language = here().language or ENGLISH
    title, detail = error.title, error.detail
    # Our own sentences are English, and say more than the words for all readers do.
    if language != ENGLISH and (found := words.title(error.code, error.params, language)):
        title, detail = found, words.text(error.code, error.params, language) or found
    else:
        language = ENGLISH
    body = {
        "type": f"urn:kontor:problem:{error.code}",
        "title": title,
        "status": error.status,
        "detail": detail,
        "code": error.code,
        "params": error.params,
        "problems": [_row(problem, language) for problem in error.problems],
        "instance": f"urn:kontor:request:{request_id}",
    }
    return Response(
        json.dumps(to_jsonable_python(body, fallback=str), ensure_ascii=False).encode("utf-8", "replace"),
        status_code=error.status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, "Vary": "Accept-Language", **(headers or {})},
    )


def _row(problem: Problem, language: str) -> dict[str, Any]:
    row = problem.as_dict()
    if language != ENGLISH:
        row["message"] = words.title(problem.code, problem.params, language) or problem.message
    return row


def request_id_of(request: Request) -> str:
    """The number of this request, given by `hardening.Door`; empty outside it."""
    return str(request.scope.get("kontor.request_id", ""))


def install(app: FastAPI) -> None:
    """Makes every failure of `app` a problem document."""
    app.add_exception_handler(KontorError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(InterfaceError, _database_away)
    app.add_exception_handler(IntegrityError, _clash)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(Exception, bug)


def responses_for(
    scope: str, *, named: bool, conditional: Conditional, idempotent: bool, upload: bool
) -> dict[int | str, dict[str, Any]]:
    """What the documentation says of refusals that any route of this kind may answer.

    `named`: its path names something. `conditional`: whether it reads, or wants, `If-Match`.
    """
    found: dict[int | str, str] = {
        "default": "Refused: a problem document",
        422: "Some values can't be taken (`invalid`)",
    }
    if scope != "public":
        found |= {
            401: "No valid credential (`unauthenticated`)",
            403: "The role may not do this (`forbidden`)",
        }
    if named:
        found |= {404: "No such thing here (`not_found`)"}
    if conditional:
        found |= {412: "Changed since you read it (`stale_edit`): `params` has `yours` and `theirs`"}
    if conditional == "wanted":
        found |= {428: "`If-Match` is missing (`revision_needed`)"}
    if idempotent:
        found |= {409: "Conflict, also the same `Idempotency-Key` still in flight"}
    if upload:
        found |= {413: "Larger than MAX_UPLOAD_SIZE (`too_large`)"}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, words in found.items()
    }


def _answer(request: Request, error: KontorError, headers: Mapping[str, str] | None = None) -> Response:
    announced: Mapping[str, str] = request.scope.get(ANNOUNCED, {})
    return document(error, request_id_of(request), {**announced, **(headers or {})})


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, KontorError)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    if seconds := error.params.get("retry_after_seconds"):
        headers["Retry-After"] = str(seconds)
    return _answer(request, error, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    rows = error.errors()
    if any(row["type"] == "json_invalid" for row in rows):
        refused: KontorError = NotUnderstood("The body is not JSON.")
    else:
        refused = invalid(rows)
    return _answer(request, refused)


def invalid(rows: Sequence[Mapping[str, Any]]) -> KontorError:
    """Pydantic's errors as one `Invalid` with a problem for each, at its field in dotted form."""
    problems = tuple(
        Problem(
            code=f"invalid.{row['type']}",
            message=str(row["msg"]),
            field=".".join(str(part) for part in _path(row["loc"])),
            params={name: str(value) for name, value in (row.get("ctx") or {}).items()},
        )
        for row in rows
    )
    return Invalid("Some values can't be taken; `problems` says which and why.", problems=problems)


def _path(location: Sequence[Any]) -> Sequence[Any]:
    places = ("body", "query", "path", "header", "cookie")
    return location[1:] if location and location[0] in places else location


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kinds: dict[int, type[KontorError]] = {
        400: NotUnderstood,
        404: NoPath,
        405: WrongMethod,
        413: TooLarge,
        415: WrongMedia,
    }
    kind = kinds.get(error.status_code, Internal)
    detail = str(error.detail) if kind is NotUnderstood else ""
    return _answer(request, kind(detail), error.headers)


async def _database_away(request: Request, error: Exception) -> Response:
    log.warning("database unavailable during request %s: %s", request_id_of(request), error)
    return _answer(request, DatabaseAway(), {"Retry-After": "2"})


async def _clash(request: Request, error: Exception) -> Response:
    # Services check first; what the constraint still catches is a race, which a second look settles.
    log.warning("constraint refused request %s: %s", request_id_of(request), error)
    return _answer(request, Clash())


async def _unstorable(request: Request, error: Exception) -> Response:
    log.info("unstorable value in request %s: %s", request_id_of(request), error)
    return _answer(request, Invalid("A value can't be stored: out of range, or not text."))


async def bug(request: Request, error: Exception) -> Response:
    """The answer to what nobody expected."""
    # Starlette raises it again after this answer: the server logs the traceback right below this line.
    incident = request_id_of(request)
    log.error("incident %s: %s %s failed: %r", incident, request.method, request.url.path, error)
    return _answer(request, Internal(incident=incident))
