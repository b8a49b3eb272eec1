"""Proposals of assessment that wait, and the one behind a link."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tissage.commitments.models import AssessmentProposal
from tissage.core.tokens import hash_token
from tissage.people.models import Territory

Status = AssessmentProposal.Status


def open_proposals(territory: Territory) -> Any:
    """The oldest first."""
    found = AssessmentProposal.objects.filter(status=Status.OPEN).filter(
        Q(commitment__territory=territory) | Q(ask__ask_set__territory=territory, ask__ask_set__space__isnull=True)
    )
    return found.select_related("commitment", "ask__ask_set", "proposed_by").order_by("proposed_at", "pk")


def behind_the_link(token: str) -> AssessmentProposal | None:
    rows = AssessmentProposal.objects.filter(reply_token_hash=hash_token(token)).select_related(
        "commitment__territory", "ask__ask_set__territory"
    )
    return rows.order_by("pk").first()
