"""Makes this repository importable in the virtual environment that runs this, and puts `kontor` on its PATH.

What `pip install --no-deps -e .` does, without asking any index for a build tool that no lock file names.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"


def main() -> None:
    """Writes one .pth file and one script."""
    (Path(sysconfig.get_path("purelib")) / "kontor.pth").write_text(f"{SOURCE}\n")
    script = Path(sysconfig.get_path("scripts")) / "kontor"
    script.write_text(f"#!{sys.executable}\nfrom kontor.cli import main\n\nmain()\n")
    script.chmod(0o755)


if __name__ == "__main__":
    main()
