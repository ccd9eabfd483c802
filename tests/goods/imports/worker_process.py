"""A real worker process for `test_worker.py`: imports in small chunks, until it is killed."""

from __future__ import annotations

import sys

import django

django.setup()

from kontor.goods.imports import chunks  # noqa: E402
from kontor.jobs.worker import Worker  # noqa: E402

chunks.DRAFTS = 5  # type: ignore[misc]

with Worker(2, kinds=["imports.run"]):
    print("up", flush=True)
    sys.stdin.read()
