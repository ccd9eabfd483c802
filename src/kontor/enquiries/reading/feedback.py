"""`openimmo_feedback`: prospects of a portal, and what it says of files that we sent. Versions 1.2.4 and 1.2.5.

Told by its root element: sender, file name and declared type say different things at different portals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from kontor.enquiries.reading.values import About, Enquiry, ImportFault, ImportReport, Prospect, Way, Wish
from kontor.enquiries.reading.xml import text_of

ROOT: Final = "openimmo_feedback"
_WISHES: Final[Mapping[str, Wish]] = {"BESICHTIGUNG": "viewing", "ANRUF": "call", "DETAIL": "details"}
_WAYS: Final[Mapping[str, Way]] = {
    "EMAIL": "email",
    "TEL": "phone",
    "MOBIL": "mobile",
    "FAX": "fax",
    "BRIEF": "letter",
}
_REFERENCES: Final = ("oobj_id", "zusatz_refnr")


def enquiries(root: Element) -> Iterator[Enquiry]:
    """Everybody who asks, for each object; an object nobody asks for gives none."""
    portal = text_of(root, "sender", "name")
    for thing in root.findall("objekt"):
        about = About(
            own_reference=next(filter(None, (text_of(thing, name) for name in _REFERENCES)), ""),
            portal_reference=text_of(thing, "portal_obj_id"),
            address=text_of(thing, "expose_url"),
            title=text_of(thing, "bezeichnung"),
        )
        of_portal = text_of(thing, "portal_unique_id")
        for person in thing.findall("interessent"):
            own = text_of(person, "int_id")
            yield Enquiry(
                portal, about, _prospect(person),
                message=text_of(person, "anfrage"),
                external_id=f"{of_portal}/{own}" if own else "",
                wishes=_words(person, "wunsch", _WISHES),
                prefers=_words(person, "bevorzugt", _WAYS),
            )  # fmt: skip


def report(root: Element) -> ImportReport | None:
    """What became of an import, where this says anything about one."""
    faults = tuple(
        ImportFault(text_of(fault, "objekt_id"), _number(text_of(fault, "fehlernr")), text_of(fault, "text"))
        for fault in root.iterfind("fehlerliste/fehler")
    )
    status = root.find("status")
    if not faults and status is None:
        return None
    number = _number(text_of(status, "statusnr"))
    return ImportReport(text_of(root, "sender", "name"), number, text_of(status, "text"), faults)


def _prospect(person: Element) -> Prospect:
    def said(name: str) -> str:
        return text_of(person, name)

    return Prospect(
        salutation=said("anrede"), first_name=said("vorname"), last_name=said("nachname"), company=said("firma"),
        email=said("email").lower(), phone=said("tel"), mobile=said("mobil"), street=said("strasse"),
        postal_code=said("plz"), city=said("ort"), country=said("land"),
    )  # fmt: skip


Word = TypeVar("Word", Wish, Way)


def _words(person: Element, name: str, known: Mapping[str, Word]) -> tuple[Word, ...]:
    found = (known.get((each.text or "").strip().upper()) for each in person.findall(name))
    return tuple(dict.fromkeys(word for word in found if word))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 10 else None
