"""The one way from a connector to its channel: paces, signs, repeats reads, renews tokens, raises our errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson

from kontor.channels.contract.channel import Channel
from kontor.channels.contract.errors import ChannelError, LoginNeeded, Throttled, Unavailable, Unreadable
from kontor.channels.contract.manifest import Budget, Manifest, OAuth1, OAuth2, Scope
from kontor.channels.contract.transport import Answer, File
from kontor.channels.transport import application, crew, figures, gate, hosts, oauth, oauth1, sending
from kontor.channels.transport.limits import Limit
from kontor.channels.transport.oauth import ApplicationRefused
from kontor.channels.transport.repeats import repeated
from kontor.channels.transport.sending import READS, Line, Parcel
from kontor.channels.transport.tokens import Keeper
from kontor.core.clock import now

SHORT_HOLDS, SHORT_HOLD_SECONDS = 2, 5.0

T = TypeVar("T")
Outcome = Callable[[ChannelError | None], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose calls these are, and the choices that the connector needs to know."""

    tenant_id: UUID
    connection_id: UUID
    marketplace: str
    settings: Mapping[str, str] = field(default_factory=dict)


class HttpTransport:
    """The contract's Transport for one connected account. `note` hears the outcome of each call with the seller's token.

    May be used by several threads. Never inside a database transaction: it waits, and it calls out.
    """

    def __init__(self, channel: Channel, account: Account, seller: Keeper, *, note: Outcome) -> None:
        self.marketplace, self.settings = account.marketplace, account.settings
        self._channel, self._account, self._seller, self._note = channel, account, seller, note
        self._line = line(channel.manifest, account.tenant_id, account.connection_id)
        self._application = application.keeper(channel.manifest, self._line)

    def address(self, host: str) -> str:
        """See the contract."""
        return hosts.address(self._channel.manifest, host)

    def request(
        self,
        method: str,
        path: str,
        *,
        host: str = "api",
        resource: str = "",
        params: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes = b"",
        file: File | None = None,
        headers: Mapping[str, str] | None = None,
        as_application: bool = False,
    ) -> Answer:
        """One call. Raises ChannelError; see the contract."""
        kind = {} if json is None else {"Content-Type": "application/json"}
        body = content if json is None else orjson.dumps(json)
        parcel = Parcel(
            method.upper(), host, self.address(host), path,
            tuple((params or {}).items()), kind | dict(headers or {}), body, file,
        )  # fmt: skip

        def once() -> Answer:
            return self._unhurried(parcel, resource, as_application=as_application)

        try:
            answer = repeated(once) if parcel.method in READS else once()
        except ChannelError as error:
            if as_application and isinstance(error, LoginNeeded):
                raise ApplicationRefused(channel_code=error.channel_code) from error
            # One write that went wrong is no outage of the account; a read that gave up, or nobody there, is.
            if not as_application and not (isinstance(error, Unavailable) and error.maybe_applied):
                self._note(error)
            raise
        if not as_application:
            self._note(None)
        return answer

    def side_by_side(self, asks: Sequence[Callable[[], T]]) -> list[T]:
        """See the contract. Budgets and breakers count these calls like all others."""
        return crew.side_by_side(asks)

    def _unhurried(self, parcel: Parcel, resource: str, *, as_application: bool) -> Answer:
        """A short "too fast" is waited out here: what was refused for that was not done, so writes may repeat too."""
        for _ in range(SHORT_HOLDS):
            try:
                return self._signed(parcel, resource, as_application=as_application)
            except Throttled as error:
                if (error.until - now()).total_seconds() > SHORT_HOLD_SECONDS:
                    raise
        return self._signed(parcel, resource, as_application=as_application)

    def _signed(self, parcel: Parcel, resource: str, *, as_application: bool) -> Answer:
        """Sends with a token; with another one where the channel says that it is too old, once."""
        keeper = self._application if as_application else self._seller
        token, generation = self._token(keeper.token)
        answer = self._paced(parcel, token, resource)
        if self._channel.is_expired_token(answer):
            token, _ = self._token(lambda: keeper.token_after(generation))
            answer = self._paced(parcel, token, resource)
        if 200 <= answer.status < 300:
            if parcel.method in READS:
                _refuse_cut(answer)
            return answer
        raise self._meaning(answer, parcel, resource)

    def _token(self, ask: Callable[[], tuple[str, int]]) -> tuple[str, int]:
        """An outage of the sign-in has applied nothing of the call that needs the token."""
        try:
            return ask()
        except (Unavailable, Unreadable) as error:
            wait = error.retry_after_seconds if isinstance(error, Unavailable) else None
            raise Unavailable(
                error.detail, maybe_applied=False, retry_after_seconds=wait, channel_code=error.channel_code
            ) from error

    def _paced(self, parcel: Parcel, token: str, resource: str) -> Answer:
        budgets = limits_for(self._channel.manifest, resource, self._account.connection_id)
        tenant_id = str(self._account.tenant_id)
        with figures.waiting(self._line.channel, resource):
            gate.enter(list(budgets.values()), self._hold_key(resource), tenant_id, resource)
        signed = oauth1.authorization(self._channel.manifest, token, parcel)
        headers = {**parcel.headers, "Authorization": signed}
        return sending.send(self._line, replace(parcel, headers=headers))

    def _meaning(self, answer: Answer, parcel: Parcel, resource: str) -> ChannelError:
        error = self._channel.error_from_answer(answer, f"{parcel.method} {parcel.path}")
        if not isinstance(error, Throttled):
            return error
        key, until = self._hold_key(resource), error.until
        if until <= now() and not gate.is_held(key):
            until = self._reopens_at(resource) or until
        return Throttled(
            error.detail,
            until=gate.hold(key, until),
            resource=resource or error.resource,
            channel_code=error.channel_code,
        )

    def _reopens_at(self, resource: str) -> datetime | None:
        """The channel's own word on it; None where it has none, or does not answer either."""
        ask = self._channel.reopens_at
        if ask is None:
            return None
        # A transport that can't ask: the question itself may meet "too fast".
        asker = HttpTransport(
            replace(self._channel, reopens_at=None), self._account, self._seller, note=self._note
        )
        try:
            return ask(asker, resource)
        except ChannelError as error:
            log.info("%s did not say when %s opens again: %s", self._channel.manifest.name, resource, error)
            return None

    def _hold_key(self, resource: str) -> str:
        """Who waits when the channel says "too fast": this account where its limits are per account, else everybody."""
        manifest = self._channel.manifest
        own = any(row.per is Scope.CONNECTION and row.resource in ("", resource) for row in manifest.budgets)
        return oauth.hold_key(manifest, f"{resource}:{self._account.connection_id}" if own else resource)


def _refuse_cut(answer: Answer) -> None:
    """A page that a proxy cut in the middle has a length that fits; only its JSON tells. Raises Unreadable."""
    if not answer.body or "json" not in answer.headers.get("content-type", ""):
        return
    try:
        orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise Unreadable("The channel's answer ends in the middle") from error


def line(manifest: Manifest, tenant_id: UUID, connection_id: UUID) -> Line:
    """Whose calls these are, for breaker and log."""
    world = hosts.environment(manifest.id)
    return Line(
        tenant_id,
        connection_id,
        f"{manifest.id}:{world}",
        uses_proxies=world != "played",
        routes=(*manifest.routes, *_token_paths(manifest.auth)),
    )


def _token_paths(auth: OAuth2 | OAuth1) -> tuple[str, ...]:
    return (auth.token_path,) if isinstance(auth, OAuth2) else (auth.request_path, auth.access_path)


def limits_for(manifest: Manifest, resource: str, connection_id: UUID) -> dict[Budget, Limit]:
    """The manifest's budgets that a call of `resource` counts against, each with its key."""
    world = f"{manifest.id}:{hosts.environment(manifest.id)}"
    found = {}
    for number, budget in enumerate(manifest.budgets):
        if budget.resource not in ("", resource):
            continue
        whose = {
            Scope.API_KEY: "key",
            Scope.CONNECTION: f"connection:{connection_id}",
            Scope.RESOURCE: f"resource:{resource}",
        }[budget.per]
        found[budget] = Limit(f"{world}:{whose}:{number}", budget.calls, budget.seconds)
    return found
