from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_proven_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RateBucket",
            fields=[
                ("name", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("paid_at", models.FloatField()),
                ("granted", models.IntegerField()),
            ],
        ),
    ]
