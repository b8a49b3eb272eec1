import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("frameworks", "0003_vocabularies"),
        ("network", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        (
                            "carrier_kind",
                            models.CharField(
                                choices=[
                                    ("municipality", "commune"),
                                    ("cpas", "CPAS"),
                                    ("association", "association de communes"),
                                    ("other", "autre"),
                                ],
                                default="municipality",
                                max_length=12,
                                verbose_name="genre de porteur",
                            ),
                        ),
                        ("competent_council", models.CharField(blank=True, max_length=120, verbose_name="conseil compétent")),
                        ("starts_on", models.DateField(verbose_name="début")),
                        ("ends_on", models.DateField(verbose_name="fin")),
                        ("created_at", models.DateTimeField()),
                        (
                            "carrier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="porté par",
                            ),
                        ),
                        (
                            "framework",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frameworks.frameworkversion",
                                verbose_name="référentiel",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chef·fe de projet",
                            ),
                        ),
                        (
                            "members",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="network.organization", verbose_name="membres de l’association"
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
                        "verbose_name": "plan",
                        "verbose_name_plural": "plans",
                        "ordering": ["-starts_on", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("territory", "name"), name="plan_name_once_per_territory"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="plan_ends_after_it_begins"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("sequence", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=300, verbose_name="titre local")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("basis", models.CharField(blank=True, max_length=40, verbose_name="base légale du financement")),
                        ("target_groups", models.JSONField(blank=True, default=list, verbose_name="publics")),
                        ("pst_reference", models.CharField(blank=True, max_length=60, verbose_name="référence au PST")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("created", "créée"),
                                    ("to_be_scheduled", "à planifier"),
                                    ("ongoing", "en cours"),
                                    ("stopped", "arrêtée"),
                                    ("terminated", "terminée"),
                                ],
                                default="created",
                                max_length=16,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "health",
                            models.CharField(
                                choices=[("good", "va bien"), ("risk", "à risque"), ("blocked", "bloquée"), ("paused", "en pause")],
                                default="good",
                                max_length=8,
                                verbose_name="santé",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                        ("stop_reason", models.CharField(blank=True, max_length=300, verbose_name="raison de l’arrêt")),
                        ("is_pilot", models.BooleanField(default=False, verbose_name="action pilote")),
                        ("is_standing_service", models.BooleanField(default=False, verbose_name="service permanent, compté chaque mois")),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead_service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="service pilote",
                            ),
                        ),
                        (
                            "neighbourhoods",
                            models.ManyToManyField(blank=True, related_name="+", to="network.place", verbose_name="quartiers"),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frameworks.node",
                                verbose_name="code du catalogue",
                            ),
                        ),
                        (
                            "objectives",
                            models.ManyToManyField(blank=True, related_name="+", to="frameworks.node", verbose_name="objectifs"),
                        ),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "action",
                        "verbose_name_plural": "actions",
                        "ordering": ["plan", "sequence"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "sequence"), name="action_number_once_per_plan"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "stopped"), _negated=True),
                                    models.Q(("stop_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_stopped_action_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="action_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionComment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("on", models.DateField(verbose_name="date")),
                        ("text", models.TextField(verbose_name="commentaire")),
                        ("state", models.CharField(blank=True, max_length=16)),
                        ("health", models.CharField(blank=True, max_length=8)),
                        ("at", models.DateTimeField()),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="plan.action"),
                        ),
                        (
                            "by",
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
                        "verbose_name": "commentaire sur une action",
                        "verbose_name_plural": "commentaires sur une action",
                        "ordering": ["action", "-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("text", models.TextField(verbose_name="texte")),
                        ("on", models.DateField(verbose_name="date")),
                        ("author", models.CharField(max_length=120, verbose_name="signé")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="articles", to="plan.action"),
                        ),
                        (
                            "written_by",
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
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HelpInKind",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("description", models.CharField(max_length=300, verbose_name="quoi")),
                        (
                            "value",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur estimée"),
                        ),
                        ("how_estimated", models.CharField(blank=True, max_length=200, verbose_name="comment estimée")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="help_in_kind", to="plan.action"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="donné par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "aide en nature",
                        "verbose_name_plural": "aides en nature",
                        "ordering": ["action", "year", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="indicateur")),
                        ("unit", models.CharField(max_length=60, verbose_name="unité")),
                        ("method", models.CharField(blank=True, max_length=300, verbose_name="comment on compte")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        (
                            "direction",
                            models.CharField(
                                choices=[("up", "à augmenter"), ("down", "à diminuer"), ("none", "sans sens")],
                                default="up",
                                max_length=4,
                                verbose_name="sens",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("output", "réalisation"), ("result", "résultat"), ("impact", "effet"), ("process", "processus")],
                                default="output",
                                max_length=8,
                                verbose_name="niveau",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[("year", "par an"), ("month", "par mois")], default="year", max_length=5, verbose_name="rythme"
                            ),
                        ),
                        (
                            "over_year",
                            models.CharField(
                                choices=[
                                    ("add", "les mois s’additionnent"),
                                    ("last", "le dernier mois compte"),
                                    ("mean", "moyenne des mois"),
                                ],
                                default="add",
                                max_length=4,
                                verbose_name="sur l’année",
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="point de départ"),
                        ),
                        ("baseline_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année de départ")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="plus compté depuis")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="plan.action"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="compté par (vide\xa0: l’équipe)",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicateur",
                        "verbose_name_plural": "indicateurs",
                        "ordering": ["action", "position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("action", "name"), name="indicator_name_once_per_action")],
                    },
                ),
                migrations.CreateModel(
                    name="Instalment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("due_on", models.DateField(verbose_name="prévu le")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant")),
                        ("condition", models.CharField(blank=True, max_length=200, verbose_name="condition")),
                        ("paid_on", models.DateField(blank=True, null=True, verbose_name="payé le")),
                        (
                            "agreement",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.agreement"),
                        ),
                    ],
                    options={
                        "verbose_name": "tranche",
                        "verbose_name_plural": "tranches",
                        "ordering": ["agreement", "number"],
                        "constraints": [models.UniqueConstraint(fields=("agreement", "number"), name="instalment_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mois")),
                        ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur")),
                        ("is_unknown", models.BooleanField(default=False, verbose_name="je ne sais pas")),
                        ("how_counted", models.CharField(blank=True, max_length=300, verbose_name="comment compté")),
                        ("sentence", models.CharField(blank=True, max_length=500, verbose_name="une phrase")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("submitted", "remis"),
                                    ("returned", "renvoyé avec un commentaire"),
                                    ("approved", "approuvé"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="commentaire de relecture")),
                        ("via_link", models.BooleanField(default=False, verbose_name="remis par le lien du partenaire")),
                        ("changed_at", models.DateTimeField()),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("documents", models.ManyToManyField(blank=True, related_name="+", to="network.document", verbose_name="pièces")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="observations", to="plan.indicator"
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "typed_by",
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
                        "verbose_name": "chiffre observé",
                        "verbose_name_plural": "chiffres observés",
                        "ordering": ["indicator", "-year", "-month", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "year", "month"), name="one_observation_per_month"),
                            models.UniqueConstraint(
                                condition=models.Q(("month__isnull", True)), fields=("indicator", "year"), name="one_observation_per_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("month__isnull", True), models.Q(("month__gte", 1), ("month__lte", 12)), _connector="OR"
                                ),
                                name="observation_month_1_to_12",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_unknown", False), ("value__isnull", True), _connector="OR"),
                                name="an_unknown_figure_has_no_value",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerLink",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("previous_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("deadline", models.DateField(verbose_name="à rendre pour le")),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="rappelé le")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="remis le")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
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
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                        (
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partner_links", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "lien d’un partenaire",
                        "verbose_name_plural": "liens des partenaires",
                        "ordering": ["plan", "year", "organization__search", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("plan", "organization", "year"),
                                name="one_open_link_per_partner_and_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObligationYear",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année concernée")),
                        ("sitting_on", models.DateField(blank=True, null=True, verbose_name="séance choisie")),
                        ("steps_done", models.JSONField(blank=True, default=dict, verbose_name="étapes faites")),
                        ("met_on", models.DateField(blank=True, null=True, verbose_name="rempli le")),
                        ("switched_off_on", models.DateField(blank=True, null=True, verbose_name="écarté le")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.obligation"),
                        ),
                        (
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="obligations", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "obligation de l’année",
                        "verbose_name_plural": "obligations de l’année",
                        "ordering": ["plan", "-year", "obligation__position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("plan", "obligation", "year"), name="obligation_once_per_year")],
                    },
                ),
                migrations.CreateModel(
                    name="FundingLine",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("basis", models.CharField(max_length=40, verbose_name="base légale")),
                        ("label", models.CharField(max_length=200, verbose_name="libellé")),
                        ("function_code", models.CharField(blank=True, max_length=20, verbose_name="code fonctionnel")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="remarque")),
                        (
                            "funder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="pouvoir subsidiant",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="funding_lines", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne de financement",
                        "verbose_name_plural": "lignes de financement",
                        "ordering": ["plan", "year", "basis", "label", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("plan", "year", "label"), name="funding_label_once_per_year")],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "calendrier abonné",
                        "verbose_name_plural": "calendriers abonnés",
                        "ordering": ["plan", "-made_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)), fields=("plan", "user"), name="one_open_feed_per_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetStage",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("label", models.CharField(max_length=120, verbose_name="libellé")),
                        ("voted_on", models.DateField(blank=True, null=True, verbose_name="votée le")),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "étape budgétaire",
                        "verbose_name_plural": "étapes budgétaires",
                        "ordering": ["plan", "year", "number"],
                        "constraints": [models.UniqueConstraint(fields=("plan", "year", "number"), name="budget_stage_once")],
                    },
                ),
                migrations.CreateModel(
                    name="BookingImport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="exercice")),
                        ("file_name", models.CharField(max_length=200, verbose_name="fichier")),
                        ("file_sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "reçu"),
                                    ("preview", "à vérifier"),
                                    ("applying", "en cours"),
                                    ("applied", "fait"),
                                    ("cancelled", "abandonné"),
                                    ("failed", "échoué"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("mapping", models.JSONField(default=dict)),
                        ("report", models.JSONField(default=dict, verbose_name="compte rendu")),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
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
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="booking_imports", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "lecture d’un extrait comptable",
                        "verbose_name_plural": "lectures d’extraits comptables",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=64)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="exercice")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("commitment", "engagement"), ("expense", "dépense"), ("receipt", "recette")],
                                default="expense",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="numéro de pièce")),
                        ("booked_on", models.DateField(verbose_name="date")),
                        ("article", models.CharField(blank=True, max_length=40, verbose_name="article budgétaire")),
                        ("function_code", models.CharField(blank=True, max_length=20, verbose_name="code fonctionnel")),
                        ("supplier", models.CharField(blank=True, max_length=200, verbose_name="fournisseur ou débiteur")),
                        ("supplier_search", models.CharField(blank=True, editable=False, max_length=200)),
                        ("label", models.CharField(blank=True, max_length=300, verbose_name="libellé")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant")),
                        ("vanished_at", models.DateTimeField(blank=True, null=True, verbose_name="absente de l’extrait depuis")),
                        ("is_split", models.BooleanField(default=False, verbose_name="répartie")),
                        (
                            "first_seen",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.bookingimport",
                            ),
                        ),
                        (
                            "last_seen",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.bookingimport",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="plan.fundingline",
                                verbose_name="ligne de financement",
                            ),
                        ),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "écriture comptable",
                        "verbose_name_plural": "écritures comptables",
                        "ordering": ["-booked_on", "-pk"],
                        "indexes": [models.Index(fields=["plan", "year", "kind", "function_code"], name="booking_by_function")],
                        "constraints": [models.UniqueConstraint(fields=("plan", "key"), name="booking_key_once_per_plan")],
                    },
                ),
                migrations.CreateModel(
                    name="PlanColumns",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(choices=[("workbook", "classeur du plan"), ("bookings", "extrait comptable")], max_length=10),
                        ),
                        ("header_hash", models.CharField(max_length=64)),
                        ("mapping", models.JSONField()),
                        ("used_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "correspondance de colonnes du plan",
                        "verbose_name_plural": "correspondances de colonnes du plan",
                        "ordering": ["territory", "-used_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("territory", "kind", "header_hash"), name="one_plan_mapping_per_header")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("reason", models.CharField(max_length=300, verbose_name="pourquoi cette version")),
                        ("council_on", models.DateField(blank=True, null=True, verbose_name="votée le")),
                        ("sent_on", models.DateField(blank=True, null=True, verbose_name="envoyée le")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="réponse du")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "pas encore de réponse"),
                                    ("accepted", "acceptée"),
                                    ("accepted_with_remarks", "acceptée avec remarques"),
                                    ("refused", "refusée"),
                                ],
                                default="",
                                max_length=22,
                                verbose_name="réponse",
                            ),
                        ),
                        ("remarks", models.TextField(blank=True, verbose_name="remarques reçues")),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="en vigueur à partir du")),
                        ("made_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.document"
                            ),
                        ),
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
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "version du plan",
                        "verbose_name_plural": "versions du plan",
                        "ordering": ["plan", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), ("answered_on__isnull", False), _connector="OR"),
                                name="plan_answer_has_a_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("sequence", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("title", models.CharField(max_length=300, verbose_name="titre")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("basis", models.CharField(blank=True, max_length=40, verbose_name="base légale")),
                        ("lead_service", models.CharField(blank=True, max_length=200, verbose_name="service pilote")),
                        ("objectives", models.JSONField(blank=True, default=list)),
                        ("target_groups", models.JSONField(blank=True, default=list)),
                        ("neighbourhoods", models.JSONField(blank=True, default=list)),
                        ("partners", models.JSONField(blank=True, default=list)),
                        ("targets", models.JSONField(blank=True, default=list)),
                        ("amounts", models.JSONField(blank=True, default=list)),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                        ("state", models.CharField(default="created", max_length=16, verbose_name="état")),
                        ("stop_reason", models.CharField(blank=True, max_length=300, verbose_name="raison de l’arrêt")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plan.action"),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.node"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="plan.planversion"),
                        ),
                    ],
                    options={
                        "verbose_name": "action dans une version",
                        "verbose_name_plural": "actions dans une version",
                        "ordering": ["version", "sequence"],
                        "constraints": [models.UniqueConstraint(fields=("version", "action"), name="action_once_per_plan_version")],
                    },
                ),
                migrations.CreateModel(
                    name="Proof",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="pièce")),
                        ("submitted", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant présenté")),
                        (
                            "accepted",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="montant accepté"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "remise"),
                                    ("accepted", "acceptée"),
                                    ("partly", "acceptée en partie"),
                                    ("refused", "refusée"),
                                ],
                                default="submitted",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
                        ("submitted_on", models.DateField(verbose_name="remise le")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="décidée le")),
                        (
                            "agreement",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.agreement"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.document"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "justificatif",
                        "verbose_name_plural": "justificatifs",
                        "ordering": ["agreement", "submitted_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted__isnull", True), ("state", "submitted")),
                                    models.Q(models.Q(("state", "submitted"), _negated=True), ("accepted__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_judged_proof_has_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("refused", "partly")), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_refused_proof_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SplitRule",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.CharField(blank=True, max_length=40, verbose_name="article budgétaire")),
                        ("supplier_search", models.CharField(blank=True, max_length=200, verbose_name="fournisseur")),
                        ("function_code", models.CharField(blank=True, max_length=20, verbose_name="code fonctionnel")),
                        ("by_staff", models.BooleanField(default=False, verbose_name="selon le personnel")),
                        ("staff_function", models.CharField(blank=True, max_length=120, verbose_name="fonction du personnel")),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="split_rules", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "règle de répartition",
                        "verbose_name_plural": "règles de répartition",
                        "ordering": ["plan", "article", "supplier_search", "function_code", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("plan", "article", "supplier_search", "function_code"),
                                name="one_open_rule_per_criteria",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("article", ""), ("function_code", ""), ("supplier_search", ""), _negated=True),
                                name="a_rule_looks_at_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookingSplit",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("percent", models.DecimalField(decimal_places=4, max_digits=7, verbose_name="pourcentage")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="booking_splits", to="plan.action"),
                        ),
                        (
                            "booking",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="splits", to="plan.booking"),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="plan.splitrule"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part d’une écriture",
                        "verbose_name_plural": "parts des écritures",
                        "ordering": ["booking", "action__sequence"],
                        "constraints": [
                            models.UniqueConstraint(fields=("booking", "action"), name="one_split_per_booking_and_action"),
                            models.CheckConstraint(condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="split_in_percent"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SplitShare",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("percent", models.DecimalField(decimal_places=4, max_digits=7, verbose_name="pourcentage")),
                        ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plan.action")),
                        (
                            "rule",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="plan.splitrule"),
                        ),
                    ],
                    options={
                        "verbose_name": "part d’une règle",
                        "verbose_name_plural": "parts d’une règle",
                        "ordering": ["rule", "action__sequence"],
                        "constraints": [
                            models.UniqueConstraint(fields=("rule", "action"), name="one_share_per_rule_and_action"),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="rule_share_in_percent"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffShare",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("function", models.CharField(max_length=120, verbose_name="fonction")),
                        ("starts_on", models.DateField(verbose_name="du")),
                        ("ends_on", models.DateField(verbose_name="au")),
                        ("fte", models.DecimalField(decimal_places=3, max_digits=6, verbose_name="équivalents temps plein")),
                        ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="staff", to="plan.action")),
                        ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="staff", to="plan.plan")),
                    ],
                    options={
                        "verbose_name": "personnel d’une action",
                        "verbose_name_plural": "personnel des actions",
                        "ordering": ["plan", "function", "action__sequence", "starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="staff_ends_after_it_begins"
                            ),
                            models.CheckConstraint(condition=models.Q(("fte__gt", 0)), name="staff_is_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementTotal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="exercice")),
                        ("function_code", models.CharField(max_length=20, verbose_name="code fonctionnel")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("commitment", "engagement"), ("expense", "dépense"), ("receipt", "recette")],
                                default="expense",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="total de l’état")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        (
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="statement_totals", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "total de l’état comptable",
                        "verbose_name_plural": "totaux de l’état comptable",
                        "ordering": ["plan", "year", "function_code", "kind"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "year", "function_code", "kind"), name="one_statement_total")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="cible")),
                        (
                            "indicator",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="plan.indicator"),
                        ),
                    ],
                    options={
                        "verbose_name": "cible",
                        "verbose_name_plural": "cibles",
                        "ordering": ["indicator", "year"],
                        "constraints": [models.UniqueConstraint(fields=("indicator", "year"), name="one_target_per_year")],
                    },
                ),
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
                                choices=[
                                    ("received", "à vérifier"),
                                    ("applied", "importé"),
                                    ("undone", "annulé"),
                                    ("abandoned", "abandonné"),
                                ],
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="workbook_imports", to="plan.plan"),
                        ),
                    ],
                    options={
                        "verbose_name": "classeur importé",
                        "verbose_name_plural": "classeurs importés",
                        "ordering": ["-made_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ActionPartner",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[("operator", "opérateur"), ("partner", "partenaire")],
                                default="partner",
                                max_length=10,
                                verbose_name="rôle",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                        ("since", models.DateField(blank=True, null=True, verbose_name="depuis")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="plan.action"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "partenaire d’une action",
                        "verbose_name_plural": "partenaires d’une action",
                        "ordering": ["action", "role", "organization__search", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("action", "organization"),
                                name="one_open_partner_per_action",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionYear",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("done", models.TextField(blank=True, verbose_name="ce qui a été fait")),
                        ("benefits", models.TextField(blank=True, verbose_name="ce que cela a apporté")),
                        ("difficulties", models.TextField(blank=True, verbose_name="les difficultés")),
                        ("feedback", models.TextField(blank=True, verbose_name="ce qu’en disent les publics")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("submitted", "remis"),
                                    ("returned", "renvoyé avec un commentaire"),
                                    ("approved", "approuvé"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="commentaire de relecture")),
                        ("via_link", models.BooleanField(default=False, verbose_name="remis par le lien du partenaire")),
                        ("changed_at", models.DateTimeField()),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="accounts", to="plan.action"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "typed_by",
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
                        "verbose_name": "bilan annuel d’une action",
                        "verbose_name_plural": "bilans annuels des actions",
                        "ordering": ["action", "-year", "organization__search", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("action", "year", "organization"), name="one_account_per_year_and_partner"),
                            models.UniqueConstraint(
                                condition=models.Q(("organization__isnull", True)),
                                fields=("action", "year"),
                                name="one_team_account_per_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementAction",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="montant")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="plan.action"),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.agreement"),
                        ),
                    ],
                    options={
                        "verbose_name": "action d’une convention",
                        "verbose_name_plural": "actions d’une convention",
                        "ordering": ["agreement", "action__sequence"],
                        "constraints": [models.UniqueConstraint(fields=("agreement", "action"), name="action_once_per_agreement")],
                    },
                ),
                migrations.CreateModel(
                    name="ArticlePicture",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("alternative", models.CharField(max_length=300, verbose_name="ce que montre l’image")),
                        ("width", models.PositiveIntegerField()),
                        ("height", models.PositiveIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "article",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="plan.article"),
                        ),
                    ],
                    options={
                        "verbose_name": "image d’un article",
                        "verbose_name_plural": "images d’un article",
                        "ordering": ["article", "position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("alternative", ""), _negated=True), name="a_picture_says_what_it_shows"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clawback",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reason", models.CharField(max_length=40, verbose_name="motif")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant")),
                        ("asked_on", models.DateField(verbose_name="demandée le")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="reçue le")),
                        ("dropped_on", models.DateField(blank=True, null=True, verbose_name="abandonnée le")),
                        (
                            "agreement",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.agreement"),
                        ),
                    ],
                    options={
                        "verbose_name": "restitution",
                        "verbose_name_plural": "restitutions",
                        "ordering": ["agreement", "asked_on", "pk"],
                        "constraints": [models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="clawback_is_positive")],
                    },
                ),
                migrations.CreateModel(
                    name="FundingAmount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="montant")),
                        (
                            "stage",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="amounts", to="plan.budgetstage"),
                        ),
                        (
                            "line",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="amounts", to="plan.fundingline"),
                        ),
                    ],
                    options={
                        "verbose_name": "montant d’une ligne",
                        "verbose_name_plural": "montants des lignes",
                        "ordering": ["line", "stage__number"],
                        "constraints": [models.UniqueConstraint(fields=("line", "stage"), name="one_amount_per_line_and_stage")],
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="montant")),
                        (
                            "action",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="plan.action"),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="plan.budgetstage"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="allocations", to="plan.fundingline"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "affectation",
                        "verbose_name_plural": "affectations",
                        "ordering": ["line", "action__sequence", "stage__number"],
                        "constraints": [models.UniqueConstraint(fields=("line", "stage", "action"), name="one_allocation_per_stage")],
                    },
                ),
            ]
        ),
    ]
