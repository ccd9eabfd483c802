"""eBay's error rows: ids, statuses and domains as documented; the wording is our own, in three languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kontor_sandbox.ebay.error_texts import TEXTS
from kontor_sandbox.exchange import Answer

Texts = tuple[str, str, str]
_LANGUAGES = ("en", "de", "fr")

_APPLICATION = {25001, 25025, 25401, 25402, 25504, 2003, 20500, 30500, 62000, 190000, 195000, 195026}
_BUSINESS = {20409, 25803, 20408}
_STATUS = {
    1001: 401,
    1002: 401,
    1100: 403,
    2001: 429,
    2003: 500,
    2004: 400,
    25001: 500,
    25025: 500,
    25702: 404,
    25710: 404,
    25713: 404,
    25803: 409,
    20409: 409,
    190200: 404,
    195001: 404,
    195002: 404,
    195003: 409,
    195011: 403,
    195012: 409,
    195013: 404,
    195015: 409,
    195020: 409,
    195021: 409,
    195022: 404,
    195024: 409,
    195026: 404,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of an ``errors`` or ``warnings`` list before it is put into somebody's language."""

    error_id: int
    detail: str = ""
    """Which of the id's texts (``25002`` has many); empty for its only one."""
    parameters: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    """What the text speaks of, without being sent as a parameter."""

    @property
    def status(self) -> int:
        """The HTTP status this error comes with."""
        return _STATUS.get(self.error_id, 400)

    def row(self, language: str) -> dict[str, Any]:
        """The row as it goes out."""
        domain, subdomain = _domain(self.error_id)
        text = self._text(language)
        row: dict[str, Any] = {
            "errorId": self.error_id,
            "domain": domain,
            "category": _category(self.error_id),
            "message": text,
            "longMessage": text,
        }
        if subdomain:
            row["subdomain"] = subdomain
        if self.parameters:
            row["parameters"] = [{"name": name, "value": value} for name, value in self.parameters.items()]
        return row

    def _text(self, language: str) -> str:
        texts = TEXTS[f"{self.error_id}.{self.detail}" if self.detail else str(self.error_id)]
        text = texts[_LANGUAGES.index(language) if language in _LANGUAGES else 0]
        return text.format_map(self.parameters | self.values)


class Refusal(Exception):
    """A call is answered with errors, and nothing it did is kept."""

    def __init__(
        self, *problems: Problem, status: int | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(", ".join(str(problem.error_id) for problem in problems))
        self.problems = problems
        self.status = status or problems[0].status
        self.headers = headers or {}

    def answer(self, language: str) -> Answer:
        """The answer in a language (de, en, fr)."""
        return Answer(self.status, {"errors": error_rows(self.problems, language)}, dict(self.headers))


def error_rows(problems: tuple[Problem, ...] | list[Problem], language: str) -> list[dict[str, Any]]:
    """Rows for an answer."""
    return [problem.row(language) for problem in problems]


def refuse(error_id: int, detail: str = "", /, **parameters: str) -> Refusal:
    """A refusal with one error whose parameters are sent along."""
    return Refusal(Problem(error_id, detail, parameters))


def _category(error_id: int) -> str:
    if error_id in _APPLICATION:
        return "APPLICATION"
    return "BUSINESS" if error_id in _BUSINESS else "REQUEST"


def _domain(error_id: int) -> tuple[str, str]:
    if error_id in (1001, 1002, 1100):
        return "OAuth", ""
    if error_id in (2001, 2003, 2004):
        return "ACCESS", ""
    ranges = (
        (20200, 22999, "API_ACCOUNT", ""),
        (25803, 25804, "API_ACCOUNT", ""),
        (25000, 25999, "API_INVENTORY", "Selling"),
        (30000, 34999, "API_FULFILLMENT", ""),
        (45000, 47999, "API_METADATA", ""),
        (50110, 50120, "API_ACCOUNT", ""),
        (62000, 62999, "API_TAXONOMY", ""),
        (190000, 190999, "API_MEDIA", ""),
        (195000, 195999, "API_NOTIFICATION", ""),
        (215000, 215999, "API_SIGNATURE", ""),
    )
    return next((domain, sub) for low, high, domain, sub in ranges if low <= error_id <= high)
