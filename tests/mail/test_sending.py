"""A mail goes out once, with its cause or not at all, and leaves no secret behind."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core import mail as django_mail
from tests.plugins.mails import Post

from kontor.core.tenancy import tenant
from kontor.mail import service
from kontor.mail.catalogue import SAMPLES
from kontor.mail.models import Message

ADDRESS = "martina@thomsen.example"
RESET = SAMPLES["reset_password"]


def test_a_mail_reaches_the_mailbox_in_both_forms(post: Post) -> None:
    service.send("reset_password", ADDRESS, "fr", **RESET)
    (mail,) = post.all()
    assert mail.subject == "Définir un nouveau mot de passe"
    assert RESET["link"] in mail.body
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    assert RESET["link"] in html
    assert mail.message()["Auto-Submitted"] == "auto-generated"


def test_a_mail_goes_with_its_cause(tenant_a: UUID, post: Post) -> None:
    def fails() -> None:
        with tenant(tenant_a):
            service.send("reset_password", ADDRESS, "de", **RESET)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert post.all() == []
    with tenant(tenant_a):
        service.send("reset_password", ADDRESS, "de", **RESET)
    assert len(post.all()) == 1


def test_the_link_is_readable_nowhere_in_the_database(post: Post, superuser: str) -> None:
    service.send("reset_password", ADDRESS, "de", **RESET)
    secret = b"token=example"
    row = Message.objects.get()
    assert secret not in bytes(row.sealed or b"")
    with psycopg.connect(superuser) as db:
        jobs = str(db.execute("select payload from jobs_job").fetchall())
    assert secret.decode() not in jobs
    post.all()
    row.refresh_from_db()
    assert (row.sealed, row.status) == (None, "sent")


@pytest.mark.parametrize(
    ("failure", "is_for_good"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (451, b"greylisted")}), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_a_server_that_is_away_is_asked_again_and_a_no_is_a_no(
    post: Post,
    drain: Callable[..., int],
    superuser: str,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    is_for_good: bool,
) -> None:
    real = django_mail.EmailMultiAlternatives.send
    answers = [failure]

    def send(self: Any, *args: Any) -> Any:
        if answers:
            raise answers.pop()
        return real(self, *args)

    monkeypatch.setattr(django_mail.EmailMultiAlternatives, "send", send)
    service.send("reset_password", ADDRESS, "de", **RESET)
    drain()
    assert Message.objects.get().status == ("refused" if is_for_good else "waiting")
    drain(ahead_seconds=60)
    assert len(django_mail.outbox) == (0 if is_for_good else 1)


def test_a_mail_forgotten_before_it_was_sent_does_not_go_out(post: Post) -> None:
    service.send("reset_password", ADDRESS, "de", **RESET)
    assert service.forget(ADDRESS.upper()) == 1
    assert post.all() == []
