from django.db import migrations, models

import kontor.core.identifiers
import kontor.core.tenancy
from kontor.core.tenancy import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
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
                ("host", models.CharField(max_length=253)),
                ("port", models.PositiveIntegerField(default=993)),
                ("user", models.CharField(max_length=320)),
                ("folder", models.CharField(default="INBOX", max_length=200)),
                ("sealed", models.BinaryField()),
                ("is_active", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("working", "Working"),
                            ("refused", "Refused"),
                            ("unreachable", "Unreachable"),
                        ],
                        default="new",
                        max_length=11,
                    ),
                ),
                ("problem", models.JSONField(null=True)),
                ("validity", models.BigIntegerField(default=0)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        TenantTable("enquiries_mailbox"),
    ]
