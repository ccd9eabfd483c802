"""A mail's bytes, taken apart: who, when, the text a person would read, and the files."""

from __future__ import annotations

import html
import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from kontor.core.errors import Invalid
from kontor.enquiries.reading.values import Attachment, Mail

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_PARTS: Final = 200
LONGEST_TEXT: Final = 100_000
_HEADERS: Final = ("x-conversation-id", "x-message-id", "auto-submitted")
_UNSEEN: Final = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->")
_BREAKS: Final = re.compile(r"(?i)<br\b[^>]*>|</(?:p|div|tr|li|h[1-6]|table)\s*>")
_CELLS: Final = re.compile(r"(?i)</t[dh]\s*>")
_TAGS: Final = re.compile(r"<[^>]*>")


class NotAMail(Invalid):
    """These bytes are no mail that can be read."""

    code, title = "enquiries.not_a_mail", "This is not an e-mail that can be read"


def read_mail(raw: bytes) -> Mail:
    """Raises NotAMail for what is too large, has too many parts, or has none of a mail's headers."""
    if len(raw) > MOST_BYTES:
        raise NotAMail("The e-mail is too large", bytes=len(raw), limit=MOST_BYTES)
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    if not any(message.get(name) for name in ("From", "Message-ID", "Received", "Date")):
        raise NotAMail
    parts = [part for part in message.walk() if not part.is_multipart()]
    if len(parts) > MOST_PARTS:
        raise NotAMail("The e-mail has too many parts", parts=len(parts), limit=MOST_PARTS)
    sender_name, sender = _address(message, "From")
    reply_name, reply_to = _address(message, "Reply-To")
    return Mail(
        message_id=_header(message, "Message-ID").strip("<> "),
        sender=sender, sender_name=sender_name, reply_to=reply_to, reply_to_name=reply_name,
        subject=_header(message, "Subject"),
        sent_at=_date(message),
        text=_text(parts)[:LONGEST_TEXT],
        headers={name: value for name in _HEADERS if (value := _header(message, name))},
        attachments=tuple(_attachment(part) for part in parts if not _is_text(part)),
    )  # fmt: skip


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, LookupError):  # what the parser makes of headers that no standard knows
        return ""


def _address(message: EmailMessage, name: str) -> tuple[str, str]:
    """(name, address) of the first in a header."""
    found = getaddresses([_header(message, name)])
    shown, address = found[0] if found else ("", "")
    return shown.strip(), address.strip().lower() if "@" in address else ""


def _date(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "Date"))
    except (TypeError, ValueError):
        return None


def _is_text(part: EmailMessage) -> bool:
    is_named = part.get_content_disposition() == "attachment" or part.get_filename()
    return (
        part.get_content_maintype() == "text"
        and part.get_content_subtype() in ("plain", "html")
        and not is_named
    )


def _text(parts: list[EmailMessage]) -> str:
    """The plain text; else what a browser would show of the HTML, and then that beside a plain text that says little."""
    shown = [(part.get_content_subtype(), _content(part)) for part in parts if _is_text(part)]
    plain = "\n".join(text for kind, text in shown if kind == "plain").strip()
    from_html = "\n".join(visible(text) for kind, text in shown if kind == "html").strip()
    return plain if len(plain) >= len(from_html) / 3 else from_html


def _content(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace").replace("\r\n", "\n")


def visible(markup: str) -> str:
    """The words of an HTML text, a line for each block; table cells stand apart."""
    text = _BREAKS.sub("\n", _CELLS.sub("\t", _UNSEEN.sub("", markup)))
    lines = (" ".join(line.split()) for line in html.unescape(_TAGS.sub("", text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _attachment(part: EmailMessage) -> Attachment:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    return Attachment(_filename(part), part.get_content_type(), content)


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError):
        return ""
