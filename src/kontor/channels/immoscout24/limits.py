"""The portal's published limits. Where its documents and its schema differ, the schema counts."""

from __future__ import annotations

from typing import Final

FILES: Final = 150
"""Pictures and PDFs of one object together."""
REFERENCE_LENGTH: Final = 50
PICTURE_TITLE_LENGTH: Final = 30
REPORT_DAYS: Final = 180
ENERGY_VALUE_MOST: Final = 2_000  # exclusive
PICTURE_TYPES: Final = frozenset({"image/jpeg", "image/png"})
