from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="listing", name="listing_by_status"),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["tenant_id", "status", "kind"],
                include=["stock", "pictures_waiting", "pictures_failed", "id"],
                name="listing_by_status",
            ),
        ),
    ]
