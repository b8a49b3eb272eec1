"""What a followed calendar shows, and to whom it still opens."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.network.models import Meeting
from tissage.people.models import User
from tissage.people.queries import closed_for_want_of_second_factor
from tissage.plan.exchange.calendar import DayEvent
from tissage.plan.models import CalendarFeed, Plan

from .deadlines import DUE, Deadline, Step, deadlines_of_all

LOOKS_BACK = dt.timedelta(days=180)


def feed_of(plan: Plan, user: User) -> CalendarFeed | None:
    """The address this person follows, when one is open."""
    return CalendarFeed.objects.filter(plan=plan, user=user, revoked_at__isnull=True).order_by("-pk").first()


def feed_behind(token_hash: str) -> CalendarFeed | None:
    """The open feed of a secret, as long as its owner may read the plan by signing in."""
    feeds = CalendarFeed.objects.filter(token_hash=token_hash, revoked_at__isnull=True).order_by("pk")
    feed = feeds.select_related("plan__territory", "plan__framework__framework", "user").first()
    if feed is None or not feed.user.is_active or not feed.user.has_perm("plan.read_plan", feed.plan):
        return None
    return None if feed.plan.territory_id in closed_for_want_of_second_factor(feed.user) else feed


def events_of(plan: Plan, today: dt.date) -> list[DayEvent]:
    """The steps still to do of the years around today, and the meetings of the commission to come."""
    years = [year for year in (today.year - 1, today.year, today.year + 1) if year in plan.years]
    found = deadlines_of_all([(plan, year) for year in years], today)
    events = [
        _event(plan, one, step)
        for year in years
        for one in found[plan.pk, year]
        if one.is_active
        for step in one.steps
        if step.is_open and step.on is not None and step.on >= today - LOOKS_BACK
    ]
    return sorted([*events, *_meetings(plan, today)], key=lambda event: (event.on, event.uid))


def _event(plan: Plan, deadline: Deadline, step: Step) -> DayEvent:
    obligation, year = deadline.obligation, deadline.row.year
    lines = [obligation.label if step.code != DUE else "", _("Année concernée : %(year)s") % {"year": year}]
    if step.owner:
        lines.append(_("Qui : %(who)s") % {"who": step.owner})
    if deadline.is_provisional and step.code != DUE:
        lines.append(_("La séance n’est pas choisie : date comptée depuis la dernière possible."))
    return DayEvent(
        uid=f"plan-{plan.pk}-{obligation.code}-{year}-{step.code}@tissage",
        on=step.on or dt.date.min,
        summary=step.label,
        description="\n".join(line for line in lines if line),
        url=_address("plan:obligation", plan.territory.slug, plan.pk, obligation.pk, year),
    )


def _meetings(plan: Plan, today: dt.date) -> list[DayEvent]:
    meetings = Meeting.objects.filter(
        collective__territory=plan.territory_id,
        collective__kind__in=("commission", "steering"),
        status=Meeting.Status.PLANNED,
        starts_at__date__gte=today,
    ).select_related("collective")
    return [
        DayEvent(
            uid=f"meeting-{meeting.pk}@tissage",
            on=timezone.localdate(meeting.starts_at),
            summary=_("Réunion : %(collective)s") % {"collective": meeting.collective.name},
            url=_address("network:meeting", plan.territory.slug, meeting.pk),
        )
        for meeting in meetings.order_by("starts_at", "pk")
    ]


def _address(name: str, *args: str | int) -> str:
    return settings.TISSAGE_ORIGIN.rstrip("/") + reverse(name, args=args)
