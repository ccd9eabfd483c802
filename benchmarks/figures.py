"""What is printed: medians with their spread, and ratios with what is aimed at. Nothing here fails a run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def title(name: str, what: str) -> None:
    """The heading of a benchmark."""
    print(f"\n{name}: {what}", flush=True)


def line(label: str, text: str) -> None:
    """One figure."""
    print(f"  {label:<38}{text}", flush=True)


def rounds(label: str, values: Sequence[float], unit: str) -> None:
    """The median of several rounds, and the least and the most of them."""
    middle, low, high = (_number(value) for value in (statistics.median(values), min(values), max(values)))
    spread = f"   ({low} to {high})" if len(values) > 1 else ""
    line(label, f"{middle} {unit}{spread}")


def ratio(
    label: str, pairs: Sequence[tuple[float, float]], *, at_least: float = 0.0, at_most: float = 0.0
) -> None:
    """The median of the ratios of neighbours: two rounds that ran one after the other met the same machine."""
    values = [ours / bare for ours, bare in pairs]
    middle = statistics.median(values)
    aim = ""
    if at_least or at_most:
        is_met = middle >= at_least if at_least else middle <= at_most
        aim = f"   aim {f'≥ {at_least}' if at_least else f'≤ {at_most}'}: {'met' if is_met else 'missed'}"
    spread = f"   ({min(values):.2f} to {max(values):.2f})" if len(values) > 1 else ""
    line(label, f"{middle:.2f}{spread}{aim}")


def limit(label: str, value: float, unit: str, *, at_most: float) -> None:
    """One value that has a ceiling."""
    line(
        label, f"{_number(value)} {unit}   aim < {_number(at_most)}: {'met' if value < at_most else 'missed'}"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
