"""One connected account at ImmobilienScout24. Each ability stands in a file of its own; this is all of them together."""

from __future__ import annotations

from kontor.channels.immoscout24.connector.account import Accounts
from kontor.channels.immoscout24.connector.publish import Preflighting, Publishing
from kontor.channels.immoscout24.connector.read_back import ReadingBack


class ImmoScout24(Accounts, Preflighting, Publishing, ReadingBack):
    """Made with the transport of one connection; holds nothing else."""
