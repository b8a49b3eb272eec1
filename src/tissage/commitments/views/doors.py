"""What I may open of the commitments of a territory; 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.commitments.models import Ask, AskSet, AssessmentProposal, Commitment, Evidence, Milestone
from tissage.people.models import Territory
from tissage.people.views.doors import person, require, territory_for

__all__ = [
    "JUDGE",
    "READ",
    "WRITE",
    "ask_for",
    "ask_set_for",
    "commitment_for",
    "evidence_for",
    "milestone_for",
    "person",
    "proposal_for",
    "require",
    "territory_for",
]

READ, WRITE, JUDGE = "commitments.read", "commitments.write", "commitments.judge"


def commitment_for(request: HttpRequest, territory: str, pk: int, permission: str = READ) -> Commitment:
    """A commitment that I read; a draft is open to those who read the register only."""
    found: Commitment = get_object_or_404(
        Commitment.objects.visible_to(request.user).select_related(
            "territory",
            "organization",
            "owner",
            "proof",
            "answer__ask__ask_set",
            "answer__contestant",
            "decision__meeting__collective",
            "agreement",
        ),
        pk=pk,
        territory__slug=territory,
    )
    require(person(request), permission, found)
    return found


def milestone_for(request: HttpRequest, territory: str, commitment: int, pk: int) -> Milestone:
    held = commitment_for(request, territory, commitment, WRITE)
    return get_object_or_404(Milestone.objects.select_related("commitment__territory"), pk=pk, commitment=held)


def evidence_for(request: HttpRequest, territory: str, uuid: UUID, permission: str) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related("territory", "issuer", "archived_copy", "added_by", "validated_by")
    found: Evidence = get_object_or_404(rows, uuid=uuid, territory__slug=territory)
    require(person(request), permission, found)
    return found


def proposal_for(request: HttpRequest, territory: str, pk: int, permission: str) -> AssessmentProposal:
    """A proposal about what I may open: a commitment, or an ask of a set of this territory."""
    rows = AssessmentProposal.objects.select_related(
        "commitment__territory", "commitment__organization", "ask__ask_set__territory", "proposed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.territory.slug != territory or (found.ask is not None and found.ask.ask_set.space_id is not None):
        raise Http404
    require(person(request), permission, found.territory)
    return found


def ask_set_for(request: HttpRequest, territory: str, code: str, permission: str = READ) -> AskSet:
    """A set that the territory received. One that lives in the space of an association is no page of a territory."""
    held: Territory = territory_for(request, territory, permission)
    rows = AskSet.objects.of_territory().select_related("territory", "owner", "election")
    return get_object_or_404(rows, territory=held, code=code)


def ask_for(request: HttpRequest, territory: str, code: str, pk: int, permission: str = READ) -> Ask:
    held = ask_set_for(request, territory, code, permission)
    return get_object_or_404(Ask.objects.select_related("ask_set__territory", "category"), pk=pk, ask_set=held)
