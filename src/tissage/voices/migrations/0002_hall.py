import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("people", "__first__"),
        ("voices", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="BlindCoding",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("component", models.CharField(blank=True, max_length=3, verbose_name="composante")),
                        ("sub_component", models.CharField(blank=True, max_length=3, verbose_name="sous-composante")),
                        ("sense", models.CharField(blank=True, max_length=3, verbose_name="sens")),
                        ("beneficiary", models.CharField(blank=True, max_length=12, verbose_name="bénéficiaire")),
                        ("facet", models.CharField(blank=True, max_length=30, verbose_name="facette")),
                        ("memo", models.TextField(blank=True, verbose_name="mémo")),
                        ("coded_at", models.DateTimeField(blank=True, null=True, verbose_name="codé le")),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="tranché le")),
                        ("settled_note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "criterion",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voices.criterion"),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="voices.coding",
                                verbose_name="premier codage",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_coding",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="voices.coding"
                            ),
                        ),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="voices.doublecoding"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "codage à l’aveugle",
                        "verbose_name_plural": "codages à l’aveugle",
                        "ordering": ["sample", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("sample", "criterion"), name="blind_coding_once_per_sample"),
                            models.CheckConstraint(
                                condition=models.Q(("coded_at__isnull", True), models.Q(("component", ""), _negated=True), _connector="OR"),
                                name="blind_coding_has_a_code_once_coded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommonWording",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("component", models.CharField(blank=True, max_length=3, verbose_name="composante")),
                        ("text", models.TextField(verbose_name="formulation commune")),
                        ("agreed_at", models.DateTimeField()),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("criteria", models.ManyToManyField(related_name="+", to="voices.criterion", verbose_name="critères réunis")),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="voices.rainbowworkshop"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "formulation commune",
                        "verbose_name_plural": "formulations communes",
                        "ordering": ["workshop", "component", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="common_wording_says_something")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoubleCoding",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("label", models.CharField(max_length=160, verbose_name="libellé")),
                        ("drawn_at", models.DateTimeField(verbose_name="tiré le")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                        (
                            "coder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="second codage par",
                            ),
                        ),
                        (
                            "drawn_by",
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
                        "verbose_name": "double codage",
                        "verbose_name_plural": "doubles codages",
                        "ordering": ["territory", "-drawn_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("held_on", models.DateField(verbose_name="date")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
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
                        "verbose_name": "événement",
                        "verbose_name_plural": "événements",
                        "ordering": ["-held_on", "-pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "name", "held_on"), name="event_once_per_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Hall",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("table_name", models.CharField(blank=True, max_length=60, verbose_name="table")),
                        ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                        (
                            "mode",
                            models.CharField(
                                choices=[("phones", "les téléphones"), ("facilitator", "l’animation écrit"), ("both", "les deux")],
                                default="both",
                                max_length=12,
                                verbose_name="qui écrit",
                            ),
                        ),
                        ("languages", models.JSONField(default=list, verbose_name="langues proposées")),
                        ("consent_text", models.TextField(blank=True, verbose_name="ce qui est dit aux participant·e·s")),
                        ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                        ("door_closed_at", models.DateTimeField(blank=True, null=True, verbose_name="porte fermée le")),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="halls",
                                to="voices.event",
                                verbose_name="événement",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workshop",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall",
                                to="voices.workshop",
                                verbose_name="atelier",
                            ),
                        ),
                        (
                            "wall_round",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="voices.round"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "salle",
                        "verbose_name_plural": "salles",
                        "ordering": ["event", "table_name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Phone",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(default="fr", max_length=10)),
                        ("joined_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                        ("minute_began_at", models.DateTimeField(blank=True, null=True)),
                        ("writes_in_minute", models.PositiveSmallIntegerField(default=0)),
                        ("hall", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="phones", to="voices.hall")),
                    ],
                    options={
                        "verbose_name": "téléphone",
                        "verbose_name_plural": "téléphones",
                        "ordering": ["hall", "number"],
                        "constraints": [models.UniqueConstraint(fields=("hall", "number"), name="phone_number_once_per_hall")],
                    },
                ),
                migrations.CreateModel(
                    name="RainbowGroup",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("created_at", models.DateTimeField()),
                        (
                            "groups",
                            models.ManyToManyField(related_name="+", to="voices.homogeneousgroup", verbose_name="groupes représentés"),
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
                        "verbose_name": "groupe arc-en-ciel",
                        "verbose_name_plural": "groupes arc-en-ciel",
                        "ordering": ["territory", "name", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "name"), name="rainbow_name_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="RainbowMark",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "mark",
                            models.CharField(
                                choices=[("shared", "partagé"), ("proper", "propre à un groupe"), ("contested", "discuté")],
                                max_length=10,
                                verbose_name="marque",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="remarque")),
                        ("marked_at", models.DateTimeField()),
                        (
                            "criterion",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voices.criterion"),
                        ),
                        (
                            "marked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="voices.rainbowworkshop"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "marque d’un atelier arc-en-ciel",
                        "verbose_name_plural": "marques d’un atelier arc-en-ciel",
                        "ordering": ["workshop", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workshop", "criterion"), name="one_mark_per_rainbow_and_criterion")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RainbowWorkshop",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("held_on", models.DateField(verbose_name="date")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="lieu")),
                        ("note", models.TextField(blank=True, verbose_name="remarque")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                        (
                            "rainbow",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="workshops",
                                to="voices.rainbowgroup",
                                verbose_name="groupe arc-en-ciel",
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
                        "verbose_name": "atelier arc-en-ciel",
                        "verbose_name_plural": "ateliers arc-en-ciel",
                        "ordering": ["-held_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Recording",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("language", models.CharField(max_length=10, verbose_name="langue")),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="recordings", to="voices.round"),
                        ),
                    ],
                    options={
                        "verbose_name": "lecture enregistrée",
                        "verbose_name_plural": "lectures enregistrées",
                        "ordering": ["round", "language"],
                        "constraints": [models.UniqueConstraint(fields=("round", "language"), name="one_recording_per_round_and_language")],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="montrée au mur le")),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.batch"
                            ),
                        ),
                        ("hall", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="voices.hall")),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.question", verbose_name="question"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question en salle",
                        "verbose_name_plural": "questions en salle",
                        "ordering": ["hall", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("hall", "question"), name="round_once_per_question"),
                            models.CheckConstraint(
                                condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), _connector="OR"),
                                name="round_opens_before_it_closes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shown_at__isnull", True), ("closed_at__isnull", False), _connector="OR"),
                                name="round_is_shown_once_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScreenLanguage",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.CharField(max_length=10, verbose_name="code")),
                        ("name", models.CharField(max_length=60, verbose_name="nom de la langue, dans cette langue")),
                        ("is_right_to_left", models.BooleanField(default=False, verbose_name="s’écrit de droite à gauche")),
                        ("filled_at", models.DateTimeField()),
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
                        "verbose_name": "langue d’écran",
                        "verbose_name_plural": "langues d’écran",
                        "ordering": ["territory", "code"],
                        "constraints": [models.UniqueConstraint(fields=("territory", "code"), name="screen_language_once_per_territory")],
                    },
                ),
                migrations.CreateModel(
                    name="ScreenSentence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=40)),
                        ("text", models.TextField()),
                        ("reviewed_by", models.CharField(blank=True, max_length=120, verbose_name="relue par")),
                        (
                            "language",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sentences", to="voices.screenlanguage"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phrase d’écran",
                        "verbose_name_plural": "phrases d’écran",
                        "ordering": ["language", "key"],
                        "constraints": [models.UniqueConstraint(fields=("language", "key"), name="screen_sentence_once_per_language")],
                    },
                ),
                migrations.CreateModel(
                    name="SheetPhoto",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("width", models.PositiveIntegerField()),
                        ("height", models.PositiveIntegerField()),
                        ("added_at", models.DateTimeField()),
                        ("delete_on", models.DateField(verbose_name="effacée le")),
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
                            "question",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="voices.question",
                                verbose_name="question",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="voices.workshop"),
                        ),
                    ],
                    options={
                        "verbose_name": "photo de feuille",
                        "verbose_name_plural": "photos de feuilles",
                        "ordering": ["workshop", "added_at", "pk"],
                    },
                ),
            ]
        ),
        migrations.RemoveConstraint(
            model_name="expression",
            name="expression_says_something",
        ),
        migrations.AddField(
            model_name="coding",
            name="group_disagreed_on",
            field=models.DateField(blank=True, null=True, verbose_name="refusé par le groupe le"),
        ),
        migrations.AddField(
            model_name="coding",
            name="group_validated_on",
            field=models.DateField(blank=True, null=True, verbose_name="validé par le groupe le"),
        ),
        migrations.AddField(
            model_name="coding",
            name="memo",
            field=models.TextField(blank=True, verbose_name="mémo"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="group_validated_on",
            field=models.DateField(blank=True, null=True, verbose_name="validé par le groupe le"),
        ),
        migrations.AddField(
            model_name="expression",
            name="hidden_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="masquée au mur le"),
        ),
        migrations.AddField(
            model_name="expression",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="expression",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="écartée le"),
        ),
        migrations.AddField(
            model_name="expression",
            name="uuid",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="batch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "import"),
                    ("entry", "saisie"),
                    ("edit", "correction"),
                    ("merge", "fusion"),
                    ("split", "séparation"),
                    ("hall", "question en salle"),
                ],
                max_length=8,
                verbose_name="genre",
            ),
        ),
        migrations.AlterField(
            model_name="coding",
            name="origin",
            field=models.CharField(
                choices=[
                    ("imported", "importé"),
                    ("human", "attribué par une personne"),
                    ("suggestion", "suggestion acceptée"),
                    ("changed", "attribué malgré une suggestion"),
                ],
                max_length=10,
                verbose_name="origine",
            ),
        ),
        migrations.AddField(
            model_name="expression",
            name="phone",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="expressions", to="voices.phone"
            ),
        ),
        migrations.AddIndex(
            model_name="expression",
            index=models.Index(fields=["workshop", "question"], name="expression_by_workshop"),
        ),
        migrations.AddConstraint(
            model_name="expression",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("withdrawn_at__isnull", False), _connector="OR"),
                name="expression_says_something_until_withdrawn",
            ),
        ),
    ]
