"""Starting and ending the program: in a process of its own, or in a thread for tests."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kontor_sandbox.app import build
from kontor_sandbox.ebay.channel import Ebay
from kontor_sandbox.is24.channel import ImmobilienScout24
from kontor_sandbox.world import World, Worlds

START_SECONDS = 20


class DroppingProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it; the application may also close the connection without an answer."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"]["drop_connection"] = self.transport.abort


def find_specs() -> Path | None:
    """The marketplaces' OpenAPI files beside the repository, where somebody put them."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "specs" / "ebay"
    return beside if beside.is_dir() else None


def make_worlds(data: Path, specs: Path | None) -> Worlds:
    """One sandbox's state: a world for each channel it plays, with a store, faults and a clock of its own."""
    return Worlds(
        ebay=World(data=data, channels=(Ebay(specs),), specs=specs),
        is24=World(data=data / "immoscout24", channels=(ImmobilienScout24(),)),
    )


def make_server(worlds: Worlds, host: str, port: int) -> tuple[uvicorn.Server, socket.socket]:
    """A server on an open socket; port 0 takes a free one. Each world's ``public_url`` is set by this."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    shown = f"[{host}]" if ":" in host else host
    for world in worlds:
        world.public_url = f"http://{shown}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        build(worlds),
        http=DroppingProtocol,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        backlog=2048,
    )
    return uvicorn.Server(config), listener


@dataclass
class RunningSandbox:
    """A sandbox that runs in a thread of this process."""

    url: str
    worlds: Worlds
    _server: uvicorn.Server
    _thread: threading.Thread

    @property
    def world(self) -> World:
        """eBay's world."""
        return self.worlds.ebay

    def stop(self) -> None:
        """End it; the folder keeps everything."""
        self._server.should_exit = True
        self._thread.join(START_SECONDS)
        for world in self.worlds:
            world.store.close()


def start(
    data_dir: Path | str, *, port: int = 0, host: str = "127.0.0.1", specs: Path | None = None
) -> RunningSandbox:
    """Start a sandbox in a thread and return when it answers; raises TimeoutError if it does not."""
    worlds = make_worlds(Path(data_dir), specs or find_specs())
    server, listener = make_server(worlds, host, port)
    thread = threading.Thread(target=server.run, args=([listener],), name="kontor-sandbox", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise TimeoutError("The sandbox did not start.")
        time.sleep(0.005)
    return RunningSandbox(worlds.ebay.public_url, worlds, server, thread)
