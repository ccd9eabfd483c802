"""Contacts: one is the default, numbers come both ways, and objects never lose theirs."""

from __future__ import annotations

from tests.sandbox.is24.agent import COMMON, Agent, message, placed

CONTACTS = "/user/me/contact"


def contact(**elements: str) -> str:
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in elements.items())
    return f'<common:realtorContactDetail xmlns:common="{COMMON}">{inner}</common:realtorContactDetail>'


def made(agent: Agent, **elements: str) -> str:
    answer = agent.call(
        "POST", CONTACTS, contact(**{"email": "anna@example.org", "lastname": "Ahrens"} | elements)
    )
    assert answer.status_code == 201, answer.text
    return message(answer)[2]


def default_of(agent: Agent) -> str:
    (found,) = [row for row in agent.read(CONTACTS).children if row.value("defaultContact") == "true"]
    return found.attributes["id"]


def test_what_is_left_out_is_filled_in(agent: Agent) -> None:
    found = agent.read(f"{CONTACTS}/{made(agent)}")
    assert found.value("salutation") == "NO_SALUTATION"
    assert found.value("defaultContact") == found.value("showOnProfilePage") == "false"
    assert found.value("realEstateReferenceCount") == "0"


def test_a_number_is_shown_combined_and_split(agent: Agent) -> None:
    combined = made(agent, phoneNumber="+49 40 123456")
    assert agent.read(f"{CONTACTS}/{combined}").value("phoneNumberAreaCode") == "40"
    body = contact(
        email="b@example.org",
        lastname="Berg",
        phoneNumberCountryCode="+49",
        phoneNumberAreaCode="30",
        phoneNumberSubscriber="998877",
    )
    split = message(agent.call("POST", CONTACTS, body))[2]
    assert agent.read(f"{CONTACTS}/{split}").value("phoneNumber") == "+49 30 998877"
    leading_zero = contact(email="c@example.org", lastname="C", phoneNumber="+49 040 123456")
    assert agent.call("POST", CONTACTS, leading_zero).status_code == 412


def test_an_e_mail_and_a_name_are_needed(agent: Agent) -> None:
    answer = agent.call("POST", CONTACTS, contact(email="x@example.org"))
    assert (answer.status_code, message(answer)[0]) == (412, "ERROR_RESOURCE_VALIDATION")
    assert "[lastname] must be set" in message(answer)[1]


def test_an_object_goes_to_the_contact_it_names_else_to_the_default(agent: Agent) -> None:
    own = made(agent, externalId="a-001")
    assert agent.read(f"/user/me/realestate/{agent.insert()}").child("contact").attributes[
        "id"
    ] == default_of(agent)  # type: ignore[union-attr]
    elements = placed()
    body = "".join(f"<{name}>{text}</{name}>" for name, text in elements.items())
    with_contact = body.replace("</showAddress>", f'</showAddress><contact id="{own}"/>')
    namespace = "http://rest.immobilienscout24.de/schema/offer/realestates/1.0"
    document = f'<r:apartmentBuy xmlns:r="{namespace}">{with_contact}</r:apartmentBuy>'
    identifier = message(agent.call("POST", "/user/me/realestate", document))[2]
    shown = agent.read(f"/user/me/realestate/{identifier}").child("contact")
    assert shown is not None
    assert shown.attributes == {"id": own, "externalId": "a-001"}
    assert agent.read(f"{CONTACTS}/ext-a-001").value("realEstateReferenceCount") == "1"
    assert agent.call("DELETE", f"{CONTACTS}/{own}").status_code == 200
    moved = agent.read(f"/user/me/realestate/{identifier}").child("contact")
    assert moved is not None
    assert moved.attributes["id"] == default_of(agent)


def test_the_default_contact_stays_unless_another_is_named(agent: Agent) -> None:
    default, other = default_of(agent), made(agent)
    refused = agent.call("DELETE", f"{CONTACTS}/{default}")
    assert refused.status_code == 412
    assert "default contact can not be deleted. Please provide assigntocontactid" in message(refused)[1]
    assert agent.call("DELETE", f"{CONTACTS}/{default}?assigntocontactid={other}").status_code == 200
    assert default_of(agent) == other


def test_put_replaces_and_never_takes_the_default_away(agent: Agent) -> None:
    identifier = made(agent, secondaryEmail="zweite@example.org")
    body = contact(email="neu@example.org", lastname="Neu", defaultContact="true")
    answer = agent.call("PUT", f"{CONTACTS}/{identifier}", body)
    assert message(answer)[0] == "MESSAGE_RESOURCE_UPDATED"
    found = agent.read(f"{CONTACTS}/{identifier}")
    assert (found.value("email"), found.value("secondaryEmail")) == ("neu@example.org", "")
    agent.call("PUT", f"{CONTACTS}/{identifier}", body.replace("true", "false"))
    assert default_of(agent) == identifier
