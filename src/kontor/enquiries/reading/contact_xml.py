"""XML of portals that publish no schema: read by what elements are called, in German or English.

A document counts as a request only where it names somebody who can be answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from kontor.enquiries.reading.values import About, Enquiry, Prospect

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "salutation": ("salutation", "anrede", "title"),
    "first_name": ("firstname", "vorname", "forename", "givenname"),
    "last_name": ("lastname", "nachname", "surname", "familyname", "name"),
    "company": ("company", "firma", "companyname"),
    "email": ("email", "emailaddress", "mail", "emailadresse"),
    "phone": ("phone", "telefon", "tel", "phonenumber", "telefonnummer", "telephone"),
    "mobile": ("mobile", "mobil", "cellphone", "cellphonenumber", "mobilenumber", "handy"),
    "street": ("street", "strasse"),
    "postal_code": ("postcode", "postalcode", "zip", "zipcode", "plz"),
    "city": ("city", "ort", "town"),
    "country": ("country", "land"),
    "message": ("message", "nachricht", "anfrage", "text", "comment", "bemerkung", "inquirytext"),
    "own_reference": ("externalid", "objektnrextern", "reference", "referenz", "oobjid", "objektnummer", "objectnumber"),
    "portal_reference": ("exposeid", "scoutid", "portalobjid", "realestateid", "objectid", "adid", "anzeigennummer"),
    "address": ("exposeurl", "url", "link"),
    "title": ("objecttitle", "objekttitel", "exposetitle", "bezeichnung", "realestatetitle"),
    "external_id": ("requestid", "anfrageid", "leadid", "contactrequestid", "intid", "messageid"),
    "portal": ("portal", "portalname", "source", "sender", "provider"),
}  # fmt: skip
_UNSAID: Final = re.compile(r"[^a-z0-9]")
_DEEPEST: Final = 32


def enquiry(root: Element) -> Enquiry | None:
    """The one request of such a document, if it is one."""
    said: dict[str, str] = {}
    _gather(root, said, 0)

    def of(name: str) -> str:
        return next((said[word] for word in _WORDS[name] if said.get(word)), "")

    prospect = Prospect(
        **{name: of(name) for name in Prospect.__dataclass_fields__ if name != "email"},
        email=of("email").lower(),
    )
    if not prospect.can_be_answered:
        return None
    about = About(**{name: of(name) for name in About.__dataclass_fields__})
    return Enquiry(of("portal"), about, prospect, message=of("message"), external_id=of("external_id"))


def _gather(element: Element, said: dict[str, str], depth: int) -> None:
    """The first text of each name, of elements and attributes."""
    name = _UNSAID.sub("", element.tag.lower())
    if text := (element.text or "").strip():
        said.setdefault(name, text)
    for attribute, value in element.attrib.items():
        said.setdefault(_UNSAID.sub("", attribute.rpartition("}")[2].lower()), value.strip())
    if depth < _DEEPEST:
        for child in element:
            _gather(child, said, depth + 1)
