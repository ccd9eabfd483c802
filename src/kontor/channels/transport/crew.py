"""Threads that help out: calls that may leave side by side, and work that is done ahead of its turn.

Each thread gives its database connection back after a piece of work. Both crews are small: together with a worker's own
threads they must fit into the pool of database connections.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Final, TypeVar

from django.db import connections

T = TypeVar("T")

CALLERS: Final = 6  # of one process, whoever asks; the thread that asks works too
AHEAD: Final = 2

_lock = threading.Lock()
_crews: dict[tuple[int, str], ThreadPoolExecutor] = {}


def side_by_side(asks: Sequence[Callable[[], T]]) -> list[T]:
    """The answers in the order of `asks`. After an error nothing new leaves; it is raised when all have come back."""
    found: dict[int, T] = {}
    waiting = iter(range(len(asks)))
    failed = threading.Event()

    def work() -> None:
        try:
            while not failed.is_set():
                with _lock:
                    number = next(waiting, None)
                if number is None:
                    return
                found[number] = asks[number]()
        except BaseException:
            failed.set()
            raise

    helpers = [_start("calls", CALLERS, work) for _ in range(min(CALLERS, len(asks) - 1))]
    try:
        work()
    finally:
        errors = [helper.exception() for helper in helpers if not helper.cancel()]
    for error in errors:
        if error is not None:
            raise error
    return [found[number] for number in range(len(asks))]


def ahead(work: Callable[[], None]) -> Future[None]:
    """Does `work` when there is a thread for it; cancel the future where its turn came first."""
    return _start("ahead", AHEAD, work)


def _start(name: str, threads: int, work: Callable[[], None]) -> Future[None]:
    def worked() -> None:
        try:
            work()
        finally:
            connections.close_all()

    return _crew(name, threads).submit(copy_context().run, worked)


def _crew(name: str, threads: int) -> ThreadPoolExecutor:
    key = (os.getpid(), name)  # a forked child has none of its parent's threads
    with _lock:
        if key not in _crews:
            _crews[key] = ThreadPoolExecutor(threads, thread_name_prefix=name)
        return _crews[key]
