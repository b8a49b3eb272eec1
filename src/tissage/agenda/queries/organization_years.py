"""The year of one organisation, all of its own: activities with their counts (sensitive ones included), trainings, agreements, services.

For that organisation alone: nobody else may be given this.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from tissage.agenda.models import Activity, ActivityPartner, Occurrence
from tissage.core.balance import Heads, Stand
from tissage.core.vocabulary import ACTIVITY_TYPE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Agreement, AgreementParty, Organization, Service, TrainingAttendance, TrainingSession

from .reports import Due, dues_of, stand

METHODS = ("count", "tickets", "estimate")


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A date of its own, or one it helped. `headcount` None: nobody counted; `is_reserved`: another organisation's sensitive activity."""

    title: str
    type: str
    on: dt.date | None
    stand: Stand
    headcount: int | None = None
    method: str = ""
    new_public: str = ""
    partners: tuple[str, ...] = ()
    produced: str = ""
    lead: str = ""
    role: str = ""
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A training that its people followed, or that it gave (`persons` None)."""

    title: str
    on: dt.date
    persons: int | None
    given: bool


@dataclass(frozen=True, slots=True)
class OrganizationYear:
    organization: str
    territory: str
    year: int
    day: dt.date
    led: tuple[OwnDate, ...]
    helped: tuple[OwnDate, ...]
    heads: tuple[Heads, ...]
    trainings: tuple[Followed, ...]
    agreements: tuple[tuple[str, str, dt.date, dt.date | None], ...]
    """(title, state, from, to)."""
    services: tuple[tuple[str, str], ...]
    """(name, state)."""
    is_demonstration: bool = False


def organization_year(organization: Organization, year: int, *, today: dt.date) -> OrganizationYear:
    """Everything of its own in a year. Thirteen queries whatever it did."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    accepted = Activity.objects.filter(moderation=Activity.Moderation.ACCEPTED)
    led = _of_year(dues_of(accepted.filter(lead=organization)), year)
    roles: dict[int, str] = {}
    for one in ActivityPartner.objects.filter(organization=organization).order_by("activity", "role", "pk"):
        roles[one.activity_id] = ", ".join(filter(None, (roles.get(one.activity_id, ""), str(one.get_role_display()))))
    helped = _of_year(dues_of(accepted.filter(pk__in=roles).exclude(lead=organization)), year)
    words = vocabulary()
    own = tuple(_own(due, words.label(ACTIVITY_TYPE, due.activity.type), today) for due in led)
    beside = tuple(_helped(due, words.label(ACTIVITY_TYPE, due.activity.type), roles[due.activity.pk], today) for due in helped)
    parties = AgreementParty.objects.filter(
        Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gte=first), organization=organization, agreement__starts_on__lte=last
    ).exclude(agreement__status=Agreement.Status.DRAFT)
    services = Service.objects.filter(organization=organization, publication=Service.Publication.PUBLISHED).order_by("name", "pk")
    return OrganizationYear(
        organization=organization.name,
        territory=organization.territory.name,
        year=year,
        day=today,
        led=own,
        helped=beside,
        heads=_heads(own),
        trainings=_trainings(organization, first, last),
        agreements=tuple(
            (one.agreement.title, str(one.agreement.get_status_display()), one.agreement.starts_on, one.agreement.ends_on)
            for one in parties.select_related("agreement").order_by("agreement__starts_on", "agreement", "pk")
        ),
        services=tuple((one.name, str(one.get_status_display())) for one in services),
        is_demonstration=organization.territory.is_demonstration,
    )


def years_of(organization: Organization, today: dt.date) -> list[int]:
    """Years with something of its own, the latest first; this one always. One query."""
    found = {today.year}
    for starts_at in Occurrence.objects.filter(activity__lead=organization).order_by().values_list("starts_at", flat=True):
        found.add(timezone.localtime(starts_at).year)
    return sorted((one for one in found if one <= today.year), reverse=True)


def _of_year(dues: list[Due], year: int) -> list[Due]:
    """By the day of the date; an undated output by its campaign, or by the day it was reported or written."""
    return [due for due in dues if _year(due) == year]


def _year(due: Due) -> int:
    if due.on is not None:
        return due.on.year
    if due.activity.campaign is not None:
        return due.activity.campaign.edition_year
    return timezone.localtime(due.report.filled_at if due.report else due.activity.created_at).year


def _own(due: Due, type: str, today: dt.date) -> OwnDate:
    report = due.report
    if report is None:
        return OwnDate(due.activity.title, type, due.on, stand(due, today))
    return OwnDate(
        title=due.activity.title,
        type=type,
        on=due.on,
        stand=stand(due, today),
        headcount=report.headcount,
        method=report.method,
        new_public=str(report.get_new_public_display()) if report.held != "no" else "",
        partners=tuple(one.name for one in report.partners_present.all()),
        produced=report.produced,
    )


def _helped(due: Due, type: str, role: str, today: dt.date) -> OwnDate:
    """What it helped carry: the count of another's ordinary date is read by co-organisers, that of a sensitive one is not."""
    report, reserved = due.report, due.activity.is_sensitive
    told = report if report is not None and not reserved else None
    return OwnDate(
        title=due.activity.public_title if reserved else due.activity.title,
        type=type,
        on=due.on,
        stand=stand(due, today),
        headcount=told.headcount if told else None,
        method=told.method if told else "",
        lead=due.activity.lead.name,
        role=role,
        is_reserved=reserved,
    )


def _heads(dates: tuple[OwnDate, ...]) -> tuple[Heads, ...]:
    counted = [(one.method, one.headcount) for one in dates if one.headcount is not None]
    found = [(method, [number for how, number in counted if how == method]) for method in METHODS]
    return tuple(Heads(method, sum(numbers), len(numbers)) for method, numbers in found if numbers)


def _trainings(organization: Organization, first: dt.date, last: dt.date) -> tuple[Followed, ...]:
    within = {"held_on__range": (first, last), "cancelled_on__isnull": True}
    gave = TrainingSession.objects.filter(training__provider=organization, **within).select_related("training")
    followed = TrainingAttendance.objects.filter(
        organization=organization, session__held_on__range=(first, last), session__cancelled_on__isnull=True
    ).select_related("session__training")
    persons: dict[TrainingSession, int] = {}
    for one in followed.order_by("session__held_on", "session", "pk"):
        persons[one.session] = persons.get(one.session, 0) + one.headcount
    told = [Followed(session.training.title, session.held_on, number, False) for session, number in persons.items()]
    told += [Followed(one.training.title, one.held_on, None, True) for one in gave.order_by("held_on", "pk")]
    return tuple(sorted(told, key=lambda one: (one.on, one.given, one.title)))
