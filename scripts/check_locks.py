"""Lock files name packages and hashes, and no address: they install from whatever index a machine uses."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Prints each address and ends with status 1 where there is one."""
    found = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted(ROOT.glob("requirements*.txt"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if "://" in line or line.startswith(("-i", "--index", "--extra-index", "--find-links"))
    ]
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    found += [f"package-lock.json: {where}" for where in addresses(lock)]
    print("\n".join(found) if found else "The lock files carry no address.")
    sys.exit(bool(found))


def addresses(value: Any, where: str = "") -> Iterator[str]:
    """Everything with `://` that is not the link to a donation page."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "funding":
                yield from addresses(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner, where)
    elif isinstance(value, str) and "://" in value:
        yield f"{where}: {value}"


if __name__ == "__main__":
    main()
