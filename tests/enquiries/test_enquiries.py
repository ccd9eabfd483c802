"""A portal's mail becomes a request about the right property; what nobody can read waits where it is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.enquiries.test_reading import FEEDBACK, mail
from tests.plugins.api import Caller, Enter

from kontor.core.tenancy import tenant
from kontor.enquiries import service
from kontor.enquiries.models import Enquiry, Mail
from kontor.live.models import Event
from kontor.properties import service as properties
from kontor.properties.content import PropertyContent

Drain = Callable[..., int]
READING = [service.INTERPRET]
TEXT = "Objekt-Nr.: FL-12\nName: Ole Boje\nE-Mail: ole@example.org\nNachricht: Hallo"


@pytest.fixture
def flat(tenant_a: UUID) -> UUID:
    """The property that the portal calls FL-12."""
    with tenant(tenant_a):
        return properties.save(
            None, PropertyContent.from_json({"reference": "FL-12", "kind": "flat"})
        ).listing_id


def hand_in(api: Caller, raw: bytes, status: int = 201) -> dict[str, Any]:
    answer = api.post("/enquiries/mails", files={"file": ("anfrage.eml", raw, "message/rfc822")})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def listed(api: Caller, **wanted: object) -> list[dict[str, Any]]:
    return list(api.get("/enquiries", params=wanted).json()["items"])


def test_a_mail_becomes_requests_about_the_property_that_the_portal_names(
    api: Caller, flat: UUID, drain: Drain
) -> None:
    sent = mail(attached=FEEDBACK.encode())
    made = hand_in(api, sent)
    assert (made["state"], listed(api)) == ("waiting", [])
    drain(READING)
    found = listed(api, listing_id=flat)
    assert {one["prospect"]["last_name"] for one in found} == {"Müßig", "Boje"}
    assert all(one["state"] == "open" and one["portal"] == "Nordportal" for one in found)
    assert api.get(f"/enquiries/mails/{made['id']}/raw").content == sent
    with tenant(api.tenant_id):
        assert Event.objects.filter(kind="enquiry.received").count() == 2


def test_the_same_mail_or_request_again_is_one(api: Caller, flat: UUID, drain: Drain) -> None:
    first = hand_in(api, mail(attached=FEEDBACK.encode()))
    assert hand_in(api, mail(attached=FEEDBACK.encode()), status=200)["id"] == first["id"]
    drain(READING)
    api.post(f"/enquiries/mails/{first['id']}/replay")
    drain(READING)
    hand_in(
        api, mail(attached=FEEDBACK.encode(), Message_ID="<m-2@portal.example>")
    )  # sent once more by the portal
    drain(READING)
    with_own_id = [one for one in listed(api) if one["prospect"]["last_name"] == "Müßig"]
    assert len(with_own_id) == 1


def test_what_nobody_can_read_waits_where_it_is_seen(api: Caller, drain: Drain) -> None:
    made = hand_in(api, mail("Unser Newsletter"))
    drain(READING)
    (waiting,) = api.get("/enquiries/mails", params={"state": "unread"}).json()["items"]
    assert (waiting["id"], bool(waiting["reason"])) == (made["id"], True)
    assert api.post(f"/enquiries/mails/{made['id']}/settle").json()["state"] == "settled"
    again = api.post(f"/enquiries/mails/{made['id']}/settle")
    assert (again.status_code, again.json()["code"]) == (409, "enquiries.not_waiting")


def test_a_report_of_a_portal_stands_on_its_mail(api: Caller, drain: Drain) -> None:
    content = (
        "<openimmo_feedback><sender><name>N</name></sender><fehlerliste><fehler><objekt_id>FL-9</objekt_id>"
        "<fehlernr>1</fehlernr><text>zu klein</text></fehler></fehlerliste></openimmo_feedback>"
    )
    hand_in(api, mail(attached=content.encode()))
    drain(READING)
    (read,) = api.get("/enquiries/mails", params={"state": "read"}).json()["items"]
    assert read["reports"][0]["faults"] == [{"reference": "FL-9", "number": 1, "text": "zu klein"}]


def test_a_request_about_nothing_known_is_bound_by_a_person(api: Caller, flat: UUID, drain: Drain) -> None:
    hand_in(api, mail(TEXT.replace("FL-12", "XX-1")))
    drain(READING)
    (one,) = listed(api, unknown=True)
    at = f"/enquiries/{one['id']}"
    assert api.patch(at, json={"state": "done"}).status_code == 428
    bound = api.patch(at, json={"listing_id": str(flat)}, headers={"If-Match": '"1"'})
    assert (bound.status_code, bound.json()["listing_id"], bound.headers["etag"]) == (200, str(flat), '"2"')
    stale = api.patch(at, json={"state": "done"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["params"]["theirs"]["revision"]) == (412, 2)
    assert api.patch(at, json={"state": "done"}, headers={"If-Match": '"2"'}).json()["state"] == "done"
    assert listed(api, state="open") == []


def test_what_is_no_mail_is_refused_with_its_code(api: Caller) -> None:
    answer = api.post("/enquiries/mails", files={"file": ("a.eml", b"PK\x03\x04", "message/rfc822")})
    assert (answer.status_code, answer.json()["code"]) == (422, "enquiries.not_a_mail")


def test_who_may_only_read_hands_in_nothing(tenant_a: UUID, enter: Enter) -> None:
    reader = enter(tenant_a, "read_only")
    answer = reader.post("/enquiries/mails", files={"file": ("a.eml", mail(TEXT), "message/rfc822")})
    assert answer.status_code == 403


def test_a_worker_that_dies_while_reading_makes_no_request_twice(
    tenant_a: UUID, flat: UUID, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant(tenant_a):
        row, _ = service.receive(mail(attached=FEEDBACK.encode()))

    class Killed(BaseException):
        """No handler of ours may catch what stands for the end of the process."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(service.events, "record", die)
        with pytest.raises(Killed), tenant(tenant_a):
            service.interpret(row.id)
    with tenant(tenant_a):
        assert (Enquiry.objects.count(), Mail.objects.get().state) == (0, "waiting")
    drain(READING)
    with tenant(tenant_a):
        assert Enquiry.objects.count() == 2
