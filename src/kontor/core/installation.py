"""What an installation has before it has settings: its data folder, and the keys that nobody gave it."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path


def data_folder() -> Path:
    """KONTOR_DATA; without it /var/lib/kontor for root, and what the account keeps its programs' data in for others.

    (Root's own home is closed to the account that PostgreSQL runs as.)
    """
    if given := os.environ.get("KONTOR_DATA"):
        return Path(given).expanduser()
    if os.geteuid() == 0:
        return Path("/var/lib/kontor")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "kontor"


def kept_keys(data_dir: Path) -> dict[str, str]:
    """SECRET_KEY and JWT_SECRET_KEY of an installation to which nobody gave any: made once, kept in the data folder."""
    file = data_dir / "keys.json"
    if not file.exists():
        made = {name: secrets.token_urlsafe(64) for name in ("SECRET_KEY", "JWT_SECRET_KEY")}
        new = file.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(json.dumps(made))
        with suppress(FileExistsError):  # another process was first: its keys stand
            os.link(new, file)
        new.unlink()
    found: dict[str, str] = json.loads(file.read_text())
    return found
