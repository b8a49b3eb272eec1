import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("frameworks", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
        ("voices", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Synthesis",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("note", models.TextField(blank=True, verbose_name="ce que cette version apporte")),
                        ("selection", models.JSONField(default=dict)),
                        ("suppression", models.JSONField(default=dict)),
                        ("cube", models.JSONField(default=list)),
                        ("groups", models.JSONField(default=list)),
                        ("wordings", models.JSONField(default=list)),
                        ("lines_total", models.PositiveIntegerField(default=0)),
                        ("lines_done", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField()),
                        ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="figée le")),
                        ("discussed_on", models.DateField(blank=True, null=True, verbose_name="discutée le")),
                        ("validated_on", models.DateField(blank=True, null=True, verbose_name="validée par le groupe le")),
                        (
                            "validated_present",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="personnes présentes à la validation"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                        ("publication", models.JSONField(blank=True, default=dict)),
                        ("public_cube", models.JSONField(blank=True, default=list)),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "nomenclature",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.frameworkversion"
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "synthèse",
                        "verbose_name_plural": "synthèses",
                        "ordering": ["territory", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("territory", "number"), name="synthesis_number_once_per_territory"),
                            models.CheckConstraint(
                                condition=models.Q(("published_at__isnull", True), ("frozen_at__isnull", False), _connector="OR"),
                                name="published_means_frozen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validated_on__isnull", True), ("validated_present__isnull", False), _connector="OR"),
                                name="validated_by_a_number_of_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SynthesisLine",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("question", models.CharField(max_length=12)),
                        ("component", models.CharField(blank=True, max_length=3)),
                        ("sub_component", models.CharField(blank=True, max_length=3)),
                        ("sense", models.CharField(blank=True, max_length=3)),
                        ("letter", models.CharField(blank=True, max_length=1)),
                        ("beneficiary", models.CharField(blank=True, max_length=12)),
                        ("text", models.TextField()),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("french_text", models.TextField(blank=True)),
                        ("expression_count", models.PositiveIntegerField()),
                        (
                            "criterion",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.criterion"),
                        ),
                        (
                            "group",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.homogeneousgroup"),
                        ),
                        (
                            "synthesis",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="synthesis.synthesis"),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne de synthèse",
                        "verbose_name_plural": "lignes de synthèse",
                        "ordering": ["synthesis", "component", "pk"],
                        "indexes": [models.Index(fields=["synthesis", "component", "id"], name="line_by_component")],
                        "constraints": [models.UniqueConstraint(fields=("synthesis", "criterion"), name="criterion_once_per_synthesis")],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("published", "publier tel quel"),
                                    ("redacted", "publier une version caviardée"),
                                    ("withheld", "ne pas publier"),
                                ],
                                max_length=10,
                                verbose_name="décision",
                            ),
                        ),
                        ("public_text", models.TextField(blank=True, verbose_name="texte publié")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="raison")),
                        ("read_at", models.DateTimeField()),
                        (
                            "read_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="synthesis.synthesisline"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lecture avant publication",
                        "verbose_name_plural": "lectures avant publication",
                        "ordering": ["line"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "withheld"), ("public_text", "")),
                                    models.Q(
                                        models.Q(("decision", "withheld"), _negated=True), models.Q(("public_text", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_withheld_line_has_no_public_text",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
