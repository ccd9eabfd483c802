"""Asking for a mail, and what was sent. A mail is a row of the same transaction as its cause; a job carries it out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kontor.core.config import settings
from kontor.core.tenancy import NoTenant, current_tenant, tenant
from kontor.core.vault import vault
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.jobs.schedules import HOUSE
from kontor.mail.models import Message
from kontor.mail.rendering import Rendered, render

DEMO_SHOWS = 200


def send(template: str, to: str, language: str, **values: Any) -> UUID:
    """Writes the mail `template` to the address `to`, in the transaction that is open, and queues its sending.

    Inside `tenant()` the sending is that tenant's job; elsewhere it is the house's, in a transaction of its own.
    Raises NoSuchMail, and KeyError where a value that the words name is missing.
    """
    rendered = render(template, language, values)
    try:
        current_tenant()
    except NoTenant:
        with tenant(HOUSE):
            return _keep(template, to, language, rendered)
    return _keep(template, to, language, rendered)


def _keep(template: str, to: str, language: str, rendered: Rendered) -> UUID:
    message = Message(template=template, language=language, recipient=to)
    message.sealed = seal(message.id, rendered)
    message.save(force_insert=True)
    jobs.add("mail.send", {"message_id": str(message.id)}, lane=Lane.NOW)
    return message.id


def seal(message_id: UUID, rendered: Rendered) -> bytes:
    """The words of a mail as they are kept."""
    words = json.dumps([rendered.subject, rendered.text, rendered.html]).encode()
    return vault().seal(words, owner=owner(message_id))


def words_of(message: Message) -> Rendered | None:
    """The words of a mail; None once they are gone."""
    if message.sealed is None:
        return None
    return Rendered(*json.loads(vault().open(bytes(message.sealed), owner=owner(message.id))))


def shown() -> list[tuple[Message, Rendered]]:
    """The newest mails with their words, for the demo's page; empty where words are not kept."""
    rows = Message.objects.exclude(sealed=None).order_by("-created_at")[:DEMO_SHOWS]
    return [(row, words) for row in rows if (words := words_of(row))]


def sent_since(template: str, address: str, at: datetime) -> bool:
    """Whether this mail was asked for, to this address, after `at`."""
    return Message.objects.filter(template=template, recipient__iexact=address, created_at__gt=at).exists()


def forget(address: str) -> int:
    """Deletes what is known of mails to an address, for an erasure; answers how many. Those still waiting don't go out."""
    with transaction.atomic():
        deleted, _ = Message.objects.filter(recipient__iexact=address).delete()
    return deleted


def keeps_words() -> bool:
    """Whether the words of mails stay after sending: in the demo, where nobody has a mailbox."""
    return settings().environment == "demo"


def owner(message_id: UUID) -> str:
    """What the sealed words of a mail are bound to."""
    return f"mail:{message_id}"
