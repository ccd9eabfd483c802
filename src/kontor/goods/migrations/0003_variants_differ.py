"""A variant may have a part number and attributes of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goods", "0002_learn_sizes"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="aspects",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="variant",
            name="mpn",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
    ]
