"""Mails that say it in words: Kleinanzeigen's by its headers, all others by lines like "Telefon: 0231 …".

Source for Kleinanzeigen: mails of the portal itself carry `X-Conversation-ID` and `X-Message-ID`, the ad's number stands in
the text as "Anzeigennummer", and the sender's address is the portal's, never the prospect's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kontor.enquiries.reading.values import About, Enquiry, Mail, Prospect

_LABELS: Final[Mapping[str, str]] = {
    "salutation": r"anrede|salutation|civilité",
    "first_name": r"vorname|first ?name|prénom",
    "last_name": r"nachname|last ?name|surname|nom(?: de famille)?",
    "name": r"(?:ihr )?name|kontakt|interessent(?:in)?|von|from|contact",
    "company": r"firma|company|société",
    "email": r"e-?mail(?:-?adresse| address)?|mail|courriel",
    "phone": r"tel(?:efon)?\.?(?: ?nummer|nummer|-nr\.?)?|phone(?: number)?|téléphone|rückrufnummer",
    "mobile": r"mobil(?:nummer|telefon|e)?|handy(?:nummer)?|portable|cell(?: phone)?",
    "street": r"stra(?:ß|ss)e|street|rue|adresse|anschrift",
    "postal_code": r"plz|postleitzahl|zip|post ?code|code postal",
    "city": r"ort|wohnort|stadt|city|ville",
    "own_reference": r"objekt-?(?:nr\.?|nummer|id)|referenz(?:nummer|-nr\.?)?|r[eé]f(?:[eé]rence)?\.?(?: n[o°]\.?)?|ihre objektnummer|immobilien-?nr\.?",
    "portal_reference": r"anzeigen(?:nummer|-nr\.?|-?id)|scout-?id|expos[eé]-?(?:nr\.?|nummer|id)|online-?id|inserat(?:e?s?-?(?:nr\.?|nummer|id))?",
}
_LINE: Final = re.compile(
    r"^[\s*•>-]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*[:\t]\s*(?P<said>\S.*)$",
    re.IGNORECASE,
)
_MESSAGE: Final = re.compile(
    r"^[\s*•>-]*(?:(?:ihre |die |seine |ihre? )?(?:nachricht|anfrage|mitteilung|bemerkung(?:en)?|message|kommentar|comment(?:s|aire)?))"
    r"(?: (?:von|from|de) [^:\n]{1,80})?\s*:[ \t]*(?P<rest>.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK: Final = re.compile(r"https?://[^\s<>\"')\]]{4,500}")
_AD_LINK: Final = re.compile(r"expose|anzeige|inserat|s-anzeige|immobilie|annonce|listing", re.IGNORECASE)
_KLEINANZEIGEN: Final = "kleinanzeigen.de"
_AD_NUMBER: Final = re.compile(r"anzeigen(?:nummer|-?nr\.?|-?id)\s*:?\s*(\d{6,14})", re.IGNORECASE)
_SAYS: Final = re.compile(r"(?:nachricht|antwort) von\s*:?\s*([^\n:]{1,80})", re.IGNORECASE)
_MOST_LINES: Final = 2_000


def from_kleinanzeigen(mail: Mail) -> Enquiry | None:
    """A message of Kleinanzeigen's own; answers go to its relay, in `Reply-To`."""
    conversation = mail.headers.get("x-conversation-id", "")
    if not mail.sender.endswith(_KLEINANZEIGEN) or not conversation:
        return None
    number, said = _AD_NUMBER.search(mail.text), spoken(mail.text)
    shown = _SAYS.search(mail.text)
    name = said.get("name") or (shown[1].strip() if shown else "") or mail.reply_to_name
    own = mail.headers.get("x-message-id") or mail.message_id
    return Enquiry(
        "Kleinanzeigen",
        About(
            portal_reference=number[1] if number else said.get("portal_reference", ""),
            title=_quoted(mail.subject),
        ),
        Prospect(last_name=name, email=mail.reply_to, phone=said.get("phone", "")),
        message=message_of(mail.text),
        external_id=f"{conversation}/{own}",
    )


def from_text(mail: Mail) -> Enquiry | None:
    """The last resort: whoever the mail names in labelled lines, or is to be answered by its `Reply-To`."""
    said = spoken(mail.text)
    about = About(
        own_reference=said.get("own_reference", ""),
        portal_reference=said.get("portal_reference", ""),
        address=_ad_link(mail.text),
        title=_quoted(mail.subject),
    )
    named = _ADDRESS.search(said.get("email", ""))
    email = named[0].lower() if named else mail.reply_to if mail.reply_to != mail.sender else ""
    first, last = said.get("first_name", ""), said.get("last_name", "")
    if not (first or last):
        first, last = _parted(said.get("name") or (mail.reply_to_name if email == mail.reply_to else ""))
    prospect = Prospect(
        salutation=said.get("salutation", ""), first_name=first, last_name=last, company=said.get("company", ""),
        email=email, phone=said.get("phone", ""), mobile=said.get("mobile", ""), street=said.get("street", ""),
        postal_code=said.get("postal_code", ""), city=said.get("city", ""),
    )  # fmt: skip
    is_about_something = about.own_reference or about.portal_reference or about.address
    if not (prospect.can_be_answered and is_about_something):
        return None
    return Enquiry(
        mail.sender_name or mail.sender.partition("@")[2], about, prospect, message=message_of(mail.text)
    )


def spoken(text: str) -> dict[str, str]:
    """What labelled lines say, the first of each label."""
    found: dict[str, str] = {}
    for line in text.splitlines()[:_MOST_LINES]:
        if len(line) < 500 and (match := _LINE.match(line)) and match.lastgroup:
            label = next(name for name in _LABELS if match[name])
            found.setdefault(label, match["said"].strip())
    return found


def message_of(text: str) -> str:
    """What the person wrote: what follows "Nachricht:", up to the next labelled line; else the whole text."""
    start = _MESSAGE.search(text)
    if start is None:
        return text.strip()
    lines = [start["rest"]]
    for line in text[start.end() :].removeprefix("\n").splitlines()[:_MOST_LINES]:
        if len(line) < 500 and _LINE.match(line):
            break
        lines.append(line)
    return "\n".join(lines).strip() or text.strip()


def _quoted(subject: str) -> str:
    """The ad's title, which portals put into quotation marks."""
    found = re.search(r"[\"„“»«'](.{3,200}?)[\"“”«»']\s*$", subject)
    return found[1].strip() if found else ""


def _ad_link(text: str) -> str:
    return next((link for link in _LINK.findall(text[:50_000]) if _AD_LINK.search(link)), "")


def _parted(name: str) -> tuple[str, str]:
    first, _, last = name.strip().rpartition(" ")
    return first, last
