"""Where the socket hangs: mounted by `kontor.asgi`."""

from __future__ import annotations

from typing import Any

from django.urls import path

from kontor.live.consumers import LiveConsumer

websocket_urlpatterns: list[Any] = [path("ws", LiveConsumer.as_asgi())]
