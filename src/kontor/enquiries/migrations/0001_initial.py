import django.db.models.deletion
from django.db import migrations, models

import kontor.core.identifiers
import kontor.core.tenancy
from kontor.core.tenancy import TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0004_last_change_of_the_merchant"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kontor.core.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("tenant_id", models.UUIDField(default=kontor.core.tenancy.current_tenant, editable=False)),
                ("identity", models.CharField(max_length=64)),
                ("raw", models.BinaryField()),
                ("sender", models.CharField(blank=True, default="", max_length=320)),
                ("subject", models.CharField(blank=True, default="", max_length=500)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("read", "Read"),
                            ("unread", "Unread"),
                            ("settled", "Settled"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("shape", models.CharField(blank=True, default="", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("reports", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "state", "-received_at"], name="mail_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "identity"), name="one_mail_per_identity")
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kontor.core.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("tenant_id", models.UUIDField(default=kontor.core.tenancy.current_tenant, editable=False)),
                ("identity", models.CharField(max_length=64)),
                ("portal", models.CharField(blank=True, default="", max_length=120)),
                ("about", models.JSONField(default=dict)),
                ("prospect", models.JSONField(default=dict)),
                ("message", models.TextField(blank=True, default="")),
                ("wishes", models.JSONField(default=list)),
                ("prefers", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done")], default="open", max_length=4
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("received_at", models.DateTimeField()),
                (
                    "listing",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.listing",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enquiries.mail",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "-received_at", "-id"], name="enquiry_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "identity"), name="one_enquiry_per_identity")
                ],
            },
        ),
        TenantTable("enquiries_mail"),
        TenantTable(
            "enquiries_enquiry",
            {"mail_id": ("enquiries_mail", "cascade"), "listing_id": ("catalog_listing", "set null")},
        ),
    ]
