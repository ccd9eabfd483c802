"""Attachments: pictures, documents and links, by their group, their format and their address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from kontor.properties.choices import LinkGroup, PictureGroup
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.rows import Leaf, Note, Part, numbered
from kontor.properties.openimmo.taking import Taken

#: In the order of the schema's element, and where some software puts them instead.
ELEMENT: Final = "anhaenge/anhang"
_BEGINS: Final = (ELEMENT, "anhang")
ATTACHMENT: Final = re.compile(r"((?:anhaenge/)?anhang(?:\[\d+\])?)((?:[@/].*)?)")

PICTURES: Final = {
    PictureGroup.TITLE: "TITELBILD",
    PictureGroup.INSIDE: "INNENANSICHTEN",
    PictureGroup.OUTSIDE: "AUSSENANSICHTEN",
    PictureGroup.FLOOR_PLAN: "GRUNDRISS",
    PictureGroup.MAP: "KARTEN_LAGEPLAN",
    PictureGroup.PANORAMA: "PANORAMA",
    PictureGroup.ENERGY_SCALE: "EPASS-SKALA",
    PictureGroup.LOGO: "ANBIETERLOGO",
    PictureGroup.QR_CODE: "QRCODE",
    PictureGroup.OTHER: "BILD",
}
LINKS: Final = {
    LinkGroup.TOUR: "PANORAMA",
    LinkGroup.FILM: "FILMLINK",
    LinkGroup.PAGE: "LINKS",
    LinkGroup.OFFER: "ANBOBJURL",
}
_DOCUMENTS: Final = "DOKUMENTE"
_FILM: Final = "FILM"
_IMAGES: Final = frozenset({"jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "heic", "avif", "svg"})
_PAPERS: Final = frozenset({"pdf", "doc", "docx", "odt", "xls", "xlsx", "txt", "rtf"})
_CONTENT_TYPE: Final = re.compile(r"[\w.+-]+/[\w.+-]+")
#: What is understood of an attachment; anything else in it is kept.
_UNDERSTOOD: Final = frozenset(
    ["@location", "@gruppe", "/anhangtitel", "/format", "/check", "/check@ctype", "/daten", "/daten/pfad"]
)


@dataclass(frozen=True, slots=True)
class _Attachment:
    """What an attachment's leaves say."""

    group: str
    title: str
    format: str
    reference: str

    @property
    def is_address(self) -> bool:
        return "://" in self.reference

    @property
    def extension(self) -> str:
        path = urlsplit(self.reference).path if self.is_address else self.reference
        return PurePosixPath(path.replace("\\", "/")).suffix.removeprefix(".").lower()

    @property
    def place(self) -> dict[str, str]:
        return {"url" if self.is_address else "file_name": self.reference}

    @property
    def is_picture(self) -> bool:
        return self.extension in _IMAGES or self.format.lower().startswith("image")


def _classified(this: _Attachment) -> tuple[str, dict[str, Any]]:
    """Which of our lists it belongs to, and what stands there."""
    groups = {word: group for group, word in PICTURES.items()}
    links = {word: group for group, word in LINKS.items()}
    link = links.get(this.group, LinkGroup.FILM if this.group == _FILM else LinkGroup.PAGE)
    says_picture = this.group in groups and not (
        this.group == "PANORAMA" and this.is_address and not this.is_picture
    )
    says_link = this.group in links or this.group == _FILM or (not this.group and not this.extension)
    if says_picture or (this.group not in (*links, _DOCUMENTS, _FILM) and this.is_picture):
        return "pictures", {
            "title": this.title,
            "group": groups.get(this.group, PictureGroup.OTHER),
        } | this.place
    if this.is_address and says_link:
        return "links", {"url": this.reference, "title": this.title, "group": link}
    if this.group in (_DOCUMENTS, _FILM) or this.extension in _PAPERS or this.group in links:
        kind = {"content_type": this.format} if _CONTENT_TYPE.fullmatch(this.format) else {}
        return "documents", {"title": this.title} | this.place | kind
    return "pictures", {"title": this.title, "group": PictureGroup.OTHER} | this.place


def _read(taken: Taken) -> None:
    elements: dict[str, dict[str, str]] = {}
    for path, text in taken.left.items():
        if path.startswith(_BEGINS) and (found := ATTACHMENT.fullmatch(path)):
            elements.setdefault(found[1], {})[found[2]] = text
    lists: dict[str, list[tuple[Mapping[str, Any], list[str]]]] = {
        "pictures": [],
        "documents": [],
        "links": [],
    }
    for element, parts in elements.items():
        paths = [f"{element}{part}" for part in parts if part in _UNDERSTOOD]
        if not parts.get("/daten/pfad"):
            continue
        this = _Attachment(
            parts.get("@gruppe", "").upper(),
            parts.get("/anhangtitel", ""),
            parts.get("/format", ""),
            parts["/daten/pfad"],
        )
        name, item = _classified(this)
        lists[name].append((item, paths))
    for name, found_items in lists.items():
        taken.items(name, found_items)


def _write(content: PropertyContent) -> Iterator[Leaf]:
    """One attachment after the other; a picture that has neither an address nor a name in the file is left out."""
    number = 0
    for group, title, form, url, name in _attachments(content):
        if not (url or name):
            continue
        number += 1
        path = numbered(ELEMENT, number)
        yield f"{path}@location", "REMOTE" if url else "EXTERN"
        yield f"{path}@gruppe", group
        if title:
            yield f"{path}/anhangtitel", title
        yield f"{path}/format", form
        yield f"{path}/daten/pfad", url or name


def _attachments(content: PropertyContent) -> Iterator[tuple[str, str, str, str, str]]:
    for picture in content.pictures:
        form = _Attachment("", "", "", picture.url or picture.file_name).extension.upper()
        yield PICTURES[picture.group], picture.title, form, picture.url, picture.file_name
    for paper in content.documents:
        form = paper.content_type or _Attachment("", "", "", paper.url or paper.file_name).extension.upper()
        yield _DOCUMENTS, paper.title, form, paper.url, paper.file_name
    for link in content.links:
        yield LINKS[link.group], link.title, "", link.url, ""


MEDIA: Final = Part(
    _read,
    _write,
    (
        Note("pictures", ELEMENT, " · ".join(f"{group}: {word}" for group, word in PICTURES.items())),
        Note("documents", ELEMENT, f"{_DOCUMENTS}; {_FILM} where it is a file; papers by their extension"),
        Note(
            "links", ELEMENT, " · ".join(f"{group}: {word}" for group, word in LINKS.items()) + ", by address"
        ),
    ),
    {},
)
