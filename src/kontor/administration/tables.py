"""Which tables there are to read, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Session
from kontor.administration.reading import ReadOnly
from kontor.administration.words import later, say
from kontor.audit import service as audit
from kontor.core.tenancy import current_tenant
from kontor.jobs import service as jobs
from kontor.jobs.errors import JobFinished
from kontor.jobs.models import Job

Act = Callable[[UUID], bool]


class Jobs(ReadOnly):
    """Work, with what became of it."""

    list_display = ("kind", "label", "status", "outcome", "lane", "run_at", "attempts", "done", "total")
    list_filter = ("status", "outcome", "lane")
    search_fields = ("kind", "label")
    hidden = ("payload",)
    actions = ("cancel",)

    @admin.action(description=later("cancel"))
    def cancel(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        """As its owner would."""
        _each(request, rows, _cancelled)


class Sessions(ReadOnly):
    """Where the people of this business are logged in."""

    list_display = (
        "membership_id",
        "begun_at",
        "used_at",
        "expires_at",
        "ended_at",
        "ended_because",
        "place",
    )
    actions = ("end",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """This business's alone: the table belongs to no tenant, so no policy would see to it."""
        return super().get_queryset(request).filter(membership__tenant_id=current_tenant())

    @admin.action(description=later("end"))
    def end(self, request: HttpRequest, rows: QuerySet[Session]) -> None:
        """Its tokens and sockets die within seconds."""
        _each(request, rows, _ended)


class Memberships(ReadOnly):
    """Who belongs to this business."""

    list_display = ("id", "person_id", "role", "is_active", "created_at", "deactivated_at")
    list_filter = ("role", "is_active")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """This business's alone, for the same reason."""
        return super().get_queryset(request).filter(tenant_id=current_tenant())


def _each(request: HttpRequest, rows: QuerySet[Any], act: Act) -> None:
    did = [act(row.pk) for row in rows]
    if count := did.count(True):
        messages.success(request, say("done", count=count))
    if count := did.count(False):
        messages.warning(request, say("finished", count=count))


def _cancelled(job_id: UUID) -> bool:
    try:
        job = jobs.cancel(job_id)
    except JobFinished:
        return False
    audit.record("job.cancelled", entity_kind="job", entity_id=str(job_id), entity_label=job.label)
    return True


def _ended(session_id: UUID) -> bool:
    did = sessions.finish(session_id, because="administration")
    if did:
        because = {"because": "administration"}
        audit.record("session.ended", entity_kind="session", entity_id=str(session_id), after=because)
    return did


# Read as they are: columns of the list, columns to filter by, columns that are nobody's business but the tenant's.
PLAIN: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "jobs.JobItem": (("job_id", "label", "state", "at"), ("state",), ()),
    "catalog.Listing": (("reference", "headline", "status", "stock", "revision", "updated_at"), ("status",), ()),
    "catalog.Media": (("id", "content_type", "width", "height", "bytes", "created_at"), (), ()),
    "goods.Variant": (("sku", "gtin", "price_minor", "currency", "quantity", "state"), ("state",), ()),
    "goods.StockEntry": (("variant_id", "delta", "balance", "cause_kind", "at"), ("cause_kind",), ()),
    "goods.Brand": (("name", "updated_at"), (), ()),
    "imports.Import": (("file_name", "phase", "rows", "imported", "refused", "created_at"), ("phase",), ()),
    "connections.Connection": (("label", "channel", "marketplace", "state", "checked_at"), ("state",), ()),
    "transport.Call": (
        ("at", "method", "host", "path", "status", "milliseconds", "error_code"), ("status",),
        ("request_excerpt", "answer_excerpt"),
    ),
    "publishing.Publication": (("reference", "state", "task", "attempts", "external_id", "proved_at"), ("state",), ()),
    "publishing.Step": (("publication_id", "generation", "name", "state", "at"), ("state",), ()),
    "inbound.Receipt": (("topic", "source", "external_id", "state", "received_at"), ("state", "topic"), ("body",)),
    "orders.Order": (
        ("external_id", "state", "payment", "total_minor", "currency", "placed_at"), ("state",), ("buyer", "raw"),
    ),
    "orders.Shipment": (("order_id", "carrier", "shipped_at", "state"), ("state",), ("tracking",)),
    "webhooks.Endpoint": (("url", "is_enabled", "failures", "succeeded_at"), ("is_enabled",), ()),
    "webhooks.Delivery": (("type", "state", "attempts", "next_at", "settled_at"), ("state",), ("body",)),
    "audit.Entry": (
        ("at", "action", "actor_label", "address", "entity_kind", "entity_label"), ("action", "actor_kind"), (),
    ),
}  # fmt: skip


def register(site: AdminSite) -> None:
    """Puts every table on the site."""
    site.register(Job, Jobs)
    site.register(Session, Sessions)
    site.register(Membership, Memberships)
    for label, (columns, filters, hidden) in PLAIN.items():
        words = {"list_display": columns, "list_filter": filters, "hidden": hidden}
        site.register(apps.get_model(label), type(f"{label.replace('.', '')}Rows", (ReadOnly,), words))
