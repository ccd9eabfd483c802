"""In the demo the sandbox plays the channel: it must know where our callback is, as a developer portal would."""

from __future__ import annotations

import logging

import httpx2

from kontor.channels.contract.errors import Unavailable
from kontor.channels.contract.manifest import Manifest
from kontor.channels.transport import hosts, pool
from kontor.core.config import settings

log = logging.getLogger(__name__)


def register_callback(manifest: Manifest) -> None:
    """Tells the sandbox our callback address. Does nothing where the channel is not played. Raises Unavailable."""
    if hosts.environment(manifest.id) != "played":
        return
    application = hosts.application(manifest)
    body = {
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "ru_name": application.redirect,
        "accepted_url": hosts.callback_address(),
        "title": "Kontor",
    }
    try:
        answer = pool.client(uses_proxies=False).post(
            f"{settings().sandbox_url.rstrip('/')}/_sandbox/api/apps", json=body
        )
    except httpx2.HTTPError as error:
        raise Unavailable(
            "The sandbox that plays this channel does not answer", maybe_applied=False
        ) from error
    if answer.is_error:
        log.warning(
            "the sandbox did not take our callback address: %s %s", answer.status_code, answer.text[:200]
        )
