"""Proves that the suite notices: breaks each guarded behaviour on purpose and expects its test to fail.

    python -m tests.contract.mutations [name ...]

Each mutant runs the tests that guard it in a process of its own, against one shared sandbox. A mutant that survives is
an error: either the behaviour is not guarded, or the test can't fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.contract.fixtures import MUTATION_VARIABLE
from tests.contract.mutants import MUTANTS, Mutant
from tests.contract.sandbox import ADDRESS_VARIABLE, ROOT, running

FAILED = 1
"""pytest's exit status where tests ran and some failed; any other one than 0 is a broken run."""


def main(names: list[str]) -> int:
    """Exit status 0 when every mutant was noticed."""
    chosen = names or list(MUTANTS)
    survivors: list[str] = []
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as sandbox:
        for name in chosen:
            started = time.monotonic()
            noticed = _noticed(name, MUTANTS[name], sandbox.address)
            took = time.monotonic() - started
            print(
                f"{'noticed ' if noticed else 'SURVIVED'} {name}: {MUTANTS[name].breaks} ({took:.1f} s)",
                flush=True,
            )
            if not noticed:
                survivors.append(name)
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} mutants were noticed")
    return 1 if survivors else 0


def _noticed(name: str, mutant: Mutant, sandbox: str) -> bool:
    file, _, test = mutant.noticed_by.partition("::")
    command = [sys.executable, "-m", "pytest", "--without-database", "-x", "-q", "-p", "no:cacheprovider"]
    finished = subprocess.run(
        [*command, file, "-k", test],
        cwd=ROOT,
        env=os.environ | {MUTATION_VARIABLE: name, ADDRESS_VARIABLE: sandbox},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode not in {0, FAILED}:
        raise SystemExit(f"{name}: pytest could not run\n{finished.stdout[-2000:]}{finished.stderr[-2000:]}")
    return finished.returncode == FAILED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
