import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("plan", "0002_say_unknown"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkbookImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file_name", models.CharField(max_length=200, verbose_name="fichier")),
                ("file_sha256", models.CharField(max_length=64)),
                ("source_format", models.CharField(max_length=4)),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "à vérifier"), ("applied", "importé"), ("undone", "annulé"), ("abandoned", "abandonné")],
                        default="received",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("report", models.JSONField(blank=True, default=dict)),
                ("done", models.JSONField(blank=True, default=list)),
                ("made_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="importé le")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="workbook_imports", to="plan.plan")),
            ],
            options={
                "verbose_name": "classeur importé",
                "verbose_name_plural": "classeurs importés",
                "ordering": ["-made_at", "-pk"],
            },
        ),
    ]
