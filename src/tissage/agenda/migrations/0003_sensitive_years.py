import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0002_registered_count"),
        ("network", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SensitiveYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "how",
                    models.CharField(
                        choices=[("counted", "comptées"), ("estimated", "estimées")], max_length=9, verbose_name="comment compté"
                    ),
                ),
                ("persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes")),
                ("dates", models.PositiveSmallIntegerField(verbose_name="dates comptées")),
                ("settled_at", models.DateTimeField(verbose_name="arrêté le")),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                ),
            ],
            options={
                "verbose_name": "nombre annuel des activités sensibles",
                "verbose_name_plural": "nombres annuels des activités sensibles",
                "ordering": ["year", "organization__search", "how", "pk"],
                "constraints": [models.UniqueConstraint(fields=("organization", "year", "how"), name="a_sensitive_year_is_settled_once")],
            },
        ),
    ]
