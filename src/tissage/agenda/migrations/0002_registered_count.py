"""The head count that stays of a date once its registrations are gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial")]

    operations = [
        migrations.AddField(
            "occurrence",
            "registered_count",
            models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes inscrites, une fois les inscriptions effacées"),
        )
    ]
