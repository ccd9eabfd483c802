"""Sends recorded calls again, bare: the same calls, as many threads, and nothing of Kontor around them.

A call leaves as soon as those were answered that wrote what it names (an article, an offer, a picture). Ids that the
second sandbox gives are put in place of those that the first one gave.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import httpx2

from benchmarks.sandbox import Sandbox

NAMES: Final = frozenset({"sku", "offerId", "listingId", "imageUrl", "imageUrls", "inventoryItemGroupKey"})
PICTURES: Final = "/image/create_image_from_file"
PICTURES_AT_ONCE, PICTURE_SECONDS = 50, 5.0  # the Media API's limit
OURS_TO_SEND: Final = ("content-type", "content-language", "accept-language", "accept")


@dataclass(slots=True)
class Step:
    """One recorded call, and the calls that must be answered before it."""

    row: dict[str, Any]
    names: set[str]
    after: set[int] = field(default_factory=set)

    @property
    def is_picture(self) -> bool:
        """An upload; these have a limit of their own."""
        return str(self.row["path"]).endswith(PICTURES)

    @property
    def is_read(self) -> bool:
        """It changes nothing, whatever its method."""
        return self.row["method"] == "GET" or "/bulk_get_" in self.row["path"]


class Replay:
    """One repetition of `calls` on `sandbox`. `pictures` are files to upload in place of those that were."""

    def __init__(
        self, sandbox: Sandbox, token: str, calls: Sequence[dict[str, Any]], pictures: Sequence[bytes]
    ) -> None:
        self._url, self._token, self._pictures = sandbox.url, token, pictures
        self._steps = _ordered(calls)
        self._waiting = list(range(len(self._steps)))
        self._done: set[int] = set()
        self._uploads: deque[float] = (
            deque()
        )  # when the last ones were answered; those under way are in the future
        self._ids: dict[str, str] = {}
        self._changed = threading.Condition()

    def run(self, *, threads: int) -> float:
        """Seconds for all of them. Raises RuntimeError where an answer differs from the recorded one."""
        begun = time.perf_counter()
        with httpx2.Client(timeout=60, trust_env=False) as client, ThreadPoolExecutor(threads) as pool:
            for worker in [pool.submit(self._work, client) for _ in range(threads)]:
                worker.result()
        return time.perf_counter() - begun

    def _work(self, client: httpx2.Client) -> None:
        while (number := self._next()) is not None:
            try:
                self._send(client, number)
            except BaseException:
                with self._changed:
                    self._waiting.clear()  # the others end too
                    self._changed.notify_all()
                raise

    def _next(self) -> int | None:
        """The first call that may leave; waits for one. None when all have left."""
        with self._changed:
            while self._waiting:
                number = next((n for n in self._waiting if self._may_leave(n)), None)
                if number is None:
                    self._changed.wait(0.02)
                    continue
                self._waiting.remove(number)
                if self._steps[number].is_picture:
                    self._uploads.append(float("inf"))
                return number
        return None

    def _may_leave(self, number: int) -> bool:
        step = self._steps[number]
        if not step.after <= self._done:
            return False
        while step.is_picture and self._uploads and self._uploads[0] < time.monotonic() - PICTURE_SECONDS:
            self._uploads.popleft()
        return not step.is_picture or len(self._uploads) < PICTURES_AT_ONCE

    def _send(self, client: httpx2.Client, number: int) -> None:
        step, row = self._steps[number], self._steps[number].row
        path, query, body = (
            _renamed(str(row[part]), step.names, self._ids) for part in ("path", "query", "body")
        )
        headers = {name: row["headers"][name] for name in OURS_TO_SEND if name in row["headers"]}
        headers["authorization"] = f"Bearer {self._token}"
        files = None
        if step.is_picture:
            del headers["content-type"]
            files = {"image": ("picture.jpg", self._pictures[number % len(self._pictures)], "image/jpeg")}
        host = f"/_hosts/{row['host']}" if row["host"] else ""
        url = f"{self._url}{host}{quote(path)}" + (f"?{query}" if query else "")
        answer = client.request(
            row["method"], url, headers=headers, content=None if files else body, files=files
        )
        if answer.status_code != row["status"]:
            raise RuntimeError(
                f"{row['method']} {path}: {answer.status_code}, recorded {row['status']}: {answer.text}"
            )
        with self._changed:
            if step.is_picture:
                self._uploads.remove(float("inf"))
                self._uploads.append(time.monotonic())
                self._uploads = deque(sorted(self._uploads))
            self._ids |= dict(_pairs(_json(row["answer"]), _json(answer.text)))
            self._done.add(number)
            self._changed.notify_all()


def _ordered(calls: Sequence[dict[str, Any]]) -> list[Step]:
    """Each call waits for the last write of everything that it names."""
    steps: list[Step] = []
    written: dict[str, int] = {}
    for number, row in enumerate(calls):
        asked = (
            set(_named(_json(row["body"]))) | set(row["path"].split("/")) | {row["query"].rpartition("=")[2]}
        )
        step = Step(row, asked, {written[name] for name in asked & written.keys()})
        steps.append(step)
        if not step.is_read:
            written |= dict.fromkeys(
                set(_named(_json(row["body"]))) | set(_named(_json(row["answer"]))), number
            )
    return steps


def _renamed(text: str, names: AbstractSet[str], ids: Mapping[str, str]) -> str:
    """With this sandbox's ids, all at once: one of them may be another's recorded name."""
    known = sorted(names & ids.keys(), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, known)), lambda match: ids[match[0]], text) if known else text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _named(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _named(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each, name)
    elif isinstance(value, str) and name in NAMES:
        yield value


def _pairs(recorded: Any, found: Any) -> Iterator[tuple[str, str]]:
    """Ids at the same place of both answers."""
    return (pair for pair in zip(_named(recorded), _named(found), strict=False) if pair[0] != pair[1])
