"""`python -m benchmarks [NAME…] [--quick]`: each benchmark in a process of its own, one after the other."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import signal
import subprocess
import sys
from typing import Final, NoReturn

import psutil

NAMES: Final = ("start", "memory", "listings", "tenancy", "login", "import", "publish")
MODULES: Final = {name: f"benchmarks.{name}" for name in NAMES} | {"import": "benchmarks.imports"}
OURS_TO_CHOOSE: Final = ("KONTOR_", "DATABASE_", "EBAY_", "JWT_", "SECRET_KEY", "VAULT_KEYS", "PUBLIC_URL")


def main() -> None:
    """Runs what is named, or everything. Ends with 1 only where a benchmark could not be measured."""
    arguments = _arguments()
    signal.signal(
        signal.SIGTERM, _interrupt
    )  # ends like Ctrl-C: what was started is ended, folders are removed
    names: list[str] = arguments.names or list(NAMES)
    if arguments.inner:
        importlib.import_module(MODULES[names[0]]).run(is_quick=arguments.quick)
        return
    print(_machine(), flush=True)
    if arguments.quick:
        print("Quick: small numbers and few rounds. For a look, not for a judgement.", flush=True)
    failed = [name for name in names if _run(name, is_quick=arguments.quick)]
    if failed:
        raise SystemExit(f"Could not be measured: {', '.join(failed)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=(*NAMES, []), metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="under 20 seconds each, and less to be trusted")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(name: str, *, is_quick: bool) -> int:
    """The exit status. An installation that this shell points at is none of the benchmark's business."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(OURS_TO_CHOOSE)}
    command = [sys.executable, "-m", "benchmarks", name, "--inner", *(["--quick"] if is_quick else [])]
    child = subprocess.Popen(command, env=environment | {"LOG_LEVEL": "WARNING"})
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.send_signal(signal.SIGTERM)
        child.wait()
        raise SystemExit(130) from None


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[0]
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; load before the run {load:.1f}"
    )


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
