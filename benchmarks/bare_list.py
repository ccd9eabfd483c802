"""The bare thing beside `GET /api/v1/listings`: one Starlette endpoint, psycopg's pool, two statements, orjson.

No sign-in, no tenants' policies, no checked answer; the same rows and nearly the same JSON. As many threads and
connections as ours has. Run as `python -m benchmarks.bare_list DSN TENANT_ID`; the first line printed is its address.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio.to_thread
import orjson
import uvicorn
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

THREADS: Final = 22  # DATABASE_POOL's default
LISTINGS: Final = """
    select id, kind, reference, headline as title, language, status, brand, detail -> 'options' as options,
           variant_count, price_minor, price_to_minor, currency, stock, thumb_id as thumb, pictures_waiting,
           pictures_failed, revision, updated_at, updated_by
      from catalog_listing
     where tenant_id = %s and status in ('draft', 'active')
     order by updated_at desc, id desc
     limit %s"""
PUBLICATIONS: Final = """
    select p.id, p.listing_id, p.connection_id, c.channel, c.marketplace, c.label, p.state, p.wanted, p.external_id,
           p.address, p.proved_at, jsonb_array_length(p.problems) as problem_count
      from publishing_publication p
      join connections_connection c on c.id = p.connection_id
     where p.tenant_id = %s and p.listing_id = any(%s)
     order by p.id"""


def application(dsn: str, tenant_id: str) -> Starlette:
    """One endpoint, `/listings?limit=`."""
    pool: ConnectionPool[Any] = ConnectionPool(
        dsn,
        min_size=THREADS,
        max_size=THREADS,
        open=False,
        kwargs={"autocommit": True, "row_factory": dict_row},
    )

    def listings(request: Request) -> Response:
        with pool.connection() as database:
            rows = database.execute(LISTINGS, [tenant_id, int(request.query_params["limit"])]).fetchall()
            chips = database.execute(PUBLICATIONS, [tenant_id, [row["id"] for row in rows]]).fetchall()
        by_listing: dict[Any, list[Any]] = {}
        for chip in chips:
            by_listing.setdefault(chip["listing_id"], []).append(chip)
        for row in rows:
            row["publications"] = by_listing.get(row["id"], [])
        return Response(orjson.dumps({"items": rows}), media_type="application/json")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        pool.open(wait=True)
        yield
        pool.close()

    return Starlette(routes=[Route("/listings", listings)], lifespan=lifespan)


def main() -> None:
    """Serves until SIGTERM."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(application(sys.argv[1], sys.argv[2]), log_level="warning", access_log=False)
    uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
