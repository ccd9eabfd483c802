"""What of a call may be kept for others to read: no tokens, codes or secrets, nobody's address, at most 4 kB. Pure."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson

EXCERPT_BYTES = 4096
HIDDEN = "[hidden]"
PERSONAL = "[personal]"

_SECRET_KEY = re.compile(
    r"token|secret|password|authorization|signature|verifier|api_?key|^code$|^state$|eias", re.IGNORECASE
)
_PERSONAL_KEY = re.compile(
    r"e?-?mail|phone|^buyer|^ship_?to|^full_?name$|^(first|last|user)_?name$|^address|^date_?of_?birth$|tax_?id",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TOKEN = re.compile(r"v\^1\.1#\S+|\bBearer\s+\S+|\beyJ[\w-]+\.[\w-]+\.[\w-]*", re.IGNORECASE)
_PAIR = re.compile(r'("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*"?|[^,\s{}\[\]"]+)')
_LISTED = 30  # rows of a list that are shown


def path_with_query(path: str, params: list[tuple[str, str]]) -> str:
    """The address below the host, values of secret or personal parameters hidden."""
    base, _, query = path.partition("?")
    pairs = [*parse_qsl(query, keep_blank_values=True), *params]
    if not pairs:
        return _words(base)
    shown = [(name, _hidden_for(name) or _words(value)) for name, value in pairs]
    return f"{_words(base)}?{urlencode(shown, quote_via=quote, safe='[]:,{}')}"


def excerpt(content: bytes, content_type: str) -> str:
    """The beginning of a body that people may read."""
    if not content:
        return ""
    kind = content_type.partition(";")[0].strip().lower()
    if "json" in kind or content[:1] in (b"{", b"["):
        return _cut(_json(content))
    if kind.startswith("text/") or kind.endswith("xml") or "html" in kind:
        return _cut(_words(content[: 2 * EXCERPT_BYTES].decode("utf-8", "replace")))
    if kind == "application/x-www-form-urlencoded":
        return _cut(path_with_query("", parse_qsl(content.decode("utf-8", "replace"))).removeprefix("?"))
    return f"[{len(content)} bytes of {kind or 'unknown kind'}]"


def _json(content: bytes) -> str:
    try:
        return orjson.dumps(_clean(orjson.loads(content))).decode()
    except orjson.JSONDecodeError:
        # Broken JSON is kept to be understood later, but its pairs are judged like those of whole JSON.
        text = content[: 2 * EXCERPT_BYTES].decode("utf-8", "replace")
        return _words(_PAIR.sub(_pair, text))


def _pair(match: re.Match[str]) -> str:
    hidden = _hidden_for(match[1].strip('"'))
    return f'{match[1]}:"{hidden}"' if hidden else match[0]


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _hidden_for(name) or _clean(inner) for name, inner in value.items()}
    if isinstance(value, list):
        shown = [_clean(inner) for inner in value[:_LISTED]]
        return [*shown, f"[{len(value) - _LISTED} more]"] if len(value) > _LISTED else shown
    return _words(value) if isinstance(value, str) else value


def _hidden_for(name: str) -> str:
    if _SECRET_KEY.search(name):
        return HIDDEN
    return PERSONAL if _PERSONAL_KEY.search(name) else ""


def _words(text: str) -> str:
    return _TOKEN.sub(HIDDEN, _EMAIL.sub(PERSONAL, text))


def _cut(text: str) -> str:
    encoded = text.replace("\x00", "\ufffd").encode("utf-8", "replace")
    if len(encoded) <= EXCERPT_BYTES:
        return encoded.decode()
    return encoded[: EXCERPT_BYTES - 4].decode("utf-8", "ignore") + "…"
