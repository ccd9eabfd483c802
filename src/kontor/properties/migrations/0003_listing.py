import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_last_change_of_the_merchant"),
        ("properties", "0002_acknowledgements"),
    ]

    operations = [
        # Of the same id: the table stays as it is.
        migrations.AddField(
            model_name="property",
            name="listing",
            field=models.ForeignObject(
                from_fields=["id"],
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalog.listing",
                to_fields=["id"],
            ),
        ),
    ]
