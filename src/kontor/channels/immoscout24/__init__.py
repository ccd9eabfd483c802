"""ImmobilienScout24: one object per property, its pictures, and a publication by a call of its own. Read README.md first."""

from __future__ import annotations

from kontor.channels.contract.channel import Channel
from kontor.channels.immoscout24.connector import ImmoScout24
from kontor.channels.immoscout24.errors import error_from_answer
from kontor.channels.immoscout24.limits import REFERENCE_LENGTH
from kontor.channels.immoscout24.manifest import MANIFEST


def fit_reference(reference: str, taken: frozenset[str]) -> str:
    """The office's own number, cut to what the portal takes; with a number behind it where another property has it."""
    fit, number = reference[:REFERENCE_LENGTH], 1
    while not fit or fit in taken:
        number += 1
        fit = f"{reference[: REFERENCE_LENGTH - len(str(number)) - 1]}-{number}"
    return fit


CHANNEL = Channel(
    manifest=MANIFEST,
    connector=ImmoScout24,
    error_from_answer=error_from_answer,
    fit_sku=fit_reference,
    is_expired_token=lambda _: False,  # a token has no end: a 401 means that it was taken back
)
