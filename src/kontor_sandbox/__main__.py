"""``python -m kontor_sandbox --port 0 --data DIR``: the sandbox as a process of its own."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from kontor_sandbox.server import find_specs, make_server, make_worlds


def main() -> None:
    """Serve until SIGTERM or Ctrl-C; one line with the address is printed when it answers."""
    arguments = _arguments()
    named = arguments.specs or os.environ.get("KONTOR_SANDBOX_SPECS")
    specs = Path(named) if named else find_specs()
    if specs is not None and not specs.is_dir():
        raise SystemExit(f"There is no folder {specs} with the marketplace's OpenAPI files.")
    worlds = make_worlds(arguments.data, specs)
    server, listener = make_server(worlds, arguments.host, arguments.port)
    signal.signal(signal.SIGTERM, _end)
    public_url = worlds.ebay.public_url
    if arguments.port_file:
        arguments.port_file.write_text(public_url.rsplit(":", 1)[1] + "\n")
    listener.listen()
    print(f"Kontor sandbox: {public_url}  (control page {public_url}/_sandbox/)", flush=True)
    if specs is None:
        print("No OpenAPI files found: requests are not checked against them.", file=sys.stderr, flush=True)
    server.run([listener])


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m kontor_sandbox", description="Plays the channels over HTTP."
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder for everything that must be remembered"
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port-file", type=Path, help="write the port here")
    parser.add_argument(
        "--specs", help="folder with the marketplaces' OpenAPI files (or KONTOR_SANDBOX_SPECS)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
