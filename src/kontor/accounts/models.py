"""People, the tenants they work in, and what proves that somebody is who they say.

None of these tables but `Idempotency` carries the tenants' policy: they are read to find out which tenant it is.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import TenantModel


class Language(models.TextChoices):
    """Languages that the interface speaks."""

    DE = "de", "Deutsch"
    EN = "en", "English"
    FR = "fr", "Français"


class Theme(models.TextChoices):
    """How the interface looks."""

    SYSTEM = "system", "As the system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class People(BaseUserManager["Person"]):
    """Makes people; Django's own commands call these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person with a hashed password. Does not judge the password: `registering` does."""
        person = self.model(email=normalised(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who may enter the house's own administration; belongs to no tenant by that."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """By address, however it was typed."""
        return self.get(email=normalised(username or ""))


def normalised(email: str) -> str:
    """Addresses are compared without regard to case or surrounding space, so they are kept that way."""
    return email.strip().lower()


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in; may belong to several tenants."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.DE)
    phone = models.CharField(max_length=40, blank=True)
    position = models.CharField(max_length=100, blank=True)
    avatar = models.CharField(max_length=64, blank=True)  # SHA-256 of the picture; empty: initials
    time_zone = models.CharField(max_length=60, default="Europe/Berlin")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    start_page = models.CharField(max_length=20, default="today")
    notifications = models.JSONField(
        default=dict
    )  # event → "app", "email", "none"; what is missing is the default
    tour_done_at = models.DateTimeField(null=True)
    email_verified_at = models.DateTimeField(null=True)
    password_changed_at = models.DateTimeField(default=now)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower")
        ]

    @property
    def name(self) -> str:
        """What others read: the full name, or the address where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


class Tenant(models.Model):
    """One business: everything else in the database belongs to one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.DE)
    country = models.CharField(max_length=2, default="DE")
    requires_second_factor = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)


class Role(models.TextChoices):
    """What a person is in a tenant."""

    OWNER = "owner", "Owner"
    ADMIN = "admin", "Administrator"
    MEMBER = "member", "Member"
    READ_ONLY = "read_only", "Read only"


class Membership(models.Model):
    """A person in a tenant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    deactivated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "tenant"], name="membership_once")]


class Session(models.Model):
    """One log-in on one device, from the password to the log-out; what a person sees in their list of sessions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="sessions")
    begun_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(default=now)  # when the person last showed that it is really they
    ended_because = models.CharField(
        max_length=20, blank=True
    )  # logout, everywhere, person, reuse, password, switched, deactivated
    second_factor = models.CharField(
        max_length=10, blank=True
    )  # totp, passkey, recovery; empty: password alone
    place = models.CharField(max_length=45, blank=True)  # IP address
    device = models.CharField(max_length=300, blank=True)  # User-Agent


class RefreshToken(models.Model):
    """One link of a session's chain: each refresh replaces the token by its successor.

    Only the hash is kept. A token that is presented again after it was replaced was copied: the session ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="refresh_tokens")
    hash = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(db_index=True)
    replaced_at = models.DateTimeField(null=True)


class LoginAttempts(models.Model):
    """Wrong passwords for one address from one place, and until when that place must wait."""

    id = models.BigAutoField(primary_key=True)
    source = models.BinaryField(max_length=32, unique=True)  # keyed hash of address and IP: names nobody
    failures = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField(default=now, db_index=True)
    blocked_until = models.DateTimeField(default=now)


class RateBucket(models.Model):
    """Requests that somebody may still send; see `buckets`."""

    name = models.BinaryField(max_length=32, primary_key=True)  # hash: names nobody
    paid_at = models.FloatField()
    granted = models.IntegerField()  # by the last statement, for its answer


class Idempotency(TenantModel):
    """The answer that a create got, kept a day under the key that its sender chose."""

    person_id = models.UUIDField()
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "person_id", "key"], name="idempotency_key_once")
        ]
