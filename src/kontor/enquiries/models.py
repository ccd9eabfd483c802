"""Mailboxes, mails as they came, and the requests that were read from them."""

from __future__ import annotations

from django.db import models

from kontor.core.tenancy import TenantModel


class Mail(TenantModel):
    """One mail, kept whole before anything is made of it; the same mail twice is one."""

    class State(models.TextChoices):
        """Where a mail is on its way. One that says nothing to us waits for a person."""

        WAITING = "waiting"
        READ = "read"
        UNREAD = "unread"
        SETTLED = "settled"

    identity = models.CharField(max_length=64)  # a hash of its Message-ID, or of all its bytes
    raw = models.BinaryField()
    sender = models.CharField(max_length=320, default="", blank=True)
    subject = models.CharField(max_length=500, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    shape = models.CharField(max_length=20, default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)  # why nobody could read it, in English
    reports = models.JSONField(default=list)  # what portals say of our files

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "identity"], name="one_mail_per_identity")
        ]
        indexes = [models.Index(fields=["tenant_id", "state", "-received_at"], name="mail_by_state")]


class Mailbox(TenantModel):
    """A folder of a mail server that is read, and how far. Nothing in it is changed."""

    class State(models.TextChoices):
        """What the last look found."""

        NEW = "new"
        WORKING = "working"
        REFUSED = "refused"  # a person must mend it
        UNREACHABLE = "unreachable"  # an outage; nobody needs to do anything

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    user = models.CharField(max_length=320)
    folder = models.CharField(max_length=200, default="INBOX")
    sealed = models.BinaryField()
    is_active = models.BooleanField(default=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.NEW)
    problem = models.JSONField(null=True)
    validity = models.BigIntegerField(default=0)  # the server's UIDVALIDITY, by which `last_uid` counts
    last_uid = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)


class Enquiry(TenantModel):
    """One person who asks about one property, or about one that we don't find (`listing` is empty)."""

    class State(models.TextChoices):
        """What is still to be done."""

        OPEN = "open"
        DONE = "done"

    mail = models.ForeignKey(Mail, models.DO_NOTHING, db_constraint=False, related_name="+")
    # The portal's own id of it, else its place in the mail: the same request twice is one.
    identity = models.CharField(max_length=64)
    portal = models.CharField(max_length=120, default="", blank=True)
    listing = models.ForeignKey(
        "catalog.Listing", models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    about = models.JSONField(default=dict)
    prospect = models.JSONField(default=dict)
    message = models.TextField(default="", blank=True)
    wishes = models.JSONField(default=list)
    prefers = models.JSONField(default=list)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "identity"], name="one_enquiry_per_identity")
        ]
        indexes = [models.Index(fields=["tenant_id", "-received_at", "-id"], name="enquiry_by_age")]
