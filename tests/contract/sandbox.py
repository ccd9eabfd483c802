"""The bundled sandbox as a process of the test run, and its control API."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 20.0
ADDRESS_VARIABLE = "KONTOR_CONTRACT_SANDBOX"
"""A sandbox that runs already, where several runs share one (see mutations.py)."""


class Sandbox:
    """A running sandbox: the base address of its hosts, its faults and its truth."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = httpx2.Client(base_url=f"{address}/_sandbox/api", timeout=30.0)

    def host(self, name: str) -> str:
        """The base address that plays one of a channel's hosts."""
        return f"{self.address}/_hosts/{name}"

    def get(self, path: str, **params: Any) -> Any:
        """A read of the control API."""
        response = self._client.get(path, params=params)
        response.raise_for_status()
        return response.json()

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A change by the control API."""
        response = self._client.post(path, json=dict(body or {}))
        response.raise_for_status()
        return response.json() if response.content else None

    def delete(self, path: str) -> None:
        """Takes something of the control API back."""
        self._client.delete(path).raise_for_status()


@contextmanager
def running(folder: Path) -> Iterator[Sandbox]:
    """The sandbox that the environment names, else one of our own for as long as the block lasts."""
    if address := os.environ.get(ADDRESS_VARIABLE):
        yield Sandbox(address)
        return
    port_file = folder / "port"
    specifications = ROOT.parent / "shared" / "specs" / "ebay"
    command = [sys.executable, "-m", "kontor_sandbox", "--port", "0", "--data", str(folder / "data")]
    command += ["--port-file", str(port_file)]
    if specifications.is_dir():
        command += ["--specs", str(specifications)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        address = _address(process, port_file, folder / "log")
        yield Sandbox(address)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _address(process: subprocess.Popen[bytes], port_file: Path, log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the sandbox ended at once:\n{log.read_text()[-2000:]}")
        if port_file.is_file() and (port := port_file.read_text().strip()):
            address = f"http://127.0.0.1:{port}"
            try:
                if httpx2.get(f"{address}/_sandbox/api/faults", timeout=1.0).is_success:
                    return address
            except httpx2.TransportError:
                pass
        time.sleep(0.05)
    raise AssertionError(f"the sandbox does not answer:\n{log.read_text()[-2000:]}")
