"""Titles as shops have them: up to 500 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_counting_index")]

    operations = [
        migrations.AlterField(
            model_name="listing",
            name="headline",
            field=models.CharField(blank=True, default="", max_length=500),
        )
    ]
