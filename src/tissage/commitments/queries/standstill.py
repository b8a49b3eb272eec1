"""What was adopted and does not move: decisions, motions, commitments, the stillest first (`network.md` §5). Facts only move it.

A decision that became a commitment is shown once, as that commitment. What is settled is left out: a decision whose follow-ups are all
closed or that needed none, a commitment withdrawn or with a final verdict.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from tissage.agenda.models import ActivityAction, OccurrenceReport
from tissage.commitments.models import Assessment, Commitment, CommitmentAction, EvidenceLink, LaterDecision, Milestone, Verdict
from tissage.core.movement import Movement, movement
from tissage.network.models import ActionItem, Collective, Decision, Meeting
from tissage.people.models import Territory

from .facts import held_on


@dataclass(frozen=True, slots=True)
class StillLine:
    """Something adopted, whose it is, what comes next, and since when nothing happened. One of `commitment` and `decision` is given, or both."""

    text: str
    adopted_on: dt.date
    movement: Movement
    meetings_since: int | None
    vote: str
    owner: str
    next_step: str
    next_on: dt.date | None
    collective: Collective | None
    commitment: Commitment | None
    decision: Decision | None


@dataclass(slots=True)
class _Traces:
    """What is known about one thing: its facts, and what was ever asked of somebody."""

    facts: list[dt.date] = field(default_factory=list)
    items: list[ActionItem] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    actions: int = 0

    def add_items(self, items: Iterable[ActionItem]) -> None:
        for item in items:
            self.items.append(item)
            if item.status == ActionItem.Status.DONE and item.evidence and item.closed_on:
                self.facts.append(item.closed_on)


def standstill(territory: Territory, day: dt.date) -> list[StillLine]:
    """The stillest first; as still, the oldest first. The same number of queries whatever is in it."""
    commitments = list(
        Commitment.objects.filter(territory=territory)
        .published()
        .live()
        .exclude(pk__in=_judged())
        .select_related("organization", "owner", "decision__meeting__collective")
        .order_by("made_on", "pk")
    )
    decisions = list(
        Decision.objects.filter(meeting__collective__territory=territory, meeting__status=Meeting.Status.HELD, kind=Decision.Kind.DECISION)
        .filter(no_action_reason="")
        .exclude(pk__in=[one.decision_id for one in commitments if one.decision_id])
        .exclude(pk__in=Commitment.objects.filter(territory=territory, decision__isnull=False).values("decision"))
        .select_related("meeting__collective")
        .order_by("meeting__starts_at", "pk")
    )
    items = _items_by_decision([*(one.pk for one in decisions), *(one.decision_id for one in commitments if one.decision_id)])
    later = _later(commitments, decisions)
    meetings = _meetings(territory)
    traces = _traces_of_commitments(commitments)
    lines = []
    for commitment in commitments:
        trace = traces[commitment.pk]
        trace.facts += later.get(("c", commitment.pk), [])
        collective = None
        if commitment.decision is not None:
            trace.add_items(items.get(commitment.decision.pk, []))
            trace.facts += later.get(("d", commitment.decision.pk), [])
            collective = commitment.decision.meeting.collective
        lines.append(_line_of_commitment(commitment, trace, collective, meetings, day))
    for decision in decisions:
        trace = _Traces(facts=later.get(("d", decision.pk), []))
        trace.add_items(items.get(decision.pk, []))
        if trace.items and all(item.status != ActionItem.Status.OPEN for item in trace.items):
            continue
        lines.append(_line_of_decision(decision, trace, meetings, day))
    return sorted(lines, key=lambda line: (-line.movement.still_days, line.adopted_on, line.text))


def movement_of(commitment: Commitment, day: dt.date) -> Movement:
    """The same for one commitment, on its own page."""
    trace = _traces_of_commitments([commitment])[commitment.pk]
    later = _later([commitment], [])
    trace.facts += later.get(("c", commitment.pk), [])
    collective = None
    if commitment.decision is not None:
        trace.add_items(_items_by_decision([commitment.decision.pk]).get(commitment.decision.pk, []))
        trace.facts += later.get(("d", commitment.decision.pk), [])
        collective = commitment.decision.meeting.collective
    return _line_of_commitment(commitment, trace, collective, _meetings(commitment.territory), day).movement


def _judged() -> object:
    """Commitments whose latest verdict is final: the term ended, and somebody said how."""
    latest = Assessment.objects.filter(superseded_by__isnull=True, commitment__isnull=False)
    return latest.exclude(verdict=Verdict.PENDING).values("commitment")


def _traces_of_commitments(commitments: list[Commitment]) -> dict[int, _Traces]:
    """Milestones reached, evidence validated, linked activities held and reported. Five queries."""
    traces = {one.pk: _Traces() for one in commitments}
    for milestone in Milestone.objects.filter(commitment__in=traces).order_by("due_on", "pk"):
        trace = traces[milestone.commitment_id]
        trace.milestones.append(milestone)
        if milestone.reached_on is not None:
            trace.facts.append(milestone.reached_on)
    proven = EvidenceLink.objects.filter(commitment__in=traces, evidence__state="validated")
    for number, fact_on in proven.values_list("commitment", "evidence__fact_on"):
        if number is not None:
            traces[number].facts.append(fact_on)
    served: dict[int, list[int]] = defaultdict(list)
    for number, action in CommitmentAction.objects.filter(commitment__in=traces).values_list("commitment", "action"):
        traces[number].actions += 1
        served[action].append(number)
    serving: dict[int, set[int]] = defaultdict(set)
    for activity, action in ActivityAction.objects.filter(action__in=served).values_list("activity", "action"):
        serving[activity].update(served[action])
    held = OccurrenceReport.objects.filter(activity__in=serving).exclude(held=OccurrenceReport.Held.NO)
    for report in held.select_related("occurrence").order_by("pk"):
        for number in serving[report.activity_id]:
            traces[number].facts.append(held_on(report))
    return traces


def _items_by_decision(decisions: list[int]) -> dict[int, list[ActionItem]]:
    found: dict[int, list[ActionItem]] = defaultdict(list)
    for item in ActionItem.objects.filter(decision__in=decisions).select_related("owner").order_by("due_on", "pk"):
        if item.decision_id is not None:
            found[item.decision_id].append(item)
    return found


def _later(commitments: list[Commitment], decisions: list[Decision]) -> dict[tuple[str, int], list[dt.date]]:
    """Days of the meetings that came back to a commitment (« c ») or to a decision (« d »)."""
    wanted = [one.pk for one in decisions] + [one.decision_id for one in commitments if one.decision_id]
    found: dict[tuple[str, int], list[dt.date]] = defaultdict(list)
    rows = LaterDecision.objects.filter(decision__meeting__status=Meeting.Status.HELD).values_list(
        "commitment", "earlier", "decision__meeting__starts_at"
    )
    for commitment, _earlier, starts_at in rows.filter(commitment__in=[one.pk for one in commitments]):
        found["c", commitment or 0].append(timezone.localdate(starts_at))
    for _commitment, earlier, starts_at in rows.filter(earlier__in=wanted):
        found["d", earlier or 0].append(timezone.localdate(starts_at))
    return found


def _meetings(territory: Territory) -> dict[int, list[dt.date]]:
    """Days of the meetings held, by collective."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    held = Meeting.objects.held().filter(collective__territory=territory).values_list("collective", "starts_at")
    for collective, starts_at in held:
        found[collective].append(timezone.localdate(starts_at))
    return found


def _line_of_commitment(
    commitment: Commitment, trace: _Traces, collective: Collective | None, meetings: dict[int, list[dt.date]], day: dt.date
) -> StillLine:
    """Of a motion that no collective decided, the meetings are those of every collective of the territory."""
    days = meetings.get(collective.pk, []) if collective else [one for held in meetings.values() for one in held]
    since = sum(commitment.made_on < one <= day for one in days) if collective or meetings else None
    waiting = [one for one in trace.milestones if one.reached_on is None]
    open_items = [one for one in trace.items if one.status == ActionItem.Status.OPEN]
    step, step_on = commitment.next_step, None
    if not step and waiting:
        step, step_on = waiting[0].title, waiting[0].due_on
    elif not step and open_items:
        step, step_on = open_items[0].text, open_items[0].due_on
    owner = commitment.owner or commitment.organization
    return StillLine(
        text=commitment.statement,
        adopted_on=commitment.made_on,
        movement=movement(
            adopted_on=commitment.made_on,
            facts=trace.facts,
            steps=len(trace.items) + len(trace.milestones) + trace.actions,
            meetings_since=since,
            day=day,
        ),
        meetings_since=since,
        vote=commitment.vote,
        owner=owner.name if owner else "",
        next_step=step,
        next_on=step_on,
        collective=collective,
        commitment=commitment,
        decision=commitment.decision,
    )


def _line_of_decision(decision: Decision, trace: _Traces, meetings: dict[int, list[dt.date]], day: dt.date) -> StillLine:
    meeting = decision.meeting
    adopted_on = timezone.localdate(meeting.starts_at)
    since = sum(adopted_on < one <= day for one in meetings.get(meeting.collective_id, []))
    waiting = [one for one in trace.items if one.status == ActionItem.Status.OPEN]
    return StillLine(
        text=decision.text,
        adopted_on=adopted_on,
        movement=movement(adopted_on=adopted_on, facts=trace.facts, steps=len(trace.items), meetings_since=since, day=day),
        meetings_since=since,
        vote=decision.vote,
        owner=", ".join(dict.fromkeys(one.owner.name for one in waiting)),
        next_step=waiting[0].text if waiting else "",
        next_on=waiting[0].due_on if waiting else None,
        collective=meeting.collective,
        commitment=None,
        decision=decision,
    )
