"""Frozen syntheses, their lines, the reading before publication, and the links to the sheets handed to groups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import FrameworkVersion
from tissage.people.models import Membership, Territory
from tissage.voices.models import Criterion, HomogeneousGroup, Workshop


class SynthesisQuerySet(models.QuerySet["Synthesis"]):
    def frozen(self) -> SynthesisQuerySet:
        return self.filter(frozen_at__isnull=False)

    def published(self) -> SynthesisQuerySet:
        return self.frozen().filter(published_at__isnull=False)

    def without_counts(self) -> SynthesisQuerySet:
        """For lists: the cubes of a large version weigh megabytes, and are loaded by whoever asks for them."""
        return self.defer("cube", "public_cube")

    def visible_to(self, user: Any) -> SynthesisQuerySet:
        """The team sees its frozen versions; everybody sees the published ones of a public territory."""
        public = Q(published_at__isnull=False, territory__visibility=Territory.Visibility.PUBLIC)
        if not getattr(user, "is_authenticated", False):
            return self.frozen().filter(public)
        mine = Q(territory__in=Membership.objects.inside().filter(user=user).values("territory"))
        return self.frozen().filter(public | mine)

    def answering(self, user: Any) -> SynthesisQuerySet:
        """The visible ones, and those withdrawn from the public: a notice with the reason answers at their address."""
        withdrawn = Q(publication__has_key="withdrawn", territory__visibility=Territory.Visibility.PUBLIC)
        return self.frozen().filter(Q(pk__in=self.visible_to(user).values("pk")) | withdrawn)


class Synthesis(models.Model):
    """Version N of what a selection of voices says: immutable once `frozen_at` is set, save for its dated marks.

    `selection`: {"groups": [ids] or [], "questions": [codes] or []} (empty = all).
    `suppression`: the rule used: {"threshold": 5, "rule": "…", "blocks": […]} as computed by `core.suppression`.
    `cube`: rows [group id, question, component, letter, criteria, expressions]; `public_cube`: the same as published, by block.
    `groups`: the groups of the selection as they were: id, name, public name, participants, consent, criteria by question.
    `wordings`: [group id, question, language, wording] as put at the workshops of those groups.
    `publication`: {"threshold", "rule", "blocks", "left_out", "remarks", "rows", "withdrawn"} of `core.suppression`, `rows` being every
    (question, groups) whose sum was ever shown.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("territoire"))
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("titre"), max_length=200)
    note = models.TextField(_("ce que cette version apporte"), blank=True)
    nomenclature = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    selection = models.JSONField(default=dict)
    suppression = models.JSONField(default=dict)
    cube = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    wordings = models.JSONField(default=list)
    lines_total = models.PositiveIntegerField(default=0)
    lines_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    frozen_at = models.DateTimeField(_("figée le"), null=True, blank=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    discussed_on = models.DateField(_("discutée le"), null=True, blank=True)
    validated_on = models.DateField(_("validée par le groupe le"), null=True, blank=True)
    validated_present = models.PositiveSmallIntegerField(_("personnes présentes à la validation"), null=True, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    publication = models.JSONField(default=dict, blank=True)
    public_cube = models.JSONField(default=list, blank=True)

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        verbose_name = _("synthèse")
        verbose_name_plural = _("synthèses")
        ordering = ["territory", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="synthesis_number_once_per_territory"),
            models.CheckConstraint(condition=Q(published_at__isnull=True) | Q(frozen_at__isnull=False), name="published_means_frozen"),
            models.CheckConstraint(
                condition=Q(validated_on__isnull=True) | Q(validated_present__isnull=False), name="validated_by_a_number_of_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · v{self.number}"


class SynthesisLine(models.Model):
    """One criterion as it stood when the synthesis was frozen. Every criterion of the selection has its line."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.PROTECT, related_name="lines")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(HomogeneousGroup, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=12)
    component = models.CharField(max_length=3, blank=True)
    sub_component = models.CharField(max_length=3, blank=True)
    sense = models.CharField(max_length=3, blank=True)
    letter = models.CharField(max_length=1, blank=True)
    beneficiary = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    french_text = models.TextField(blank=True)
    expression_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ligne de synthèse")
        verbose_name_plural = _("lignes de synthèse")
        ordering = ["synthesis", "component", "pk"]
        constraints = [models.UniqueConstraint(fields=["synthesis", "criterion"], name="criterion_once_per_synthesis")]
        indexes = [models.Index(fields=["synthesis", "component", "id"], name="line_by_component")]

    def __str__(self) -> str:
        return self.text


class Reading(models.Model):
    """What a person decided after reading a line before publication. No line goes out without one."""

    class Decision(models.TextChoices):
        PUBLISHED = "published", _("publier tel quel")
        REDACTED = "redacted", _("publier une version caviardée")
        WITHHELD = "withheld", _("ne pas publier")

    line = models.OneToOneField(SynthesisLine, on_delete=models.CASCADE, related_name="reading")
    decision = models.CharField(_("décision"), max_length=10, choices=Decision.choices)
    public_text = models.TextField(_("texte publié"), blank=True)
    reason = models.CharField(_("raison"), max_length=200, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lecture avant publication")
        verbose_name_plural = _("lectures avant publication")
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(decision="withheld", public_text="") | (~Q(decision="withheld") & ~Q(public_text=""))),
                name="a_withheld_line_has_no_public_text",
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class SheetLink(models.Model):
    """A secret address that the group accepted: whoever holds it reads the group's own words of one workshop, until a date.

    The token itself is kept, not a hash: the QR code is printed again on every later sheet. It opens nothing but words that stand
    in the same database.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+", verbose_name=_("atelier"))
    token = models.CharField(max_length=43, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("ouvert le"))
    expires_on = models.DateField(_("valable jusqu’au"))
    revoked_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien vers la feuille")
        verbose_name_plural = _("liens vers les feuilles")
        ordering = ["workshop", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop"], condition=Q(revoked_at__isnull=True), name="one_sheet_link_per_workshop")
        ]

    def __str__(self) -> str:
        return str(self.workshop)

    def is_open_on(self, day: dt.date) -> bool:
        return self.revoked_at is None and day <= self.expires_on
