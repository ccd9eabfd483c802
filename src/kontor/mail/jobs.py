"""Sending, through Django's mail backend; and forgetting what was sent long ago."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from kontor.core.clock import now
from kontor.core.errors import KontorError
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.mail import service
from kontor.mail.models import Message, Status
from kontor.mail.rendering import Rendered

TIMEOUT_SECONDS = 20
KEPT_FOR = timedelta(days=90)

schedules.declare("mail.prune", "mail.prune", every_seconds=24 * 3600)


class MailServerAway(KontorError):
    """The mail server can't be reached or says "later"; the job tries again."""

    code, status, title = "mail.server_away", 503, "The mail server can't be reached"
    retry_after_seconds: float | None = 30.0


class MailRefused(KontorError):
    """The mail server doesn't take this mail, now or later."""

    code, status, title = "mail.refused", 422, "The mail server refuses this mail"


@handler("mail.send", retries=10, backoff_seconds=30.0)
def send_mail(run: JobRun) -> None:
    """Sends one mail. A worker that dies between sending and noting it sends it twice, under the same Message-ID."""
    message = Message.objects.filter(id=UUID(run.payload["message_id"]), status=Status.WAITING).first()
    words = service.words_of(message) if message else None
    if message is None or words is None:
        return
    run.check()
    try:
        deliver(message, words)
    except MailRefused as error:
        _settle(message, status=Status.REFUSED, reason=error.detail[:300])
        raise
    _settle(message, status=Status.SENT, sent_at=now())


def deliver(message: Message, words: Rendered) -> None:
    """Hands one mail to the server. Raises MailServerAway, MailRefused."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        to=[message.recipient],
        headers={
            "Message-ID": f"<{message.id}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
        connection=get_connection(timeout=TIMEOUT_SECONDS),
    )
    mail.attach_alternative(words.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, _ = next(iter(error.recipients.values()))
        raise _problem(code) from error
    except smtplib.SMTPResponseException as error:
        raise _problem(error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerAway(reason=type(error).__name__) from error


def _problem(smtp_code: int) -> KontorError:
    """4xx passes, 5xx stays (RFC 5321, 4.2.1); a refused log-in (530, 535) is mended by whoever runs the house."""
    if smtp_code >= 500 and smtp_code not in (530, 534, 535, 538):
        return MailRefused(f"The mail server refuses this mail ({smtp_code}).", smtp_code=smtp_code)
    return MailServerAway(smtp_code=smtp_code)


def _settle(message: Message, **fields: object) -> None:
    if not service.keeps_words():
        fields["sealed"] = None
    Message.objects.filter(id=message.id).update(**fields)


@handler("mail.prune")
def prune(run: JobRun) -> None:
    """Forgets mails older than KEPT_FOR."""
    Message.objects.filter(created_at__lt=now() - KEPT_FOR).delete()
