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
                    name="Campaign",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("may17", "autour du 17 mai"),
                                    ("oct_fortnight", "quinzaine d’octobre-novembre"),
                                    ("other", "autre campagne"),
                                ],
                                default="other",
                                max_length=13,
                                verbose_name="genre",
                            ),
                        ),
                        ("edition_year", models.PositiveSmallIntegerField(verbose_name="édition")),
                        ("starts_on", models.DateField(verbose_name="début")),
                        ("ends_on", models.DateField(verbose_name="fin")),
                        ("objectives", models.JSONField(blank=True, default=list, verbose_name="objectifs")),
                        ("lessons", models.JSONField(blank=True, default=list, verbose_name="leçons et points ouverts")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "en préparation"),
                                    ("open_for_proposals", "ouverte aux propositions"),
                                    ("published", "programme publié"),
                                    ("running", "en cours"),
                                    ("evaluating", "à évaluer"),
                                    ("closed", "close"),
                                ],
                                default="draft",
                                max_length=18,
                                verbose_name="état",
                            ),
                        ),
                        ("proposals_until", models.DateField(blank=True, null=True, verbose_name="propositions jusqu’au")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("created_at", models.DateTimeField()),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="agenda.campaign"
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="coordination",
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
                        "verbose_name": "campagne",
                        "verbose_name_plural": "campagnes",
                        "ordering": ["-starts_on", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("territory", "name", "edition_year"), name="campaign_edition_once"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="campaign_ends_after_it_begins"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                                ),
                                name="a_closed_campaign_has_a_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("neutral_title", models.CharField(blank=True, max_length=200, verbose_name="titre neutre, pour le public")),
                        ("summary", models.CharField(blank=True, max_length=280, verbose_name="en une phrase")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("type", models.CharField(max_length=40, verbose_name="genre d’activité")),
                        ("is_dated", models.BooleanField(default=True, verbose_name="a des dates")),
                        ("language", models.CharField(default="fr", max_length=5, verbose_name="langue")),
                        ("min_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="à partir de (ans)")),
                        ("max_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jusqu’à (ans)")),
                        ("is_free", models.BooleanField(default=True, verbose_name="gratuite")),
                        ("price_note", models.CharField(blank=True, max_length=200, verbose_name="précisions sur le prix")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "tout le monde"),
                                    ("by_invitation", "sur invitation"),
                                    ("network", "le réseau"),
                                    ("private", "l’organisation seulement"),
                                ],
                                default="public",
                                max_length=13,
                                verbose_name="qui la voit",
                            ),
                        ),
                        (
                            "moderation",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("proposed", "proposée"),
                                    ("accepted", "acceptée"),
                                    ("refused", "refusée"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="modération",
                            ),
                        ),
                        ("moderation_note", models.CharField(blank=True, max_length=300, verbose_name="mot de la coordination")),
                        ("was_published", models.BooleanField(default=False)),
                        (
                            "sensitivity",
                            models.CharField(
                                choices=[("normal", "ordinaire"), ("sensitive", "sensible")],
                                default="normal",
                                max_length=9,
                                verbose_name="sensibilité",
                            ),
                        ),
                        ("resources", models.JSONField(blank=True, default=list, verbose_name="qui prête quoi")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                        ("via_link", models.BooleanField(default=False, verbose_name="proposée par le lien d’un partenaire")),
                        ("created_at", models.DateTimeField()),
                        ("modified_at", models.DateTimeField()),
                        ("search", models.TextField(blank=True, editable=False)),
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
                            "copied_from",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="agenda.activity"
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="organisation responsable",
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
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="activities",
                                to="agenda.campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "activité",
                        "verbose_name_plural": "activités",
                        "ordering": ["territory", "title", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sensitivity", "sensitive"), _negated=True),
                                    models.Q(("neutral_title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_sensitive_activity_has_a_neutral_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("min_age__isnull", True),
                                    ("max_age__isnull", True),
                                    ("max_age__gte", models.F("min_age")),
                                    _connector="OR",
                                ),
                                name="activity_ages_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignPartner",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("token_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="lien envoyé le")),
                        ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="lien valable jusqu’au")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="lien fermé le")),
                        (
                            "campaign",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="agenda.campaign"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "partenaire d’une campagne",
                        "verbose_name_plural": "partenaires d’une campagne",
                        "ordering": ["campaign", "organization__search", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("campaign", "organization"), name="one_partner_row_per_campaign")],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignReport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("indicators", models.JSONField(default=dict)),
                        ("narrative", models.TextField(blank=True, verbose_name="mot de la coordination")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                        ("made_at", models.DateTimeField()),
                        (
                            "campaign",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="agenda.campaign"),
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
                    ],
                    options={
                        "verbose_name": "bilan de campagne",
                        "verbose_name_plural": "bilans de campagne",
                        "ordering": ["campaign", "-number"],
                        "constraints": [models.UniqueConstraint(fields=("campaign", "number"), name="campaign_report_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackForm",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("questions", models.JSONField(default=list)),
                        ("token", models.CharField(max_length=64, unique=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
                        (
                            "activity",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="feedback_form", to="agenda.activity"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire anonyme",
                        "verbose_name_plural": "questionnaires anonymes",
                        "ordering": ["activity"],
                    },
                ),
                migrations.CreateModel(
                    name="Occurrence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        ("ends_at", models.DateTimeField(verbose_name="fin")),
                        ("timezone", models.CharField(default="Europe/Brussels", max_length=40)),
                        ("room", models.CharField(blank=True, max_length=200, verbose_name="salle, précisions")),
                        (
                            "attendance_mode",
                            models.CharField(
                                choices=[("on_site", "sur place"), ("online", "en ligne"), ("mixed", "les deux")],
                                default="on_site",
                                max_length=7,
                                verbose_name="on y vient",
                            ),
                        ),
                        ("online_url", models.URLField(blank=True, verbose_name="lien de connexion (privé)")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("scheduled", "prévue"),
                                    ("full", "complète"),
                                    ("postponed", "reportée, date à venir"),
                                    ("rescheduled", "déplacée"),
                                    ("cancelled", "annulée"),
                                ],
                                default="scheduled",
                                max_length=11,
                                verbose_name="état",
                            ),
                        ),
                        ("status_note", models.CharField(blank=True, max_length=200, verbose_name="ce qu’il faut savoir")),
                        ("previous_start", models.DateTimeField(blank=True, null=True, verbose_name="était prévue le")),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                        (
                            "registered_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="personnes inscrites, une fois les inscriptions effacées"
                            ),
                        ),
                        (
                            "registration_mode",
                            models.CharField(
                                choices=[
                                    ("none", "entrée libre"),
                                    ("external", "sur un autre site"),
                                    ("light", "inscription légère, sans nom"),
                                    ("school", "réservation d’une école"),
                                ],
                                default="none",
                                max_length=8,
                                verbose_name="inscription",
                            ),
                        ),
                        ("registration_url", models.URLField(blank=True, verbose_name="où s’inscrire")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                        ("modified_at", models.DateTimeField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="occurrences", to="agenda.activity"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.place",
                                verbose_name="lieu",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "date d’une activité",
                        "verbose_name_plural": "dates d’une activité",
                        "ordering": ["starts_at", "pk"],
                        "indexes": [models.Index(fields=["starts_at", "activity"], name="occurrence_by_start")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="occurrence_ends_after_it_begins"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "cancelled"), _negated=True), ("cancelled_at__isnull", False), _connector="OR"
                                ),
                                name="a_cancelled_date_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("registration_mode", "external"), _negated=True),
                                    models.Q(("registration_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="external_registration_has_a_link",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackAnswer",
                    fields=[
                        ("uuid", models.UUIDField(primary_key=True, serialize=False)),
                        ("scores", models.JSONField(default=list)),
                        ("comment", models.TextField(blank=True, verbose_name="commentaire")),
                        (
                            "comment_state",
                            models.CharField(
                                choices=[("new", "à lire"), ("shown", "montré"), ("withdrawn", "retiré")], default="new", max_length=9
                            ),
                        ),
                        ("week", models.DateField(verbose_name="semaine du")),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="agenda.feedbackform"
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="agenda.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse anonyme",
                        "verbose_name_plural": "réponses anonymes",
                        "ordering": ["form", "uuid"],
                    },
                ),
                migrations.CreateModel(
                    name="OccurrenceReport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "held",
                            models.CharField(
                                choices=[("yes", "oui"), ("changed", "oui, autrement que prévu"), ("no", "non")],
                                max_length=7,
                                verbose_name="a eu lieu",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
                        ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes")),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("count", "comptées une à une"),
                                    ("tickets", "billets, inscriptions à l’entrée"),
                                    ("estimate", "estimation"),
                                ],
                                max_length=8,
                                verbose_name="comment compté",
                            ),
                        ),
                        ("headcount_by_audience", models.JSONField(blank=True, default=dict, verbose_name="par public")),
                        (
                            "new_public",
                            models.CharField(
                                choices=[
                                    ("unknown", "je ne sais pas"),
                                    ("few", "quelques-unes"),
                                    ("half", "environ la moitié"),
                                    ("most", "la plupart"),
                                ],
                                default="unknown",
                                max_length=7,
                                verbose_name="venues pour la première fois",
                            ),
                        ),
                        ("produced", models.CharField(blank=True, max_length=300, verbose_name="ce qui a été produit")),
                        ("what_worked", models.TextField(blank=True, verbose_name="ce qui a marché")),
                        ("what_to_change", models.TextField(blank=True, verbose_name="à changer")),
                        (
                            "incident",
                            models.CharField(
                                choices=[("none", "aucun"), ("minor", "léger"), ("serious", "grave")],
                                default="none",
                                max_length=7,
                                verbose_name="incident",
                            ),
                        ),
                        ("incident_text", models.TextField(blank=True, verbose_name="ce qui s’est passé")),
                        ("cost", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="coût")),
                        ("photo_agreement", models.BooleanField(default=False, verbose_name="accord pour les photos")),
                        ("via_link", models.BooleanField(default=False, verbose_name="par le lien d’un partenaire")),
                        ("filled_at", models.DateTimeField(verbose_name="remis le")),
                        ("changed_at", models.DateTimeField(verbose_name="modifié le")),
                        (
                            "activity",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="agenda.activity"),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "occurrence",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report",
                                to="agenda.occurrence",
                            ),
                        ),
                        (
                            "partners_present",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="network.organization", verbose_name="partenaires présents"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compte rendu d’une date",
                        "verbose_name_plural": "comptes rendus de dates",
                        "ordering": ["activity", "occurrence__starts_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("occurrence__isnull", True)),
                                fields=("activity",),
                                name="one_report_per_undated_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held", "no"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="what_was_not_held_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("headcount__isnull", True), models.Q(("method", ""), _negated=True), _connector="OR"),
                                name="a_headcount_has_a_method",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("individual", "une personne"), ("group", "un groupe")],
                                default="individual",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        ("pseudonym", models.CharField(max_length=60, verbose_name="pseudonyme")),
                        ("email", models.TextField(blank=True, verbose_name="adresse e-mail (chiffrée)")),
                        ("headcount", models.PositiveSmallIntegerField(default=1, verbose_name="personnes")),
                        ("needs", models.TextField(blank=True, verbose_name="besoins (chiffrés)")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "à confirmer par e-mail"),
                                    ("confirmed", "confirmée"),
                                    ("waitlist", "liste d’attente"),
                                    ("cancelled", "annulée"),
                                ],
                                default="pending",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("delete_after", models.DateField(verbose_name="effacée après le")),
                        (
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="registrations", to="agenda.occurrence"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inscription",
                        "verbose_name_plural": "inscriptions",
                        "ordering": ["occurrence", "made_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("headcount__gte", 1)), name="registration_counts_somebody")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportComment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.TextField(verbose_name="commentaire")),
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
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.organization"),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="agenda.occurrencereport"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "commentaire d’un compte rendu",
                        "verbose_name_plural": "commentaires de comptes rendus",
                        "ordering": ["report", "at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReportReminder",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="jours après")),
                        ("sent_at", models.DateTimeField()),
                        (
                            "occurrence",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agenda.occurrence"),
                        ),
                    ],
                    options={
                        "verbose_name": "rappel de compte rendu",
                        "verbose_name_plural": "rappels de comptes rendus",
                        "ordering": ["occurrence", "days"],
                        "constraints": [models.UniqueConstraint(fields=("occurrence", "days"), name="one_reminder_per_delay")],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolBooking",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("school_name", models.CharField(max_length=200, verbose_name="école")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("nursery", "maternelle"),
                                    ("primary", "primaire"),
                                    ("secondary_1", "secondaire, 1er degré"),
                                    ("secondary_2", "secondaire, 2e degré"),
                                    ("secondary_3", "secondaire, 3e degré"),
                                    ("special", "spécialisé"),
                                    ("higher", "supérieur"),
                                ],
                                max_length=11,
                                verbose_name="niveau",
                            ),
                        ),
                        ("class_count", models.PositiveSmallIntegerField(verbose_name="classes")),
                        ("pupils_count", models.PositiveSmallIntegerField(verbose_name="élèves")),
                        ("contact_function", models.CharField(max_length=120, verbose_name="fonction de contact")),
                        ("contact_email", models.TextField(blank=True, verbose_name="adresse e-mail (chiffrée)")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="remarque")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "demandée"),
                                    ("confirmed", "confirmée"),
                                    ("refused", "refusée"),
                                    ("cancelled", "annulée"),
                                ],
                                default="asked",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("delete_after", models.DateField(verbose_name="contact effacé après le")),
                        (
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="school_bookings", to="agenda.occurrence"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réservation d’une école",
                        "verbose_name_plural": "réservations d’écoles",
                        "ordering": ["occurrence", "made_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("class_count__gte", 1)), name="booking_counts_a_class"),
                            models.CheckConstraint(condition=models.Q(("pupils_count__gte", 1)), name="booking_counts_pupils"),
                        ],
                    },
                ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("organization", "year", "how"), name="a_sensitive_year_is_settled_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityAction",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "feeds",
                            models.CharField(
                                blank=True,
                                choices=[("", "aucun chiffre"), ("dates", "nombre de dates tenues"), ("headcount", "nombre de personnes")],
                                default="",
                                max_length=9,
                                verbose_name="nourrit",
                            ),
                        ),
                        ("action", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plan.action")),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plan_actions", to="agenda.activity"
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="plan.indicator"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action servie par une activité",
                        "verbose_name_plural": "actions servies par une activité",
                        "ordering": ["activity", "action", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("activity", "action"), name="activity_serves_an_action_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityPartner",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("host", "accueille"),
                                    ("facilitator", "anime"),
                                    ("trainer", "forme"),
                                    ("funder", "finance"),
                                    ("logistics", "logistique"),
                                ],
                                default="facilitator",
                                max_length=11,
                                verbose_name="rôle",
                            ),
                        ),
                        (
                            "activity",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="agenda.activity"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.organization"),
                        ),
                    ],
                    options={
                        "verbose_name": "co-organisation d’une activité",
                        "verbose_name_plural": "co-organisations d’une activité",
                        "ordering": ["activity", "organization__search", "role", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("activity", "organization", "role"), name="activity_partner_role_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityTerm",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kind", models.CharField(max_length=20)),
                        ("code", models.CharField(max_length=60)),
                        (
                            "activity",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="agenda.activity"),
                        ),
                    ],
                    options={
                        "verbose_name": "terme d’une activité",
                        "verbose_name_plural": "termes d’une activité",
                        "ordering": ["activity", "kind", "code"],
                        "indexes": [models.Index(fields=["kind", "code", "activity"], name="activity_by_term")],
                        "constraints": [models.UniqueConstraint(fields=("activity", "kind", "code"), name="activity_term_once")],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaFeed",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                    ],
                    options={
                        "verbose_name": "agenda abonné",
                        "verbose_name_plural": "agendas abonnés",
                        "ordering": ["organization", "-made_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)), fields=("organization",), name="one_open_agenda_feed"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
