"""Evidence as its pages show it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from tissage.commitments.models import Evidence, EvidenceLink
from tissage.people.models import Territory


def queue(territory: Territory, state: str) -> Any:
    """Pieces of a territory in a state (or « contested »), the oldest entry first for those that wait."""
    found = (
        Evidence.objects.filter(territory=territory)
        .select_related("issuer", "archived_copy")
        .prefetch_related("links__commitment", "links__ask")
    )
    if state == "contested":
        return found.exclude(contested_by="").order_by("-fact_on", "-pk")
    found = found.filter(state=state)
    return found.order_by("entered_on", "pk") if state == Evidence.State.PROPOSED else found.order_by("-fact_on", "-pk")


def bearing_on(evidence: Evidence) -> list[EvidenceLink]:
    return list(evidence.links.select_related("commitment", "ask__ask_set").order_by("pk"))


def pieces_by_subject(commitments: list[int], asks: list[int]) -> dict[tuple[str, int], int]:
    """How many validated pieces bear on each commitment and ask. Two queries."""
    links = EvidenceLink.objects.filter(evidence__state=Evidence.State.VALIDATED).order_by()
    found: dict[tuple[str, int], int] = {}
    for kind, wanted in (("commitment", commitments), ("ask", asks)):
        rows = links.filter(**{f"{kind}__in": wanted}).values_list(kind).annotate(pieces=Count("evidence", distinct=True))
        found |= {(kind, number): pieces for number, pieces in rows}
    return found
