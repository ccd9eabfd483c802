"""The whole tree in a process of its own, as `kontor demo` runs it: `python -m benchmarks.tree DATA_FOLDER`.

Prints its address when everything answers; ends in order on SIGTERM.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from kontor.supervisor import Supervisor


def main() -> None:
    """Runs until SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Supervisor(
            Path(sys.argv[1]), port=0, say=lambda line: print(line, file=sys.stderr)
        ) as supervisor:
            print(supervisor.web_url, flush=True)
            supervisor.wait()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
