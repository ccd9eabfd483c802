"""What all trades share: the listing, its revisions, its pictures.

A trade (goods, later properties and stays) keeps its own typed row with the listing's id; what a list of mixed things
shows of it (price range, stock, thumbnail) stands on the listing too, written in the same transaction.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F

from kontor.core.tenancy import TenantModel


class Status(models.TextChoices):
    """Where a listing is in its life. Archived ones keep everything, and give their reference and SKUs free."""

    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


class Listing(TenantModel):
    """One thing that is offered, whatever the trade. Changed only through its trade's service."""

    kind = models.CharField(max_length=16)
    reference = models.CharField(max_length=100)
    title = models.JSONField(default=dict)  # {language: text}
    description = models.JSONField(default=dict)  # {language: clean HTML}
    language = models.CharField(max_length=5, default="de")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    revision = models.PositiveIntegerField(default=1)
    head_id = models.UUIDField(
        null=True
    )  # the Revision of that number: read by key, whatever the planner thinks
    created_at = models.DateTimeField()
    # The merchant's last revision: neither what was sold nor what a machine suggested moves them.
    updated_at = models.DateTimeField()
    updated_by = models.JSONField(default=dict)

    # What lists show, search and sort by; written by the trade's service with every change.
    headline = models.CharField(max_length=500, default="", blank=True)
    detail = models.JSONField(default=dict)  # the trade's facts for a second line: option names, brand
    sort_title = models.CharField(max_length=200, default="", blank=True)
    search = models.TextField(default="", blank=True)
    brand = models.CharField(max_length=120, default="", blank=True)
    price_minor = models.BigIntegerField(null=True)
    price_to_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    stock = models.IntegerField(default=0)
    variant_count = models.PositiveIntegerField(default=0)
    thumb_id = models.UUIDField(null=True)
    pictures_waiting = models.PositiveSmallIntegerField(default=0)
    pictures_failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "reference"],
                condition=~models.Q(status=Status.ARCHIVED),
                name="one_reference_in_use",
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "-updated_at", "-id"], name="listing_by_age"),
            models.Index(fields=["tenant_id", "sort_title", "id"], name="listing_by_title"),
            models.Index(fields=["tenant_id", "price_minor", "id"], name="listing_by_price"),
            models.Index(
                F("tenant_id"),
                F("price_minor").desc(nulls_last=True),
                F("id").desc(),
                name="listing_by_price_down",
            ),
            models.Index(fields=["tenant_id", "stock", "id"], name="listing_by_stock"),
            models.Index(  # counted over often, so that it need not touch the rows
                fields=["tenant_id", "status", "kind"],
                include=["stock", "pictures_waiting", "pictures_failed", "id"],
                name="listing_by_status",
            ),
        ]


class Revision(TenantModel):
    """The whole of a listing as it was after one change, and what caused it. Never changed, never removed."""

    listing = models.ForeignKey(
        Listing, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    changed = models.JSONField(default=list)  # names of the fields that differ from the revision before
    cause = models.JSONField(default=dict)
    undo_of = models.PositiveIntegerField(null=True)  # set where somebody went back to that revision
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "listing", "number"], name="one_revision_per_number")
        ]


class Media(TenantModel):
    """One picture, stored once per tenant and content."""

    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    files = models.JSONField()  # {rendition: {"name", "content_type", "width", "height", "bytes"}}
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "sha256"], name="one_media_per_content")]


class PictureState(models.TextChoices):
    """Whether we have the picture."""

    WAITING = "waiting"
    STORED = "stored"
    FAILED = "failed"


class ListingMedia(TenantModel):
    """A picture's place in a listing. One that was taken off is kept, so that an undo need not fetch it again."""

    listing = models.ForeignKey(
        Listing, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    media = models.ForeignKey(
        Media, models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    source_url = models.TextField(default="", blank=True)
    state = models.CharField(max_length=8, choices=PictureState.choices)
    problem = models.JSONField(null=True)
    variant_sku = models.CharField(max_length=100, default="", blank=True)
    is_shown = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "listing", "position"], name="pictures_of_listing")]
