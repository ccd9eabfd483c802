"""Every relative link and picture in our Markdown leads somewhere, headings included."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.M)


def main() -> None:
    """Prints each dead link and ends with status 1 where there is one."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    dead = [line for name in listed.stdout.split() for line in dead_links(ROOT / name)]
    print("\n".join(dead) if dead else "All links lead somewhere.")
    sys.exit(bool(dead))


def dead_links(page: Path) -> list[str]:
    """`page: link` for each link of the page that leads nowhere."""
    if not page.exists():
        return []
    found = []
    for target in LINK.findall(CODE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        is_there = there.exists() and (not anchor or there.suffix != ".md" or anchor in anchors(there))
        if not is_there:
            found.append(f"{page.relative_to(ROOT)}: {target}")
    return found


def anchors(page: Path) -> set[str]:
    """The headings as a forge turns them into anchors."""
    headings = HEADING.findall(page.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


if __name__ == "__main__":
    main()
