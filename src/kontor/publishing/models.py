"""What is wanted on a channel, what was sent, what is live; and the journal that makes each step happen once."""

from __future__ import annotations

from django.db import models

from kontor.core.tenancy import TenantModel


class Wish(models.TextChoices):
    """What somebody wants of a publication."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"


class Task(models.TextChoices):
    """What is still to be done so that the wish comes true."""

    NOTHING = ""
    PUBLISH = "publish"
    PRICE_STOCK = "price_stock"
    WITHDRAW = "withdraw"


class State(models.TextChoices):
    """What a person sees; `live` and `differs` are only ever set by a read-back."""

    WANTED = "wanted"
    SENT = "sent"
    LIVE = "live"
    DIFFERS = "differs"
    REJECTED = "rejected"
    LOGIN_NEEDED = "login_needed"
    UNREACHABLE = "unreachable"
    IN_DOUBT = "in_doubt"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


SHARDS = 4  # pushes of one connection that may run side by side; a publication always falls into the same one


class Publication(TenantModel):
    """One listing on one connection.

    `wish` counts every new intent, so that a push that ends can tell whether a newer one came while it ran.
    `generation` is the wish that the running or last push worked for; it names the journal's steps. `pushed_content` and
    `pushed_prices` are fingerprints of what that push took up, empty where preflight stopped it. `shown` is the last
    read-back's title, prices and quantities, empty while nothing is up there.
    """

    listing = models.ForeignKey("catalog.Listing", models.DO_NOTHING, db_constraint=False, related_name="+")
    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    wanted = models.CharField(max_length=12, choices=Wish.choices, default=Wish.LIVE)
    task = models.CharField(max_length=12, choices=Task.choices, default=Task.NOTHING, blank=True)
    task_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    wish = models.IntegerField(default=0)
    generation = models.IntegerField(default=0)
    shard = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=14, choices=State.choices, default=State.WANTED)
    wanted_revision = models.IntegerField(default=0)
    pushed_content = models.CharField(max_length=64, blank=True)
    pushed_prices = models.CharField(max_length=64, blank=True)
    sent_revision = models.IntegerField(default=0)
    live_revision = models.IntegerField(default=0)
    reference = models.CharField(max_length=64, blank=True)
    overrides = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)
    external_id = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=500, blank=True)
    problems = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    proved_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    run_id = models.UUIDField(null=True)
    cause = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "listing", "connection"], name="one_publication_per_connection"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "connection", "shard", "task_since"],
                condition=~models.Q(task=""),
                name="publication_to_do",
            ),
            models.Index(fields=["tenant_id", "connection", "state", "checked_at"], name="publication_age"),
            models.Index(
                fields=["tenant_id", "run_id"],
                condition=models.Q(run_id__isnull=False),
                name="publication_run",
            ),
        ]


class ChannelSku(TenantModel):
    """The SKU made fit for a connection's channel, once; never recomputed, because orders come back under it."""

    publication = models.ForeignKey(Publication, models.DO_NOTHING, db_constraint=False, related_name="+")
    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    merchant_sku = models.CharField(max_length=200)
    sku = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "connection", "sku"], name="channel_sku_once"),
            models.UniqueConstraint(
                fields=["tenant_id", "publication", "merchant_sku"], name="one_channel_sku_per_merchant_sku"
            ),
        ]


class Appearance(TenantModel):
    """One life of a publication on its channel, from going live to ending; kept when a new id follows."""

    publication = models.ForeignKey(Publication, models.DO_NOTHING, db_constraint=False, related_name="+")
    external_id = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "publication", "external_id"], name="one_appearance_per_id"
            )
        ]


class Step(TenantModel):
    """A journalled step: intent before the call, result after it."""

    class State(models.TextChoices):
        """An `intent` that nobody works on any more is in doubt."""

        INTENT = "intent"
        DONE = "done"
        REFUSED = "refused"

    publication = models.ForeignKey(Publication, models.DO_NOTHING, db_constraint=False, related_name="+")
    generation = models.IntegerField()
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=State.choices)
    result = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "publication", "name", "generation"], name="one_step_per_generation"
            )
        ]


class Memory(TenantModel):
    """What a connection need not do twice: the address of an uploaded picture, by its content."""

    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    key = models.CharField(max_length=160)
    result = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "connection", "key"], name="one_memory_per_key")
        ]
