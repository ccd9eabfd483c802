"""What fields are made of: clean text, areas, amounts, counts. The same value however it came in.

Text is cleaned as it arrives (control characters, line ends, NFC), numbers are rounded half up to their places, and
words chosen from a list stand in the list's own order, so that two ways of saying the same are equal.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.json_schema import WithJsonSchema

# What neither XML 1.0 nor PostgreSQL's jsonb takes, and what would only confuse: byte order marks, Unicode's line ends.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"[ \t\u00a0]*(?:\r\n|\r|\x85|\n)")
_MANY_BLANK = re.compile(r"\n{3,}")

Choice = TypeVar("Choice", bound=StrEnum)


class Section(BaseModel):
    """Base of all sections: frozen, knows its fields, says None or empty where nobody said anything.

    A default always means "not said" and never changes: snapshots leave defaults out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything here."""
        return not self.model_dump(exclude_defaults=True)


def clean_line(text: str) -> str:
    """One line: no control characters, white space folded, NFC. Cleaning twice changes nothing more."""
    plain = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    return _SPACE.sub(" ", plain).strip()


def clean_text(text: str) -> str:
    """Plain text with its line breaks, at most one empty line in a row."""
    plain = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    return _MANY_BLANK.sub("\n\n", _LINE_END.sub("\n", plain)).strip()


def _places(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0  # + 0: no minus zero


def _two(value: Decimal) -> Decimal:
    return _places(value, 2)


def _seven(value: Decimal) -> Decimal:
    return _places(value, 7)


def in_order(values: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Each word once, in the order in which the list has them."""
    said = set(values)
    return tuple(each for kind in {type(value) for value in said} for each in kind if each in said)


def _cleaned_line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _cleaned_text(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


_AS_NUMBER = (PlainSerializer(float, return_type=float, when_used="json"), WithJsonSchema({"type": "number"}))
_AS_AMOUNT = (
    PlainSerializer(str, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["850.00"]}, mode="serialization"),
)

Line = Annotated[str, BeforeValidator(_cleaned_line), Field(max_length=500)]
Text = Annotated[str, BeforeValidator(_cleaned_text), Field(max_length=50_000)]
Area = Annotated[Decimal, Field(ge=0, le=10**10), AfterValidator(_two), *_AS_NUMBER]
"""Square metres, two places; a number in JSON."""
Number = Annotated[Decimal, Field(ge=0, le=10**10), AfterValidator(_two), *_AS_NUMBER]
"""A count that may have halves (rooms), or any other measure; two places; a number in JSON."""
Percent = Annotated[Decimal, Field(ge=-1_000, le=10_000), AfterValidator(_two), *_AS_NUMBER]
Amount = Annotated[Decimal, Field(ge=0, le=10**11), AfterValidator(_two), *_AS_AMOUNT]
"""Money in major units, two places, in the currency of its section; text in JSON, so that nobody computes with floats."""
Latitude = Annotated[Decimal, Field(ge=-90, le=90), AfterValidator(_seven), *_AS_NUMBER]
Longitude = Annotated[Decimal, Field(ge=-180, le=180), AfterValidator(_seven), *_AS_NUMBER]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Year = Annotated[int, Field(ge=1000, le=2200)]
Several = AfterValidator(in_order)
"""For tuples of choices: `Annotated[tuple[Heating, ...], Several]`."""
