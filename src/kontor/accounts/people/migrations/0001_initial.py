import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kontor.core.clock
import kontor.core.identifiers
import kontor.core.tenancy


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmailToken",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("verify", "Confirm the address"),
                            ("reset", "Set a new password"),
                            ("change", "Confirm a new address"),
                        ],
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("hash", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField(db_index=True, default=kontor.core.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Administrator"),
                            ("member", "Member"),
                            ("read_only", "Read only"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English"), ("fr", "Français")], max_length=2
                    ),
                ),
                ("inviter", models.CharField(max_length=210)),
                ("hash", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField(default=kontor.core.clock.now)),
                ("sent_at", models.DateTimeField(default=kontor.core.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                        fields=("tenant_id", "email"),
                        name="people_invitation_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("event", models.CharField(max_length=60)),
                (
                    "params",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("link", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=kontor.core.clock.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("digested_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "person", "-id"], name="people_notice_list"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["tenant_id", "person"],
                        name="people_notice_unread",
                    ),
                ],
            },
        ),
        kontor.core.tenancy.TenantTable("people_invitation"),
        kontor.core.tenancy.TenantTable("people_notice"),
    ]
