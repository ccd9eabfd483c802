"""`/metrics` for Prometheus: there for a token or for named addresses, and for nobody where neither is set.

No label names a business, a person or a thing. Requests, sockets and the pool are this web process's own; jobs and
channels' calls are the whole installation's, whichever web process is asked.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from ipaddress import ip_address, ip_network
from typing import Final

from django.db import connection
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from kontor.channels.transport import figures
from kontor.core.config import settings
from kontor.core.http.place import here
from kontor.core.http.problems import NoPath
from kontor.jobs.claims import sweeping
from kontor.jobs.models import Lane

# Each count is read from the partial index of its state.
WAITING: Final = """
select lane, count(*), coalesce(extract(epoch from clock_timestamp() - min(run_at)), 0)
  from jobs_job where status = 'waiting' and run_at <= clock_timestamp() group by lane
"""
LATER: Final = """
select lane, count(*) from jobs_job where status = 'waiting' and run_at > clock_timestamp() group by lane
"""
RUNNING: Final = (
    "select lane, count(*) from jobs_job where status = 'leased' and leased_until is not null group by lane"
)
BREAKERS: Final = "select key from transport_breaker where open_until > clock_timestamp()"


def page(request: Request) -> Response:
    """The figures. Raises NoPath for who may not read them: to them they are not there."""
    if not may_read(request.headers, here().address):
        raise NoPath
    return Response(generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


def may_read(headers: Headers, address: str) -> bool:
    """Whether the request carries METRICS_TOKEN, or comes from METRICS_ALLOWED_IPS."""
    token = settings().metrics_token.get_secret_value()
    kind, _, given = headers.get("authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return True
    return _is_named(address, settings().metrics_allowed_ips)


def _is_named(address: str, networks: Sequence[str]) -> bool:
    try:
        caller = ip_address(address)
    except ValueError:
        return False
    return any(caller in ip_network(each) for each in networks)


class House(Collector):
    """What is asked of the database and the pool at the moment of reading."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: Prometheus would ask the database when this is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Jobs by lane and state, the age of the oldest, channels' hosts that rest, their calls, and the pool."""
        yield from _jobs()
        yield from _channels()
        yield from _pool()

    def __repr__(self) -> str:
        return "kontor.metrics.House()"


def _jobs() -> Iterator[GaugeMetricFamily]:
    with sweeping() as cursor:
        cursor.execute(WAITING)
        due = {lane: (count, age) for lane, count, age in cursor.fetchall()}
        cursor.execute(LATER)
        later = dict(cursor.fetchall())
        cursor.execute(RUNNING)
        running = dict(cursor.fetchall())
    jobs = GaugeMetricFamily("kontor_jobs", "Jobs by lane and state.", labels=("lane", "state"))
    oldest = GaugeMetricFamily(
        "kontor_jobs_oldest_due_seconds", "How long the oldest due job of a lane waits.", labels=("lane",)
    )
    for lane in Lane:
        count, age = due.get(lane, (0, 0))
        jobs.add_metric((lane, "due"), count)
        jobs.add_metric((lane, "later"), later.get(lane, 0))
        jobs.add_metric((lane, "running"), running.get(lane, 0))
        oldest.add_metric((lane,), float(age))
    yield jobs
    yield oldest


def _channels() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(BREAKERS)
        resting = [key for (key,) in cursor.fetchall()]
    breakers = GaugeMetricFamily(
        "kontor_channel_resting", "Channels' hosts that are not called because they failed.", labels=("host",)
    )
    for host in resting:
        breakers.add_metric((host,), 1)
    yield breakers
    yield _histogram(
        figures.Kind.CALL,
        "kontor_channel_call_seconds",
        "Calls to channels by operation and outcome (a status, or why no answer came), and how long they took.",
        ("channel", "operation", "outcome"),
    )
    yield _histogram(
        figures.Kind.WAIT,
        "kontor_channel_wait_seconds",
        "Waits for a channel's limit before a call, by what is limited; put_off: the job comes back later.",
        ("channel", "resource", "outcome"),
    )


def _histogram(
    kind: figures.Kind, name: str, words: str, labels: tuple[str, str, str]
) -> HistogramMetricFamily:
    family = HistogramMetricFamily(name, words, labels=labels)
    for row in figures.read(kind):
        buckets = [
            (str(bound), count) for bound, count in zip(figures.BOUNDS_SECONDS, row.within, strict=True)
        ]
        family.add_metric(
            (row.channel, row.operation, row.outcome), [*buckets, ("+Inf", row.count)], row.seconds
        )
    return family


def _pool() -> Iterator[GaugeMetricFamily]:
    found = getattr(connection, "pool", None)
    if found is None:
        return
    stats = found.get_stats()
    pool = GaugeMetricFamily("kontor_database_pool", "Connections of this process.", labels=("state",))
    size, free = stats.get("pool_size", 0), stats.get("pool_available", 0)
    pool.add_metric(("used",), size - free)
    pool.add_metric(("free",), free)
    pool.add_metric(("most",), stats.get("pool_max", 0))
    pool.add_metric(("waited_for",), stats.get("requests_waiting", 0))
    yield pool


REGISTRY.register(House())
