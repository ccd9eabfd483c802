"""What the tree takes while nobody uses it: memory by process, and processor time."""

from __future__ import annotations

import time
from collections.abc import Iterable

import psutil

from benchmarks import figures, house
from benchmarks.whole import whole

REST_SECONDS, WATCH_SECONDS = 5.0, 5.0
MEGABYTE = 1e6


def run(*, is_quick: bool) -> None:
    """PSS (what is shared is divided among those who share it) where the system tells it, beside RSS."""
    figures.title("memory", "the idle tree with sandbox, nobody logged in")
    with house.folder() as folder, whole(folder / "data") as running:
        time.sleep(1.0 if is_quick else REST_SECONDS)
        processes = running.processes()
        before = {role: _processor_seconds(group) for role, group in processes.items()}
        time.sleep(WATCH_SECONDS)
        busy = {
            role: 100 * (_processor_seconds(group) - before[role]) / WATCH_SECONDS
            for role, group in processes.items()
        }
        total_rss = total_pss = 0.0
        for role, group in processes.items():
            rss = sum(each.memory_info().rss for each in group) / MEGABYTE
            pss = sum(_pss(each) for each in group) / MEGABYTE
            total_rss, total_pss = total_rss + rss, total_pss + pss
            text = f"{pss:,.0f} MB PSS, {rss:,.0f} MB RSS, {busy[role]:.1f} % of a core"
            figures.line(f"{role} ({len(group)})", text)
    figures.limit("together, PSS", total_pss, "MB", at_most=1000)
    figures.line("together, RSS", f"{total_rss:,.0f} MB (counts shared pages once per process)")
    figures.line("together, processor", f"{sum(busy.values()):.1f} % of one core over {WATCH_SECONDS:.0f} s")


def _pss(process: psutil.Process) -> float:
    """Linux only; elsewhere RSS, which is never less."""
    found = process.memory_full_info()
    return float(getattr(found, "pss", found.rss))


def _processor_seconds(processes: Iterable[psutil.Process]) -> float:
    times = [each.cpu_times() for each in processes if each.is_running()]
    return sum(each.user + each.system for each in times)
