"""What is counted in a year: who is asked what, what was answered, and where each answer stands. Plain values out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tissage.core.figures import YearFigure, state_of_all, year_from_months
from tissage.network.models import Organization, Person
from tissage.people.models import User
from tissage.plan.models import Action, ActionPartner, ActionYear, Indicator, Observation, Plan, Target


def during(year: int, start: str, end: str) -> Q:
    """Rows whose period, open where a date is not known, touches a year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": last})) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": first}))


def usual_year(plan: Plan, today: dt.date) -> int:
    """The year that is being accounted for: the last one until June, then this one; within the plan."""
    year = today.year - 1 if today.month <= 6 else today.year
    return min(max(year, plan.years[0]), plan.years[-1])


def own_organizations(user: User, action: Action) -> list[Organization]:
    """The organisations this person speaks for among the partners of an action, by name."""
    people = Person.objects.filter(user=user, ended_on__isnull=True, organization=OuterRef("organization"))
    parts = ActionPartner.objects.filter(Exists(people), action=action, until__isnull=True).values("organization")
    return list(Organization.objects.filter(pk__in=parts).order_by("search", "pk"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Figures of a year that an organisation still owes a plan."""

    plan: Plan
    year: int
    organization: int
    name: str


def asked_of(user: User, today: dt.date) -> list[Asked]:
    """For a partner with an account: where its organisations have figures not handed in, by plan and name. Three queries at most."""
    mine = Action.objects.own_of(user)
    plans = {
        one.pk: (one, usual_year(one, today))
        for one in Plan.objects.filter(Exists(mine.filter(plan=OuterRef("pk")))).select_related("territory")
    }
    if not plans:
        return []
    people = Person.objects.filter(user=user, ended_on__isnull=True, organization=OuterRef("organization"))
    owed = Q(pk__in=())
    for plan, year in plans.values():
        answered = Observation.objects.filter(indicator=OuterRef("pk"), year=year, state__in=("submitted", "approved"))
        owed |= _running(year) & Q(action__plan=plan) & ~Q(Exists(answered))
    found = Indicator.objects.filter(owed, Exists(people), action__in=mine).order_by("action__plan", "organization__search", "organization")
    pairs = dict.fromkeys(found.values_list("action__plan", "organization", "organization__name"))
    return [Asked(*plans[plan], organization, name) for plan, organization, name in pairs]


def actions_of_year(plan: Plan, year: int) -> QuerySet[Action]:
    """The actions of a plan that ran in a year, in their order."""
    return Action.objects.filter(during(year, "starts_on", "ends_on"), plan=plan).order_by("sequence", "pk")


def actions_asked(plan: Plan, year: int, organization: Organization | None) -> QuerySet[Action]:
    """The actions an organisation accounts for: those it takes part in, or counts something of. All of them for the team (None)."""
    actions = actions_of_year(plan, year)
    if organization is None:
        return actions
    takes_part = ActionPartner.objects.filter(during(year, "since", "until"), action=OuterRef("pk"), organization=organization)
    counts = Indicator.objects.filter(during(year, "action__starts_on", "ended_on"), action=OuterRef("pk"), organization=organization)
    return actions.filter(Exists(takes_part) | Exists(counts))


def _running(year: int) -> Q:
    """Indicators that are counted in a year."""
    return during(year, "action__starts_on", "action__ends_on") & (Q(ended_on__isnull=True) | Q(ended_on__gte=dt.date(year, 1, 1)))


def indicators_asked(plan: Plan, year: int, organization: Organization | None) -> QuerySet[Indicator]:
    """What an organisation counts in a year; the team's own for None."""
    found = Indicator.objects.filter(_running(year), action__plan=plan, organization=organization)
    return found.order_by("action__sequence", "position", "pk")


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in one year. `pk` is the yearly observation, None when nothing was written or months were; `state` "" when nothing was.

    `year` holds the value and how many parts of the year stand behind it; `before` the same of the year before, whatever its state was.
    """

    indicator: int
    action: int
    name: str
    unit: str
    method: str
    source: str
    direction: str
    level: str
    is_monthly: bool
    over_year: str
    organization: int | None
    organization_name: str
    target: Decimal | None
    baseline: Decimal | None
    baseline_year: int | None
    year: YearFigure
    before: YearFigure
    state: str
    is_unknown: bool
    pk: int | None
    how_counted: str
    sentence: str
    comment: str
    documents: int

    @property
    def is_approved(self) -> bool:
        """Only approved figures enter documents."""
        return self.state == "approved"


@dataclass(frozen=True, slots=True)
class Account:
    """The yearly account of an action by an organisation, or by the team (None)."""

    pk: int
    action: int
    organization: int | None
    organization_name: str
    done: str
    benefits: str
    difficulties: str
    feedback: str
    state: str
    comment: str


@dataclass(frozen=True)
class FiguresOfYear:
    """Every figure that a plan asks for in a year, answered or not, in the order of the actions; and the accounts written."""

    figures: tuple[Figure, ...]
    accounts: tuple[Account, ...]

    @cached_property
    def by_action(self) -> dict[int, tuple[Figure, ...]]:
        found: dict[int, list[Figure]] = defaultdict(list)
        for one in self.figures:
            found[one.action].append(one)
        return {action: tuple(figures) for action, figures in found.items()}

    @cached_property
    def accounts_by_action(self) -> dict[int, tuple[Account, ...]]:
        found: dict[int, list[Account]] = defaultdict(list)
        for one in self.accounts:
            found[one.action].append(one)
        return {action: tuple(accounts) for action, accounts in found.items()}


def figures_of_year(plan: Plan, year: int) -> FiguresOfYear:
    """All of it in four queries, whatever the size of the plan."""
    running = during(year, "action__starts_on", "action__ends_on") & (Q(ended_on__isnull=True) | Q(ended_on__gte=dt.date(year, 1, 1)))
    indicators = list(
        Indicator.objects.filter(running, action__plan=plan).select_related("organization").order_by("action__sequence", "position", "pk")
    )
    rows: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    observed = Observation.objects.filter(indicator__action__plan=plan, year__in=(year, year - 1))
    for row in observed.annotate(proofs=Count("documents")).order_by("month", "pk"):
        rows[row.indicator_id, row.year].append(row)
    targets = dict(Target.objects.filter(indicator__action__plan=plan, year=year).values_list("indicator", "value"))
    figures = tuple(_figure(one, rows[one.pk, year], rows[one.pk, year - 1], targets.get(one.pk)) for one in indicators)
    return FiguresOfYear(figures, tuple(_accounts(plan, year)))


def _figure(one: Indicator, rows: list[Observation], before: list[Observation], target: Decimal | None) -> Figure:
    yearly = next((row for row in rows if row.month is None), None)
    shown = yearly or (rows[-1] if rows else None)
    return Figure(
        indicator=one.pk,
        action=one.action_id,
        name=one.name,
        unit=one.unit,
        method=one.method,
        source=one.source,
        direction=one.direction,
        level=one.level,
        is_monthly=one.period == Indicator.Period.MONTH,
        over_year=one.over_year,
        organization=one.organization_id,
        organization_name=one.organization.name if one.organization else "",
        target=target,
        baseline=one.baseline,
        baseline_year=one.baseline_year,
        year=year_figure(one, rows),
        before=year_figure(one, before),
        state=state_of_all(row.state for row in rows),
        is_unknown=bool(yearly and yearly.value is None),
        pk=yearly.pk if yearly else None,
        how_counted=shown.how_counted if shown else "",
        sentence=shown.sentence if shown else "",
        comment=next((row.comment for row in rows if row.state == "returned"), ""),
        documents=sum(getattr(row, "proofs", 0) for row in rows),
    )


def year_figure(indicator: Indicator, rows: Iterable[Observation]) -> YearFigure:
    """A year from its observations: the yearly one, or the months by the indicator's rule when there is none."""
    rows = list(rows)
    yearly = next((row for row in rows if row.month is None), None)
    if yearly is not None or indicator.period != Indicator.Period.MONTH:
        value = yearly.value if yearly else None
        return YearFigure(value, int(value is not None), 1)
    return year_from_months({row.month: row.value for row in rows if row.month}, indicator.over_year)


def _accounts(plan: Plan, year: int) -> Iterable[Account]:
    rows = ActionYear.objects.filter(action__plan=plan, year=year).select_related("organization")
    for row in rows.order_by("action__sequence", "organization__search", "pk"):
        yield Account(
            pk=row.pk,
            action=row.action_id,
            organization=row.organization_id,
            organization_name=row.organization.name if row.organization else "",
            done=row.done,
            benefits=row.benefits,
            difficulties=row.difficulties,
            feedback=row.feedback,
            state=row.state,
            comment=row.comment,
        )
