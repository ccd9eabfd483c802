from django.db import migrations, models

import kontor.core.clock
import kontor.core.identifiers
import kontor.core.tenancy


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
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
                ("at", models.DateTimeField(default=kontor.core.clock.now)),
                ("action", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(blank=True, max_length=64)),
                ("actor_label", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("device", models.CharField(blank=True, max_length=300)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("entity_kind", models.CharField(blank=True, max_length=40)),
                ("entity_id", models.CharField(blank=True, max_length=64)),
                ("entity_label", models.CharField(blank=True, max_length=200)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "-at", "-id"], name="audit_newest"),
                    models.Index(fields=["tenant_id", "entity_kind", "entity_id"], name="audit_of_entity"),
                ],
            },
        ),
        kontor.core.tenancy.TenantTable("audit_entry"),
        # Append-only, by the database: what the application could change, an intruder could too.
        migrations.RunSQL(
            "revoke update, delete, truncate on audit_entry from kontor_app",
            "grant update, delete on audit_entry to kontor_app",
        ),
    ]
