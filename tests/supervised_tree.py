"""A supervisor in a process of its own, for `test_supervisor.py` to kill: `supervised_tree.py DATA_FOLDER`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from kontor.supervisor import Supervisor

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background ignores it
try:
    with Supervisor(Path(sys.argv[1]), port=0, say=lambda line: print(line, file=sys.stderr)) as tree:
        print("up", tree.web_url, flush=True)
        tree.wait()
except KeyboardInterrupt:
    print("stopped", flush=True)
