"""Cookies that only the browser itself can reach: no script, no other site's page, no other host of our domain."""

from __future__ import annotations

from typing import Literal

from fastapi import Request, Response

from kontor.core.config import settings


def remember(
    response: Response,
    name: str,
    value: str,
    *,
    seconds: int,
    plain_path: str,
    same_site: Literal["strict", "lax"],
) -> None:
    """Sets the cookie. Without TLS (a demo on localhost) it goes by its plain name and to `plain_path` alone."""
    response.set_cookie(
        full_name(name),
        value,
        max_age=seconds,
        path="/" if is_encrypted() else plain_path,
        secure=is_encrypted(),
        httponly=True,
        samesite=same_site,
    )


def forget(response: Response, name: str, *, plain_path: str, same_site: Literal["strict", "lax"]) -> None:
    """Takes it back."""
    remember(response, name, "", seconds=0, plain_path=plain_path, same_site=same_site)


def present(request: Request, name: str) -> str | None:
    """What the browser sent along."""
    return request.cookies.get(full_name(name))


def is_encrypted() -> bool:
    """Whether people reach this installation over TLS."""
    return settings().public_url.startswith("https://")


def full_name(name: str) -> str:
    """What the cookie `name` is called here."""
    # Browsers take `__Host-` only from this very host, encrypted, for all paths: no subdomain can plant one.
    return f"__Host-{name}" if is_encrypted() else name
