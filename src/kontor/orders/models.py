"""Orders as the channels tell them, and what the merchant did about them."""

from __future__ import annotations

from django.db import models

from kontor.core.tenancy import TenantModel


class Order(TenantModel):
    """One order of one connection. The three state columns are the channel's; `state` is what to do about it."""

    class State(models.TextChoices):
        """What a person has to do."""

        UNPAID = "unpaid"
        TO_SHIP = "to_ship"
        SHIPPED = "shipped"
        CANCEL_REQUESTED = "cancel_requested"
        CANCELLED = "cancelled"

    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    external_id = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State.choices)
    payment = models.CharField(max_length=20)
    fulfilment = models.CharField(max_length=16)
    cancel = models.CharField(max_length=12)
    buyer = models.JSONField(default=dict)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    placed_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # by the channel; an older telling never overwrites a newer one
    raw = models.JSONField()
    revision = models.IntegerField(default=1)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "connection", "external_id"], name="order_once")
        ]
        indexes = [models.Index(fields=["tenant_id", "state", "-placed_at"], name="order_state_newest")]


class OrderLine(TenantModel):
    """One bought thing. `variant_id` is empty where the channel sold something we do not know."""

    order = models.ForeignKey(Order, models.DO_NOTHING, db_constraint=False, related_name="lines")
    external_id = models.CharField(max_length=64)
    sku = models.CharField(max_length=64)
    merchant_sku = models.CharField(max_length=64, blank=True)
    variant_id = models.UUIDField(null=True)
    listing_id = models.UUIDField(null=True)
    title = models.CharField(max_length=300)
    quantity = models.IntegerField()
    unit_price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "order", "external_id"], name="order_line_once")
        ]


class Shipment(TenantModel):
    """What left the house, and whether the channel knows."""

    class State(models.TextChoices):
        """`waiting` until the channel has answered."""

        WAITING = "waiting"
        TOLD = "told"
        FAILED = "failed"

    order = models.ForeignKey(Order, models.DO_NOTHING, db_constraint=False, related_name="shipments")
    carrier = models.CharField(max_length=64)
    tracking = models.CharField(max_length=64)
    shipped_at = models.DateTimeField()
    lines = models.JSONField()  # the channel's line id -> quantity
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    external_id = models.CharField(max_length=64, blank=True)
    problem = models.JSONField(null=True)
