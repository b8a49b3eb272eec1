"""Publishing a version that was read, and taking a publication back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.synthesis.models import Synthesis
from tissage.synthesis.queries import publication_preview, version_cells, why_not_publish

from .refusals import SynthesisRefused


@transaction.atomic
def publish_synthesis(*, synthesis: Synthesis, by: User | None, now: dt.datetime) -> Synthesis:
    """Puts a frozen, read version before the public, as consent, sizes and earlier publications allow today.

    What is shown is decided now and kept in `publication`: blocks, rule, public counts, and the sets of groups that anybody
    may count from this day on. Raises `SynthesisRefused` with every reason when it may not go out.
    """
    Territory.objects.select_for_update().get(pk=synthesis.territory_id)  # two publications at once would not see each other
    current = Synthesis.objects.select_related("territory").get(pk=synthesis.pk)
    reasons = why_not_publish(current)
    if reasons:
        raise SynthesisRefused(" ".join(reasons))
    decision = publication_preview(current)
    cells = decision.public_cells(version_cells(current))
    rows = [*current.publication.get("rows", []), *([question, sorted(groups)] for question, groups in decision.rows())]
    publication: dict[str, Any] = {**decision.as_json(), "rows": rows}
    synthesis.public_cube = [list(cell) for cell in cells]
    synthesis.publication, synthesis.published_at, synthesis.published_by = publication, now, by
    synthesis.save(update_fields=["publication", "public_cube", "published_at", "published_by"])
    record(
        verb="synthesis.publish_synthesis",
        by=by,
        territory=synthesis.territory,
        on=synthesis,
        numbers={"criteria": sum(cell.criteria for cell in cells), "blocks": len(decision.blocks)},
        now=now,
    )
    return synthesis


@transaction.atomic
def withdraw_publication(*, synthesis: Synthesis, reason: str, by: User | None, now: dt.datetime) -> Synthesis:
    """Takes a publication back, with a reason that the public reads. What was shown stays remembered: it was seen."""
    current = Synthesis.objects.select_for_update().get(pk=synthesis.pk)
    if current.published_at is None:
        raise SynthesisRefused(gettext("Cette version n’est pas publiée."))
    if not reason.strip():
        raise SynthesisRefused(gettext("Dites pourquoi cette version est retirée : la raison sera lue à sa place."))
    synthesis.publication = {**current.publication, "withdrawn": {"reason": reason.strip(), "at": now.isoformat()}}
    synthesis.published_at = synthesis.published_by = None
    synthesis.save(update_fields=["publication", "published_at", "published_by"])
    record(verb="synthesis.withdraw_publication", by=by, territory=synthesis.territory, on=synthesis, now=now)
    return synthesis
