"""A mailbox is read, changed in nothing, and each of its mails taken in once, whatever ends in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.enquiries.mail_server import PASSWORD, USER, MailServer, running
from tests.enquiries.test_reading import mail
from tests.plugins.api import Caller, Enter

from kontor.core.guarded import Network
from kontor.core.tenancy import tenant
from kontor.enquiries import imap, mailboxes
from kontor.enquiries.models import Mail, Mailbox
from kontor.enquiries.reading.mail import MOST_BYTES
from kontor.jobs.models import Schedule

Drain = Callable[..., int]
COLLECTING = [mailboxes.COLLECT]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that this installation may reach, and believes."""
    with running(tmp_path) as mailbox:
        here = Network(
            ports=None,
            may_reach=lambda address: address == "127.0.0.1",
            resolve=lambda host, port: ["127.0.0.1"],
            tls=mailbox.trusting,
        )
        monkeypatch.setattr(imap, "network", lambda: here)
        yield mailbox


def numbered(number: int) -> bytes:
    return mail(f"Anfrage {number}", Message_ID=f"<m-{number}@portal.example>")


def made(api: Caller, server: MailServer, **other: Any) -> dict[str, Any]:
    wish = {"host": "mail.example", "port": server.port, "user": USER, "password": PASSWORD, **other}
    answer = api.post("/enquiries/mailboxes", json=wish)
    assert answer.status_code == 201, answer.text
    assert PASSWORD not in answer.text
    return dict(answer.json())


def looked(api: Caller, mailbox: dict[str, Any], drain: Drain) -> dict[str, Any]:
    api.post(f"/enquiries/mailboxes/{mailbox['id']}/check")
    drain(COLLECTING)
    return dict(api.get(f"/enquiries/mailboxes/{mailbox['id']}").json())


def subjects(tenant_id: UUID) -> int:
    with tenant(tenant_id):
        return Mail.objects.count()


def test_each_mail_is_taken_in_once_and_nothing_there_is_changed(
    api: Caller, server: MailServer, drain: Drain
) -> None:
    for number in range(3):
        server.add(numbered(number))
    mailbox = made(api, server)
    assert looked(api, mailbox, drain)["state"] == "working"
    assert subjects(api.tenant_id) == 3
    server.add(numbered(3))
    before = len(server.commands)
    looked(api, mailbox, drain)
    assert subjects(api.tenant_id) == 4
    assert sum("BODY" in command for command in server.commands[before:]) == 1
    words = " ".join(server.commands)
    assert "EXAMINE" in words
    assert not any(word in words for word in ("SELECT", "STORE", "EXPUNGE", "MOVE", "COPY", "BODY[]"))


def test_numbers_that_begin_anew_make_no_mail_twice(api: Caller, server: MailServer, drain: Drain) -> None:
    server.add(numbered(0))
    mailbox = made(api, server)
    looked(api, mailbox, drain)
    server.validity, server.mails = 8, {1: numbered(0), 2: numbered(1)}
    looked(api, mailbox, drain)
    assert subjects(api.tenant_id) == 2


def test_a_connection_that_breaks_goes_on_where_it_was(api: Caller, server: MailServer, drain: Drain) -> None:
    for number in range(5):
        server.add(numbered(number))
    mailbox = made(api, server)
    server.drops_after = 8
    found = looked(api, mailbox, drain)
    assert (found["state"], found["problem"]["code"]) == ("unreachable", "mailbox.unreachable")
    assert 0 < subjects(api.tenant_id) < 5
    server.drops_after = 10_000
    drain(COLLECTING, ahead_seconds=3600)
    assert subjects(api.tenant_id) == 5
    assert api.get(f"/enquiries/mailboxes/{mailbox['id']}").json()["state"] == "working"


@pytest.mark.parametrize("wrong", [{"password": "falsch"}, {"folder": "Anfragen"}])
def test_what_only_a_person_can_mend_is_said_and_not_tried_again_at_once(
    api: Caller, server: MailServer, drain: Drain, wrong: dict[str, str]
) -> None:
    server.add(numbered(0))
    mailbox = made(api, server, **wrong)
    drain(COLLECTING)
    found = api.get(f"/enquiries/mailboxes/{mailbox['id']}").json()
    assert (found["state"], found["problem"]["code"]) == ("refused", "mailbox.refused")
    before = len(server.commands)
    mailboxes.collect(api.tenant_id, UUID(mailbox["id"]), lambda: None)  # the next turn
    assert len(server.commands) == before
    right = {"password": PASSWORD, "folder": "INBOX"}
    at = f"/enquiries/mailboxes/{mailbox['id']}"
    assert api.patch(at, json=right, headers={"If-Match": '"1"'}).status_code == 200
    drain(COLLECTING)
    assert (api.get(at).json()["state"], subjects(api.tenant_id)) == ("working", 1)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    api: Caller, server: MailServer, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = Network(ports=None, may_reach=lambda _: True, resolve=lambda host, port: ["127.0.0.1"])
    monkeypatch.setattr(imap, "network", lambda: strict)
    mailbox = made(api, server)
    found = looked(api, mailbox, drain)
    assert (found["state"], found["problem"]["params"]["step"]) == ("refused", "certificate")
    assert server.commands == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254"])
def test_a_private_network_is_not_reached(api: Caller, tmp_path: Path, drain: Drain, host: str) -> None:
    with running(tmp_path) as server:
        found = looked(api, made(api, server, host=host), drain)
    assert (found["state"], found["problem"]["code"]) == ("refused", "fetch.private_address")
    assert server.commands == []


@pytest.mark.parametrize("said", [MOST_BYTES + 1, -(MOST_BYTES * 40)])
def test_a_mail_without_end_is_passed_over_or_ends_the_look(
    api: Caller, server: MailServer, drain: Drain, said: int
) -> None:
    server.sizes[server.add(numbered(0))] = said
    server.add(numbered(1))
    looked(api, made(api, server), drain)
    assert subjects(api.tenant_id) == (1 if said > 0 else 0)


def test_a_worker_that_dies_between_two_mails_loses_and_doubles_none(
    tenant_a: UUID, api: Caller, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """No handler of ours may catch what stands for the end of the process."""

    for number in range(4):
        server.add(numbered(number))
    mailbox = UUID(made(api, server)["id"])
    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1
        if checks == 3:
            raise Killed

    with pytest.raises(Killed):
        mailboxes.collect(tenant_a, mailbox, check)
    assert subjects(tenant_a) == 2
    assert mailboxes.collect(tenant_a, mailbox, lambda: None) == 2
    assert subjects(tenant_a) == 4


def test_a_mailbox_that_rests_or_goes_is_asked_no_more(api: Caller, server: MailServer, drain: Drain) -> None:
    mailbox = made(api, server)
    at = f"/enquiries/mailboxes/{mailbox['id']}"
    api.patch(at, json={"is_active": False}, headers={"If-Match": '"1"'})
    drain(COLLECTING)
    assert server.commands == []
    assert not Schedule.objects.filter(kind=mailboxes.COLLECT).exists()
    api.patch(at, json={"is_active": True}, headers={"If-Match": '"2"'})
    assert Schedule.objects.filter(kind=mailboxes.COLLECT).count() == 1
    assert api.delete(at).status_code == 204
    assert not Schedule.objects.filter(kind=mailboxes.COLLECT).exists()
    with tenant(api.tenant_id):
        assert not Mailbox.objects.exists()


def test_only_who_looks_after_the_business_sees_mailboxes(tenant_a: UUID, enter: Enter) -> None:
    assert enter(tenant_a, "member").get("/enquiries/mailboxes").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"host": "a b"}, {"host": ""}, {"port": 0}, {"user": "a\r\nb"}, {"folder": "a\nb"}, {"password": ""}],
)
def test_what_would_break_the_protocol_is_refused_at_its_field(
    api: Caller, server: MailServer, wrong: dict[str, Any]
) -> None:
    wish = {"host": "mail.example", "port": server.port, "user": USER, "password": PASSWORD, **wrong}
    answer = api.post("/enquiries/mailboxes", json=wish)
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, next(iter(wrong)))
