"""Commitments of the term, their milestones, and the evidence behind them (`commitments.md` §4, §5)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Agreement, Decision, Document, Organization
from tissage.network.models.collectives import Move
from tissage.network.models.organizations import OfTheTerritory, territories_of_the_plan_side
from tissage.people.models import Membership, Territory, is_known
from tissage.plan.models import Action

from .asks import Answer, Ask


class CommitmentQuerySet(OfTheTerritory):
    def visible_to(self, user: Any) -> CommitmentQuerySet:
        """Those who read the register read drafts too; whoever else holds a role in the territory reads what was published."""
        if not is_known(user):
            return self.none()
        members = Membership.objects.open().filter(user=user).values("territory")
        return self.filter(Q(territory__in=territories_of_the_plan_side(user)) | Q(territory__in=members, published_on__isnull=False))

    def published(self) -> CommitmentQuerySet:
        return self.filter(published_on__isnull=False)

    def live(self) -> CommitmentQuerySet:
        return self.filter(withdrawn_on__isnull=True)


class Commitment(models.Model):
    """A dated sentence with an author and a proof; without proof it stays a draft. It may answer several asks or none."""

    class Origin(models.TextChoices):
        ANSWER = "answer", _("réponse à une demande")
        PROGRAMME = "programme", _("programme")
        COUNCIL_MOTION = "council_motion", _("motion du conseil")
        MAJORITY_AGREEMENT = "majority_agreement", _("accord de majorité")
        AGREEMENT = "agreement", _("convention")
        PLAN = "plan", _("plan")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.TextField(_("engagement, mot pour mot"))
    origin = models.CharField(_("origine"), max_length=18, choices=Origin.choices)
    made_by = models.CharField(_("pris par"), max_length=200)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation engagée")
    )
    made_on = models.DateField(_("pris le"))
    vote = models.CharField(_("vote"), max_length=200, blank=True)
    proof = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("preuve"))
    proof_note = models.CharField(_("où cela se lit"), max_length=300, blank=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("qui le porte aujourd’hui")
    )
    next_step = models.CharField(_("prochaine étape"), max_length=300, blank=True)
    term_ends_on = models.DateField(_("à tenir pour le"), null=True, blank=True)
    published_on = models.DateField(_("publié le"), null=True, blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("motif du retrait"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(proof__isnull=False)
                | Q(answer__isnull=False)
                | Q(decision__isnull=False)
                | Q(agreement__isnull=False),
                name="a_published_commitment_has_a_proof",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""), name="a_withdrawn_commitment_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.statement[:100]

    @property
    def journal_label(self) -> str:
        """Where it comes from and its day: the sentence, or its author, may name a person."""
        return f"{self.get_origin_display()} · {self.made_on:%d/%m/%Y}"

    @property
    def has_proof(self) -> bool:
        return bool(self.proof_id or self.answer_id or self.decision_id or self.agreement_id)


class CommitmentAsk(models.Model):
    """An ask (of the territory's own copy of a set) that a commitment answers."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="asks")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="commitments")

    class Meta:
        verbose_name = _("demande à laquelle répond un engagement")
        verbose_name_plural = _("demandes auxquelles répond un engagement")
        ordering = ["commitment", "ask", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "ask"], name="commitment_answers_an_ask_once")]

    def __str__(self) -> str:
        return f"{self.commitment} → {self.ask.code}"


class CommitmentAction(models.Model):
    """An action of a plan that serves a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="actions")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("action au service d’un engagement")
        verbose_name_plural = _("actions au service d’un engagement")
        ordering = ["commitment", "action", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "action"], name="action_serves_a_commitment_once")]

    def __str__(self) -> str:
        return f"{self.commitment} → {self.action}"


class LaterDecision(models.Model):
    """A decision of a later meeting that comes back to a commitment, or to an earlier decision: a fact, on the day of that meeting."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="later_decisions")
    earlier = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+", verbose_name=_("décision"))
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("décision qui revient sur un engagement")
        verbose_name_plural = _("décisions qui reviennent sur un engagement")
        ordering = ["decision__meeting__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "decision"], name="later_decision_once_per_commitment"),
            models.UniqueConstraint(fields=["earlier", "decision"], name="later_decision_once_per_decision"),
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, earlier__isnull=True) | Q(commitment__isnull=True, earlier__isnull=False),
                name="a_later_decision_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision)


class Milestone(models.Model):
    """A step with a due date. Moves of the date are kept ([{"from": …, "to": …, "on": …, "why": …}]) and are no movement."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("étape"), max_length=200)
    due_on = models.DateField(_("pour le"))
    due_moves = models.JSONField(default=list, blank=True)
    reached_on = models.DateField(_("atteinte le"), null=True, blank=True)
    evidence = models.ForeignKey("commitments.Evidence", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("étape d’un engagement")
        verbose_name_plural = _("étapes d’un engagement")
        ordering = ["commitment", "due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def territory(self) -> Territory:
        return self.commitment.territory

    @property
    def moves(self) -> list[Move]:
        """Every move of the date, the first one first."""
        day = dt.date.fromisoformat
        return [Move(day(one["from"]), day(one["to"]), day(one["on"]), one.get("why", "")) for one in self.due_moves]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def counted(self) -> EvidenceQuerySet:
        """Only what a person validated counts."""
        return self.filter(state=Evidence.State.VALIDATED)

    def visible_to(self, user: Any) -> EvidenceQuerySet:
        return self.filter(territory__in=Territory.objects.of(user))


class Evidence(models.Model):
    """A fact that shows something: typed, dated, graded. Nothing is fetched: the copy is uploaded. Proposed by a person or by the nightly reading, never counted until validated.

    `reference`: {"app": "network", "table": "agreement", "id": "12"} of what it cites in the house; `frozen_summary` says it as it stood.
    """

    class Kind(models.TextChoices):
        COUNCIL_DECISION = "council_decision", _("décision du conseil")
        COLLEGE_DECISION = "college_decision", _("décision du collège")
        BUDGET_LINE = "budget_line", _("ligne budgétaire")
        REGULATION = "regulation", _("règlement")
        CONTRACT = "contract", _("contrat")
        AGREEMENT = "agreement", _("convention")
        TRAINING = "training", _("formation")
        ACTIVITY = "activity", _("activité")
        REPORT = "report", _("rapport")
        PUBLISHED_PAGE = "published_page", _("page publiée")
        PHOTO = "photo", _("photo")
        TESTIMONY = "testimony", _("témoignage")

    class Strength(models.TextChoices):
        OFFICIAL = "official", _("officielle")
        THIRD_PARTY = "third_party", _("d’un tiers")
        SELF_REPORTED = "self_reported", _("déclarée par l’intéressé·e")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("à valider")
        VALIDATED = "validated", _("validée")
        REFUSED = "refused", _("écartée")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("genre"), max_length=16, choices=Kind.choices)
    summary = models.CharField(_("ce que cela montre"), max_length=300)
    fact_on = models.DateField(_("date du fait"))
    entered_on = models.DateField(_("notée le"))
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    archived_copy = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("copie"))
    sha256 = models.CharField(max_length=64, blank=True)
    issuer = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    issuer_name = models.CharField(_("de qui"), max_length=200, blank=True)
    strength = models.CharField(_("force"), max_length=13, choices=Strength.choices)
    reference = models.JSONField(default=dict, blank=True)
    reference_key = models.CharField(max_length=120, blank=True, db_index=True)
    frozen_summary = models.TextField(blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State.choices, default=State.PROPOSED)
    proposed_by_machine = models.BooleanField(_("proposée par la lecture automatique"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    validated_on = models.DateField(_("validée le"), null=True, blank=True)
    contested_by = models.CharField(_("contestée par"), max_length=160, blank=True)
    contested_why = models.TextField(_("pourquoi"), blank=True)
    is_public = models.BooleanField(_("montrée au public"), default=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preuve")
        verbose_name_plural = _("preuves")
        ordering = ["-fact_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="validated") | Q(validated_on__isnull=False), name="validated_evidence_has_a_date")
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def journal_label(self) -> str:
        return ""


class EvidenceLink(models.Model):
    """What a piece of evidence bears on: one commitment, or one ask."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="links")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence_links")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_links")

    class Meta:
        verbose_name = _("portée d’une preuve")
        verbose_name_plural = _("portées d’une preuve")
        ordering = ["evidence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "commitment"], name="evidence_once_per_commitment"),
            models.UniqueConstraint(fields=["evidence", "ask"], name="evidence_once_per_ask"),
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, ask__isnull=True) | Q(commitment__isnull=True, ask__isnull=False),
                name="evidence_bears_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.commitment or self.ask)
