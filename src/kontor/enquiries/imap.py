"""Reading a mailbox over IMAP, and leaving no trace in it: it is opened read-only, nothing is marked, moved or deleted.

TLS from the first byte. The server's name is resolved once and must lead to public addresses (or to networks that
MAILBOX_NETWORKS names), as with all addresses that people give us. What a server may send at once is bounded.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

from kontor.core.config import settings
from kontor.core.errors import KontorError
from kontor.core.guarded import Network, PrivateAddress, UnknownHost, is_public
from kontor.enquiries.reading.mail import MOST_BYTES

SECONDS: Final = 30.0
_SLACK_BYTES: Final = 64 * 1024
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class MailboxRefused(KontorError):
    """The server doesn't take the log-in, has no such folder, or shows a bad certificate: only a person can mend it."""

    code, status, title = "mailbox.refused", 422, "The mail server refuses the log-in or the folder"


class MailboxUnreachable(KontorError):
    """No connection, a broken one, or an answer that is none; later it may work."""

    code, status, title = "mailbox.unreachable", 502, "The mail server can't be reached"
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is, and who opens it."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"


def network() -> Network:
    """Whom we may reach: the open web, and the private networks that this installation allows."""
    allowed = [ipaddress.ip_network(block, strict=False) for block in settings().mailbox_networks]

    def may_reach(address: str) -> bool:
        found = ipaddress.ip_address(address.partition("%")[0])
        return is_public(address) or any(found in block for block in allowed)

    return Network(ports=None, may_reach=may_reach)


class Folder:
    """An open folder. `validity` is its UIDVALIDITY: with another one, all UIDs have begun anew."""

    def __init__(self, connection: _Connection, validity: int) -> None:
        self._connection, self.validity = connection, validity

    def after(self, uid: int) -> list[int]:
        """UIDs above this one, lowest first."""
        # "5:*" names the last mail even where that is older: hence the comparison.
        return [each for each in self._search(f"UID {uid + 1}:*") if each > uid]

    def since(self, day: date) -> list[int]:
        """UIDs of mails that came on that day or later, lowest first."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def mail(self, uid: int) -> bytes | None:
        """The mail whole, not marked as seen; None where it is gone or larger than a mail may be."""
        _, found = self._connection.uid("FETCH", str(uid), "(RFC822.SIZE)")
        sizes = [int(size[1]) for row in found if isinstance(row, bytes) and (size := _SIZE.search(row))]
        if not sizes or sizes[0] > MOST_BYTES:
            return None
        _, parts = self._connection.uid("FETCH", str(uid), "(BODY.PEEK[])")
        return next((bytes(row[1]) for row in parts if isinstance(row, tuple)), None)

    def _search(self, asked: str) -> list[int]:
        _, found = self._connection.uid("SEARCH", asked)
        words = b" ".join(row for row in found if isinstance(row, bytes)).split()
        return sorted(int(word) for word in words if word.isdigit())


@contextmanager
def opened(account: Account, reach: Network | None = None) -> Iterator[Folder]:
    """Raises MailboxRefused, MailboxUnreachable, PrivateAddress, UnknownHost."""
    try:
        connection = _Connection(account.host, account.port, reach or network())
    except ssl.SSLCertVerificationError as error:
        raise MailboxRefused(f"The certificate of {account.host} is not valid", step="certificate") from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxUnreachable(host=account.host, reason=type(error).__name__) from error
    try:
        _log_in(connection, account)
        yield Folder(connection, _select(connection, account.folder))
    except imaplib.IMAP4.abort as error:
        raise MailboxUnreachable(host=account.host, reason="broken off") from error
    except imaplib.IMAP4.error as error:
        raise MailboxUnreachable(host=account.host, reason=str(error)[:200]) from error
    except OSError as error:
        raise MailboxUnreachable(host=account.host, reason=type(error).__name__) from error
    finally:
        connection.shutdown()


def _log_in(connection: _Connection, account: Account) -> None:
    """By SASL where the server has it: its base64 can hold any sign."""
    try:
        if "AUTH=PLAIN" in connection.capabilities:
            words = f"\0{account.user}\0{account.password}".encode()
            connection.authenticate("PLAIN", lambda _: words)
        else:
            connection.login(_quoted(account.user), account.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxRefused("The mail server does not take this user and password", step="log-in") from error


def _select(connection: _Connection, folder: str) -> int:
    kind, _ = connection.select(_quoted(folder), readonly=True)
    if kind != "OK":
        raise MailboxRefused(f"There is no folder {folder!r}", step="folder", folder=folder)
    _, validity = connection.response("UIDVALIDITY")
    first = validity[0] if validity else None
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Connection(imaplib.IMAP4_SSL):
    """Goes to an address that was checked, under the name that was given; takes no more than a mail at once."""

    def __init__(self, host: str, port: int, reach: Network) -> None:
        self._reach = reach
        super().__init__(host, port, ssl_context=reach.tls(), timeout=SECONDS)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        try:
            addresses = self._reach.resolve(self.host, self.port)
        except (OSError, UnicodeError) as error:
            raise UnknownHost(f"There is no server called {self.host}", host=self.host) from error
        # One private address among public ones is refused too: it is what a rebinding name server answers.
        if not addresses or not all(self._reach.may_reach(address) for address in addresses):
            raise PrivateAddress(host=self.host)
        plain = socket.create_connection((addresses[0], self.port), timeout)
        try:
            return self._reach.tls().wrap_socket(plain, server_hostname=self.host)
        except (OSError, ssl.SSLError):
            plain.close()
            raise

    def read(self, size: int) -> bytes:
        if size > MOST_BYTES + _SLACK_BYTES:
            raise self.abort(f"the server wants to send {size} bytes")
        return super().read(size)
