"""On-top placements, reports by day, counts, and enquiries from seekers."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
from tests.sandbox.is24.agent import Agent, message

from kontor_sandbox.is24.nodes import parse

OBJECTS = "/user/me/realestate"
DAY = 86_400
TOP = "http://rest.immobilienscout24.de/schema/offer/topplacement/1.0"


@pytest.fixture
def live(agent: Agent) -> str:
    """An object that seekers find."""
    identifier = agent.insert(elements=None)
    agent.publish(identifier)
    return identifier


@pytest.mark.parametrize("kind", ["topplacement", "premiumplacement", "showcaseplacement"])
def test_a_placement_is_for_live_objects_and_ends_with_them(agent: Agent, live: str, kind: str) -> None:
    hidden = agent.insert()
    refused = agent.call("POST", f"{OBJECTS}/{hidden}/{kind}")
    assert (refused.status_code, message(refused)[0]) == (412, "ERROR_RESOURCE_VALIDATION")
    placed = agent.call("POST", f"{OBJECTS}/{live}/{kind}")
    assert (placed.status_code, message(placed)[1]) == (
        200,
        f"Resource [{kind}] with id [] has been created.",
    )
    assert agent.call("POST", f"{OBJECTS}/{live}/{kind}").status_code == 412
    assert agent.read(f"{OBJECTS}/{live}/{kind}").children[0].attributes == {"realestateid": live}
    early = agent.call("DELETE", f"{OBJECTS}/{live}/{kind}")
    assert early.status_code == 412
    assert "can not be deleted before" in message(early)[1]
    agent.call("DELETE", f"/publish/{live}_10000")
    assert agent.call("GET", f"{OBJECTS}/{live}/{kind}").status_code == 404


def test_placements_of_many_objects(agent: Agent, live: str) -> None:
    wanted = "".join(f'<topplacement realestateid="{reference}"/>' for reference in (live, "4711"))
    body = f'<t:topplacements xmlns:t="{TOP}">{wanted}</t:topplacements>'
    answer = agent.call("POST", "/user/me/topplacement/list", body)
    assert [row.value("messageCode") for row in parse(answer.content).children] == [
        "MESSAGE_RESOURCE_CREATED",
        "ERROR_RESOURCE_NOT_FOUND",
    ]
    assert len(agent.read("/user/me/topplacement/all").children) == 1
    agent.control("POST", "/clock", {"advance_seconds": DAY + 60})
    assert agent.call("DELETE", f"/user/me/topplacement/list?realestateids={live}").status_code == 200
    assert agent.read("/user/me/topplacement/all").children == []
    assert agent.call("DELETE", f"/user/me/topplacement/list?realestateids={live}").status_code == 412


def report(agent: Agent, identifier: str, first: datetime, last: datetime) -> list[dict[str, object]]:
    answer = agent.call(
        "GET", f"{OBJECTS}/{identifier}/dailyreport?dateFrom={first:%Y-%m-%d}&dateTo={last:%Y-%m-%d}"
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["realEstateId"] == identifier
    return list(answer.json()["dailyReports"])


def test_a_report_counts_days_on_which_the_object_was_live(agent: Agent, live: str) -> None:
    hidden = agent.insert()
    agent.control("POST", "/clock", {"advance_seconds": 3 * DAY})
    agent.control("POST", "/enquiries", {"object": live})
    now = datetime.now(UTC) + timedelta(days=3)
    days = report(agent, live, now - timedelta(days=5), now + timedelta(days=2))
    assert len(days) == 6
    assert [bool(day["matchesResultList"]) for day in days[:2]] == [False, False]
    assert all(day["matchesResultList"] for day in days[3:5])
    assert days[-1]["emailContacts"] == 1
    assert report(agent, live, now - timedelta(days=5), now)[3] == days[3]
    assert not any(day["matchesResultList"] for day in report(agent, hidden, now - timedelta(days=2), now))


@pytest.mark.parametrize(("back", "ahead"), [(0, -2), (200, 0)])
def test_a_report_is_of_at_most_180_days_forwards(agent: Agent, live: str, back: int, ahead: int) -> None:
    now = datetime.now(UTC)
    first, last = now - timedelta(days=back), now + timedelta(days=ahead)
    answer = agent.call(
        "GET", f"{OBJECTS}/{live}/dailyreport?dateFrom={first:%Y-%m-%d}&dateTo={last:%Y-%m-%d}"
    )
    assert answer.status_code == 412
    assert answer.json()["messageCode"] == "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED"


def test_objects_are_counted(agent: Agent, live: str) -> None:
    agent.insert()
    counts = agent.read("/user/me/realestatecounts")
    assert [child.text for child in counts.children] == ["1", "1", "0"]


def test_an_enquiry_is_a_mail_with_xml_to_the_objects_contact(agent: Agent, live: str) -> None:
    made = agent.control(
        "POST",
        "/enquiries",
        {"external_id": live, "first_name": "Jörg", "last_name": "Groß", "message": "Noch frei?"},
    )
    (listed,) = agent.control("GET", "/enquiries")["enquiries"]
    assert listed["message_id"] == made["message_id"]
    raw = agent.http.get(listed["mail"])
    assert raw.headers["content-type"] == "message/rfc822"
    mail = email.message_from_bytes(raw.content, policy=email.policy.default)
    assert mail["to"] == "anfragen@hafenblick.example"
    assert "Jörg Groß" in str(mail["reply-to"])
    (attached,) = list(mail.iter_attachments())
    feedback = parse(attached.get_content())
    assert feedback.value("objekt", "portal_obj_id") == feedback.value("objekt", "oobj_id") == live
    assert feedback.value("objekt", "interessent", "nachname") == "Groß"
    assert feedback.value("objekt", "interessent", "anfrage") == "Noch frei?"
    assert (
        agent.control("GET", "/truth")["immoscout24"]["hafenblick-immobilien"]["enquiries"][0]["name"]
        == "Jörg Groß"
    )


def test_nobody_asks_about_what_is_not_live(agent: Agent) -> None:
    hidden = agent.insert()
    answer = agent.http.post("/_sandbox/is24/api/enquiries", json={"object": hidden})
    assert (answer.status_code, "not live" in answer.json()["error"]) == (409, True)
    assert agent.http.post("/_sandbox/is24/api/enquiries", json={"object": 4711}).status_code == 404
    assert agent.http.post("/_sandbox/is24/api/enquiries", json={}).status_code == 404


def test_the_same_mail_can_come_twice(agent: Agent, live: str) -> None:
    agent.control("POST", "/faults", {"name": "duplicate_enquiry"})
    assert agent.control("POST", "/enquiries", {"object": live})["copies"] == 2
    found = agent.control("GET", "/enquiries")["enquiries"]
    assert len(found) == 2
    assert found[0]["message_id"] == found[1]["message_id"]
