from django.db import migrations, models

import kontor.core.clock
import kontor.core.identifiers
import kontor.mail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
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
                ("template", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=2)),
                ("recipient", models.EmailField(max_length=254)),
                ("sealed", models.BinaryField(null=True)),
                ("status", models.CharField(default=kontor.mail.models.Status["WAITING"], max_length=10)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=kontor.core.clock.now)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["created_at"], name="mail_message_created"),
                    models.Index(fields=["recipient"], name="mail_message_recipient"),
                ],
            },
        ),
    ]
