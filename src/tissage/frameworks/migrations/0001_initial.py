import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Framework",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                    ],
                    options={
                        "verbose_name": "référentiel",
                        "verbose_name_plural": "référentiels",
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FrameworkVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(max_length=60, verbose_name="version")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        ("note", models.TextField(blank=True, verbose_name="remarque")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="en vigueur du")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="en vigueur jusqu’au")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("revised_at", models.DateTimeField(auto_now=True)),
                        (
                            "framework",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="frameworks.framework"
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frameworks.frameworkversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version de référentiel",
                        "verbose_name_plural": "versions de référentiel",
                        "ordering": ["framework", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("framework", "label"), name="version_label_once_per_framework")],
                    },
                ),
                migrations.CreateModel(
                    name="FrameworkChoice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("chosen_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.frameworkversion"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "référentiel du territoire",
                        "verbose_name_plural": "référentiels du territoire",
                        "ordering": ["territory", "-chosen_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("territory", "version"),
                                name="one_open_choice_per_version",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Node",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=20, verbose_name="genre")),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
                        ("labels", models.JSONField(default=dict, verbose_name="libellés par langue")),
                        ("keys", models.JSONField(default=dict, verbose_name="clé de détermination par langue")),
                        ("extra", models.JSONField(blank=True, default=dict)),
                        (
                            "status",
                            models.CharField(
                                choices=[("confirmed", "confirmé"), ("partial", "partiel"), ("unverified", "non vérifié")],
                                default="unverified",
                                max_length=10,
                                verbose_name="statut",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="valable du")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                        ("position", models.PositiveIntegerField(default=0)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="frameworks.node",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="nodes", to="frameworks.frameworkversion"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "code de référentiel",
                        "verbose_name_plural": "codes de référentiel",
                        "ordering": ["version", "position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("version", "kind", "code"), name="node_code_once_per_version")],
                    },
                ),
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
                        (
                            "to_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="frameworks.frameworkversion"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="leads_to", to="frameworks.node"),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comes_from",
                                to="frameworks.node",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correspondance",
                        "verbose_name_plural": "correspondances",
                        "ordering": ["source", "target", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "to_version", "target"), name="crosswalk_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("target__isnull", True)), fields=("source", "to_version"), name="abandoned_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phrase",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("language", models.CharField(default="fr", max_length=5)),
                        ("text", models.CharField(max_length=200)),
                        ("search", models.CharField(db_index=True, max_length=200)),
                        (
                            "node",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="phrases", to="frameworks.node"),
                        ),
                    ],
                    options={
                        "verbose_name": "phrase d’exemple",
                        "verbose_name_plural": "phrases d’exemple",
                        "ordering": ["node", "language", "pk"],
                    },
                ),
            ]
        ),
    ]
