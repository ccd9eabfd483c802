"""What each request took, for `/metrics`: by route template, so that no id and no tenant ever becomes a label."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Histogram
from starlette.exceptions import HTTPException

from kontor.core.errors import KontorError

REQUESTS = Histogram(
    "kontor_http_request_seconds",
    "Requests by route and status, and how long they took.",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class Measured:
    """One request; `status` is what was answered."""

    status = 500


@contextmanager
def measured(method: str, route: str) -> Iterator[Measured]:
    """Counts the request of the block, a refused one by its status."""
    one, began = Measured(), time.perf_counter()
    try:
        yield one
    except (KontorError, HTTPException) as error:
        one.status = error.status if isinstance(error, KontorError) else error.status_code
        raise
    finally:
        REQUESTS.labels(method, route, str(one.status)).observe(time.perf_counter() - began)
