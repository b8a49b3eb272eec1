import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tissage.ui.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse e-mail")),
                        ("name", models.CharField(max_length=120, verbose_name="nom d’usage")),
                        ("language", models.CharField(default="fr", max_length=5, verbose_name="langue des écrans")),
                        ("is_active", models.BooleanField(default=True)),
                        ("administrator_since", models.DateTimeField(blank=True, null=True)),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "compte",
                        "verbose_name_plural": "comptes",
                        "ordering": ["email"],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("first_entry", models.BigIntegerField(unique=True)),
                        ("last_entry", models.BigIntegerField(unique=True)),
                        ("count", models.PositiveIntegerField()),
                        ("previous_hash", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64, unique=True)),
                        ("sealed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "scellé du journal",
                        "verbose_name_plural": "scellés du journal",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Territory",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse courte")),
                        ("name", models.CharField(max_length=160, verbose_name="nom")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[("public", "publique"), ("members", "réservée aux membres")],
                                default="members",
                                max_length=10,
                                verbose_name="page du territoire",
                            ),
                        ),
                        ("suppression_threshold", models.PositiveSmallIntegerField(default=5, verbose_name="seuil des petits groupes")),
                        ("two_factor_required", models.BooleanField(default=False, verbose_name="deuxième facteur obligatoire")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="données inventées pour la démonstration")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "territoire",
                        "verbose_name_plural": "territoires",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("suppression_threshold__gte", 1)), name="territory_threshold_at_least_one"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nom d’usage")),
                        (
                            "role",
                            models.CharField(
                                choices=[("coordinator", "coordination"), ("facilitator", "animation"), ("reader", "lecture")],
                                max_length=12,
                                verbose_name="rôle",
                            ),
                        ),
                        ("makes_administrator", models.BooleanField(default=False, verbose_name="administre l’installation")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="people.territory",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["-created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[("coordinator", "coordination"), ("facilitator", "animation"), ("reader", "lecture")],
                                max_length=12,
                                verbose_name="rôle",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="depuis")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="people.territory",
                                verbose_name="territoire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rôle dans un territoire",
                        "verbose_name_plural": "rôles dans un territoire",
                        "ordering": ["territory", "user__name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("territory", "user"),
                                name="one_open_role_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__isnull", True), ("ended_at__gte", models.F("since")), _connector="OR"),
                                name="role_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("verb", models.CharField(max_length=60, verbose_name="acte")),
                        ("object_type", models.CharField(blank=True, max_length=60)),
                        ("object_id", models.CharField(blank=True, max_length=40)),
                        ("object_label", models.CharField(blank=True, max_length=160)),
                        ("fields", models.JSONField(default=list)),
                        ("numbers", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.territory"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne du journal",
                        "verbose_name_plural": "journal",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["territory", "-id"], name="entry_by_territory")],
                    },
                ),
            ]
        ),
    ]
