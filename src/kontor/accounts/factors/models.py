"""What proves a person besides the password. Nothing here opens anything to who reads the table alone.

An authenticator's secret is sealed by the vault, a passkey is a public key, a recovery code is kept as an Argon2 hash.
"""

from __future__ import annotations

from django.db import models

from kontor.accounts.models import Membership, Person, Session
from kontor.core.clock import now
from kontor.core.identifiers import uuid7


class Secret(models.Model):
    """What an authenticator app and we both know. Counts from the first right code on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    last_step = models.BigIntegerField(
        default=0
    )  # the newest half-minute a code was taken for: none comes twice
    created_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(confirmed_at__isnull=False), name="secret_one_confirmed"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(confirmed_at__isnull=True), name="secret_one_begun"
            ),
        ]


class Passkey(models.Model):
    """A key pair whose private half never leaves the person's device."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """One of ten codes on paper, each good once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    selector = models.CharField(max_length=4)  # the code's first characters: finds the row, proves nothing
    hash = models.CharField(max_length=200)  # Argon2 of the rest
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "selector"], name="recovery_selector_once")]


class Challenge(models.Model):
    """A proof that was begun: the password was right, the second factor is awaited. Found by its hash only."""

    class Purpose(models.TextChoices):
        """What the proof is for."""

        LOGIN = "login", "To log in"
        PROOF = "proof", "To show that it is really they"
        PASSKEY = "passkey", "To add a passkey"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hash = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="+"
    )  # of a log-in
    session = models.ForeignKey(
        Session, null=True, on_delete=models.CASCADE, related_name="+"
    )  # of the others
    company = models.CharField(max_length=200, blank=True)  # of a log-in that registers this business
    passkey_challenge = models.BinaryField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
