"""Commitments as their pages show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tissage.commitments.models import (
    Assessment,
    AssessmentProposal,
    Commitment,
    CommitmentAction,
    CommitmentAsk,
    Evidence,
    LaterDecision,
    Milestone,
)
from tissage.core.movement import Movement
from tissage.people.models import Territory

from .assessed import history, standing
from .standstill import movement_of


def listed(user: Any, territory: Territory, state: str = "", words: str = "") -> Any:
    """Commitments this person reads: under way, or « brouillons », « retires », « tous »."""
    found = Commitment.objects.visible_to(user).filter(territory=territory)
    if state == "brouillons":
        found = found.filter(published_on__isnull=True, withdrawn_on__isnull=True)
    elif state == "retires":
        found = found.filter(withdrawn_on__isnull=False)
    elif state != "tous":
        found = found.filter(withdrawn_on__isnull=True)
    for word in words.split():
        found = found.filter(statement__icontains=word)
    return found.select_related("organization", "owner", "answer__ask").order_by("-made_on", "-pk")


@dataclass(frozen=True, slots=True)
class ListedCommitment:
    commitment: Commitment
    assessment: Assessment | None


def with_standing(commitments: list[Commitment]) -> list[ListedCommitment]:
    latest = standing(commitments=[one.pk for one in commitments]).commitments
    return [ListedCommitment(one, latest.get(one.pk)) for one in commitments]


@dataclass(frozen=True, slots=True)
class Around:
    """All that stands around one commitment."""

    movement: Movement
    assessments: list[Assessment]
    proposal: AssessmentProposal | None
    evidence: list[Evidence]
    milestones: list[Milestone]
    actions: list[CommitmentAction]
    asks: list[CommitmentAsk]
    later: list[LaterDecision]

    @property
    def latest(self) -> Assessment | None:
        return self.assessments[0] if self.assessments else None

    @property
    def former(self) -> list[Assessment]:
        return self.assessments[1:]


def around(commitment: Commitment, day: dt.date, *, team: bool) -> Around:
    """Pieces of evidence set aside, or not validated yet, are for those who judge."""
    evidence = Evidence.objects.filter(links__commitment=commitment).select_related("issuer", "archived_copy", "validated_by")
    if not team:
        evidence = evidence.filter(state=Evidence.State.VALIDATED)
    proposals = commitment.proposals.filter(status=AssessmentProposal.Status.OPEN).select_related("proposed_by")
    return Around(
        movement=movement_of(commitment, day),
        assessments=history(commitment),
        proposal=proposals.order_by("-pk").first(),
        evidence=list(evidence.order_by("-fact_on", "-pk")),
        milestones=list(commitment.milestones.select_related("evidence").order_by("due_on", "pk")),
        actions=list(commitment.actions.select_related("action__plan").order_by("action__plan", "action__sequence", "pk")),
        asks=list(commitment.asks.select_related("ask__ask_set").order_by("ask__ask_set", "ask__position", "pk")),
        later=list(
            commitment.later_decisions.select_related("decision__meeting__collective").order_by("decision__meeting__starts_at", "pk")
        ),
    )
