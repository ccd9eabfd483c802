"""Logging in, against the one thing in it that must be slow: Argon2 over the password, as many at a time."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx2

from benchmarks import figures, house

AT_A_TIME: Final = 4


def run(*, is_quick: bool) -> None:
    """Each of some people logs in again and again; the bare side verifies the same password in as many threads."""
    figures.title("login", f"{AT_A_TIME} people at a time")
    each, rounds = (5, 3) if is_quick else (12, 5)
    password = secrets.token_urlsafe(18)
    with house.folder() as folder, house.tree(folder / "data") as tree:
        from django.contrib.auth.hashers import check_password, make_password

        kept = make_password(password)
        emails = [house.register_person(tree.web_url, password) for _ in range(AT_A_TIME)]
        with httpx2.Client(base_url=tree.web_url, timeout=60) as client:

            def log_in(person: int) -> None:
                body = {"email": emails[person], "password": password}
                client.post("/api/v1/auth/login", json=body).raise_for_status()

            def verify(_: int) -> None:
                if not check_password(password, kept):
                    raise RuntimeError("the password is right")

            found = [(_p95(log_in, each), _p95(verify, each)) for _ in range(rounds)]
    figures.rounds("Kontor, 95th percentile", [1000 * ours for ours, _ in found], "ms")
    figures.rounds("Argon2 alone, 95th percentile", [1000 * bare for _, bare in found], "ms")
    figures.ratio("ratio", found, at_most=1.3)


def _p95(act: Callable[[int], None], each: int) -> float:
    """Seconds that 95 of 100 acts need at most, with AT_A_TIME of them under way all the while."""

    def repeatedly(person: int) -> list[float]:
        return [_timed(act, person) for _ in range(each)]

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        seconds = [one for some in pool.map(repeatedly, range(AT_A_TIME)) for one in some]
    return statistics.quantiles(seconds, n=20)[-1]


def _timed(act: Callable[[int], None], person: int) -> float:
    begun = time.perf_counter()
    act(person)
    return time.perf_counter() - begun
