import django.db.models.deletion
import tissage.voices.models.criteria
import uuid
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("frameworks", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("import", "import"),
                                    ("entry", "saisie"),
                                    ("edit", "correction"),
                                    ("merge", "fusion"),
                                    ("split", "séparation"),
                                ],
                                max_length=8,
                                verbose_name="genre",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "à vérifier"),
                                    ("waiting", "en attente"),
                                    ("staging", "en cours"),
                                    ("applied", "fait"),
                                    ("undone", "annulé après coup"),
                                    ("cancelled", "abandonné"),
                                    ("failed", "échoué"),
                                ],
                                default="staging",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=200, verbose_name="libellé")),
                        ("source_format", models.CharField(blank=True, max_length=20, verbose_name="format")),
                        ("file_name", models.CharField(blank=True, max_length=200, verbose_name="fichier")),
                        ("file_sha256", models.CharField(blank=True, max_length=64)),
                        ("report", models.JSONField(default=dict, verbose_name="compte rendu")),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("cancel_requested_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("purged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lot",
                        "verbose_name_plural": "lots",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["territory", "-id"], name="batch_by_territory")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "applied"), _negated=True), ("applied_at__isnull", False), _connector="OR"
                                ),
                                name="batch_applied_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rows_done__lte", models.F("rows_total"))), name="batch_progress_within_total"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("header_hash", models.CharField(max_length=64)),
                        ("mapping", models.JSONField()),
                        ("defaults", models.JSONField(default=dict)),
                        ("used_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "correspondance de colonnes",
                        "verbose_name_plural": "correspondances de colonnes",
                        "ordering": ["territory", "-used_at", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "header_hash"), name="one_mapping_per_header")],
                    },
                ),
                migrations.CreateModel(
                    name="HomogeneousGroup",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=300, verbose_name="nom interne")),
                        ("source_name", models.CharField(blank=True, max_length=300, verbose_name="nom dans le fichier d’origine")),
                        ("public_name", models.CharField(blank=True, max_length=160, verbose_name="nom public")),
                        ("audience", models.CharField(blank=True, max_length=200, verbose_name="public réuni")),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="langue")),
                        ("created_on", models.DateField(blank=True, null=True, verbose_name="créé le")),
                        (
                            "participants_count",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="nombre de participant·e·s"),
                        ),
                        ("participants_stated_on", models.DateField(blank=True, null=True)),
                        (
                            "consent",
                            models.CharField(
                                choices=[
                                    ("none", "aucune publication"),
                                    ("statistics", "les nombres seulement"),
                                    ("statements", "les nombres et les paroles"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="accord du groupe",
                            ),
                        ),
                        ("consent_recorded_on", models.DateField(blank=True, null=True, verbose_name="accord noté le")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voices.batch"
                            ),
                        ),
                        (
                            "participants_stated_by",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "groupe homogène",
                        "verbose_name_plural": "groupes homogènes",
                        "ordering": ["territory", "name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "name"), name="group_name_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="Proposition",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("component", models.CharField(blank=True, max_length=3, verbose_name="composante")),
                        ("sense", models.CharField(blank=True, max_length=3, verbose_name="sens")),
                        ("text", models.TextField(verbose_name="formulation d’origine")),
                        ("corrected_text", models.TextField(blank=True, verbose_name="formulation corrigée")),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "proposition",
                        "verbose_name_plural": "propositions",
                        "ordering": ["territory", "component", "sense", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "component", "sense", "text"), name="proposition_wording_once_per_code"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(max_length=12, verbose_name="code")),
                        ("title", models.CharField(max_length=120, verbose_name="titre")),
                        ("wording", models.TextField(blank=True, verbose_name="formulation habituelle")),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("positive", "bien-être"),
                                    ("negative", "mal-être"),
                                    ("contribution", "contribution"),
                                    ("none", "sans côté"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="côté",
                            ),
                        ),
                        ("is_protected", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["territory", "position", "code"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "code"), name="question_code_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="Workshop",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("held_on", models.DateField(verbose_name="date")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("cycle", models.PositiveSmallIntegerField(default=2, verbose_name="cycle")),
                        ("phase", models.PositiveSmallIntegerField(default=2, verbose_name="phase")),
                        ("other_facilitators", models.CharField(blank=True, max_length=200, verbose_name="autres personnes à l’animation")),
                        ("note", models.TextField(blank=True, verbose_name="remarque")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                        (
                            "facilitators",
                            models.ManyToManyField(
                                blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="animation (comptes)"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="workshops",
                                to="voices.homogeneousgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "atelier",
                        "verbose_name_plural": "ateliers",
                        "ordering": ["-held_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("cycle__gte", 0), ("cycle__lte", 3)), name="workshop_cycle_0_to_3"),
                            models.CheckConstraint(condition=models.Q(("phase__gte", 1), ("phase__lte", 8)), name="workshop_phase_1_to_8"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.CharField(default="tissage", max_length=40, verbose_name="source")),
                        (
                            "external_id",
                            models.CharField(
                                default=tissage.voices.models.criteria.new_external_id, max_length=80, verbose_name="identifiant d’origine"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="critère")),
                        ("search", models.TextField(default="", editable=False)),
                        ("sort_key", models.CharField(default="", editable=False, max_length=80)),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="langue")),
                        ("french_text", models.TextField(blank=True, verbose_name="formulation française")),
                        ("imported_count", models.PositiveIntegerField(default=1, verbose_name="NB express")),
                        ("expression_count", models.PositiveIntegerField(default=1, verbose_name="expressions")),
                        ("dimension", models.CharField(blank=True, max_length=1, verbose_name="dimension")),
                        ("component", models.CharField(blank=True, max_length=3, verbose_name="composante")),
                        ("sub_component", models.CharField(blank=True, max_length=3, verbose_name="sous-composante")),
                        ("letter", models.CharField(blank=True, max_length=1, verbose_name="lettre de sens")),
                        ("sense", models.CharField(blank=True, max_length=3, verbose_name="sens")),
                        ("beneficiary", models.CharField(blank=True, max_length=12, verbose_name="bénéficiaire")),
                        ("source_created", models.CharField(blank=True, max_length=40, verbose_name="créé le (origine)")),
                        ("source_modified", models.CharField(blank=True, max_length=40, verbose_name="modifié le (origine)")),
                        ("said_on", models.DateField(blank=True, null=True, verbose_name="date")),
                        ("recorded_at", models.DateTimeField(verbose_name="noté le")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="raison du retrait")),
                        ("batch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.batch")),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="voices.criterion",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="voices.homogeneousgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "proposition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="criteria",
                                to="voices.proposition",
                                verbose_name="proposition",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.question", verbose_name="question"
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="voices.workshop",
                                verbose_name="atelier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "critère",
                        "verbose_name_plural": "critères",
                        "ordering": ["territory", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("merged_into__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=[
                                    "territory",
                                    "group",
                                    "question",
                                    "component",
                                    "letter",
                                    "batch",
                                    "expression_count",
                                    "said_on",
                                    "merged_into",
                                    "withdrawn_at",
                                ],
                                name="criterion_cube",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=["territory", "component", "id", "batch", "merged_into", "withdrawn_at"],
                                name="criterion_by_component",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=["territory", "sort_key", "id", "batch", "merged_into", "withdrawn_at"],
                                name="criterion_by_text",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "source", "external_id"), name="criterion_id_once_per_territory_and_source"
                            ),
                            models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="criterion_says_something"),
                            models.CheckConstraint(
                                condition=models.Q(("expression_count__gte", models.F("imported_count"))), name="criterion_counts_agree"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("component", models.CharField(blank=True, max_length=3, verbose_name="composante")),
                        ("sub_component", models.CharField(blank=True, max_length=3, verbose_name="sous-composante")),
                        ("sense", models.CharField(blank=True, max_length=3, verbose_name="sens")),
                        ("beneficiary", models.CharField(blank=True, max_length=12, verbose_name="bénéficiaire")),
                        ("facet", models.CharField(blank=True, max_length=30, verbose_name="facette")),
                        ("coded_at", models.DateTimeField(verbose_name="codé le")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("imported", "importé"),
                                    ("human", "attribué par une personne"),
                                    ("suggestion", "suggestion acceptée"),
                                ],
                                max_length=10,
                                verbose_name="origine",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("imported", "importé, non relu"), ("proposed", "proposé"), ("validated", "validé")],
                                max_length=10,
                                verbose_name="statut",
                            ),
                        ),
                        ("superseded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.batch"
                            ),
                        ),
                        (
                            "coder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frameworks.frameworkversion",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="voices.criterion"),
                        ),
                    ],
                    options={
                        "verbose_name": "codage",
                        "verbose_name_plural": "codages",
                        "ordering": ["criterion", "-coded_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("criterion",),
                                name="one_current_coding_per_criterion",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        (
                            "batch",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="voices.batch"),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="voices.criterion"),
                        ),
                    ],
                    options={
                        "verbose_name": "modification",
                        "verbose_name_plural": "modifications",
                        "ordering": ["batch", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("batch", "criterion"), name="one_change_per_batch_and_criterion")],
                    },
                ),
                migrations.CreateModel(
                    name="Expression",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.TextField(verbose_name="parole, telle qu’écrite")),
                        ("language", models.CharField(blank=True, max_length=10, verbose_name="langue")),
                        ("french_text", models.TextField(blank=True, verbose_name="formulation française")),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("batch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.batch")),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="expressions",
                                to="voices.criterion",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="voices.homogeneousgroup",
                                verbose_name="groupe",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.question", verbose_name="question"
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.workshop"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "expression",
                        "verbose_name_plural": "expressions",
                        "ordering": ["territory", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="expression_says_something")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkshopQuestion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("wording", models.TextField(verbose_name="formulation exacte")),
                        ("language", models.CharField(default="fr", max_length=10, verbose_name="langue")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "question",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.question"),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="voices.workshop"),
                        ),
                    ],
                    options={
                        "verbose_name": "question posée",
                        "verbose_name_plural": "questions posées",
                        "ordering": ["workshop", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workshop", "question", "language"), name="question_once_per_workshop_and_language"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
