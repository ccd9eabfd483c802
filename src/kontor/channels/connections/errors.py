"""What can be wrong with connecting and with a connection."""

from __future__ import annotations

from kontor.core.errors import Conflict, Invalid, NotFound


class ConnectionNotFound(NotFound):
    """No such connection in this tenant."""

    code, title = "connection.not_found", "There is no such connection"


class NotConfigured(Conflict):
    """The installation has no keys of its own at this channel."""

    code, title = "connection.not_configured", "This installation has no application keys for this channel"


class NotConnected(Conflict):
    """It was disconnected, or needs a log-in first."""

    code, title = "connection.not_connected", "Connect this account first"


class OtherAccount(Conflict):
    """The person signed in to another account than the one that is connected."""

    code, title = "connection.other_account", "This is another account than the one that was connected"


class StateUnknown(Invalid):
    """The consent was not begun here, was begun in another browser, took too long, or was used already."""

    code, title = (
        "connection.state_unknown",
        "This sign-in was not begun here, or took too long; please begin again",
    )


class Declined(Invalid):
    """The person did not agree."""

    code, title = "connection.declined", "You did not agree; nothing was connected"


class ConsentFailed(Invalid):
    """The channel came back without a code, for a reason of its own."""

    code, title = "connection.consent_failed", "The channel did not finish the sign-in"
