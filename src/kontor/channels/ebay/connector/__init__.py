"""One connected eBay account. Each capability stands in a file of its own; this is all of them together."""

from __future__ import annotations

from kontor.channels.ebay.connector.account import Accounts
from kontor.channels.ebay.connector.categories import Categories
from kontor.channels.ebay.connector.notifications import Notifications
from kontor.channels.ebay.connector.orders import Orders
from kontor.channels.ebay.connector.prices import Prices
from kontor.channels.ebay.connector.publish import Preflighting, Publishing
from kontor.channels.ebay.connector.read_back import ReadingBack
from kontor.channels.ebay.connector.shipping import Shipping


class Ebay(
    Accounts, Preflighting, Publishing, ReadingBack, Prices, Orders, Shipping, Categories, Notifications
):
    """Made with the transport of one connection; holds nothing else."""
