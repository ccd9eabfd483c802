"""Texts that some software sends as web pages, as the plain text that portals take."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from kontor.properties.content import PropertyContent
from kontor.properties.parts.texts import Texts

_LOOKS_LIKE_A_PAGE: Final = re.compile(
    r"</?(br|p|div|ul|ol|li|b|strong|i|em|u|span|h[1-6])(\s[^<>]*)?/?>", re.IGNORECASE
)
_BREAKS: Final = frozenset({"br", "div", "li", "ul", "ol", "tr"})
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title"})


def without_markup(content: PropertyContent) -> PropertyContent:
    """The same with its texts plain; a text without a known tag stays letter by letter."""
    texts = {language: _plain_texts(said) for language, said in content.texts.items()}
    return content if texts == content.texts else content.model_copy(update={"texts": texts})


def _plain_texts(texts: Texts) -> Texts:
    said = texts.model_dump(exclude_defaults=True)
    return Texts.model_validate({name: plain(text) for name, text in said.items()})


def plain(text: str) -> str:
    """Lines and paragraphs of a piece of HTML; a list's entries begin with a dash."""
    if not _LOOKS_LIKE_A_PAGE.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.said).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _PARAGRAPHS:
            self.said.append("\n\n")
        elif tag in _BREAKS:
            self.said.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _PARAGRAPHS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data)
