"""Mails that were asked for, and what became of them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

from kontor.core.clock import now
from kontor.core.identifiers import uuid7


class Status(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # the server said no for good: `reason`


class Message(models.Model):
    """One mail to one address.

    Its words are sealed, because a mail may carry a link that logs somebody in; they go when it was sent. The demo keeps
    them for its page of mails.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    recipient = models.EmailField()
    sealed = models.BinaryField(null=True)
    status = models.CharField(max_length=10, default=Status.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="mail_message_created"),
            models.Index(fields=["recipient"], name="mail_message_recipient"),
        ]
