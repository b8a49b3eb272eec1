import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0001_initial"),
        ("people", "__first__"),
        ("plan", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="FrozenYear",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("data", models.JSONField()),
                        ("missing", models.JSONField(default=list)),
                        ("difference", models.JSONField(default=list)),
                        ("sha256", models.CharField(max_length=64)),
                        ("frozen_at", models.DateTimeField(verbose_name="arrêtée le")),
                        ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="rouverte le")),
                        ("reopen_reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi la rouvrir")),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.plan")),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "année arrêtée",
                        "verbose_name_plural": "années arrêtées",
                        "ordering": ["plan", "-year", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "year", "number"), name="frozen_year_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("reopened_at__isnull", True)),
                                fields=("plan", "year"),
                                name="one_standing_freeze_per_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reopened_at__isnull", True), models.Q(("reopen_reason", ""), _negated=True), _connector="OR"
                                ),
                                name="reopening_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deliberation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("body", models.CharField(max_length=120, verbose_name="organe")),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="séance du")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "pas encore votée"),
                                    ("adopted", "adoptée"),
                                    ("refused", "refusée"),
                                    ("postponed", "reportée"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="résultat",
                            ),
                        ),
                        ("votes_for", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pour")),
                        ("votes_against", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="contre")),
                        ("abstentions", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="abstentions")),
                        ("sent_on", models.DateField(blank=True, null=True, verbose_name="envoyée le")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="réponse du")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("", "pas encore de réponse"), ("accepted", "acceptée"), ("refused", "refusée")],
                                default="",
                                max_length=10,
                                verbose_name="réponse",
                            ),
                        ),
                        ("balance", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="solde")),
                        ("note", models.TextField(blank=True, verbose_name="remarque")),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "frozen_year",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="deliberation", to="reports.frozenyear"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "délibération",
                        "verbose_name_plural": "délibérations",
                        "ordering": ["-held_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReaderLink",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[("commission", "commission"), ("councillor", "conseil")],
                                max_length=10,
                                verbose_name="lit au titre de",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.person")),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "lien de lecture",
                        "verbose_name_plural": "liens de lecture",
                        "ordering": ["plan", "person__display_name", "-made_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)), fields=("plan", "person"), name="one_open_reader_link"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReaderComment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "subject",
                            models.CharField(
                                choices=[("version", "version du plan"), ("report", "document"), ("meeting", "réunion")], max_length=20
                            ),
                        ),
                        ("subject_id", models.BigIntegerField()),
                        ("text", models.TextField(verbose_name="commentaire")),
                        ("at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True, verbose_name="réponse")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plan.plan")),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="reports.readerlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "commentaire de lecture",
                        "verbose_name_plural": "commentaires de lecture",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("link__isnull", False), ("user__isnull", True)),
                                    models.Q(("link__isnull", True), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_reader_comment_has_one_author",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveIntegerField(verbose_name="numéro")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("activity", "rapport d’activité"),
                                    ("financial", "rapport financier"),
                                    ("sheets", "fiches action"),
                                    ("dashboard", "tableau de bord"),
                                    ("dossier", "dossier du conseil"),
                                ],
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="titre")),
                        ("template", models.CharField(blank=True, max_length=200, verbose_name="modèle")),
                        ("issued_at", models.DateTimeField(verbose_name="émis le")),
                        (
                            "frozen_year",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="reports.frozenyear"),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "document émis",
                        "verbose_name_plural": "documents émis",
                        "ordering": ["-issued_at", "-pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "number"), name="report_number_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("format", models.CharField(max_length=5, verbose_name="format")),
                        ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("size", models.PositiveIntegerField(verbose_name="taille")),
                        ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                        (
                            "report",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.report"),
                        ),
                    ],
                    options={
                        "verbose_name": "fichier émis",
                        "verbose_name_plural": "fichiers émis",
                        "ordering": ["report", "format"],
                        "constraints": [models.UniqueConstraint(fields=("report", "format"), name="one_file_per_format")],
                    },
                ),
                migrations.CreateModel(
                    name="WordTemplate",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("activity", "rapport d’activité"),
                                    ("financial", "rapport financier"),
                                    ("sheets", "fiches action"),
                                    ("dashboard", "tableau de bord"),
                                    ("dossier", "dossier du conseil"),
                                ],
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("label", models.CharField(max_length=120, verbose_name="nom")),
                        ("file_name", models.CharField(max_length=200, verbose_name="fichier")),
                        ("sha256", models.CharField(max_length=64)),
                        ("fields", models.JSONField(default=list)),
                        ("added_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "modèle Word",
                        "verbose_name_plural": "modèles Word",
                        "ordering": ["territory", "kind", "-number"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "kind", "number"), name="word_template_number_once")],
                    },
                ),
            ]
        ),
    ]
