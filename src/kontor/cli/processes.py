"""The processes of an installation, and all of them at once as a demo."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import suppress

from kontor.cli.ground import Command, database_at_hand, django_ready, refuse_unsafe
from kontor.core.installation import data_folder

HTTP_PORT = 8000


def declare(command: Command) -> None:
    """Adds `demo`, `serve`, `worker` and `sandbox`."""
    demo_words = command(
        "demo", demo, "run everything here, with a filled shop and a played eBay", add_help=False
    )
    demo_words.add_argument(
        "--once", action="store_true", help="play the whole story without a person, and report"
    )
    demo_words.add_argument(
        "--port", type=int, help="port of the web UI; without it 8000 if free, else a free one"
    )
    demo_words.add_argument("-h", "--help", action="store_true")
    demo_words.set_defaults(passes_rest=True)
    serve_words = command("serve", serve, "answer HTTP and sockets: API, web UI, live events")
    serve_words.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve_words.add_argument("--port", type=int, default=HTTP_PORT, help=f"port to listen on ({HTTP_PORT})")
    serve_words.add_argument("--fd", type=int, help="listen on this inherited socket instead")
    worker_words = command("worker", worker, "run jobs; start as many as you like, on any machine")
    worker_words.add_argument("--threads", type=int, help="jobs at a time (KONTOR_JOB_THREADS)")
    sandbox_words = command("sandbox", sandbox, "play the channels over HTTP")
    sandbox_words.add_argument("--host", default="127.0.0.1")
    sandbox_words.add_argument("--port", default="8010", help="0 takes a free one")


def demo(arguments: argparse.Namespace) -> None:
    """The supervised tree with a filled shop; `--once` hands over to the story."""
    if arguments.once:
        from kontor.demo.once import main as once

        once([*(["--help"] if arguments.help else []), *arguments.rest])
        return
    if arguments.help or arguments.rest:
        print("usage: kontor demo [--port PORT]\n       kontor demo --once [--help] …")
        raise SystemExit(0 if arguments.help else 2)
    from kontor.demo.running import run

    run(arguments.port)


def serve(arguments: argparse.Namespace) -> None:
    """One ASGI process."""
    with database_at_hand():
        import socket

        import uvicorn

        from kontor.core.config import settings

        refuse_unsafe()
        config = uvicorn.Config(
            "kontor.asgi:application",
            forwarded_allow_ips=settings().forwarded_allow_ips,
            host=arguments.host,
            port=arguments.port,
            log_config=None,  # ours, from Django's settings
            log_level=settings().log_level.lower(),
            access_log=settings().log_level == "DEBUG",
            timeout_graceful_shutdown=5,
            server_header=False,
        )
        # uvicorn's own `fd` takes every socket for a Unix one: no TCP_NODELAY (40 ms more per answer), no client address.
        inherited = None if arguments.fd is None else [socket.socket(fileno=arguments.fd)]
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):
            server.run(inherited)
    if not server.started:
        raise SystemExit(3)


def worker(arguments: argparse.Namespace) -> None:
    """Runs until SIGTERM or Ctrl-C; what is running then is finished first."""
    with database_at_hand():
        django_ready()
        refuse_unsafe()
        from kontor.jobs.worker import Worker

        worker = Worker(arguments.threads)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.ask_to_stop())
        with worker:
            worker.wait()


def sandbox(arguments: argparse.Namespace) -> None:
    """Becomes the sandbox's own program, which knows nothing of Kontor."""
    data = data_folder() / "sandbox"
    data.mkdir(parents=True, exist_ok=True)
    words = [
        "-m",
        "kontor_sandbox",
        "--host",
        arguments.host,
        "--port",
        str(arguments.port),
        "--data",
        str(data),
    ]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  # the kernel's word about our parent outlives it
