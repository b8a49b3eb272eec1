"""Expressions, criteria, codings and propositions."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import FrameworkVersion
from tissage.people.models import Membership, Territory

from .batches import Batch, hidden_batches
from .groups import HomogeneousGroup
from .halls import Phone
from .workshops import Question, Workshop


class Proposition(models.Model):
    """A first-person statement that sums up many criteria, meant as a survey item; never what a person said.

    (component, sense) is not a key: one pair may have several propositions (`spiral.md` §10).
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    component = models.CharField(_("composante"), max_length=3, blank=True)
    sense = models.CharField(_("sens"), max_length=3, blank=True)
    text = models.TextField(_("formulation d’origine"))
    corrected_text = models.TextField(_("formulation corrigée"), blank=True)

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["territory", "component", "sense", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "component", "sense", "text"], name="proposition_wording_once_per_code")
        ]

    def __str__(self) -> str:
        return self.corrected_text or self.text

    @property
    def journal_label(self) -> str:
        return f"formulation {self.pk}"


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def applied(self) -> CriterionQuerySet:
        """Rows of batches that are applied (withdrawn and merged ones included)."""
        return self.exclude(batch__in=hidden_batches())

    def live(self) -> CriterionQuerySet:
        """Criteria that count: applied, not merged into another, not withdrawn by the group."""
        return self.applied().filter(merged_into__isnull=True, withdrawn_at__isnull=True)

    def coded(self) -> CriterionQuerySet:
        return self.exclude(component="")

    def uncoded(self) -> CriterionQuerySet:
        return self.filter(component="")

    def in_general(self) -> CriterionQuerySet:
        """Coded `x00`, the sign of coding doubt (`spiral.md` §9.3)."""
        return self.filter(component__endswith="00")

    def validated_by_group(self) -> CriterionQuerySet:
        """Criteria whose words were read back to their group, and accepted."""
        return self.filter(group_validated_on__isnull=False)

    def visible_to(self, user: Any) -> CriterionQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.live().filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


def new_external_id() -> str:
    return uuid.uuid4().hex


class Criterion(models.Model):
    """A unit of meaning for one idea, said by a member and approved by the group.

    The code columns repeat the current `Coding` so that counting needs no join; operations keep both equal.
    `expression_count` = `imported_count` + linked expressions (`names.md`, point 3); operations keep it.
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    group = models.ForeignKey(HomogeneousGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("groupe"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("atelier"))
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")

    source = models.CharField(_("source"), max_length=40, default="tissage")
    external_id = models.CharField(_("identifiant d’origine"), max_length=80, default=new_external_id)
    text = models.TextField(_("critère"))
    search = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=80, editable=False, default="")
    language = models.CharField(_("langue"), max_length=10, blank=True)
    french_text = models.TextField(_("formulation française"), blank=True)
    imported_count = models.PositiveIntegerField(_("NB express"), default=1)
    expression_count = models.PositiveIntegerField(_("expressions"), default=1)

    dimension = models.CharField(_("dimension"), max_length=1, blank=True)
    component = models.CharField(_("composante"), max_length=3, blank=True)
    sub_component = models.CharField(_("sous-composante"), max_length=3, blank=True)
    letter = models.CharField(_("lettre de sens"), max_length=1, blank=True)
    sense = models.CharField(_("sens"), max_length=3, blank=True)
    beneficiary = models.CharField(_("bénéficiaire"), max_length=12, blank=True)
    proposition = models.ForeignKey(
        Proposition, on_delete=models.SET_NULL, null=True, blank=True, related_name="criteria", verbose_name=_("proposition")
    )

    source_created = models.CharField(_("créé le (origine)"), max_length=40, blank=True)
    source_modified = models.CharField(_("modifié le (origine)"), max_length=40, blank=True)
    said_on = models.DateField(_("date"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("noté le"))
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(_("raison du retrait"), max_length=200, blank=True)
    group_validated_on = models.DateField(_("validé par le groupe le"), null=True, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("critère")
        verbose_name_plural = _("critères")
        ordering = ["territory", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "source", "external_id"], name="criterion_id_once_per_territory_and_source"),
            models.CheckConstraint(condition=~Q(text=""), name="criterion_says_something"),
            models.CheckConstraint(condition=Q(expression_count__gte=models.F("imported_count")), name="criterion_counts_agree"),
        ]
        indexes = [
            models.Index(  # the two last fields are always null here: SQLite reads them to be sure, and must find them in the index
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
                condition=Q(merged_into__isnull=True, withdrawn_at__isnull=True),
                name="criterion_cube",
            ),
            # The next two give a page in order without reading a row, however deep the page.
            models.Index(
                fields=["territory", "component", "id", "batch", "merged_into", "withdrawn_at"],
                condition=Q(merged_into__isnull=True, withdrawn_at__isnull=True),
                name="criterion_by_component",
            ),
            models.Index(
                fields=["territory", "sort_key", "id", "batch", "merged_into", "withdrawn_at"],
                condition=Q(merged_into__isnull=True, withdrawn_at__isnull=True),
                name="criterion_by_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def journal_label(self) -> str:
        """How the journal names it: never in the words of a resident."""
        return f"critère {self.pk}"

    @property
    def code(self) -> str:
        """The code as written: `A01-11/P15/k`, or empty while uncoded."""
        if not self.component:
            return ""
        parts = [self.component + (f"-{self.sub_component}" if self.sub_component else "")]
        if self.sense:
            parts.append(self.sense)
        if self.beneficiary:
            parts.append(self.beneficiary)
        return "/".join(parts)


class Coding(models.Model):
    """The act of giving a code to a criterion: who, when, from where, with what standing."""

    class Origin(models.TextChoices):
        IMPORTED = "imported", _("importé")
        HUMAN = "human", _("attribué par une personne")
        SUGGESTION = "suggestion", _("suggestion acceptée")
        CHANGED = "changed", _("attribué malgré une suggestion")

    class Status(models.TextChoices):
        IMPORTED = "imported", _("importé, non relu")
        PROPOSED = "proposed", _("proposé")
        VALIDATED = "validated", _("validé")

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="codings")
    component = models.CharField(_("composante"), max_length=3, blank=True)
    sub_component = models.CharField(_("sous-composante"), max_length=3, blank=True)
    sense = models.CharField(_("sens"), max_length=3, blank=True)
    beneficiary = models.CharField(_("bénéficiaire"), max_length=12, blank=True)
    facet = models.CharField(_("facette"), max_length=30, blank=True)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    coded_at = models.DateTimeField(_("codé le"))
    origin = models.CharField(_("origine"), max_length=10, choices=Origin.choices)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices)
    superseded_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    memo = models.TextField(_("mémo"), blank=True)
    group_validated_on = models.DateField(_("validé par le groupe le"), null=True, blank=True)
    group_disagreed_on = models.DateField(_("refusé par le groupe le"), null=True, blank=True)

    class Meta:
        verbose_name = _("codage")
        verbose_name_plural = _("codages")
        ordering = ["criterion", "-coded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["criterion"], condition=Q(superseded_at__isnull=True), name="one_current_coding_per_criterion")
        ]

    def __str__(self) -> str:
        return self.component + (f"/{self.sense}" if self.sense else "")


class ExpressionQuerySet(models.QuerySet["Expression"]):
    def live(self) -> ExpressionQuerySet:
        """What may be read: not of a round that is still open, not withdrawn, not of a phone set aside."""
        return self.exclude(batch__in=hidden_batches()).filter(withdrawn_at__isnull=True, set_aside_at__isnull=True)

    def loose(self) -> ExpressionQuerySet:
        """Expressions that no criterion stands for yet."""
        return self.live().filter(criterion__isnull=True)

    def visible_to(self, user: Any) -> ExpressionQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.live().filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class Expression(models.Model):
    """One raw note, one person, one idea, exactly as written. Nothing says which person.

    `uuid` is made on the device that wrote it and `revision` grows with each change there: sent twice, or late, it is written once.
    `phone` is emptied when the workshop closes. A note withdrawn on a phone keeps its row, without its words, so that a late copy
    does not bring it back.
    """

    uuid = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=0)
    phone = models.ForeignKey(Phone, on_delete=models.SET_NULL, null=True, blank=True, related_name="expressions")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(HomogeneousGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("groupe"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="expressions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("parole, telle qu’écrite"))
    language = models.CharField(_("langue"), max_length=10, blank=True)
    french_text = models.TextField(_("formulation française"), blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(_("écartée le"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("masquée au mur le"), null=True, blank=True)

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("expression")
        verbose_name_plural = _("expressions")
        ordering = ["territory", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(withdrawn_at__isnull=False), name="expression_says_something_until_withdrawn")
        ]
        indexes = [models.Index(fields=["workshop", "question"], name="expression_by_workshop")]

    def __str__(self) -> str:
        return self.text

    @property
    def journal_label(self) -> str:
        """How the journal names it: never in the words of a resident."""
        return f"expression {self.pk}"
