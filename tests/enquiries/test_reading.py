"""Mails of portals become requests by what they say, and what can't be understood is never lost or guessed."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.enquiries.reading import Enquiry, NotAMail, Reading, read, read_mail
from kontor.enquiries.reading.mail import MOST_BYTES, visible

SHARED = Path(__file__).parents[3] / "shared" / "specs" / "leads"
FEEDBACK = """<openimmo_feedback>
  <version>1.2.5</version>
  <sender><name>Nordportal</name><datum>06.10.2026</datum><makler_id>7</makler_id></sender>
  <objekt>
    <portal_unique_id>u-1</portal_unique_id><portal_obj_id>P77</portal_obj_id><oobj_id>FL-12</oobj_id>
    <expose_url>https://portal.example/expose/77</expose_url><bezeichnung>Haus am Hafen für 399.000 €</bezeichnung>
    <interessent><int_id>L1</int_id><anrede>Frau</anrede><vorname>Änne</vorname><nachname>Müßig</nachname>
      <email>Aenne@Example.org</email><bevorzugt>EMAIL</bevorzugt><bevorzugt>TEL</bevorzugt><bevorzugt>?</bevorzugt>
      <wunsch>BESICHTIGUNG</wunsch><anfrage>Ist es noch frei?
Gruß &amp; Dank</anfrage></interessent>
    <interessent><nachname>Boje</nachname><tel>0451 1</tel></interessent>
  </objekt>
</openimmo_feedback>"""


def mail(
    text: str = "",
    attached: bytes | None = None,
    name: str = "anhang.dat",
    kind: str = "octet-stream",
    **headers: str,
) -> bytes:
    """A mail of a portal."""
    message = EmailMessage()
    said = {
        "From": "Portal <anfrage@portal.example>",
        "Subject": "Anfrage",
        "Message-ID": "<m-1@portal.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for header, value in said.items():
        message[header] = value
    message.set_content(text or "Details im Anhang.")
    if attached is not None:
        message.add_attachment(attached, maintype="application", subtype=kind, filename=name)
    return message.as_bytes()


def reading(*args: object, **options: object) -> Reading:
    return read(read_mail(mail(*args, **options)))  # type: ignore[arg-type]


def only(found: Reading) -> Enquiry:
    (one,) = found.enquiries
    return one


def declared(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{FEEDBACK}'.encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        FEEDBACK.encode(),
        b"\xef\xbb\xbf" + FEEDBACK.encode(),
        declared("utf-8"),
        declared("iso-8859-15"),
        declared("windows-1252"),
        FEEDBACK.replace("€", "EUR").encode("latin-1"),
        FEEDBACK.replace("&amp;", "&").replace("Müßig", "M&uuml;&szlig;ig").encode(),
    ],
)
def test_feedback_is_told_by_its_root_in_whatever_encoding(content: bytes) -> None:
    found = reading(attached=content)
    assert found.shape == "openimmo_feedback"
    first, second = found.enquiries
    assert (first.portal, first.about.own_reference, first.about.portal_reference) == (
        "Nordportal",
        "FL-12",
        "P77",
    )
    assert (first.prospect.first_name, first.prospect.last_name) == ("Änne", "Müßig")
    assert (first.prospect.email, first.external_id) == ("aenne@example.org", "u-1/L1")
    assert (first.wishes, first.prefers) == (("viewing",), ("email", "phone"))
    assert first.message == "Ist es noch frei?\nGruß & Dank"
    assert (second.prospect.phone, second.external_id) == ("0451 1", "")


def test_feedback_in_the_text_of_a_mail_counts_too() -> None:
    assert len(reading(FEEDBACK).enquiries) == 2
    assert len(reading(FEEDBACK.replace("<", "&lt;").replace(">", "&gt;")).enquiries) == 2


def test_a_report_of_an_import_is_told_apart_from_requests() -> None:
    faults = "<fehler><objekt_id>FL-9</objekt_id><fehlernr>12</fehlernr><text>Bild fehlt</text></fehler>"
    content = (
        "<openimmo_feedback><sender><name>Nordportal</name></sender>"
        f"<fehlerliste>{faults}</fehlerliste><status><statusnr>1</statusnr><text>teilweise</text></status></openimmo_feedback>"
    )
    found = reading(attached=content.encode())
    (report,) = found.reports
    assert (report.portal, report.status_number, report.status_text) == ("Nordportal", 1, "teilweise")
    assert [(fault.reference, fault.number, fault.text) for fault in report.faults] == [
        ("FL-9", 12, "Bild fehlt")
    ]
    assert not found.enquiries


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><openimmo_feedback><sender><name>&a;</name></sender></openimmo_feedback>',
        b'<!doctype x SYSTEM "file:///etc/passwd"><openimmo_feedback/>',
        b"<openimmo_feedback><objekt>",
        b"\x00\x01<",
        b"<" * 100_000,
    ],
)
def test_hostile_documents_are_read_as_nothing(content: bytes) -> None:
    found = reading(attached=content)
    assert (found.shape, found.enquiries) == (None, ())
    assert found.reason


def test_a_portals_own_xml_is_read_by_what_its_elements_are_called() -> None:
    content = """<contactRequest xmlns="http://portal.example/ns" requestId="r-9"><realEstate><externalId>FL-12</externalId>
      <exposeId>4711</exposeId></realEstate><contact><firstName>Ole</firstName><lastName>Boje</lastName>
      <emailAddress>OLE@example.org</emailAddress><cellPhoneNumber>0171 2</cellPhoneNumber></contact>
      <message>Wann passt es?</message></contactRequest>"""
    one = only(reading(attached=content.encode()))
    assert (one.about.own_reference, one.about.portal_reference, one.external_id) == ("FL-12", "4711", "r-9")
    assert (one.prospect.first_name, one.prospect.email, one.prospect.mobile) == (
        "Ole",
        "ole@example.org",
        "0171 2",
    )
    assert one.message == "Wann passt es?"


def test_kleinanzeigen_speaks_by_headers_and_is_answered_by_its_relay() -> None:
    text = (
        "Nachricht von Rike B.\n\nIst die Wohnung noch zu haben?\n\nAnzeigennummer: 1234567890\n"
        "https://www.kleinanzeigen.de/m-nachrichten.html?conversationId=abc\n"
    )
    headers = {
        "From": "Rike über Kleinanzeigen <noreply@mail.kleinanzeigen.de>",
        "Reply_To": "x1@mail.kleinanzeigen.de",
        "X_Conversation_ID": "abc",
        "X_Message_ID": "m9",
        "Subject": 'Anfrage zu "Wohnung in Lübeck"',
    }
    found = reading(text, **headers)
    one = only(found)
    assert found.shape == "kleinanzeigen"
    assert (one.about.portal_reference, one.about.title) == ("1234567890", "Wohnung in Lübeck")
    assert (one.external_id, one.prospect.email, one.prospect.last_name) == (
        "abc/m9",
        "x1@mail.kleinanzeigen.de",
        "Rike B.",
    )


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        (
            "Guten Tag,\nsie haben eine Anfrage zu Ihrem Objekt.\n\nObjekt-Nr.: FL-12\nAnrede: Frau\nVorname: Änne\n"
            "Nachname: Müßig\nE-Mail: aenne@example.org\nTelefon: 0451 123\n\nNachricht:\nIst es frei?\nBitte melden!\n",
            ("Änne", "Müßig"),
            "FL-12",
        ),
        (
            "New enquiry\nReference: FL-12\nName: Änne Müßig\nEmail: aenne@example.org\nPhone: 0451 123\n"
            "Message: Ist es frei?\nBitte melden!\n",
            ("Änne", "Müßig"),
            "FL-12",
        ),
        (
            "Nouvelle demande\nRéférence: FL-12\nPrénom: Änne\nNom: Müßig\nCourriel: aenne@example.org\n"
            "Téléphone: 0451 123\nMessage: Ist es frei?\nBitte melden!\n",
            ("Änne", "Müßig"),
            "FL-12",
        ),
    ],
)
def test_labelled_lines_are_read_in_three_languages(text: str, name: tuple[str, str], reference: str) -> None:
    one = only(reading(text))
    assert (one.prospect.first_name, one.prospect.last_name) == name
    assert (one.prospect.email, one.prospect.phone) == ("aenne@example.org", "0451 123")
    assert one.about.own_reference == reference
    assert one.message == "Ist es frei?\nBitte melden!"


def test_a_table_in_html_is_read_like_lines() -> None:
    rows = "".join(
        f"<tr><td><b>{name}:</b></td><td>{value}</td></tr>"
        for name, value in (
            ("Name", "Ole Boje"),
            ("E-Mail", "ole@example.org"),
            ("Scout-ID", "4711"),
            ("Nachricht", "Hallo"),
        )
    )
    message = EmailMessage()
    message["From"], message["Subject"] = "Portal <a@portal.example>", "Anfrage"
    message.set_content(f"<style>x</style><table>{rows}</table>", subtype="html")
    one = only(read(read_mail(message.as_bytes())))
    assert (one.prospect.last_name, one.about.portal_reference, one.message) == ("Boje", "4711", "Hallo")


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("Ihr Newsletter vom Oktober", {}),
        ("Objekt-Nr.: FL-12\nmehr nicht", {}),
        ("Name: Ole\nE-Mail: ole@example.org\nohne Objekt", {}),
        ("Objekt-Nr.: FL-12\nE-Mail: a@example.org\nIch bin im Urlaub", {"Auto_Submitted": "auto-replied"}),
    ],
)
def test_what_names_nobody_or_nothing_waits_for_a_person(text: str, headers: dict[str, str]) -> None:
    found = reading(text, **headers)
    assert (found.shape, found.enquiries, bool(found.reason)) == (None, (), True)


def test_what_is_no_mail_or_too_large_is_refused() -> None:
    for raw in (b"", b"PK\x03\x04", b"From: a@b.example\n\n" + bytes(MOST_BYTES)):
        with pytest.raises(NotAMail):
            read_mail(raw)


@given(
    st.binary(max_size=600),
    st.sampled_from(["From", "Date", "Subject", "Content-Type", "Reply-To", "Message-ID"]),
)
def test_no_bytes_raise_anything_else(raw: bytes, header: str) -> None:
    for content in (raw, f"From: a@b.example\n{header}: ".encode() + raw, mail(attached=raw)):
        try:
            read(read_mail(content))
        except NotAMail:
            continue


def test_html_is_shown_without_what_nobody_sees() -> None:
    assert (
        visible("<p>Eins<br>zwei</p><script>alert(1)</script><!-- x --><div>drei &amp; vier</div>")
        == "Eins\nzwei\ndrei & vier"
    )


@pytest.mark.parametrize("name", ["openimmo-feedback_utf8-bom.xml", "openimmo-feedback-1-2-4_openestate.xml"])
def test_others_documents_are_read(name: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"the shared samples are not here: ../shared/specs/leads/{name}")
    found = reading(attached=(SHARED / name).read_bytes())
    assert found.enquiries or found.reason


def test_a_whole_mail_of_a_portal_is_read() -> None:
    path = SHARED / "portal_anfrage_mit_openimmo_feedback_constructed.eml"
    if not path.exists():
        pytest.skip("the shared samples are not here: ../shared/specs/leads")
    found = read(read_mail(path.read_bytes()))
    assert [one.prospect.can_be_answered for one in found.enquiries] == [True, True]
    assert found.enquiries[0].prospect.last_name == "Müßig"
