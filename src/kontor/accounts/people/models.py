"""Links that went out by mail, invitations, and what people are told inside Kontor."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kontor.accounts.models import Language, Person, Role
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import TenantModel


class Purpose(models.TextChoices):
    """What the holder of a link may do with it."""

    VERIFY = "verify", "Confirm the address"
    RESET = "reset", "Set a new password"
    CHANGE = "change", "Confirm a new address"


class EmailToken(models.Model):
    """One link in one mail to one person: single-use, and only its hash is kept.

    `email` is the address that it went to, and which its use proves.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="email_tokens")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    email = models.EmailField()
    hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=now, db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Invitation(TenantModel):
    """Somebody is asked into the tenant. Open until it is accepted or revoked; the link works until `expires_at`."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    inviter = models.CharField(max_length=210)
    hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="people_invitation_open_once",
            )
        ]


class Notice(TenantModel):
    """Something that one person was told. `params` are the values of its sentence, `link` a path of the web UI."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=60)
    params: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)  # at once
    digested_at = models.DateTimeField(null=True)  # in the daily mail

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tenant_id", "person", "-id"], name="people_notice_list"),
            models.Index(
                fields=["tenant_id", "person"], condition=Q(read_at=None), name="people_notice_unread"
            ),
        ]
