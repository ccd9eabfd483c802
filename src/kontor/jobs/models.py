"""Work as rows: where a job is (`status`), and what came of it (`outcome`), are two columns."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kontor.core.clock import now
from kontor.core.tenancy import TenantModel
from kontor.jobs.registry import HANDLERS


class Lane(StrEnum):
    """Somebody waits for it · in the background · thousands of rows · other people's servers, however slow."""

    NOW = "now"
    NORMAL = "normal"
    BULK = "bulk"
    OUTSIDE = "outside"


class Status(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    LEASED = "leased"
    PAUSED = "paused"
    DONE = "done"


class Outcome(StrEnum):
    """What came of a job that is done."""

    NONE = ""
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # for a reason that a person understands: `problem`
    CANCELLED = "cancelled"
    ERROR = "error"  # our bug: the log has it under the job's id


class Wish(StrEnum):
    """What somebody asks of a job that runs."""

    NONE = ""
    CANCEL = "cancel"
    PAUSE = "pause"


class Job(TenantModel):
    """One piece of work. Claimed under a lease, so that a worker that dies loses nothing."""

    kind = models.CharField(max_length=64)
    payload: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(max_length=200, blank=True)
    lock = models.CharField(max_length=200, blank=True)
    lane = models.CharField(max_length=8, choices=[(lane.value, lane.name) for lane in Lane])
    label = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="parts"
    )
    cause: Any = models.JSONField(default=dict)

    status = models.CharField(max_length=8, default=Status.WAITING)
    outcome = models.CharField(max_length=10, default=Outcome.NONE, blank=True)
    wish = models.CharField(max_length=6, default=Wish.NONE, blank=True)
    run_at = models.DateTimeField(default=now)
    attempts = models.IntegerField(default=0)  # begun, less those that count for nothing (Again, a pause)
    crashes = models.IntegerField(default=0)  # leases that ran out under a worker
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    leased_at = models.DateTimeField(null=True)
    watches = models.BooleanField(default=False)  # while it waits, its work goes on in other jobs

    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    tallies: Any = models.JSONField(default=dict)
    problem: Any = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # Unique while waiting only: a running job must not swallow a newer wish.
            models.UniqueConstraint(
                fields=["tenant_id", "key"],
                condition=Q(status="waiting") & ~Q(key=""),
                name="jobs_job_key_waiting",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "lock"],
                condition=Q(status="leased") & ~Q(lock=""),
                name="jobs_job_lock_leased",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "tenant_id", "run_at", "id"],
                condition=Q(status="waiting"),
                name="jobs_job_due",
            ),
            models.Index(fields=["leased_until"], condition=Q(status="leased"), name="jobs_job_leased"),
            models.Index(fields=["tenant_id", "lane", "leased_at"], name="jobs_job_served"),
            models.Index(fields=["tenant_id", "parent", "status"], name="jobs_job_parts"),
            models.Index(fields=["tenant_id", "status", "id"], name="jobs_job_list"),
        ]

    @property
    def shown_status(self) -> str:
        """Where people see it: a job whose work goes on in others runs, also between two looks at them."""
        return Status.LEASED if self.status == Status.WAITING and self.watches else self.status

    @property
    def is_repeatable(self) -> bool:
        """Whether it came to nothing, and is of a kind that may be asked for again."""
        known = HANDLERS.get(self.kind)
        return (
            known is not None and known.repeatable and self.outcome not in (Outcome.NONE, Outcome.SUCCEEDED)
        )


class JobItem(TenantModel):
    """What came of one thing that a job worked on."""

    job = models.ForeignKey(Job, db_constraint=False, on_delete=models.DO_NOTHING, related_name="items")
    ref_kind = models.CharField(max_length=32)
    ref_id = models.CharField(max_length=64)
    label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=32)
    problem: Any = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "job", "ref_kind", "ref_id"], name="jobs_jobitem_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant_id", "job", "state"], name="jobs_jobitem_state")]


class Schedule(models.Model):
    """Work that comes again; some of it belongs to the house (`tenant_id` null), so the table has no policy."""

    name = models.CharField(max_length=200, unique=True)
    tenant_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    payload: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    lane = models.CharField(max_length=8, default=Lane.NORMAL)
    every_seconds = models.FloatField()
    next_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="jobs_schedule_next")]
