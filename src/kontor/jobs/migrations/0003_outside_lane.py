from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_watching"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="lane",
            field=models.CharField(
                choices=[("now", "NOW"), ("normal", "NORMAL"), ("bulk", "BULK"), ("outside", "OUTSIDE")],
                max_length=8,
            ),
        ),
    ]
