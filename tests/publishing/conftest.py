"""The played eBay of `tests.plugins.played`, and articles to put there."""

from tests.plugins.played import connect, played, running_sandbox
from tests.publishing.test_to_ebay import shirts

__all__ = ["connect", "played", "running_sandbox", "shirts"]
