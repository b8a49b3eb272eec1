"""A date and an output that were told, an issued balance, opinions of a poster: the last arguments of the addresses of campaigns."""

from __future__ import annotations

from typing import Any


def told_world(known: dict[str, Any], by: Any, now: Any, canary: str) -> dict[str, object]:
    """What `agenda_world` gave, and what was told of it. Every word of a report, a comment and an opinion is a secret."""
    from tissage.agenda.models import Activity, Campaign, CampaignReport, Occurrence, OccurrenceReport, ReportComment
    from tissage.agenda.operations.feedback import answer_feedback, prepare_feedback
    from tissage.agenda.queries.balances import book_of

    about = Activity.objects.get(pk=known["activity"])
    words = dict.fromkeys(("produced", "what_worked", "what_to_change", "incident_text"), canary)
    said = {"held": "yes", "headcount": 12, "method": "count", "incident": "minor", "filled_at": now, "changed_at": now, **words}
    report = OccurrenceReport.objects.create(activity=about, occurrence=Occurrence.objects.get(uuid=known["occurrence"]), **said)
    ReportComment.objects.create(report=report, organization=about.partners.get().organization, text=canary, at=now)
    held = Campaign.objects.select_related("territory", "lead").get(pk=known["campaign"])
    figures = book_of(held, now.date()).as_json()
    issued = CampaignReport.objects.create(
        campaign=held, number=1, indicators=figures, narrative=canary, published_on=now.date(), made_by=by, made_at=now
    )
    form = prepare_feedback(activity=about, questions=[{"text": canary, "kind": "score"}], by=by, now=now)
    answers = [answer_feedback(form=form, scores=[4], comment=canary, now=now) for _ in range(5)]
    return {**known, "campaign_report": issued.number, "opinion": answers[0].uuid, "opinion_token": form.token}
