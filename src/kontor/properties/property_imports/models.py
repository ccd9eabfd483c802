"""An office's package on its way into the properties: how far it is, and what came of each of its objects."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kontor.catalog.models import Listing
from kontor.core.clock import now
from kontor.core.tenancy import TenantModel


class Phase(models.TextChoices):
    """How far an import got by itself; whether its job is paused, cancelled or failed is the job's to say."""

    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class PropertyImport(TenantModel):
    """One uploaded package. `position` counts the objects that are settled, in the order of the documents."""

    file_name = models.CharField(max_length=200)
    file_bytes = models.BigIntegerField(default=0)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.READY)
    removes_absent = models.BooleanField(default=False)
    refusals: Any = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # of whole documents

    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    reverted = models.PositiveIntegerField(default=0)
    archived = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    job_id = models.UUIDField(null=True)
    cause: Any = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenant_id", "-id"], name="property_imports_newest")]


class Action(models.TextChoices):
    """What an import did with an object."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    REFUSED = "refused"


class Undone(models.TextChoices):
    """What the undoing of an import did with a property."""

    NOT = ""
    REVERTED = "reverted"
    ARCHIVED = "archived"
    RESTORED = "restored"
    LEFT = "left"


class PropertyResult(TenantModel):
    """What came of one object. `problems` of one that was taken kept it not out; `line` is where it stands in its document
    (0: it stood in none, and was removed for that)."""

    import_run = models.ForeignKey(
        PropertyImport, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField()
    document = models.CharField(max_length=300, default="", blank=True)
    line = models.PositiveIntegerField(default=0)
    offerer_number = models.PositiveIntegerField(default=0)
    offerer = models.CharField(max_length=200, default="", blank=True)
    openimmo_id = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=100, default="", blank=True)
    listing = models.ForeignKey(
        Listing, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    action = models.CharField(max_length=9, choices=Action.choices)
    revision_before = models.PositiveIntegerField(default=0)
    revision_after = models.PositiveIntegerField(default=0)
    problems: Any = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    undone = models.CharField(max_length=8, choices=Undone.choices, default=Undone.NOT, blank=True)
    left_because = models.CharField(max_length=32, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "import_run", "number"], name="one_result_per_object"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant_id", "listing"], name="results_of_listing"),
            models.Index(fields=["tenant_id", "offerer"], name="results_of_offerer"),
        ]
