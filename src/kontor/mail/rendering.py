"""From words to a mail: one source per mail and language becomes the plain text and the HTML.

The first line of `templates/<name>.<language>.txt` is the subject. Blocks follow, with an empty line between them:
`[[Label]]` is a button to the value `link`, `* items` a list of the value `items`, all else a paragraph; `{name}` is a
value. Blocks are told apart before values are put in, so a value can't become a button.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kontor.core.config import settings
from kontor.core.errors import NotFound
from kontor.mail.catalogue import LANGUAGES, SAMPLES

FOLDER: Final = Path(__file__).parent / "templates"
LONGEST_VALUE: Final = 300
FOOTERS: Final = {
    "de": "Diese Nachricht kommt von Ihrem Kontor unter {address}.",
    "en": "This message comes from your Kontor at {address}.",
    "fr": "Ce message vient de votre Kontor à l’adresse {address}.",
}


class NoSuchMail(NotFound):
    """No mail has this name."""

    code, title = "mail.not_found", "There is no mail of this name"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as it goes out."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a mail: words, or the words on a button, or one item of a list."""

    kind: Literal["words", "button", "items"]
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's source, taken apart."""

    subject: str
    blocks: tuple[Block, ...]

    def names(self) -> set[str]:
        """Names of the values that the words use."""
        sources = [self.subject, *(block.words for block in self.blocks)]
        return {name for source in sources for _, name, _, _ in string.Formatter().parse(source) if name}


def render(name: str, language: str, values: Mapping[str, Any]) -> Rendered:
    """The mail `name` in `language` (German where we don't speak it). Raises NoSuchMail; KeyError for a missing value."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    words, safe = source(name, spoken), {key: one_line(value) for key, value in values.items()}
    heading = words.subject.format_map(safe)
    blocks = [Block(block.kind, block.words.format_map(safe)) for block in words.blocks]
    items = [one_line(item) for item in values.get("items", ())]
    link = str(values.get("link", ""))
    footer = FOOTERS[spoken].format(address=settings().public_url)
    html = page(
        "layout.html", language=spoken, subject=heading, blocks=blocks, items=items, link=link, footer=footer
    )
    parts = [_plain(block, items, link) for block in blocks]
    return Rendered(heading, "\n\n".join([*parts, f"-- \n{footer}"]) + "\n", html)


def subject(name: str, language: str, values: Mapping[str, Any]) -> str:
    """The subject alone: what a digest lists."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return source(name, spoken).subject.format_map({key: one_line(value) for key, value in values.items()})


def page(name: str, **values: Any) -> str:
    """A page of ours (HTML) with these values, escaped."""
    return _environment().get_template(name).render(**values)


@functools.cache
def source(name: str, language: str) -> Words:
    """The words of a mail. Raises NoSuchMail."""
    if name not in SAMPLES:
        raise NoSuchMail(name=name)
    first, *parts = (FOLDER / f"{name}.{language}.txt").read_text("utf-8").strip().split("\n\n")
    return Words(first.strip(), tuple(_block(part.strip()) for part in parts))


def one_line(value: Any) -> str:
    """A value as it may stand in a line: what people entered can't add lines, headers or blocks."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _block(part: str) -> Block:
    if part.startswith("[[") and part.endswith("]]"):
        return Block("button", part[2:-2])
    if part == "* items":
        return Block("items", "")
    return Block("words", " ".join(part.split("\n")))


def _plain(block: Block, items: list[str], link: str) -> str:
    if block.kind == "button":
        return f"{block.words}:\n{link}"
    if block.kind == "items":
        return "\n".join(f"- {item}" for item in items)
    return block.words


@functools.cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
