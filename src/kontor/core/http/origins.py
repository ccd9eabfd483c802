"""Which page made the browser send this: ours, one that CORS_ALLOWED_ORIGINS names, or somebody else's.

A credential that a browser sends by itself (a cookie, an open socket) is worth something to any page that can make it
send one. Such doors ask here first. Programs send none of these headers, and have no cookies that others could use.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from kontor.core.config import settings
from kontor.core.errors import Forbidden

LOOPBACK = ("localhost", "127.0.0.1", "::1")
OURS_BY_FETCH_METADATA = ("same-origin", "none")  # none: typed or from a bookmark


class ForeignOrigin(Forbidden):
    """A page of another site made the browser send this."""

    code, title = "origin.foreign", "This request came from another site"


def refuse_foreign(headers: Mapping[str, str]) -> None:
    """Raises ForeignOrigin where a browser says that another site's page sent this; `headers` in lower case."""
    origin = headers.get("origin")
    if origin is not None:
        if not is_ours(origin, headers.get("host", "")):
            raise ForeignOrigin(origin=origin)
    elif (site := headers.get("sec-fetch-site", "none")) not in OURS_BY_FETCH_METADATA:
        raise ForeignOrigin(site=site)


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of `origin` may act for the person at the browser; `host` is what the request was sent to."""
    found, public = urlsplit(origin), urlsplit(settings().public_url)
    if origin in settings().cors_allowed_origins:
        return True
    # The web UI's development server has a port of its own.
    if settings().environment != "production" and (found.hostname or "") in LOOPBACK:
        return True
    if public.scheme == "https" and found.scheme != "https":
        return False  # who can write into an unencrypted page of our name is not us
    return bool(found.netloc) and found.netloc.lower() in (host.lower(), public.netloc.lower())
