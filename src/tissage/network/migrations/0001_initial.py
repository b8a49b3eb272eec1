import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Organization",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("alternate_name", models.CharField(blank=True, max_length=200, verbose_name="autre nom")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("municipality", "commune"),
                                    ("cpas", "CPAS"),
                                    ("cpas_service", "service du CPAS"),
                                    ("city_service", "service communal"),
                                    ("public_service", "service public"),
                                    ("asbl", "asbl"),
                                    ("informal", "groupe sans personnalité juridique"),
                                    ("health", "santé"),
                                    ("culture", "culture"),
                                    ("school", "école"),
                                    ("higher_education", "enseignement supérieur"),
                                    ("police", "police"),
                                    ("funder", "pouvoir subsidiant"),
                                    ("company", "entreprise"),
                                    ("other", "autre"),
                                ],
                                default="asbl",
                                max_length=20,
                                verbose_name="genre",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("website", models.URLField(blank=True, verbose_name="site")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail de contact")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="fermée le")),
                        ("search", models.CharField(db_index=True, editable=False, max_length=420)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="network.organization",
                                verbose_name="dépend de",
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
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "ordering": ["search", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "name"), name="organization_name_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="LabelScheme",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("validity_months", models.PositiveSmallIntegerField(default=24, verbose_name="durée d’une attribution (mois)")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="arrêté le")),
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="tenu par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "label ou charte",
                        "verbose_name_plural": "labels et chartes",
                        "ordering": ["territory", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("territory", "name"), name="label_name_once_per_territory"),
                            models.CheckConstraint(condition=models.Q(("validity_months__gte", 1)), name="label_validity_at_least_a_month"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LabelVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("charter_text", models.TextField(blank=True, verbose_name="texte de la charte")),
                        ("valid_from", models.DateField(verbose_name="en vigueur du")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="network.labelscheme"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version de label",
                        "verbose_name_plural": "versions de label",
                        "ordering": ["scheme", "-number"],
                        "constraints": [models.UniqueConstraint(fields=("scheme", "number"), name="label_version_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("physical", "adresse"),
                                    ("postal", "adresse postale"),
                                    ("virtual", "à distance"),
                                    ("neighbourhood", "quartier"),
                                ],
                                default="physical",
                                max_length=14,
                                verbose_name="genre",
                            ),
                        ),
                        (
                            "address_visibility",
                            models.CharField(
                                choices=[
                                    ("public", "adresse publique"),
                                    ("area_only", "quartier ou commune seulement"),
                                    ("on_request", "donnée au contact"),
                                    ("never", "jamais"),
                                ],
                                default="on_request",
                                max_length=10,
                                verbose_name="qui voit l’adresse",
                            ),
                        ),
                        ("street", models.CharField(blank=True, max_length=200, verbose_name="rue et numéro")),
                        ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="code postal")),
                        ("nis_code", models.CharField(blank=True, max_length=5, verbose_name="code INS")),
                        ("latitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude")),
                        ("longitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="longitude")),
                        ("public_area_label", models.CharField(blank=True, max_length=120, verbose_name="ce qui se dit du lieu")),
                        ("accessibility", models.TextField(blank=True, verbose_name="accessibilité")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="hors de la liste depuis")),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="network.organization",
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
                        "verbose_name": "lieu",
                        "verbose_name_plural": "lieux",
                        "ordering": ["territory", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "neighbourhood")),
                                fields=("territory", "name"),
                                name="neighbourhood_once_per_territory",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("kind", "neighbourhood"), _negated=True), ("street", ""), _connector="OR"),
                                name="a_neighbourhood_has_no_street",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LabelAward",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("applied", "demandé"),
                                    ("in_training", "formation en cours"),
                                    ("proposed", "à confirmer"),
                                    ("active", "en vigueur"),
                                    ("suspended", "suspendu"),
                                    ("withdrawn", "retiré"),
                                ],
                                default="applied",
                                max_length=11,
                                verbose_name="état",
                            ),
                        ),
                        ("asked_on", models.DateField(verbose_name="demandé le")),
                        ("granted_on", models.DateField(blank=True, null=True, verbose_name="attribué le")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                        ("list_publicly", models.BooleanField(default=False, verbose_name="dans la liste publique")),
                        ("decision_note", models.TextField(blank=True, verbose_name="décision")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="network.labelversion"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="network.organization"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attribution d’un label",
                        "verbose_name_plural": "attributions d’un label",
                        "ordering": ["version", "organization__search", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "active"), _negated=True),
                                    models.Q(("granted_on__isnull", False), ("valid_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_active_award_has_its_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("granted_on__isnull", True),
                                    ("valid_until__gte", models.F("granted_on")),
                                    _connector="OR",
                                ),
                                name="award_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collective",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("collective", "collectif"),
                                    ("commission", "commission d’accompagnement"),
                                    ("steering", "comité de pilotage"),
                                ],
                                default="collective",
                                max_length=12,
                                verbose_name="genre",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("purpose", models.TextField(blank=True, verbose_name="raison d’être")),
                        ("objectives", models.JSONField(blank=True, default=list, verbose_name="objectifs")),
                        ("missions", models.JSONField(blank=True, default=list, verbose_name="missions")),
                        (
                            "minimum_meetings",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="réunions par an au moins"),
                        ),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="depuis")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        ("political_lead", models.CharField(blank=True, max_length=200, verbose_name="mandat politique")),
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
                            "coordinator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="coordination",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "collectif",
                        "verbose_name_plural": "collectifs",
                        "ordering": ["territory", "name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "name"), name="collective_name_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("kind", models.CharField(blank=True, max_length=30, verbose_name="genre")),
                        ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("content_type", models.CharField(max_length=100)),
                        ("size", models.PositiveIntegerField(verbose_name="taille")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "publique"),
                                    ("network", "membres et partenaires"),
                                    ("parties", "parties seulement"),
                                    ("private", "équipe seulement"),
                                ],
                                default="private",
                                max_length=8,
                                verbose_name="visibilité",
                            ),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
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
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": ["-added_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("charter", "charte"),
                                    ("memorandum", "protocole"),
                                    ("partnership", "convention de partenariat"),
                                    ("subsidy", "convention de subvention"),
                                    ("premises", "mise à disposition de locaux"),
                                    ("data_sharing", "partage de données"),
                                ],
                                default="subsidy",
                                max_length=12,
                                verbose_name="genre",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="objet")),
                        ("purpose", models.TextField(blank=True, verbose_name="à quoi sert l’aide")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projet"),
                                    ("signed", "signée"),
                                    ("suspended", "suspendue"),
                                    ("ended", "arrivée à terme"),
                                    ("terminated", "résiliée"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="début")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                        (
                            "renewal",
                            models.CharField(
                                choices=[("none", "aucun"), ("tacit", "tacite"), ("explicit", "exprès")],
                                default="none",
                                max_length=8,
                                verbose_name="renouvellement",
                            ),
                        ),
                        ("notice_days", models.PositiveSmallIntegerField(default=0, verbose_name="préavis (jours)")),
                        ("council_on", models.DateField(blank=True, null=True, verbose_name="passée au conseil le")),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="montant")),
                        ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="motif de fin")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.agreement",
                                verbose_name="renouvelle",
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
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "convention",
                        "verbose_name_plural": "conventions",
                        "ordering": ["-starts_on", "title", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                                name="agreement_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                                name="agreement_amount_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormsPause",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("until", models.DateTimeField(verbose_name="jusqu’au")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="ce que lit le public")),
                        ("since", models.DateTimeField(verbose_name="depuis")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
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
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "pause des formulaires",
                        "verbose_name_plural": "pauses des formulaires",
                        "ordering": ["territory", "-since", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)), fields=("territory",), name="one_open_pause"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LabelReport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "value",
                            models.CharField(
                                choices=[
                                    ("gone", "le lieu n’existe plus"),
                                    ("wrong_info", "une information est fausse"),
                                    ("charter_breach", "la charte n’est pas respectée"),
                                    ("other", "autre chose"),
                                ],
                                max_length=14,
                                verbose_name="genre",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="ce qui s’est passé")),
                        ("contact", models.TextField(blank=True, verbose_name="contact (chiffré)")),
                        (
                            "status",
                            models.CharField(
                                choices=[("new", "à lire"), ("in_review", "à l’examen"), ("founded", "fondé"), ("unfounded", "non fondé")],
                                default="new",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("told_holder_on", models.DateField(blank=True, null=True, verbose_name="dit à l’organisation le")),
                        ("reply", models.TextField(blank=True, verbose_name="réponse de l’organisation")),
                        ("reply_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                        ("resolution", models.TextField(blank=True, verbose_name="suite donnée")),
                        ("resolved_on", models.DateField(blank=True, null=True, verbose_name="conclu le")),
                        ("received_at", models.DateTimeField(verbose_name="reçu le")),
                        (
                            "award",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="network.labelaward"),
                        ),
                        (
                            "resolved_by",
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
                        "verbose_name": "signalement",
                        "verbose_name_plural": "signalements",
                        "ordering": ["-received_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("founded", "unfounded")), _negated=True),
                                    ("resolved_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_judged_report_has_a_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="objet")),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="fin")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("agenda", models.TextField(blank=True, verbose_name="ordre du jour")),
                        ("minutes", models.TextField(blank=True, verbose_name="procès-verbal")),
                        (
                            "minutes_visibility",
                            models.CharField(
                                choices=[("team", "équipe"), ("members", "membres du collectif"), ("public", "tout le monde")],
                                default="team",
                                max_length=8,
                                verbose_name="qui lit le procès-verbal",
                            ),
                        ),
                        ("minutes_adopted_on", models.DateField(blank=True, null=True, verbose_name="procès-verbal approuvé le")),
                        (
                            "status",
                            models.CharField(
                                choices=[("planned", "prévue"), ("held", "tenue"), ("cancelled", "annulée")],
                                default="planned",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("attendees_count", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="personnes présentes")),
                        ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="convocation envoyée le")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        (
                            "collective",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="network.collective"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réunion",
                        "verbose_name_plural": "réunions",
                        "ordering": ["-starts_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                                name="meeting_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closed_at__isnull", True), ("attendees_count__isnull", False), _connector="OR"),
                                name="closed_meeting_counted_heads",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("text", models.TextField(verbose_name="texte")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("decision", "décision"), ("recommendation", "recommandation"), ("information", "information")],
                                default="decision",
                                max_length=14,
                                verbose_name="genre",
                            ),
                        ),
                        ("vote", models.CharField(blank=True, max_length=200, verbose_name="vote")),
                        ("no_action_reason", models.CharField(blank=True, max_length=200, verbose_name="pourquoi rien n’est à faire")),
                        ("subjects", models.JSONField(blank=True, default=list)),
                        (
                            "meeting",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="network.meeting"),
                        ),
                    ],
                    options={
                        "verbose_name": "décision",
                        "verbose_name_plural": "décisions",
                        "ordering": ["meeting", "number", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="decision_number_once_per_meeting")],
                    },
                ),
                migrations.CreateModel(
                    name="NotTheSame",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField()),
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
                        (
                            "first",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                        (
                            "second",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "organisations à ne pas confondre",
                        "verbose_name_plural": "organisations à ne pas confondre",
                        "ordering": ["first", "second"],
                        "constraints": [models.UniqueConstraint(fields=("first", "second"), name="not_the_same_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("scheme", models.CharField(default="BE-BCE_KBO", max_length=20, verbose_name="registre")),
                        ("value", models.CharField(max_length=40, verbose_name="numéro")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="network.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "numéro d’identification",
                        "verbose_name_plural": "numéros d’identification",
                        "ordering": ["organization", "scheme", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("organization", "scheme"), name="one_identifier_per_scheme")],
                    },
                ),
                migrations.CreateModel(
                    name="CollectiveMembership",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("member", "membre"),
                                    ("coordinator", "coordination"),
                                    ("chair", "présidence"),
                                    ("observer", "observation"),
                                    ("external_partner", "partenaire extérieur"),
                                ],
                                default="member",
                                max_length=16,
                                verbose_name="rôle",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("invited", "invitée"),
                                    ("applied", "candidate"),
                                    ("active", "active"),
                                    ("suspended", "suspendue"),
                                    ("left", "partie"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="depuis")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        ("commitments_text", models.TextField(blank=True, verbose_name="ce à quoi elle s’engage")),
                        (
                            "collective",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="network.collective"
                            ),
                        ),
                        (
                            "source_document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="network.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adhésion",
                        "verbose_name_plural": "adhésions",
                        "ordering": ["collective", "organization__search", "since", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("collective", "organization"),
                                name="one_open_collective_membership",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                                name="collective_membership_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("status", "left"), _negated=True), ("until__isnull", False), _connector="OR"),
                                name="who_left_has_a_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementParty",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("signatory", models.CharField(blank=True, max_length=200, verbose_name="signataire et qualité")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                        ("receives", models.BooleanField(default=False, verbose_name="reçoit l’aide")),
                        (
                            "agreement",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="network.agreement"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "partie à une convention",
                        "verbose_name_plural": "parties à une convention",
                        "ordering": ["agreement", "receives", "organization__search", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("agreement", "organization"), name="party_once_per_agreement")],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationMerge",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("merged_uuid", models.UUIDField(unique=True)),
                        ("merged_name", models.CharField(max_length=200, verbose_name="nom de la fiche absorbée")),
                        ("merged", models.JSONField(default=dict)),
                        ("moved", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(verbose_name="le")),
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
                        (
                            "kept",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                    ],
                    options={
                        "verbose_name": "fusion d’organisations",
                        "verbose_name_plural": "fusions d’organisations",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("display_name", models.CharField(max_length=120, verbose_name="nom d’usage")),
                        ("role", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="a quitté sa fonction le")),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="network.organization",
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
                            "user",
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
                        "verbose_name": "personne de contact",
                        "verbose_name_plural": "personnes de contact",
                        "ordering": ["display_name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ActionItem",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.CharField(max_length=300, verbose_name="à faire")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        ("due_moves", models.JSONField(blank=True, default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "à faire"), ("done", "fait"), ("dropped", "abandonné")],
                                default="open",
                                max_length=8,
                                verbose_name="état",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                        ("evidence", models.CharField(blank=True, max_length=300, verbose_name="ce qui le montre")),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="action_items",
                                to="network.decision",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="action_items", to="network.meeting"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="qui s’en charge",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.person",
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suite à donner",
                        "verbose_name_plural": "suites à donner",
                        "ordering": ["due_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status", "open"), ("closed_on__isnull", False), _connector="OR"),
                                name="closed_action_item_has_a_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unknown", "pas encore noté"),
                                    ("present", "présente"),
                                    ("excused", "excusée"),
                                    ("absent", "absente"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="présence",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="network.meeting"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "présence",
                        "verbose_name_plural": "présences",
                        "ordering": ["meeting", "organization__search", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("meeting", "organization"), name="one_presence_per_meeting")],
                    },
                ),
                migrations.CreateModel(
                    name="Training",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("hours", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="heures")),
                        ("gives_qualification", models.BooleanField(default=False, verbose_name="donne une qualification")),
                        ("valid_months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="valable (mois)")),
                        ("themes", models.JSONField(blank=True, default=list, verbose_name="thèmes")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "provider",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="donnée par",
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
                        "verbose_name": "formation",
                        "verbose_name_plural": "formations",
                        "ordering": ["territory", "title", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "title"), name="training_title_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingSession",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("held_on", models.DateField(verbose_name="date")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="annulée le")),
                        (
                            "training",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="network.training"),
                        ),
                    ],
                    options={
                        "verbose_name": "séance de formation",
                        "verbose_name_plural": "séances de formation",
                        "ordering": ["-held_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingAttendance",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("headcount", models.PositiveSmallIntegerField(verbose_name="personnes")),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.person"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="network.trainingsession"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation à une formation",
                        "verbose_name_plural": "participations à une formation",
                        "ordering": ["session", "organization__search", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "organization", "person"), name="one_attendance_per_person"),
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", True)),
                                fields=("session", "organization"),
                                name="one_headcount_per_organization",
                            ),
                            models.CheckConstraint(condition=models.Q(("headcount__gte", 1)), name="attendance_counts_somebody"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Qualification",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("granted_on", models.DateField(verbose_name="obtenue le")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="expire le")),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="qualifications", to="network.organization"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.person"
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.training"),
                        ),
                        (
                            "attendance",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.trainingattendance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "qualification",
                        "verbose_name_plural": "qualifications",
                        "ordering": ["organization", "-granted_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__isnull", True), ("expires_on__gt", models.F("granted_on")), _connector="OR"
                                ),
                                name="qualification_expires_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Representative",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("titular", "effectif·ive"), ("substitute", "suppléant·e")],
                                default="titular",
                                max_length=10,
                                verbose_name="titre",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="depuis")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="representatives",
                                to="network.collectivemembership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="representations", to="network.person"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "représentant·e",
                        "verbose_name_plural": "représentant·es",
                        "ordering": ["membership", "kind", "person__display_name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("membership", "person"),
                                name="one_open_seat_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                                name="seat_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewRequest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("previous_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("round", models.PositiveSmallIntegerField(default=0, verbose_name="rappel")),
                        ("first_sent_at", models.DateTimeField(verbose_name="premier envoi le")),
                        ("sent_at", models.DateTimeField(verbose_name="dernier envoi le")),
                        ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "demande de vérification",
                        "verbose_name_plural": "demandes de vérification",
                        "ordering": ["-sent_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("organization",),
                                name="one_open_review_per_organization",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="nom du service")),
                        ("short_description", models.CharField(blank=True, max_length=280, verbose_name="en une phrase")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "ouvert"),
                                    ("inactive", "en pause"),
                                    ("defunct", "n’existe plus"),
                                    ("temporarily closed", "fermé pour un temps"),
                                ],
                                default="active",
                                max_length=20,
                                verbose_name="état du service",
                            ),
                        ),
                        ("area", models.CharField(blank=True, max_length=160, verbose_name="territoire desservi")),
                        ("audience_note", models.CharField(blank=True, max_length=300, verbose_name="précisions sur le public")),
                        ("min_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="à partir de (ans)")),
                        ("max_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jusqu’à (ans)")),
                        (
                            "who_may_use",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("public", "tout le monde"),
                                    ("professionals", "les professionnel·les"),
                                    ("both", "tout le monde et les professionnel·les"),
                                ],
                                max_length=13,
                                verbose_name="qui peut y faire appel",
                            ),
                        ),
                        ("contact_link", models.URLField(blank=True, verbose_name="lien pour prendre contact")),
                        ("application_process", models.TextField(blank=True, verbose_name="comment faire")),
                        ("required_documents", models.TextField(blank=True, verbose_name="documents à apporter")),
                        (
                            "fee",
                            models.CharField(
                                choices=[
                                    ("free", "gratuit"),
                                    ("paid", "payant"),
                                    ("conditional", "selon la situation"),
                                    ("unknown", "inconnu"),
                                ],
                                default="unknown",
                                max_length=11,
                                verbose_name="prix",
                            ),
                        ),
                        ("fee_note", models.CharField(blank=True, max_length=300, verbose_name="précisions sur le prix")),
                        (
                            "interpretation",
                            models.CharField(
                                choices=[
                                    ("none", "pas d’interprétation"),
                                    ("on_request", "interprète sur demande"),
                                    ("systematic", "interprète toujours présent·e"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="interprétation",
                            ),
                        ),
                        ("alert", models.CharField(blank=True, max_length=300, verbose_name="à savoir en ce moment")),
                        ("alert_until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("open", "des places"),
                                    ("waiting_list", "liste d’attente"),
                                    ("full", "complet"),
                                    ("unknown", "inconnu"),
                                ],
                                default="unknown",
                                max_length=12,
                                verbose_name="places",
                            ),
                        ),
                        ("capacity_on", models.DateField(blank=True, null=True, verbose_name="places notées le")),
                        (
                            "lgbtqi_scope",
                            models.CharField(
                                choices=[
                                    ("dedicated", "dédié aux personnes LGBTQIA+"),
                                    ("trained", "personnel formé"),
                                    ("open", "se déclare ouvert"),
                                    ("unknown", "inconnu"),
                                ],
                                default="unknown",
                                max_length=9,
                                verbose_name="accueil des personnes LGBTQIA+",
                            ),
                        ),
                        (
                            "review_every",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "chaque mois"), (3, "tous les trois mois"), (6, "tous les six mois"), (12, "chaque année")],
                                default=6,
                                verbose_name="à revérifier",
                            ),
                        ),
                        ("assured_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                        ("bounces", models.PositiveSmallIntegerField(default=0)),
                        (
                            "publication",
                            models.CharField(
                                choices=[
                                    ("suggested", "proposé"),
                                    ("draft", "brouillon"),
                                    ("published", "publié"),
                                    ("archived", "archivé"),
                                ],
                                default="draft",
                                max_length=9,
                                verbose_name="publication",
                            ),
                        ),
                        ("noindex", models.BooleanField(default=False, verbose_name="caché aux moteurs de recherche")),
                        ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                        ("source_id", models.CharField(blank=True, max_length=120, verbose_name="numéro dans la source")),
                        ("search", models.TextField(blank=True, editable=False)),
                        ("created_at", models.DateTimeField()),
                        ("modified_at", models.DateTimeField(db_index=True)),
                        (
                            "assured_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence_award",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.labelaward",
                            ),
                        ),
                        (
                            "evidence_document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "evidence_qualification",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.qualification",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="network.organization",
                                verbose_name="organisation",
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
                        "verbose_name": "service",
                        "verbose_name_plural": "services",
                        "ordering": ["territory", "name", "pk"],
                        "indexes": [models.Index(fields=["publication", "territory", "name"], name="service_published_by_name")],
                        "constraints": [
                            models.UniqueConstraint(fields=("organization", "name"), name="service_name_once_per_organization"),
                            models.UniqueConstraint(
                                condition=models.Q(("source_id", ""), _negated=True),
                                fields=("territory", "source", "source_id"),
                                name="service_source_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("min_age__isnull", True),
                                    ("max_age__isnull", True),
                                    ("max_age__gte", models.F("min_age")),
                                    _connector="OR",
                                ),
                                name="service_ages_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_every__in", (1, 3, 6, 12))), name="a_service_is_reviewed_at_least_yearly"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewAnswer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "pas encore de réponse"),
                                    ("confirmed", "toujours exact"),
                                    ("edited", "corrigé"),
                                    ("closed", "n’existe plus"),
                                    ("bounced", "l’e-mail est revenu"),
                                    ("silent", "sans réponse"),
                                ],
                                default="waiting",
                                max_length=9,
                                verbose_name="réponse",
                            ),
                        ),
                        ("before", models.JSONField(blank=True, default=dict)),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="network.reviewrequest"
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="review_answers", to="network.service"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse à une vérification",
                        "verbose_name_plural": "réponses à une vérification",
                        "ordering": ["request", "service__name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("request", "service"), name="one_review_answer_per_service")],
                    },
                ),
                migrations.CreateModel(
                    name="FieldChange",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("field", models.CharField(max_length=40, verbose_name="champ")),
                        ("old", models.TextField(blank=True, verbose_name="avant")),
                        ("new", models.TextField(blank=True, verbose_name="après")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("team", "l’équipe"),
                                    ("member", "l’organisation"),
                                    ("review", "la vérification par e-mail"),
                                    ("suggestion", "une proposition"),
                                    ("import", "un import"),
                                ],
                                default="team",
                                max_length=10,
                                verbose_name="par",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="le")),
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
                        (
                            "service",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="network.service"),
                        ),
                    ],
                    options={
                        "verbose_name": "changement d’un champ",
                        "verbose_name_plural": "changements d’un champ",
                        "ordering": ["service", "-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeSuggestion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("field", models.CharField(blank=True, max_length=40, verbose_name="ce qui change")),
                        ("text", models.TextField(verbose_name="proposition")),
                        (
                            "origin",
                            models.CharField(
                                choices=[("anonymous", "une personne sans compte"), ("member", "une organisation")],
                                default="anonymous",
                                max_length=9,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("new", "à lire"), ("accepted", "acceptée"), ("refused", "refusée")],
                                default="new",
                                max_length=8,
                                verbose_name="état",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="motif du refus")),
                        ("received_at", models.DateTimeField(verbose_name="reçue le")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="lue le")),
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
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.organization",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="network.service",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposition de changement",
                        "verbose_name_plural": "propositions de changement",
                        "ordering": ["-received_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceAtPlace",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("opening_hours", models.CharField(blank=True, max_length=300, verbose_name="heures d’ouverture")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="valable du")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="à redemander après le")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="remarque")),
                        ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.place")),
                        (
                            "service",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="at_places", to="network.service"),
                        ),
                    ],
                    options={
                        "verbose_name": "lieu d’un service",
                        "verbose_name_plural": "lieux d’un service",
                        "ordering": ["service", "place__name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("service", "place"), name="service_once_per_place")],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceContact",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(blank=True, max_length=120, verbose_name="qui répond (une fonction)")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("languages", models.JSONField(blank=True, default=list, verbose_name="langues")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "tout le monde"),
                                    ("professionals", "les professionnel·les"),
                                    ("hidden", "l’équipe seulement"),
                                ],
                                default="public",
                                max_length=13,
                                verbose_name="qui le voit",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="network.service"),
                        ),
                    ],
                    options={
                        "verbose_name": "contact d’un service",
                        "verbose_name_plural": "contacts d’un service",
                        "ordering": ["service", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), ("phone", ""), _negated=True), name="a_contact_has_a_phone_or_an_email"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceTerm",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=20)),
                        ("code", models.CharField(max_length=60)),
                        (
                            "service",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="network.service"),
                        ),
                    ],
                    options={
                        "verbose_name": "terme d’un service",
                        "verbose_name_plural": "termes d’un service",
                        "ordering": ["service", "kind", "code"],
                        "indexes": [models.Index(fields=["kind", "code", "service"], name="service_by_term")],
                        "constraints": [models.UniqueConstraint(fields=("service", "kind", "code"), name="service_term_once")],
                    },
                ),
                migrations.CreateModel(
                    name="LabelRequirement",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("training", "formation suivie"),
                                    ("signature", "charte signée"),
                                    ("display", "affichage"),
                                    ("evidence", "preuve"),
                                ],
                                max_length=9,
                                verbose_name="genre",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="exigence")),
                        ("mandatory", models.BooleanField(default=True, verbose_name="obligatoire")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="requirements", to="network.labelversion"
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.training"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exigence d’un label",
                        "verbose_name_plural": "exigences d’un label",
                        "ordering": ["version", "position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LabelFulfilment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("met_on", models.DateField(verbose_name="remplie le")),
                        ("evidence", models.CharField(blank=True, max_length=300, verbose_name="ce qui le montre")),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fulfilments", to="network.labelaward"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.labelrequirement"),
                        ),
                        (
                            "attendance",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.trainingattendance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exigence remplie",
                        "verbose_name_plural": "exigences remplies",
                        "ordering": ["award", "requirement", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("award", "requirement"), name="a_requirement_is_met_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictDeclaration",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("subject", models.CharField(max_length=200, verbose_name="sujet")),
                        ("declared_on", models.DateField(verbose_name="déclaré le")),
                        ("handled_how", models.CharField(blank=True, max_length=300, verbose_name="comment c’est géré")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="network.collectivemembership"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "déclaration de conflit d’intérêts",
                        "verbose_name_plural": "déclarations de conflit d’intérêts",
                        "ordering": ["membership", "-declared_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__isnull", True), ("until__gte", models.F("declared_on")), _connector="OR"),
                                name="conflict_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("text", models.TextField(verbose_name="ce qui change")),
                        ("changes", models.JSONField(blank=True, default=dict)),
                        ("signed_on", models.DateField(verbose_name="signé le")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="amendments", to="network.agreement"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avenant",
                        "verbose_name_plural": "avenants",
                        "ordering": ["agreement", "number", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("agreement", "number"), name="amendment_number_once")],
                    },
                ),
            ]
        ),
    ]
