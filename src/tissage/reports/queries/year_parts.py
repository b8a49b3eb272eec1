"""Parts of a year that stand beside actions and money: agreements, meetings of the commission, obligations, staff, help in kind."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from tissage.core.plan_year import (
    AgreementOfYear,
    DecisionOfYear,
    HelpOfYear,
    MeetingOfYear,
    ObligationOfYear,
    StaffOfYear,
    ToDoOfYear,
)
from tissage.frameworks.models import Obligation
from tissage.frameworks.queries_plan import obligations_of_year
from tissage.network.models import ActionItem, Collective, Decision, Meeting
from tissage.plan.models import HelpInKind, ObligationYear, Plan, StaffShare
from tissage.plan.queries.agreements import agreement_lines, agreements_of


def agreements_of_year(plan: Plan, year: int) -> tuple[AgreementOfYear, ...]:
    """Agreements of the plan that run on some day of the year; drafts are not agreements yet."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    running = agreements_of(plan).exclude(status="draft").filter(starts_on__lte=last)
    lines = agreement_lines(running.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first)), today=last)
    return tuple(
        AgreementOfYear(
            title=line.agreement.title,
            kind=line.agreement.get_kind_display(),
            status=line.agreement.get_status_display(),
            parties=tuple(str(party.organization) for party in line.parties),
            receiver=line.receivers,
            actions=tuple(served.action.sequence for served in line.actions),
            starts_on=line.agreement.starts_on,
            ends_on=line.agreement.ends_on,
            council_on=line.agreement.council_on,
            amount=line.account.amount,
            paid=line.account.paid,
            submitted=line.account.submitted,
            accepted=line.account.accepted,
            waiting=line.proofs_waiting,
            claimed=line.account.claimed,
        )
        for line in lines
    )


def meetings_of_year(plan: Plan, year: int) -> tuple[MeetingOfYear, ...]:
    """Meetings of the commission and of the steering committee that were held, by date. No name of a person, no text of minutes."""
    kinds = (Collective.Kind.COMMISSION, Collective.Kind.STEERING)
    held = Meeting.objects.held().filter(collective__territory=plan.territory_id, collective__kind__in=kinds, starts_at__year=year)
    found = list(held.select_related("collective").order_by("starts_at", "pk"))
    keys = [meeting.pk for meeting in found]
    decisions: dict[int, list[DecisionOfYear]] = defaultdict(list)
    for row in Decision.objects.filter(meeting__in=keys).order_by("meeting", "number", "pk"):
        decisions[row.meeting_id].append(DecisionOfYear(row.number, row.get_kind_display(), row.text, row.vote))
    to_do: dict[int, list[ToDoOfYear]] = defaultdict(list)
    for item in ActionItem.objects.filter(meeting__in=keys).select_related("owner").order_by("due_on", "pk"):
        to_do[item.meeting_id].append(ToDoOfYear(item.text, item.owner.name, item.due_on, item.get_status_display()))
    return tuple(
        MeetingOfYear(
            body=meeting.collective.name,
            held_on=timezone.localdate(meeting.starts_at),
            status=meeting.get_status_display(),
            attendees=meeting.attendees_count,
            minutes_adopted_on=meeting.minutes_adopted_on,
            decisions=tuple(decisions[meeting.pk]),
            to_do=tuple(to_do[meeting.pk]),
            is_public=meeting.minutes_adopted_on is not None and meeting.minutes_visibility == Meeting.MinutesVisibility.PUBLIC,
        )
        for meeting in found
    )


def obligations_of_year_of(plan: Plan, year: int) -> tuple[ObligationOfYear, ...]:
    """Obligations whose validity meets the year, with what the plan did about each."""
    done = {row.obligation_id: row for row in ObligationYear.objects.filter(plan=plan, year=year)}
    return tuple(_obligation(one, done.get(one.pk), year) for one in obligations_of_year(plan.framework, year))


def _obligation(one: Obligation, row: ObligationYear | None, year: int) -> ObligationOfYear:
    due = one.due
    due_on = dt.date(year + int(due.get("years_after", 0)), int(due["month"]), int(due["day"])) if {"month", "day"} <= due.keys() else None
    return ObligationOfYear(
        code=one.code,
        label=one.label,
        towards=one.body,
        due_on=due_on,
        sitting_on=row.sitting_on if row else None,
        met_on=row.met_on if row else None,
        switched_off_on=row.switched_off_on if row else None,
        reason=row.reason if row else "",
        status=one.get_status_display(),
        source=one.source,
    )


def staff_and_help(plan: Plan, year: int) -> tuple[tuple[StaffOfYear, ...], tuple[HelpOfYear, ...]]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    shares = StaffShare.objects.filter(plan=plan, starts_on__lte=last, ends_on__gte=first).order_by(
        "function", "action__sequence", "starts_on", "pk"
    )
    staff = tuple(
        StaffOfYear(sequence, function, fte, max(starts_on, first), min(ends_on, last))
        for sequence, function, fte, starts_on, ends_on in shares.values_list("action__sequence", "function", "fte", "starts_on", "ends_on")
    )
    given = HelpInKind.objects.filter(action__plan=plan, year=year).order_by("action__sequence", "pk")
    columns = ("action__sequence", "organization__name", "description", "value", "how_estimated")
    return staff, tuple(HelpOfYear(*row) for row in given.values_list(*columns))
