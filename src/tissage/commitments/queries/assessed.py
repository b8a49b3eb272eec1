"""Who is assessed, what stands today, and what may be cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from tissage.commitments.models import Ask, Assessment, Commitment, CommitmentAsk, Evidence
from tissage.network.models import Organization

Subject = Commitment | Ask


def answering(asks: Iterable[int]) -> dict[int, list[int]]:
    """Ask → the live published commitments that answer it, oldest first. One query."""
    rows = CommitmentAsk.objects.filter(ask__in=list(asks), commitment__published_on__isnull=False, commitment__withdrawn_on__isnull=True)
    found: dict[int, list[int]] = {}
    for ask, commitment in rows.order_by("commitment__made_on", "commitment").values_list("ask", "commitment"):
        found.setdefault(ask, []).append(commitment)
    return found


def assessed_ids(subject: Subject) -> frozenset[int]:
    """The organisations judged: those that took the commitment and carry it; of an ask, those of the commitments that answer it."""
    if isinstance(subject, Commitment):
        pairs = [(subject.organization_id, subject.owner_id)]
    else:
        held = Commitment.objects.published().live().filter(asks__ask=subject)
        pairs = list(held.order_by().values_list("organization", "owner"))
    return frozenset(one for pair in pairs for one in pair if one is not None)


def assessed_organization(subject: Subject) -> Organization | None:
    """Whom the letter goes to: the organisation that took the commitment; of an ask, that of its only commitment."""
    if isinstance(subject, Commitment):
        return subject.organization or subject.owner
    held = list(Commitment.objects.published().live().filter(asks__ask=subject).select_related("organization", "owner").order_by("pk")[:2])
    return (held[0].organization or held[0].owner) if len(held) == 1 else None


def citable(subject: Subject) -> list[Evidence]:
    """Validated evidence that bears on a commitment; on an ask, its own and that of the commitments that answer it. Oldest fact first."""
    if isinstance(subject, Commitment):
        bearing = Q(links__commitment=subject)
    else:
        bearing = Q(links__ask=subject) | Q(links__commitment__in=answering([subject.pk]).get(subject.pk, []))
    found = Evidence.objects.counted().filter(bearing).select_related("issuer", "archived_copy").distinct()
    return list(found.order_by("fact_on", "pk"))


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest assessment of each commitment and of each ask asked for; nothing where none was ever made."""

    commitments: dict[int, Assessment]
    asks: dict[int, Assessment]


def standing(*, commitments: Iterable[int] = (), asks: Iterable[int] = ()) -> Standing:
    """One query."""
    rows = (
        Assessment.objects.filter(superseded_by__isnull=True)
        .filter(Q(commitment__in=list(commitments)) | Q(ask__in=list(asks)))
        .select_related("proposed_by", "validated_by")
        .order_by("validated_on", "pk")
    )
    found = Standing({}, {})
    for one in rows:
        if one.commitment_id is not None:
            found.commitments[one.commitment_id] = one
        elif one.ask_id is not None:
            found.asks[one.ask_id] = one
    return found


def history(subject: Subject) -> list[Assessment]:
    """Every assessment, the latest first."""
    rows = subject.assessments.select_related("proposed_by", "validated_by")
    return list(rows.order_by("-validated_on", "-pk"))
