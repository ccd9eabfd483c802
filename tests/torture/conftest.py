"""The played eBay of `tests.plugins.played`, with three shirts to sell."""

from tests.plugins.played import connect, played, running_sandbox
from tests.publishing.test_to_ebay import shirts

__all__ = ["connect", "played", "running_sandbox", "shirts"]
