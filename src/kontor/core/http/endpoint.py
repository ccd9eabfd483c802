"""What surrounds an endpoint: in the one thread that runs it, the tenant's transaction, the cause, the answer.

Django keeps one connection per thread and closes it when a request that Django served ends. FastAPI runs a `def`
endpoint in any thread of AnyIO's pool, where no Django request ever ends: so the connection is given back here. The
answer is validated and written as JSON here too, inside the transaction: lazy relations are still readable, and
FastAPI's own second trip to the thread pool for it falls away.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, connections
from fastapi import Depends, Response
from pydantic import TypeAdapter

from kontor.core.actor import Actor
from kontor.core.cause import causing
from kontor.core.http.credentials import Signed, requires
from kontor.core.http.idempotency import Once, once
from kontor.core.tenancy import tenant

ACTOR, RESPONSE, ONCE = "kontor_actor", "kontor_response", "kontor_once"  # parameters that the wrapper adds
Auditor = Callable[[Actor, str, Mapping[str, Any]], AbstractContextManager[None]]
_auditors: list[Auditor] = []


def lend_auditor(auditor: Auditor) -> None:
    """What is held around each signed endpoint that may change something, inside its transaction if it has one.

    Gets the actor, the operation's name and the parameters of its path.
    """
    _auditors[:] = [auditor]


def surrounded(
    function: Callable[..., Any],
    scope: str,
    options: dict[str, Any],
    *,
    transaction: bool,
    idempotent: bool,
    changing: str = "",
) -> Callable[..., Any]:
    """The function that FastAPI gets in place of the endpoint `function`; `options` are FastAPI's of its route.

    `changing` is the path of a route that may change something; empty for others.
    """
    if inspect.iscoroutinefunction(function):
        return function
    asked = Asked.by(function, scope, idempotent=idempotent)
    run = _runner(function, asked, options, transaction=transaction, changing=changing)

    @functools.wraps(function)
    def wrapped(**arguments: Any) -> Any:
        try:
            return run(arguments)
        finally:
            connections.close_all()  # this thread's only; a pooled one goes back to its pool

    wrapped.__signature__ = asked.with_ours()  # type: ignore[attr-defined]
    return wrapped


@dataclass(frozen=True, slots=True)
class Asked:
    """Which parameters an endpoint has, and which the wrapper adds to them."""

    signature: inspect.Signature
    own: tuple[str, ...]
    signed: tuple[str, ...]  # those that are the actor: one dependency serves them and the wrapper
    response: str
    added: Mapping[str, Any]

    @classmethod
    def by(cls, function: Callable[..., Any], scope: str, *, idempotent: bool) -> Asked:
        """Read from the endpoint's signature."""
        signature = inspect.signature(function, eval_str=True)
        parameters = signature.parameters
        signed = tuple(n for n, p in parameters.items() if p.annotation == Signed and scope != "public")
        response = next((n for n, p in parameters.items() if p.annotation is Response), RESPONSE)
        added: dict[str, Any] = {}
        if scope != "public":
            added[ACTOR] = Annotated[Actor, Depends(requires(scope))]
        if response == RESPONSE:
            added[RESPONSE] = Response
        if idempotent:
            added[ONCE] = Annotated[Once, Depends(once)]
        return cls(signature, tuple(n for n in parameters if n not in signed), signed, response, added)

    def with_ours(self) -> inspect.Signature:
        """What FastAPI reads. Ours come first: who may not enter learns nothing of what else is wrong."""
        only = inspect.Parameter.KEYWORD_ONLY
        ours = [inspect.Parameter(name, only, annotation=kind) for name, kind in self.added.items()]
        theirs = [self.signature.parameters[name].replace(kind=only) for name in self.own]
        return self.signature.replace(parameters=[*ours, *theirs])

    def given(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What the endpoint itself gets of all that FastAPI found."""
        return {name: arguments[name] for name in self.own} | dict.fromkeys(self.signed, arguments.get(ACTOR))


def _runner(
    function: Callable[..., Any], asked: Asked, options: dict[str, Any], *, transaction: bool, changing: str
) -> Callable[[dict[str, Any]], Any]:
    """Runs the endpoint with what FastAPI found, inside all that is to surround it."""
    in_path = [name for name in re.findall(r"{(\w+)", changing) if name in asked.own]
    write = _writer(asked.signature, options)

    def run(arguments: dict[str, Any]) -> Any:
        actor: Actor | None = arguments.get(ACTOR)
        attempt: Once | None = arguments.get(ONCE)
        with ExitStack() as stack:
            if actor:
                stack.enter_context(causing(actor.cause()))
            if actor and transaction:
                enter(stack, actor.tenant_id)
            if actor and attempt and (replay := attempt.replay(actor)):
                return replay
            if actor and changing:
                named = {name: arguments[name] for name in in_path}
                for auditor in _auditors:
                    stack.enter_context(auditor(actor, function.__name__, named))
            answer = write(function(**asked.given(arguments)), arguments[asked.response])
            if actor and attempt:
                attempt.keep(actor, answer)
            return answer

    return run


def enter(stack: ExitStack, tenant_id: UUID) -> None:
    """Opens `tenant(tenant_id)`; once more where the pool lent a connection that died with its server.

    Nothing has happened yet at this point, so the second try is safe. Raises OperationalError where that fails too.
    """
    try:
        stack.enter_context(tenant(tenant_id))
    except (OperationalError, InterfaceError):
        connection.close()
        if pool := getattr(connection, "pool", None):
            pool.check()  # replaces all that died, so that the next requests needn't find out one by one
        stack.enter_context(tenant(tenant_id))


def _writer(signature: inspect.Signature, options: dict[str, Any]) -> Callable[[Any, Response], Any]:
    """How this endpoint's value becomes a Response, by its return annotation (or FastAPI's `response_model`)."""
    annotation = options.get("response_model", signature.return_annotation)
    status = options.get("status_code")
    typed = annotation not in (None, type(None), inspect.Signature.empty)
    if "response_class" in options or (
        typed and isinstance(annotation, type) and issubclass(annotation, Response)
    ):
        return lambda value, _: value
    adapter: TypeAdapter[Any] | None = TypeAdapter(annotation) if typed else None

    def write(value: Any, response: Response) -> Response:
        if isinstance(value, Response):
            return value
        status_code = response.status_code or status or (200 if adapter else 204)
        if adapter is None:
            answer = Response(status_code=status_code)
        else:
            checked = adapter.validate_python(value, from_attributes=True)
            answer = Response(
                adapter.dump_json(checked, by_alias=True),
                status_code=status_code,
                media_type="application/json",
            )
        own = {b"content-length", b"content-type"}
        answer.raw_headers.extend(row for row in response.raw_headers if row[0] not in own)
        return answer

    return write
