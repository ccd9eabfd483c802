"""The eight ways in which a channel can say no. A connector maps codes to these, never localised text.

`maybe_applied`: did the channel perhaps do it before we lost sight? What to do then is the journalled step's business.
"""

from __future__ import annotations

from datetime import datetime

from kontor.core.errors import KontorError, Problem


class ChannelError(KontorError):
    """Base of the eight."""

    code, status, title = "channel.error", 502, "The channel did not do it"

    def __init__(
        self,
        detail: str = "",
        *,
        maybe_applied: bool = False,
        channel_code: str = "",
        problems: tuple[Problem, ...] = (),
        **params: object,
    ) -> None:
        super().__init__(detail, problems=problems, channel_code=channel_code, **params)
        self.maybe_applied = maybe_applied
        self.channel_code = channel_code


class LoginNeeded(ChannelError):
    """Consent or key gone: pause the connection, ask for a log-in."""

    code, title = "channel.login_needed", "The channel asks you to sign in again"


class SetupNeeded(ChannelError):
    """The account lacks a policy, location or right; `what` names it, and a button mends it."""

    code, title = "channel.setup_needed", "Something is missing in your account at the channel"

    def __init__(self, detail: str, *, what: str, channel_code: str = "") -> None:
        super().__init__(detail, channel_code=channel_code, what=what)
        self.what = what


class Throttled(ChannelError):
    """Too fast: the budget of `resource` waits until `until`; no attempt is lost."""

    code, title = "channel.throttled", "The channel asks us to wait"

    def __init__(self, detail: str, *, until: datetime, resource: str, channel_code: str = "") -> None:
        super().__init__(detail, channel_code=channel_code, until=until.isoformat(), resource=resource)
        self.until, self.resource = until, resource


class Unavailable(ChannelError):
    """Outage, time-out, 5xx: back off, look stale, ask nobody for anything."""

    code, title = "channel.unavailable", "The channel can't be reached"

    def __init__(
        self,
        detail: str,
        *,
        maybe_applied: bool,
        retry_after_seconds: float | None = None,
        channel_code: str = "",
    ) -> None:
        super().__init__(detail, maybe_applied=maybe_applied, channel_code=channel_code)
        self.retry_after_seconds = retry_after_seconds


class Rejected(ChannelError):
    """A business no: to the person, with field, words and fix; never retried."""

    code, title = "channel.rejected", "The channel does not accept this"


class AlreadyThere(ChannelError):
    """It exists or was changed there; `external_id` names it where the channel says so. Look, adopt or show both."""

    code, title = "channel.already_there", "The channel has this already"

    def __init__(self, detail: str, *, external_id: str = "", channel_code: str = "") -> None:
        super().__init__(detail, channel_code=channel_code, external_id=external_id)
        self.external_id = external_id


class Gone(ChannelError):
    """Removed there: unbind, ask."""

    code, title = "channel.gone", "The channel no longer has this"


class Unreadable(ChannelError):
    """An answer that we can't parse: the bytes are kept in the call log, nothing is guessed."""

    code, title = "channel.unreadable", "The channel's answer can't be read"
