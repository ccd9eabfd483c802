"""Mails of portals, read by their shape: whoever sends it, whatever the attachment is called.

XML by its root element first (`openimmo_feedback`, then any document that names somebody who asks), then Kleinanzeigen's
headers, then labelled lines of the text. Pure: bytes in, values out; what can't be understood says why.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from kontor.enquiries.reading import contact_xml, feedback, spoken
from kontor.enquiries.reading.mail import NotAMail, read_mail
from kontor.enquiries.reading.values import (
    About,
    Attachment,
    Enquiry,
    ImportFault,
    ImportReport,
    Mail,
    Prospect,
    Reading,
)
from kontor.enquiries.reading.xml import root_of

__all__ = [
    "About",
    "Attachment",
    "Enquiry",
    "ImportFault",
    "ImportReport",
    "Mail",
    "NotAMail",
    "Prospect",
    "Reading",
    "read",
    "read_mail",
]

_IN_TEXT: Final = re.compile(r"<openimmo_feedback\b.*?</openimmo_feedback\s*>", re.DOTALL)


def read(mail: Mail) -> Reading:
    """What a mail asks for, or tells of an import."""
    roots = list(_roots(mail))
    told = [root for root in roots if root.tag == feedback.ROOT]
    if told:
        asked = tuple(one for root in told for one in feedback.enquiries(root))
        reports = tuple(report for root in told if (report := feedback.report(root)))
        unanswerable = [one for one in asked if not one.prospect.can_be_answered]
        if asked or reports:
            reason = f"{len(unanswerable)} of {len(asked)} name no way to answer" if unanswerable else ""
            return Reading("openimmo_feedback", asked, reports, reason)
        return Reading(None, reason="The attached document names nobody who asks, and no import")
    for root in roots:
        if one := contact_xml.enquiry(root):
            return Reading("contact_xml", (one,))
    if one := spoken.from_kleinanzeigen(mail):
        return Reading("kleinanzeigen", (one,))
    if mail.headers.get("auto-submitted", "no").lower() != "no":
        return Reading(None, reason="An automatic answer")
    if one := spoken.from_text(mail):
        return Reading("text", (one,))
    return Reading(None, reason="Nothing in it says who asks, or for which property")


def _roots(mail: Mail) -> Iterator[Element]:
    for attachment in mail.attachments:
        if (root := root_of(attachment.content)) is not None:
            yield root
    text = html.unescape(mail.text) if "&lt;openimmo_feedback" in mail.text else mail.text
    for found in _IN_TEXT.findall(text):
        if (root := root_of(found.encode())) is not None:
            yield root
