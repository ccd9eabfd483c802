"""The played eBay of `tests.plugins.played`."""

from tests.plugins.played import connect, played, running_sandbox

__all__ = ["connect", "played", "running_sandbox"]
