"""Who is writing what at this very moment."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class BeingWritten:
    """The keys (a SKU, a group) that some request is writing at this very moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[str] = set()

    @contextmanager
    def claim(self, keys: Iterable[str]) -> Iterator[frozenset[str]]:
        """Claim keys for the time of a request; yields those that another request holds already."""
        wanted = set(keys)
        with self._lock:
            taken = frozenset(wanted & self._keys)
            mine = wanted - taken
            self._keys |= mine
        try:
            yield taken
        finally:
            with self._lock:
                self._keys -= mine
