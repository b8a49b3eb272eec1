"""What was handed in and waits for its reading: one line an indicator (its months together) or an account, with what helps to judge it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from tissage.core.figures import YearFigure, changed_share
from tissage.network.models import Document
from tissage.people.models import Membership, User
from tissage.plan.models import ActionYear, Indicator, Observation, PartnerLink, Plan, Target

from .figures import year_figure

FIGURE, ACCOUNT = "chiffre", "bilan"


@dataclass(frozen=True, slots=True)
class ToReview:
    """One thing to read. `observations` hold the months, or the year alone; `account` is set for a yearly account instead."""

    key: str
    action_sequence: int
    action_title: str
    who: str
    indicator: Indicator | None
    observations: tuple[Observation, ...]
    account: ActionYear | None
    year: YearFigure | None
    before: YearFigure | None
    target: Decimal | None
    typed_by: str
    via_link: bool
    submitted_at: dt.datetime | None
    proofs: tuple[Document, ...]

    @property
    def items(self) -> tuple[Observation | ActionYear, ...]:
        return (self.account,) if self.account is not None else self.observations

    @property
    def change(self) -> Decimal | None:
        """In per cent of the year before; None when one of the two is not known whole."""
        if not (self.year and self.before and self.year.is_whole and self.before.is_whole):
            return None
        share = changed_share(self.year.value, self.before.value)
        return None if share is None else (share * 100).quantize(Decimal(1))


def to_review(plan: Plan, year: int) -> list[ToReview]:
    """All that waits in a year, by action, in a constant number of queries."""
    waiting = _handed_in_figures(plan, year)
    by_indicator: dict[int, list[Observation]] = defaultdict(list)
    for row in waiting:
        by_indicator[row.indicator_id].append(row)
    every: dict[int, list[Observation]] = defaultdict(list)
    before: dict[int, list[Observation]] = defaultdict(list)
    for row in Observation.objects.filter(indicator__in=by_indicator, year__in=(year, year - 1)).order_by("month", "pk"):
        (every if row.year == year else before)[row.indicator_id].append(row)
    targets = dict(Target.objects.filter(indicator__in=by_indicator, year=year).values_list("indicator", "value"))
    found = []
    for pk, rows in by_indicator.items():
        indicator = rows[0].indicator
        found.append(
            ToReview(
                key=f"{FIGURE}-{pk}",
                action_sequence=indicator.action.sequence,
                action_title=indicator.action.title,
                who=indicator.organization.name if indicator.organization else "",
                indicator=indicator,
                observations=tuple(rows),
                account=None,
                year=year_figure(indicator, every[pk]),
                before=year_figure(indicator, before[pk]),
                target=targets.get(pk),
                typed_by=rows[-1].typed_by.name if rows[-1].typed_by else "",
                via_link=rows[-1].via_link,
                submitted_at=rows[-1].submitted_at,
                proofs=tuple(document for row in rows for document in row.documents.all()),
            )
        )
    found += [_account(one) for one in _handed_in_accounts(plan, year)]
    return sorted(found, key=lambda one: (one.action_sequence, one.who, one.account is not None, one.key))


def _handed_in_figures(plan: Plan, year: int) -> QuerySet[Observation]:
    rows = Observation.objects.filter(indicator__action__plan=plan, year=year, state="submitted")
    return (
        rows.select_related("indicator__action", "indicator__organization", "typed_by")
        .prefetch_related(Prefetch("documents", Document.objects.order_by("added_at", "pk")))
        .order_by("indicator__action__sequence", "indicator__position", "indicator", "month", "pk")
    )


def _handed_in_accounts(plan: Plan, year: int) -> QuerySet[ActionYear]:
    rows = ActionYear.objects.filter(action__plan=plan, year=year, state="submitted")
    return rows.select_related("action", "organization", "typed_by").order_by("action__sequence", "pk")


def _account(one: ActionYear) -> ToReview:
    return ToReview(
        key=f"{ACCOUNT}-{one.pk}",
        action_sequence=one.action.sequence,
        action_title=one.action.title,
        who=one.organization.name if one.organization else "",
        indicator=None,
        observations=(),
        account=one,
        year=None,
        before=None,
        target=None,
        typed_by=one.typed_by.name if one.typed_by else "",
        via_link=one.via_link,
        submitted_at=one.submitted_at,
        proofs=(),
    )


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """A plan where something waits for this person, in a year."""

    plan: Plan
    year: int
    count: int


def plans_with_figures_to_review(user: User) -> list[WaitingPlan]:
    """For those who review figures: what was handed in, by plan and year."""
    mine = _managed(user)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    figures = Observation.objects.filter(indicator__action__plan__in=mine, state="submitted").order_by()
    for plan, year, count in figures.values_list("indicator__action__plan", "year").annotate(found=Count("pk")):
        counts[plan, year] += count
    accounts = ActionYear.objects.filter(action__plan__in=mine, state="submitted").order_by()
    for plan, year, count in accounts.values_list("action__plan", "year").annotate(found=Count("pk")):
        counts[plan, year] += count
    return _waiting(counts)


def plans_with_late_partners(user: User, today: dt.date) -> list[WaitingPlan]:
    """For those who remind partners: open links whose deadline has passed and that were never handed in."""
    late = PartnerLink.objects.filter(
        plan__in=_managed(user), revoked_at__isnull=True, submitted_at__isnull=True, deadline__lt=today
    ).order_by()
    counts = {(plan, year): count for plan, year, count in late.values_list("plan", "year").annotate(found=Count("pk"))}
    return _waiting(counts)


def _managed(user: User) -> QuerySet[Plan]:
    roles = Membership.objects.open().filter(
        user=user, role__in=(Membership.Role.COORDINATOR, Membership.Role.PLAN_MANAGER), territory=OuterRef("territory")
    )
    return Plan.objects.filter(Exists(roles)).order_by()


def _waiting(counts: dict[tuple[int, int], int]) -> list[WaitingPlan]:
    plans = Plan.objects.select_related("territory").in_bulk({plan for plan, _year in counts})
    return [WaitingPlan(plans[plan], year, count) for (plan, year), count in sorted(counts.items())]


def proof_of_plan(plan: Plan, documents: QuerySet[Document]) -> Document | None:
    """A document that stands beside a figure of this plan."""
    figures = Observation.objects.filter(indicator__action__plan=plan, documents=OuterRef("pk"))
    return documents.filter(Q(Exists(figures))).first()
