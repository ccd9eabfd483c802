"""A merchant's file on its way into the catalogue: what it is taken for, how far it is, what came of each row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kontor.catalog.models import Listing
from kontor.core.clock import now
from kontor.core.tenancy import TenantModel


class Phase(models.TextChoices):
    """How far an import got by itself; whether its job is paused, cancelled or failed is the job's to say."""

    MAPPING = "mapping"
    IMPORTING = "importing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class Import(TenantModel):
    """One uploaded file. `position` counts the drafts and refusals that are settled, in the order of `reading.drafts`."""

    file_name = models.CharField(max_length=200)
    file_bytes = models.BigIntegerField(default=0)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.MAPPING)
    fingerprint = models.CharField(max_length=32, default="", blank=True)
    dialect: Any = models.JSONField(default=dict)  # {"encoding", "has_mark", "is_flawed", "delimiter"}
    warnings: Any = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    mapping: Any = models.JSONField(default=dict)
    defaults: Any = models.JSONField(default=dict)
    is_remembered = models.BooleanField(default=False)
    update_existing = models.BooleanField(default=False)

    rows = models.PositiveIntegerField(null=True)  # None until they are counted
    existing = models.PositiveIntegerField(null=True)  # SKUs of the file that are in use already
    position = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)  # rows
    refused = models.PositiveIntegerField(default=0)  # rows
    created = models.PositiveIntegerField(default=0)  # listings, like the following
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    reverted = models.PositiveIntegerField(default=0)
    archived = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    job_id = models.UUIDField(null=True)
    cause: Any = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenant_id", "-id"], name="imports_newest_first")]


class ImportProfile(TenantModel):
    """What a person made of files with this heading; the next such file begins with it."""

    fingerprint = models.CharField(max_length=32)
    mapping: Any = models.JSONField(default=dict)
    defaults: Any = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "fingerprint"], name="one_profile_per_heading")
        ]


class ImportRefusal(TenantModel):
    """A row that was not taken. `row` counts records, the heading is 1."""

    import_run = models.ForeignKey(
        Import, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=200, default="", blank=True)
    column = models.CharField(max_length=200, default="", blank=True)
    code = models.CharField(max_length=64)
    message = models.TextField()
    params: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    others: Any = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    sku = models.CharField(max_length=100, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "import_run", "row"], name="one_refusal_per_row")
        ]


class Action(models.TextChoices):
    """What an import did to a listing."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Undone(models.TextChoices):
    """What the undoing of an import did to a listing."""

    NOT = ""
    REVERTED = "reverted"
    ARCHIVED = "archived"
    LEFT = "left"


class ImportChange(TenantModel):
    """What an import did to one listing; with `revision_before` it can be undone, with `revision_after` it is known
    whether anything changed since. `problems` are the listing's, and kept no row out."""

    import_run = models.ForeignKey(
        Import, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    listing = models.ForeignKey(
        Listing, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    reference = models.CharField(max_length=100)
    action = models.CharField(max_length=9, choices=Action.choices)
    revision_before = models.PositiveIntegerField()
    revision_after = models.PositiveIntegerField()
    stock_moved = models.BooleanField(default=False)
    row = models.PositiveIntegerField()  # the first of its rows
    problems: Any = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    undone = models.CharField(max_length=8, choices=Undone.choices, default=Undone.NOT, blank=True)
    left_because = models.CharField(max_length=32, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "import_run", "listing"], name="one_change_per_listing"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant_id", "import_run", "id"], name="changes_in_order"),
            models.Index(fields=["tenant_id", "listing"], name="imports_of_listing"),
        ]
