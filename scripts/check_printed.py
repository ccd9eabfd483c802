"""Files that our own commands print are what the commands print now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRINTED = {
    "web/openapi.json": ("kontor", "openapi"),
    ".env.example": ("kontor", "settings"),
    "docs/settings.md": ("kontor", "settings", "--format", "markdown"),
    "docs/channels/immoscout24.md": ("kontor.channels.immoscout24.table",),
    "docs/channels/openimmo.md": ("kontor.properties.openimmo.table",),
    "docs/law.md": ("kontor.properties.law.table",),
}


def main() -> None:
    """Compares each; `--write` brings them up to date instead."""
    old = []
    for name, words in PRINTED.items():
        printed = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        file = ROOT / name
        if "--write" in sys.argv:
            file.write_text(printed)
        elif not file.exists() or file.read_text() != printed:
            old.append(
                f"{name} is old: run `make printed` (it is what `python -m {' '.join(words)}` prints)."
            )
    print("\n".join(old) if old else "Printed files are up to date.")
    sys.exit(bool(old))


if __name__ == "__main__":
    main()
