import django.db.models.deletion
from django.db import migrations, models

import kontor.core.clock
import kontor.core.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        # A token without its session can't be continued: who was logged in logs in once more.
        migrations.RunSQL("delete from accounts_refreshtoken", migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="refreshtoken",
            name="family",
        ),
        migrations.RemoveField(
            model_name="refreshtoken",
            name="membership",
        ),
        migrations.RemoveField(
            model_name="refreshtoken",
            name="revoked_at",
        ),
        migrations.AddField(
            model_name="membership",
            name="deactivated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="person",
            name="avatar",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="person",
            name="email_verified_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="notifications",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="person",
            name="password_changed_at",
            field=models.DateTimeField(default=kontor.core.clock.now),
        ),
        migrations.AddField(
            model_name="person",
            name="phone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="person",
            name="position",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="person",
            name="start_page",
            field=models.CharField(default="today", max_length=20),
        ),
        migrations.AddField(
            model_name="person",
            name="theme",
            field=models.CharField(
                choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
                default="system",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="time_zone",
            field=models.CharField(default="Europe/Berlin", max_length=60),
        ),
        migrations.AddField(
            model_name="person",
            name="tour_done_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="tenant",
            name="requires_second_factor",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Session",
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
                ("begun_at", models.DateTimeField(default=kontor.core.clock.now)),
                ("used_at", models.DateTimeField(default=kontor.core.clock.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=20)),
                ("second_factor", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=45)),
                ("device", models.CharField(blank=True, max_length=300)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="accounts.membership",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="refreshtoken",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="refresh_tokens",
                to="accounts.session",
            ),
        ),
    ]
