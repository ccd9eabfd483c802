"""A real worker process for `test_worker.py`: each job says when it begins and when it ends, in a table of the test."""

from __future__ import annotations

import os
import sys
import threading

import django

django.setup()

from django.db import connection  # noqa: E402

from kontor.jobs.registry import handler  # noqa: E402
from kontor.jobs.run import JobRun  # noqa: E402
from kontor.jobs.worker import Worker  # noqa: E402

WORK_SECONDS = float(sys.argv[1])


def say(run: JobRun, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into test_diary values (%s, %s, %s)", [run.payload["n"], what, os.getpid()])


@handler("test.step")
def step(run: JobRun) -> None:
    """Long enough to be killed in the middle of."""
    say(run, "begin")
    threading.Event().wait(WORK_SECONDS)
    say(run, "end")


with Worker(4, kinds=["test.step"]):
    print("up", flush=True)
    sys.stdin.read()
