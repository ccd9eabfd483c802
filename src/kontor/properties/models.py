"""What lists of properties are filtered and sorted by. The property itself is the snapshot of its last revision."""

from __future__ import annotations

from django.db import models

from kontor.catalog.models import Listing, Status
from kontor.core.tenancy import TenantModel


class Property(TenantModel):
    """The property side of a listing. Its id is the listing's; every column is written with each revision."""

    listing = models.ForeignObject(  # the same id: no column of its own
        Listing, models.DO_NOTHING, from_fields=["id"], to_fields=["id"], related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status.choices)
    kind = models.CharField(max_length=16, default="", blank=True)
    marketing = models.CharField(max_length=16, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    postal_code = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=120, default="", blank=True)
    city_key = models.CharField(max_length=120, default="", blank=True)  # the name folded
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # the one its kind is known by
    plot_area = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    rooms = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    openimmo_id = models.CharField(max_length=200, default="", blank=True)
    sort_title = models.CharField(max_length=200, default="", blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "-updated_at", "-id"], name="property_by_age"),
            models.Index(fields=["tenant_id", "sort_title", "id"], name="property_by_title"),
            models.Index(fields=["tenant_id", "price_minor", "id"], name="property_by_price"),
            models.Index(fields=["tenant_id", "area", "id"], name="property_by_area"),
            models.Index(fields=["tenant_id", "kind", "marketing", "status"], name="property_by_kind"),
            models.Index(fields=["tenant_id", "city_key"], name="property_by_city"),
            models.Index(fields=["tenant_id", "latitude", "longitude"], name="property_on_map"),
            models.Index(
                fields=["tenant_id", "openimmo_id"],
                condition=~models.Q(openimmo_id=""),
                name="property_by_openimmo_id",
            ),
        ]


class Acknowledgement(TenantModel):
    """A warning of the law that a person saw and answers for, as long as what the rule looked at stays as it was."""

    property = models.ForeignKey(
        Property, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    note = models.CharField(max_length=500, default="", blank=True)
    cause = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "property", "code"], name="one_acknowledgement_per_rule"
            )
        ]
