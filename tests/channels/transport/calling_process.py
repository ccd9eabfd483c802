"""A process of its own that calls the market from several threads, for `test_client.py`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import django

django.setup()

from django.db import connections  # noqa: E402
from tests.channels import market  # noqa: E402

from kontor.channels.connections import service  # noqa: E402
from kontor.channels.registry import CHANNELS  # noqa: E402

tenant_id, connection_id, count = UUID(sys.argv[1]), UUID(sys.argv[2]), int(sys.argv[3])
CHANNELS["ebay"] = market.channel_of()


def call(_: int) -> int:
    try:
        _, connector = service.connector_for(connection_id, tenant_id=tenant_id)
        return int(connector.http.request("GET", "/things").status)
    finally:
        connections.close_all()


print("up", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(count) as pool:
    print("".join(f"{status} " for status in pool.map(call, range(count))))
