"""The token buckets that all web processes share (`core.http.limits`)."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection

from kontor.core.http.limits import WINDOW_SECONDS, Granted, Policy

# One statement, so that two processes never count on the same tokens. `paid_at` is when the bucket is full again (Unix
# seconds): each token that is taken moves it, and it may be a window ahead at most.
TAKE: Final = """
insert into accounts_ratebucket as bucket (name, paid_at, granted)
values (%(name)s, %(now)s + %(wanted)s * %(each)s, %(wanted)s)
on conflict (name) do update set
    granted = least(%(wanted)s, greatest(floor(
        (%(now)s + %(window)s - greatest(bucket.paid_at, %(now)s)) / %(each)s + 1e-6), 0)),
    paid_at = greatest(bucket.paid_at, %(now)s) + %(each)s * least(%(wanted)s, greatest(floor(
        (%(now)s + %(window)s - greatest(bucket.paid_at, %(now)s)) / %(each)s + 1e-6), 0))
returning granted, paid_at - %(now)s
""".replace("%(now)s", "extract(epoch from statement_timestamp())::double precision")
FORGET: Final = (
    "delete from accounts_ratebucket where paid_at < extract(epoch from statement_timestamp()) - 3600"
)


def take(name: str, policy: Policy, wanted: int) -> Granted:
    """Takes up to `wanted` tokens of the bucket `name`."""
    values: dict[str, float | bytes] = {
        "name": hashlib.sha256(name.encode("utf-8", "replace")).digest(),
        "wanted": min(wanted, policy.quota),
        "each": policy.seconds_each,
        "window": WINDOW_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        tokens, debt_seconds = cursor.fetchone()
    return Granted(int(tokens), float(debt_seconds))


def forget() -> None:
    """Takes away the buckets that have long been full."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
