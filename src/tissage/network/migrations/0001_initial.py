import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_plan_roles"),
        ("people", "__first__"),
    ]

    operations = [
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
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
                ("minimum_meetings", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="réunions par an au moins")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="depuis")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("political_lead", models.CharField(blank=True, max_length=200, verbose_name="mandat politique")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
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
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.organization"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="network.collective"),
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
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="network.meeting")),
            ],
            options={
                "verbose_name": "décision",
                "verbose_name_plural": "décisions",
                "ordering": ["meeting", "number", "pk"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="decision_number_once_per_meeting")],
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="network.organization"),
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="network.collective"),
                ),
                (
                    "source_document",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="network.document"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="network.organization"),
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
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="people", to="network.organization"
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="action_items", to="network.meeting"),
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
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="places", to="network.organization"
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory", verbose_name="territoire"
                    ),
                ),
            ],
            options={
                "verbose_name": "lieu",
                "verbose_name_plural": "lieux",
                "ordering": ["territory", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "neighbourhood")), fields=("territory", "name"), name="neighbourhood_once_per_territory"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("kind", "neighbourhood"), _negated=True), ("street", ""), _connector="OR"),
                        name="a_neighbourhood_has_no_street",
                    ),
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
                        choices=[("unknown", "pas encore noté"), ("present", "présente"), ("excused", "excusée"), ("absent", "absente")],
                        default="unknown",
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="network.meeting")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="representatives", to="network.collectivemembership"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="representations", to="network.person"),
                ),
            ],
            options={
                "verbose_name": "représentant·e",
                "verbose_name_plural": "représentant·es",
                "ordering": ["membership", "kind", "person__display_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("membership", "person"), name="one_open_seat_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="seat_ends_after_it_begins",
                    ),
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="amendments", to="network.agreement"),
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
