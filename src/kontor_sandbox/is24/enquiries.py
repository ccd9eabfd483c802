"""A seeker asks about a live object: the mail that the object's contact gets, with its XML attachment.

The portal's own XML is not described anywhere that we know; the attachment here is openimmo_feedback 1.2.5, the
form that portals and estate agents' software agree on.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from kontor_sandbox.is24.keeping import MAIN_CHANNEL, channels_of, completed_document
from kontor_sandbox.is24.nodes import Node, parse, render
from kontor_sandbox.store import Row, dump, find, next_number
from kontor_sandbox.world import World, stamp

FIRST_ID = 77_001
SENDER = "anfrage@immobilienscout24.example"


class NotLive(ValueError):
    """Seekers do not find this object now."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who asks, and what."""

    first_name: str = "Änne"
    last_name: str = "Müßig"
    email: str = "aenne.muessig@example.org"
    phone: str = "+49 40 1234567"
    message: str = "Guten Tag, ich möchte die Immobilie gern besichtigen."


def ask(world: World, db: sqlite3.Connection, realestate_id: int, seeker: Seeker) -> dict[str, Any]:
    """Send an enquiry about an object; raises LookupError and NotLive."""
    row = find(db, "SELECT * FROM is24_realestate WHERE realestate_id = ?", realestate_id)
    if row is None:
        raise LookupError(f"There is no object {realestate_id}.")
    if MAIN_CHANNEL not in channels_of(db, realestate_id):
        raise NotLive(f"Object {realestate_id} is not live: seekers do not find it.")
    contact = find(db, "SELECT document FROM is24_contact WHERE contact_id = ?", row["contact_id"])
    assert contact is not None
    recipient = parse(contact["document"]).value("email")
    number = next_number(db, "is24_enquiry", FIRST_ID)
    message_id = f"<enquiry-{number}@immobilienscout24.example>"
    mail = _mail(world, row, seeker, number, recipient, message_id)
    path = mail_path(world, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mail.as_bytes(policy=SMTP))
    body = {"recipient": recipient, "name": f"{seeker.first_name} {seeker.last_name}", "email": seeker.email}
    db.execute(
        "INSERT INTO is24_enquiry VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        (number, row["account_id"], realestate_id, stamp(world.now()), recipient, message_id, dump(body)),
    )
    return {"id": number, "object": realestate_id, "message_id": message_id, "mail": str(path.name)} | body


def mail_path(world: World, number: int) -> Path:
    """Where the mail of an enquiry is."""
    return world.data / "mail" / f"{number}.eml"


def _mail(
    world: World, row: Row, seeker: Seeker, number: int, recipient: str, message_id: str
) -> EmailMessage:
    document = completed_document(row)
    name = f"{seeker.first_name} {seeker.last_name}"
    mail = EmailMessage()
    mail["From"] = formataddr(("ImmobilienScout24", SENDER))
    mail["To"] = recipient
    mail["Reply-To"] = formataddr((name, seeker.email))
    mail["Subject"] = f"Kontaktanfrage zu Ihrem Objekt {row['external_id']}: {document.value('title')}"
    mail["Date"] = format_datetime(world.now())
    mail["Message-ID"] = message_id
    mail.set_content(
        f"Sie haben eine Kontaktanfrage zu Ihrem Objekt erhalten.\n\nScout-ID: {row['realestate_id']}\n"
        f"Objekt-Nr.: {row['external_id']}\n\nName: {name}\nE-Mail: {seeker.email}\nTelefon: {seeker.phone}\n\n"
        f"Nachricht:\n{seeker.message}\n"
    )
    mail.add_attachment(
        render(_feedback(world, row, document, seeker, number)),
        maintype="application",
        subtype="xml",
        filename=f"anfrage-{number}.xml",
    )
    return mail


def _feedback(world: World, row: Row, document: Node, seeker: Seeker, number: int) -> Node:
    root = Node("openimmo_feedback")
    root.add("version", "1.2.5")
    sender = root.add("sender")
    sender.add("name", "ImmobilienScout24")
    sender.add("datum", world.now().strftime("%d.%m.%Y"))
    sender.add("makler_id", row["account_id"])
    about = root.add("objekt")
    about.add("portal_unique_id", f"is24-{number}")
    about.add("portal_obj_id", row["realestate_id"])
    about.add("anbieter_id", row["account_id"])
    about.add("oobj_id", row["external_id"])
    about.add("expose_url", f"https://www.immobilienscout24.de/expose/{row['realestate_id']}")
    about.add("vermarktungsart", "KAUF" if row["type"].endswith("Buy") else "MIETE")
    about.add("bezeichnung", document.value("title"))
    about.add("strasse", " ".join(document.value("address", name) for name in ("street", "houseNumber")))
    about.add("ort", document.value("address", "city"))
    about.add("preis", document.value("price", "value") or document.value("baseRent"))
    asking = about.add("interessent")
    for name, text in (
        ("int_id", number),
        ("vorname", seeker.first_name),
        ("nachname", seeker.last_name),
        ("tel", seeker.phone),
        ("email", seeker.email),
        ("bevorzugt", "EMAIL"),
        ("wunsch", "BESICHTIGUNG"),
        ("anfrage", seeker.message),
    ):
        asking.add(name, text)
    return root
