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
                    name="Space",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse courte")),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("description", models.TextField(blank=True, verbose_name="présentation")),
                        ("created_at", models.DateTimeField()),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="association",
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
                        "verbose_name": "espace d’une association",
                        "verbose_name_plural": "espaces d’associations",
                        "ordering": ["name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("organization",), name="one_space_per_organization")],
                    },
                ),
                migrations.CreateModel(
                    name="Election",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="élection")),
                        ("held_on", models.DateField(verbose_name="date du scrutin")),
                        ("installed_on", models.DateField(blank=True, null=True, verbose_name="conseil installé le")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="phase des candidatures close le")),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="elections",
                                to="commitments.space",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "élection",
                        "verbose_name_plural": "élections",
                        "ordering": ["-held_on", "name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AskSet",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                        ("owner_name", models.CharField(max_length=200, verbose_name="de qui viennent les demandes")),
                        ("language", models.CharField(default="fr", max_length=5, verbose_name="langue")),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "brouillon"), ("frozen", "texte figé"), ("closed", "clos")],
                                default="draft",
                                max_length=6,
                                verbose_name="état",
                            ),
                        ),
                        ("selection_rule", models.TextField(blank=True, verbose_name="comment demandes et destinataires ont été choisis")),
                        ("neutrality_note", models.TextField(blank=True, verbose_name="note de neutralité")),
                        ("counted_competences", models.JSONField(default=list, verbose_name="compétences qui comptent au score")),
                        ("answer_deadline", models.DateField(blank=True, null=True, verbose_name="réponses jusqu’au")),
                        ("frozen_on", models.DateField(blank=True, null=True, verbose_name="texte figé le")),
                        ("text_sha256", models.CharField(blank=True, max_length=64)),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="réponses publiées le")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                        ("received_sha256", models.CharField(blank=True, max_length=64)),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="reçu le")),
                        ("created_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "election",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ask_sets",
                                to="commitments.election",
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ask_sets",
                                to="commitments.space",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ensemble de demandes",
                        "verbose_name_plural": "ensembles de demandes",
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("space__isnull", False)), fields=("space", "code"), name="ask_set_code_once_per_space"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("space__isnull", True)),
                                fields=("territory", "code"),
                                name="ask_set_code_once_per_territory",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "draft"), ("frozen_on__isnull", False), _connector="OR"),
                                name="a_frozen_set_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("published_on__isnull", True), ("frozen_on__isnull", False), _connector="OR"),
                                name="a_published_set_is_frozen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AskCategory",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("label", models.CharField(max_length=160, verbose_name="catégorie")),
                        ("weight", models.DecimalField(decimal_places=2, default=1, max_digits=6, verbose_name="poids")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "ask_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="commitments.askset"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catégorie de demandes",
                        "verbose_name_plural": "catégories de demandes",
                        "ordering": ["ask_set", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ask_set", "code"), name="ask_category_code_once"),
                            models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="ask_category_weight_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ask",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(max_length=10, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("lever", "levier"), ("demand", "demande")], default="lever", max_length=6, verbose_name="genre"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="demande")),
                        ("rationale", models.TextField(blank=True, verbose_name="pourquoi")),
                        ("competence", models.JSONField(default=list, verbose_name="compétence")),
                        (
                            "verifiable",
                            models.CharField(
                                choices=[
                                    ("yes", "oui"),
                                    ("needs_criterion", "quand son critère sera écrit"),
                                    ("no", "non, telle qu’elle est écrite"),
                                ],
                                default="needs_criterion",
                                max_length=15,
                                verbose_name="vérifiable",
                            ),
                        ),
                        ("success_criterion", models.TextField(blank=True, verbose_name="tenue quand")),
                        ("proof_hint", models.CharField(blank=True, max_length=300, verbose_name="d’où peut venir la preuve")),
                        ("weight", models.DecimalField(decimal_places=2, default=1, max_digits=6, verbose_name="poids")),
                        ("source_ref", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("legal_mapping_note", models.CharField(blank=True, max_length=300, verbose_name="note sur la compétence")),
                        ("mapping_confirmed_by", models.CharField(blank=True, max_length=160, verbose_name="compétence confirmée par")),
                        ("mapping_confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmée le")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asks",
                                to="commitments.askcategory",
                                verbose_name="catégorie",
                            ),
                        ),
                        (
                            "ask_set",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="commitments.askset"),
                        ),
                    ],
                    options={
                        "verbose_name": "demande",
                        "verbose_name_plural": "demandes",
                        "ordering": ["ask_set", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ask_set", "code"), name="ask_code_once_per_set"),
                            models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="ask_weight_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contestant",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("list", "liste"), ("person", "personne")], default="list", max_length=6, verbose_name="genre"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("party", models.CharField(blank=True, max_length=120, verbose_name="parti")),
                        ("list_number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="numéro de liste")),
                        ("contact", models.TextField(blank=True, verbose_name="contact (chiffré)")),
                        (
                            "elected",
                            models.CharField(
                                choices=[("unknown", "inconnu"), ("yes", "oui"), ("no", "non")],
                                default="unknown",
                                max_length=7,
                                verbose_name="a des élu·es",
                            ),
                        ),
                        (
                            "in_majority",
                            models.CharField(
                                choices=[("unknown", "inconnu"), ("yes", "oui"), ("no", "non")],
                                default="unknown",
                                max_length=7,
                                verbose_name="dans la majorité",
                            ),
                        ),
                        (
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="contestants", to="commitments.election"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "liste ou personne candidate",
                        "verbose_name_plural": "listes et personnes candidates",
                        "ordering": ["election", models.OrderBy(models.F("list_number"), nulls_last=True), "name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("election", "name"), name="contestant_once_per_election")],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="titre")),
                        ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("content_type", models.CharField(max_length=100)),
                        ("size", models.PositiveIntegerField(verbose_name="taille")),
                        ("sha256", models.CharField(max_length=64)),
                        ("is_public", models.BooleanField(default=False, verbose_name="montré avec la réponse publiée")),
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
                            "space",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="commitments.space"),
                        ),
                    ],
                    options={
                        "verbose_name": "fichier d’un espace",
                        "verbose_name_plural": "fichiers d’un espace",
                        "ordering": ["-added_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("yes", "oui"),
                                    ("yes_if", "oui, à condition"),
                                    ("partial", "en partie"),
                                    ("no", "non"),
                                    ("no_position", "ne prend pas position"),
                                ],
                                max_length=11,
                                verbose_name="position",
                            ),
                        ),
                        ("how", models.TextField(blank=True, verbose_name="comment")),
                        ("verbatim", models.TextField(blank=True, verbose_name="réponse, mot pour mot")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="reçue le")),
                        ("is_late", models.BooleanField(default=False, verbose_name="après le délai")),
                        ("via_link", models.BooleanField(default=False, verbose_name="par le lien")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="publiée le")),
                        ("changed_at", models.DateTimeField()),
                        (
                            "proof_document",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.document"
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
                        (
                            "ask",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="commitments.ask"),
                        ),
                        (
                            "contestant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="commitments.contestant"
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="commitments.spacefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse à une demande",
                        "verbose_name_plural": "réponses aux demandes",
                        "ordering": ["ask", "contestant", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ask", "contestant"), name="one_answer_per_ask_and_contestant"),
                            models.CheckConstraint(
                                condition=models.Q(("published_on__isnull", True), ("received_on__isnull", False), _connector="OR"),
                                name="a_published_answer_was_received",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("statement", models.TextField(verbose_name="engagement, mot pour mot")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("answer", "réponse à une demande"),
                                    ("programme", "programme"),
                                    ("council_motion", "motion du conseil"),
                                    ("majority_agreement", "accord de majorité"),
                                    ("agreement", "convention"),
                                    ("plan", "plan"),
                                ],
                                max_length=18,
                                verbose_name="origine",
                            ),
                        ),
                        ("made_by", models.CharField(max_length=200, verbose_name="pris par")),
                        ("made_on", models.DateField(verbose_name="pris le")),
                        ("vote", models.CharField(blank=True, max_length=200, verbose_name="vote")),
                        ("proof_note", models.CharField(blank=True, max_length=300, verbose_name="où cela se lit")),
                        ("next_step", models.CharField(blank=True, max_length=300, verbose_name="prochaine étape")),
                        ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="à tenir pour le")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="retiré le")),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="motif du retrait")),
                        ("created_at", models.DateTimeField()),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.agreement"
                            ),
                        ),
                        (
                            "answer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="commitments.answer",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.decision"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organization",
                                verbose_name="organisation engagée",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.organization",
                                verbose_name="qui le porte aujourd’hui",
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.document",
                                verbose_name="preuve",
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
                        "verbose_name": "engagement",
                        "verbose_name_plural": "engagements",
                        "ordering": ["-made_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_on__isnull", True),
                                    ("proof__isnull", False),
                                    ("answer__isnull", False),
                                    ("decision__isnull", False),
                                    ("agreement__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_published_commitment_has_a_proof",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                                ),
                                name="a_withdrawn_commitment_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("made_on", models.DateField(verbose_name="faite le")),
                        (
                            "completion",
                            models.CharField(
                                choices=[
                                    ("no_evidence", "sans information"),
                                    ("not_started", "pas commencé"),
                                    ("limited", "limité"),
                                    ("substantial", "avancé"),
                                    ("complete", "tenu avec preuve"),
                                ],
                                max_length=11,
                                verbose_name="avancement",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("pending", "en cours"),
                                    ("kept", "tenu"),
                                    ("partly", "tenu en partie"),
                                    ("not_kept", "pas tenu"),
                                    ("overtaken", "dépassé par les faits"),
                                ],
                                default="pending",
                                max_length=9,
                                verbose_name="verdict",
                            ),
                        ),
                        ("fidelity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fidélité")),
                        ("justification", models.TextField(verbose_name="justification")),
                        ("evidence", models.JSONField(default=list)),
                        ("validated_on", models.DateField(verbose_name="validée le")),
                        ("reply", models.TextField(blank=True, verbose_name="réponse de l’intéressé·e")),
                        ("reply_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                        (
                            "ask",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="commitments.ask",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="commitments.assessment",
                            ),
                        ),
                        (
                            "validated_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="commitments.commitment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "évaluation d’un engagement",
                        "verbose_name_plural": "évaluations d’engagements",
                        "ordering": ["-validated_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ask__isnull", True), ("commitment__isnull", False)),
                                    models.Q(("ask__isnull", False), ("commitment__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_assessment_has_one_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("proposed_by", models.F("validated_by")), _negated=True),
                                name="proposer_is_not_validator",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fidelity__isnull", True), models.Q(("fidelity__gte", 1), ("fidelity__lte", 4)), _connector="OR"
                                ),
                                name="assessment_fidelity_1_to_4",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentAction",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.action")),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="commitments.commitment"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action au service d’un engagement",
                        "verbose_name_plural": "actions au service d’un engagement",
                        "ordering": ["commitment", "action", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("commitment", "action"), name="action_serves_a_commitment_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentAsk",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="commitments.ask"
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="commitments.commitment"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demande à laquelle répond un engagement",
                        "verbose_name_plural": "demandes auxquelles répond un engagement",
                        "ordering": ["commitment", "ask", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("commitment", "ask"), name="commitment_answers_an_ask_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("council_decision", "décision du conseil"),
                                    ("college_decision", "décision du collège"),
                                    ("budget_line", "ligne budgétaire"),
                                    ("regulation", "règlement"),
                                    ("contract", "contrat"),
                                    ("agreement", "convention"),
                                    ("training", "formation"),
                                    ("activity", "activité"),
                                    ("report", "rapport"),
                                    ("published_page", "page publiée"),
                                    ("photo", "photo"),
                                    ("testimony", "témoignage"),
                                ],
                                max_length=16,
                                verbose_name="genre",
                            ),
                        ),
                        ("summary", models.CharField(max_length=300, verbose_name="ce que cela montre")),
                        ("fact_on", models.DateField(verbose_name="date du fait")),
                        ("entered_on", models.DateField(verbose_name="notée le")),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("issuer_name", models.CharField(blank=True, max_length=200, verbose_name="de qui")),
                        (
                            "strength",
                            models.CharField(
                                choices=[
                                    ("official", "officielle"),
                                    ("third_party", "d’un tiers"),
                                    ("self_reported", "déclarée par l’intéressé·e"),
                                ],
                                max_length=13,
                                verbose_name="force",
                            ),
                        ),
                        ("reference", models.JSONField(blank=True, default=dict)),
                        ("reference_key", models.CharField(blank=True, db_index=True, max_length=120)),
                        ("frozen_summary", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("proposed", "à valider"), ("validated", "validée"), ("refused", "écartée")],
                                default="proposed",
                                max_length=9,
                                verbose_name="état",
                            ),
                        ),
                        ("proposed_by_machine", models.BooleanField(default=False, verbose_name="proposée par la lecture automatique")),
                        ("validated_on", models.DateField(blank=True, null=True, verbose_name="validée le")),
                        ("contested_by", models.CharField(blank=True, max_length=160, verbose_name="contestée par")),
                        ("contested_why", models.TextField(blank=True, verbose_name="pourquoi")),
                        ("is_public", models.BooleanField(default=False, verbose_name="montrée au public")),
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
                            "archived_copy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.document",
                                verbose_name="copie",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.organization",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.territory"),
                        ),
                        (
                            "validated_by",
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
                        "verbose_name": "preuve",
                        "verbose_name_plural": "preuves",
                        "ordering": ["-fact_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "validated"), _negated=True), ("validated_on__isnull", False), _connector="OR"
                                ),
                                name="validated_evidence_has_a_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssessmentProposal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "completion",
                            models.CharField(
                                choices=[
                                    ("no_evidence", "sans information"),
                                    ("not_started", "pas commencé"),
                                    ("limited", "limité"),
                                    ("substantial", "avancé"),
                                    ("complete", "tenu avec preuve"),
                                ],
                                max_length=11,
                                verbose_name="avancement",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("pending", "en cours"),
                                    ("kept", "tenu"),
                                    ("partly", "tenu en partie"),
                                    ("not_kept", "pas tenu"),
                                    ("overtaken", "dépassé par les faits"),
                                ],
                                default="pending",
                                max_length=9,
                                verbose_name="verdict",
                            ),
                        ),
                        (
                            "fidelity",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fidélité à la promesse (1 à 4)"),
                        ),
                        ("justification", models.TextField(verbose_name="justification")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "en attente"),
                                    ("validated", "validée"),
                                    ("refused", "refusée"),
                                    ("withdrawn", "retirée"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                        ("told_on", models.DateField(blank=True, null=True, verbose_name="dite à l’intéressé·e le")),
                        ("reply_until", models.DateField(blank=True, null=True, verbose_name="réponse possible jusqu’au")),
                        ("reply_token_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ("reply", models.TextField(blank=True, verbose_name="réponse de l’intéressé·e")),
                        ("reply_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                        ("refused_reason", models.CharField(blank=True, max_length=300, verbose_name="motif du refus")),
                        (
                            "ask",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="commitments.ask",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="commitments.commitment",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(blank=True, related_name="+", to="commitments.evidence", verbose_name="preuves"),
                        ),
                    ],
                    options={
                        "verbose_name": "évaluation proposée",
                        "verbose_name_plural": "évaluations proposées",
                        "ordering": ["-proposed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ask__isnull", True), ("commitment__isnull", False)),
                                    models.Q(("ask__isnull", False), ("commitment__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_proposal_has_one_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fidelity__isnull", True), models.Q(("fidelity__gte", 1), ("fidelity__lte", 4)), _connector="OR"
                                ),
                                name="proposal_fidelity_1_to_4",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")), fields=("commitment",), name="one_open_proposal_per_commitment"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")), fields=("ask",), name="one_open_proposal_per_ask"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceLink",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "ask",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence_links",
                                to="commitments.ask",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence_links",
                                to="commitments.commitment",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="commitments.evidence"),
                        ),
                    ],
                    options={
                        "verbose_name": "portée d’une preuve",
                        "verbose_name_plural": "portées d’une preuve",
                        "ordering": ["evidence", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("evidence", "commitment"), name="evidence_once_per_commitment"),
                            models.UniqueConstraint(fields=("evidence", "ask"), name="evidence_once_per_ask"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ask__isnull", True), ("commitment__isnull", False)),
                                    models.Q(("ask__isnull", False), ("commitment__isnull", True)),
                                    _connector="OR",
                                ),
                                name="evidence_bears_on_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LaterDecision",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("noted_at", models.DateTimeField()),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later_decisions",
                                to="commitments.commitment",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.decision",
                                verbose_name="décision",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.decision"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "décision qui revient sur un engagement",
                        "verbose_name_plural": "décisions qui reviennent sur un engagement",
                        "ordering": ["decision__meeting__starts_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("commitment", "decision"), name="later_decision_once_per_commitment"),
                            models.UniqueConstraint(fields=("earlier", "decision"), name="later_decision_once_per_decision"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commitment__isnull", False), ("earlier__isnull", True)),
                                    models.Q(("commitment__isnull", True), ("earlier__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_later_decision_is_about_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=200, verbose_name="étape")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        ("due_moves", models.JSONField(blank=True, default=list)),
                        ("reached_on", models.DateField(blank=True, null=True, verbose_name="atteinte le")),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="commitments.commitment"
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="commitments.evidence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "étape d’un engagement",
                        "verbose_name_plural": "étapes d’un engagement",
                        "ordering": ["commitment", "due_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Scorecard",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("computed_on", models.DateField(verbose_name="calculé le")),
                        ("values", models.JSONField(default=dict)),
                        ("items", models.JSONField(default=list)),
                        ("headline", models.DecimalField(decimal_places=8, max_digits=12, null=True, verbose_name="prouvé (%)")),
                        ("ceiling", models.DecimalField(decimal_places=8, max_digits=12, null=True, verbose_name="au plus (%)")),
                        ("coverage", models.DecimalField(decimal_places=8, max_digits=12, null=True, verbose_name="documenté (%)")),
                        ("by_category", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                        (
                            "ask_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scorecards", to="commitments.askset"
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
                    ],
                    options={
                        "verbose_name": "tableau de score",
                        "verbose_name_plural": "tableaux de score",
                        "ordering": ["ask_set", "-version"],
                        "constraints": [models.UniqueConstraint(fields=("ask_set", "version"), name="scorecard_version_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Sending",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "e-mail"), ("post", "courrier"), ("hand", "remis en main propre")],
                                max_length=5,
                                verbose_name="par",
                            ),
                        ),
                        ("sent_on", models.DateField(verbose_name="envoyé le")),
                        ("text_sha256", models.CharField(max_length=64)),
                        ("reminders", models.JSONField(blank=True, default=list)),
                        ("token_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="lien fermé le")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse remise le")),
                        ("at", models.DateTimeField()),
                        (
                            "ask_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sendings", to="commitments.askset"
                            ),
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
                        (
                            "contestant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sendings", to="commitments.contestant"
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="commitments.spacefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "envoi",
                        "verbose_name_plural": "envois",
                        "ordering": ["ask_set", "sent_on", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("ask_set", "contestant"), name="one_sending_per_contestant")],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceMembership",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[("owner", "responsable"), ("editor", "rédaction"), ("reader", "lecture")],
                                max_length=6,
                                verbose_name="rôle",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="depuis")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="commitments.space"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "verbose_name": "rôle dans un espace",
                        "verbose_name_plural": "rôles dans un espace",
                        "ordering": ["space", "role", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)), fields=("space", "user"), name="one_open_role_per_space"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
