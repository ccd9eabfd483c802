"""`kontor demo`: the supervised tree with a filled shop, until somebody ends it."""

from __future__ import annotations

import os
import signal
import time
from typing import NoReturn

from kontor.core.installation import data_folder
from kontor.demo.log_in import LOG_IN, LogIn, is_filled
from kontor.supervisor import Supervisor


def run(port: int | None) -> None:
    """Returns after Ctrl-C or SIGTERM, when all of it has ended. Raises SupervisorError, PostgresError."""
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupt)
    with Supervisor(data_folder(), port=port, say=lambda line: print(line, flush=True)) as tree:
        try:
            _greet(tree, _filled(tree), time.monotonic() - begun)
            tree.wait()
        except KeyboardInterrupt:
            print("\nStopping…", flush=True)
    print("Stopped. Your data is kept; `make demo` goes on with it.", flush=True)


def _filled(tree: Supervisor) -> LogIn:
    if is_filled(tree.environment["DATABASE_URL"]):
        return LOG_IN
    os.environ.update(tree.environment)
    import django

    django.setup()
    from kontor.demo import fill

    return fill()


def _greet(tree: Supervisor, log_in: LogIn, seconds: float) -> None:
    print(
        f"""
Kontor is ready after {seconds:.1f} s.

  Web UI     {tree.web_url}
  Log in     {log_in.email}  /  {log_in.password}
  API        {tree.web_url}/docs
  Sandbox    {tree.sandbox_url}/_sandbox/   (plays eBay: press Buy there)
  Data       {tree.data_dir}   (logs in logs/)

Ctrl-C stops all of it.""",
        flush=True,
    )


def _interrupt(*_: object) -> NoReturn:
    """SIGTERM ends like Ctrl-C: in order."""
    raise KeyboardInterrupt
