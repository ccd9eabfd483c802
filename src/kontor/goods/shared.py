"""Who wants to know that something changed which many products lean on: the merchant's defaults, brands.

Which listings look different for it, only those can tell who know what each channel was sent.
"""

from __future__ import annotations

from collections.abc import Callable

changed: list[Callable[[], None]] = []
"""Called inside the change's transaction."""


def tell() -> None:
    """Tells every listener."""
    for listener in changed:
        listener()
