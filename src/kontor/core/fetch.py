"""Files at addresses that people give us (pictures, feeds).

Each redirect is a new address and checked again. In the demo a gateway, refused in production, stands for the open web.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import httpcore2
import httpx2

from kontor.core.config import settings
from kontor.core.guarded import BadAddress, FetchError, Guarded, Network, checked

REDIRECTS = 5
PICTURES = ("image/*", "application/octet-stream", "binary/octet-stream")
AGENT = b"Kontor/1 (+picture fetch)"


class Unreachable(FetchError):
    """No connection, a broken one, or a server error."""

    code, title = "fetch.unreachable", "The server can't be reached"
    may_pass = True


class TooSlow(FetchError):
    """Not all of it arrived in time."""

    code, title = "fetch.too_slow", "The server took too long"
    may_pass = True


class Missing(FetchError):
    """404 or 410."""

    code, title = "fetch.not_found", "There is nothing at this address"


class Refused(FetchError):
    """The server wants a log-in or will not have us (any other 4xx)."""

    code, title = "fetch.refused", "The server refuses to hand this out"


class TooManyRedirects(FetchError):
    """More than REDIRECTS hops."""

    code, title = "fetch.too_many_redirects", "The address leads from one address to the next without end"


class TooLarge(FetchError):
    """More bytes than the caller takes."""

    code, title = "fetch.too_large", "The file is too large"


class WrongType(FetchError):
    """The server says it is another kind of file."""

    code, title = "fetch.wrong_type", "This is not the kind of file that is needed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A complete file. `content_type` is lower case without parameters; `final_url` is where the redirects ended."""

    content: bytes
    content_type: str
    final_url: str


OPEN_WEB = Network()
_GATEWAY = Network(ports=None, may_reach=lambda _address: True)


def fetch(
    url: str, *, max_bytes: int, accept: Sequence[str] = PICTURES, network: Network = OPEN_WEB
) -> Fetched:
    """The file at an address that a person gave. `accept` are media types, `image/*` for a family.

    Raises FetchError: each kind has its own code and says by `may_pass` whether a later attempt makes sense.
    """
    deadline = time.monotonic() + network.total_seconds
    here = checked(url, network)
    for _ in range(REDIRECTS + 1):
        answer = _hop(here, max_bytes, network, deadline)
        if isinstance(answer, httpx2.URL):
            here = checked(str(answer), network)
            continue
        if not any(fnmatch.fnmatch(answer.content_type, pattern) for pattern in accept):
            raise WrongType(
                f"The server calls this {answer.content_type}", url=url, content_type=answer.content_type
            )
        return answer
    raise TooManyRedirects(url=url, limit=REDIRECTS)


def _hop(url: httpx2.URL, max_bytes: int, network: Network, deadline: float) -> Fetched | httpx2.URL:
    """One request: the file, or where it points to."""
    target = url
    if gateway := settings().fetch_gateway if network is OPEN_WEB else "":
        target, network = httpx2.URL(f"{gateway}?{urlencode({'url': str(url)})}"), _GATEWAY
    headers = [(b"Host", target.netloc), (b"User-Agent", AGENT), (b"Accept", b"*/*")]
    headers += [(b"Accept-Encoding", b"identity"), (b"Connection", b"close")]
    request = httpcore2.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
    )
    backend = Guarded(network, deadline)
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=network.tls(), network_backend=backend) as pool,
            pool.stream("GET", request, headers=headers, extensions={"timeout": backend.timeouts}) as answer,
        ):
            return _read(url, answer, max_bytes)
    except httpcore2.TimeoutException as error:
        raise TooSlow(url=str(url)) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
        raise Unreachable(f"The server can't be reached: {error}", url=str(url)) from error


def _read(url: httpx2.URL, answer: httpcore2.Response, max_bytes: int) -> Fetched | httpx2.URL:
    headers = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
    if answer.status in (301, 302, 303, 307, 308) and (location := headers.get(b"location")):
        try:
            return url.join(location)
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise BadAddress(url=location) from error
    if answer.status in (404, 410):
        raise Missing(url=str(url))
    if answer.status >= 500 or answer.status in (408, 425, 429):
        raise Unreachable(f"The server answered {answer.status}", url=str(url), status=answer.status)
    if answer.status != 200:
        raise Refused(f"The server answered {answer.status}", url=str(url), status=answer.status)
    declared = headers.get(b"content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise TooLarge(url=str(url), limit=max_bytes)
    content = bytearray()
    for chunk in answer.iter_stream():
        content += chunk
        if len(content) > max_bytes:
            raise TooLarge(url=str(url), limit=max_bytes)
    kind = headers.get(b"content-type", "").partition(";")[0].strip().lower()
    return Fetched(bytes(content), kind or "application/octet-stream", str(url))
