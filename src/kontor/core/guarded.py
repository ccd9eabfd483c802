"""Connections to addresses that people give us, without lending them our network.

The name is resolved once, every address behind it must be public, and the connection goes to exactly the address that
was checked: a second answer of the name server (rebinding) has nothing to change. TLS and `Host` keep the name.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import httpcore2
import httpx2

from kontor.core.errors import KontorError

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 30.0
WEB_PORTS = frozenset({80, 443, 8080, 8443})


class FetchError(KontorError):
    """An address could not be had. `may_pass`: asking again later makes sense."""

    code, status, title = "fetch.failed", 422, "The address can't be fetched"
    may_pass: ClassVar[bool] = False


class BadAddress(FetchError):
    """No http(s) address, or one with credentials, an odd port or a number for a name."""

    code, title = "fetch.bad_address", "This is not a web address that can be fetched"


class PrivateAddress(FetchError):
    """The name leads into a private, local or reserved network."""

    code, title = "fetch.private_address", "This address leads into a private network and is not fetched"


class UnknownHost(FetchError):
    """The name server knows no such name (or does not answer)."""

    code, title = "fetch.unknown_host", "There is no server of this name"
    may_pass = True


Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED = [
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "3fff::/20",
    )
]  # fmt: skip
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4 = ipaddress.IPv6Network("2002::/16")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also the IPv4 one that an IPv6 form wraps."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if inner := _wrapped(found):
            found = inner
        elif found not in _OPEN_V6:
            return False
    return not any(found in block for block in _CLOSED if block.version == found.version)


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _6TO4:
        return ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, by the system's resolver. Raises OSError."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


@functools.cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Network:
    """What may be reached, and how long a whole fetch may take. The default is the open web."""

    ports: frozenset[int] | None = WEB_PORTS
    may_reach: Callable[[str], bool] = is_public
    resolve: Resolve = resolve
    total_seconds: float = TOTAL_SECONDS
    tls: Callable[[], ssl.SSLContext] = _trusted


def checked(url: str, network: Network) -> httpx2.URL:
    """The address without its fragment. Raises BadAddress and PrivateAddress for what no name server need be asked
    about."""
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise BadAddress(url=url[:300]) from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise BadAddress("Only addresses that begin with http:// or https:// are fetched", url=url)
    if parsed.userinfo:
        raise BadAddress("An address must not carry a user name or password", url=parsed.host)
    port = _port(parsed)
    if network.ports is not None and port not in network.ports:
        raise BadAddress(f"Port {port} is not fetched from", url=url, port=port)
    try:
        literal = str(ipaddress.ip_address(parsed.host))
    except ValueError:
        if not re.fullmatch(rb"[a-z0-9._-]+", parsed.raw_host):
            raise BadAddress(url=url) from None
        # Resolvers read 0x7f.1, 017700000001 and 2130706433 as addresses; no real host name ends in a number.
        if re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)\.?", parsed.host.lower().rstrip(".").rpartition(".")[2]):
            raise BadAddress("A number is not the name of a server", url=url) from None
        return parsed.copy_with(fragment=None)
    if not network.may_reach(literal):
        raise PrivateAddress(url=url)
    return parsed.copy_with(fragment=None)


def _port(url: httpx2.URL) -> int:
    return url.port or {"http": 80, "https": 443}[url.scheme]


class Guarded(httpcore2.NetworkBackend):
    """Resolves once, checks every address, connects to a checked one; all of it before one deadline."""

    def __init__(self, network: Network, deadline: float) -> None:
        self._network, self._deadline = network, deadline
        self._sockets = httpcore2.SyncBackend()

    @property
    def timeouts(self) -> dict[str, float]:
        """httpcore's, in seconds, for a request that begins now."""
        left = max(self._deadline - time.monotonic(), 0.001)
        return {"connect": min(CONNECT_SECONDS, left), "read": left, "write": left, "pool": left}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            addresses = self._network.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise UnknownHost(f"There is no server called {host}", host=host) from error
        # One private address among public ones is refused too: it is what a rebinding name server answers.
        if not addresses or not all(self._network.may_reach(address) for address in addresses):
            raise PrivateAddress(host=host)
        failure: Exception = httpcore2.ConnectError(host)
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(address, port, self.timeouts["connect"])
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Deadline(stream, self._deadline)
        raise failure


class _Deadline(httpcore2.NetworkStream):
    """A socket whose reads all end by one moment, so that a server which drips bytes can't hold us."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("The time for the whole fetch is over")
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Deadline(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
