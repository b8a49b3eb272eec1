import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A mapping says to which version it leads. The table was empty until now, so it is made anew."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("frameworks", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel("Crosswalk"),
        migrations.CreateModel(
            name="Crosswalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(blank=True, verbose_name="remarque")),
                ("made_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="leads_to", to="frameworks.node")),
                (
                    "target",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="comes_from", to="frameworks.node"
                    ),
                ),
                (
                    "to_version",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="frameworks.frameworkversion"),
                ),
            ],
            options={
                "verbose_name": "correspondance",
                "verbose_name_plural": "correspondances",
                "ordering": ["source", "target", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="crosswalk",
            constraint=models.UniqueConstraint(fields=("source", "to_version", "target"), name="crosswalk_once"),
        ),
        migrations.AddConstraint(
            model_name="crosswalk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("target__isnull", True)), fields=("source", "to_version"), name="abandoned_once"
            ),
        ),
    ]
