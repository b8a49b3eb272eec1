"""Assessments by two people, with the right of reply, and scorecards frozen per version (`commitments.md` §6, §7)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .asks import Ask, AskSet
from .promises import Commitment, Evidence


class Completion(models.TextChoices):
    NO_EVIDENCE = "no_evidence", _("sans information")
    NOT_STARTED = "not_started", _("pas commencé")
    LIMITED = "limited", _("limité")
    SUBSTANTIAL = "substantial", _("avancé")
    COMPLETE = "complete", _("tenu avec preuve")


class Verdict(models.TextChoices):
    PENDING = "pending", _("en cours")
    KEPT = "kept", _("tenu")
    PARTLY = "partly", _("tenu en partie")
    NOT_KEPT = "not_kept", _("pas tenu")
    OVERTAKEN = "overtaken", _("dépassé par les faits")


ONE_SUBJECT = Q(commitment__isnull=False, ask__isnull=True) | Q(commitment__isnull=True, ask__isnull=False)


class AssessmentProposal(models.Model):
    """What one person proposes before another validates: the party assessed is told and has 15 days to reply. It may still change; the assessment may not."""

    class Status(models.TextChoices):
        OPEN = "open", _("en attente")
        VALIDATED = "validated", _("validée")
        REFUSED = "refused", _("refusée")
        WITHDRAWN = "withdrawn", _("retirée")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="proposals")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    completion = models.CharField(_("avancement"), max_length=11, choices=Completion.choices)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict.choices, default=Verdict.PENDING)
    fidelity = models.PositiveSmallIntegerField(_("fidélité à la promesse (1 à 4)"), null=True, blank=True)
    justification = models.TextField(_("justification"))
    evidence = models.ManyToManyField(Evidence, related_name="+", blank=True, verbose_name=_("preuves"))
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposée le"))
    told_on = models.DateField(_("dite à l’intéressé·e le"), null=True, blank=True)
    reply_until = models.DateField(_("réponse possible jusqu’au"), null=True, blank=True)
    reply_token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    reply = models.TextField(_("réponse de l’intéressé·e"), blank=True)
    reply_on = models.DateField(_("répondu le"), null=True, blank=True)
    refused_reason = models.CharField(_("motif du refus"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("évaluation proposée")
        verbose_name_plural = _("évaluations proposées")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="a_proposal_has_one_subject"),
            models.CheckConstraint(
                condition=Q(fidelity__isnull=True) | Q(fidelity__gte=1, fidelity__lte=4), name="proposal_fidelity_1_to_4"
            ),
            models.UniqueConstraint(fields=["commitment"], condition=Q(status="open"), name="one_open_proposal_per_commitment"),
            models.UniqueConstraint(fields=["ask"], condition=Q(status="open"), name="one_open_proposal_per_ask"),
        ]

    def __str__(self) -> str:
        return self.get_completion_display()

    @property
    def territory(self) -> Territory:
        subject = self.commitment or self.ask
        assert subject is not None
        return subject.territory

    @property
    def journal_label(self) -> str:
        return ""


class Assessment(models.Model):
    """A validated judgement: one row for ever (triggers refuse update and delete); a change is a new row that `supersedes`. Proposer and validator differ.

    `evidence`: what it rested on, frozen: [{"id": 3, "kind": "agreement", "summary": "…", "fact_on": "2026-03-01", "strength": "official", "sha256": "…"}].
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    made_on = models.DateField(_("faite le"))
    completion = models.CharField(_("avancement"), max_length=11, choices=Completion.choices)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict.choices, default=Verdict.PENDING)
    fidelity = models.PositiveSmallIntegerField(_("fidélité"), null=True, blank=True)
    justification = models.TextField(_("justification"))
    evidence = models.JSONField(default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    validated_on = models.DateField(_("validée le"))
    reply = models.TextField(_("réponse de l’intéressé·e"), blank=True)
    reply_on = models.DateField(_("répondu le"), null=True, blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by")

    class Meta:
        verbose_name = _("évaluation d’un engagement")
        verbose_name_plural = _("évaluations d’engagements")
        ordering = ["-validated_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="an_assessment_has_one_subject"),
            models.CheckConstraint(condition=~Q(proposed_by=F("validated_by")), name="proposer_is_not_validator"),
            models.CheckConstraint(
                condition=Q(fidelity__isnull=True) | Q(fidelity__gte=1, fidelity__lte=4), name="assessment_fidelity_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_completion_display()} · {self.validated_on:%d/%m/%Y}"

    @property
    def territory(self) -> Territory:
        subject = self.commitment or self.ask
        assert subject is not None
        return subject.territory

    @property
    def journal_label(self) -> str:
        return ""


class Scorecard(models.Model):
    """The score of a set on a day, frozen (triggers): values of each completion, weights, items and results. Null: nothing applies.

    `items`: [{"code", "category", "weight", "completion", "scored", "why_not"}]; `by_category`: [{"code", "label", "weight", "headline", "ceiling", "coverage"}].
    """

    ask_set = models.ForeignKey(AskSet, on_delete=models.PROTECT, related_name="scorecards")
    version = models.PositiveSmallIntegerField(_("version"))
    computed_on = models.DateField(_("calculé le"))
    values = models.JSONField(default=dict)
    items = models.JSONField(default=list)
    headline = models.DecimalField(_("prouvé (%)"), max_digits=12, decimal_places=8, null=True)
    ceiling = models.DecimalField(_("au plus (%)"), max_digits=12, decimal_places=8, null=True)
    coverage = models.DecimalField(_("documenté (%)"), max_digits=12, decimal_places=8, null=True)
    by_category = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tableau de score")
        verbose_name_plural = _("tableaux de score")
        ordering = ["ask_set", "-version"]
        constraints = [models.UniqueConstraint(fields=["ask_set", "version"], name="scorecard_version_once")]

    def __str__(self) -> str:
        return f"{self.ask_set} · {self.version}"

    @property
    def territory(self) -> Territory:
        return self.ask_set.territory
