"""The whole story with the smallest file there is, and an eBay that fails in every way it can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

FILE = "sku,title,price,quantity,brand,image\nX-1,Linen apron blue,19.90,3,Markenlos,https://pictures.example/x.jpg\n"
OURS = ("DATABASE_", "KONTOR_", "EBAY_", "DJANGO_", "PYTEST_", "LOG_")


def test_a_single_row_meets_every_fault_and_sells(tmp_path: Path) -> None:
    """No description, one picture, three pieces for twenty buyers: the merchant describes, restocks and goes on."""
    file, report = tmp_path / "one.csv", tmp_path / "report.json"
    file.write_text(FILE)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    command = [sys.executable, "-m", "kontor", "demo", "--once", "--faults", "3"]
    ran = subprocess.run(
        [*command, "--file", str(file), "--report", str(report)],
        env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(report.read_text())
    assert (told["rows"], told["live"], told["blocked"], told["failures"]) == (1, 1, [], [])
    assert all(told["faults_met"].values())
    assert told["orders_received"] == told["orders_placed"] >= 20
    assert told["orders_duplicated"] == 0
