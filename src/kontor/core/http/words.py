"""A problem's words in the reader's language, by its code: the very file that the web UI speaks from."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("de", "en", "fr")
HERE = Path(__file__).resolve()
PACKAGED = HERE.parents[2] / "problem_words"  # in a wheel
SOURCE = HERE.parents[4] / "web" / "src" / "shared" / "problems" / "locales"  # in a clone
BLANK = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
MOST_RANGES = 20


def preferred(accept_language: str) -> str:
    """The language of ours that `Accept-Language` likes best; English where it likes none, or says nothing."""
    best, best_weight = "en", 0.0
    for part in accept_language.split(",")[:MOST_RANGES]:
        name, _, rest = part.strip().partition(";")
        language = name.strip().lower().partition("-")[0]
        weight = _weight(rest)
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(text: str) -> float:
    """The `q` of a language range: 1 where there is none, 0 where it can't be read."""
    name, _, value = text.replace(" ", "").partition("=")
    if name != "q":
        return 0.0 if name else 1.0
    return float(value) if re.fullmatch(r"[01](\.\d{0,3})?", value) else 0.0


def title(code: str, params: Mapping[str, Any], language: str) -> str:
    """What is wrong, in one line; empty where there are no words for it, or `params` don't fill them."""
    found = _said(code, "title", params, language)
    if not found and code.startswith("invalid."):  # a form's check has more kinds than words
        found = _said("invalid.value", "title", params, language)
    return found


def text(code: str, params: Mapping[str, Any], language: str) -> str:
    """What it means and what to do; empty where the title says it all."""
    return _said(code, "text", params, language)


def _said(code: str, kind: str, params: Mapping[str, Any], language: str) -> str:
    found: Any = _words(language)
    for part in (*code.split("."), kind):
        found = found.get(part) if isinstance(found, dict) else None
    if not isinstance(found, str) or not set(BLANK.findall(found)) <= set(params):
        return ""
    return BLANK.sub(lambda blank: _readable(params[blank[1]]), found)


def _readable(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


@functools.cache
def _words(language: str) -> dict[str, Any]:
    file = (PACKAGED if PACKAGED.is_dir() else SOURCE) / f"{language}.json"
    if not file.is_file():
        return {}
    found: dict[str, Any] = json.loads(file.read_text())
    return found
