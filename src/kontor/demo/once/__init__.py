"""The story of the product, told without a person: a file becomes live listings, and orders come back.

`story` is the plot. `merchant` plays the person in the office over our API, `buyer` the people on the other side over the
sandbox's control API, `errands` are further days of work, `choice` picks listings, `truth` compares what was meant with
what the sandbox really has, `chaos` ends processes, `report` is what is written at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main(words: list[str]) -> None:
    """`kontor demo --once …`. Exits with 0 only where all that preflight let through is live and equal."""
    parser = argparse.ArgumentParser(
        prog="kontor demo --once", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--file", type=Path, help="CSV of goods; without it the demo shop's own")
    parser.add_argument("--items", type=int, help="this many listings, spread evenly over the file")
    parser.add_argument("--faults", type=int, metavar="SEED", help="meet every fault that the sandbox knows")
    parser.add_argument(
        "--kill", action="store_true", help="end worker, web and database once each with SIGKILL"
    )
    parser.add_argument("--report", type=Path, required=True, help="where the JSON report goes")
    arguments = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.settings")
    import django

    django.setup()
    from kontor.core.errors import KontorError
    from kontor.demo.once.http import StoryFailed
    from kontor.demo.once.report import Report
    from kontor.demo.once.story import Options, Story

    file = arguments.file or Path(__file__).resolve().parents[1] / "goods" / "waren.csv"
    options = Options(file, arguments.report, arguments.items, arguments.faults, arguments.kill)
    story = Story(options, say=lambda line: print(line, flush=True))
    try:
        report: Report = story.run()
    except (StoryFailed, KontorError, OSError) as error:  # the file may be none, or no table
        report = story.report
        report.failures.append(str(error))
    report.write(arguments.report)
    for failure in report.failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    print(f"report written to {arguments.report}")
    raise SystemExit(1 if report.failures else 0)
