"""What one action, or one partner, has to show: money by year, figures with their targets, agreements, people to call."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from tissage.core.figures import YearFigure
from tissage.core.money import Money, Total, to_cents
from tissage.network.models import Agreement, AgreementParty, Organization, Person
from tissage.plan.models import (
    Action,
    ActionPartner,
    ActionVersion,
    AgreementAction,
    Indicator,
    Instalment,
    Observation,
    PartnerLink,
    Plan,
    Proof,
    Target,
)
from tissage.plan.models.actions import ReviewState

from .figures import year_figure
from .money import gather
from .versions import version_on


def money_of_actions(plan: Plan, actions: Iterable[Action]) -> list[tuple[int, Money, Total]]:
    """Year, money and help in kind of these actions together, for each year of the plan."""
    keys = [action.pk for action in actions]
    book = gather(plan)
    return [(year, book.of(keys, [year]), book.help_of(keys, [year])) for year in book.years]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """An indicator in one year. `figure` is made of what was approved; `waiting` counts what is not approved yet."""

    indicator: Indicator
    year: int
    target: Decimal | None
    figure: YearFigure
    waiting: int


def figures_of_actions(actions: Iterable[Action], organization: Organization | None = None) -> list[FigureLine]:
    """By action, indicator, then year; only years with a target or a figure. With an organisation, what it counts."""
    indicators = Indicator.objects.filter(action__in=list(actions)).select_related("action", "organization")
    if organization is not None:
        indicators = indicators.filter(organization=organization)
    found = list(indicators.order_by("action__sequence", "position", "pk"))
    targets: dict[tuple[int, int], Decimal] = {
        (one, year): value
        for one, year, value in Target.objects.filter(indicator__in=found).order_by("pk").values_list("indicator", "year", "value")
    }
    counted: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    waiting: dict[tuple[int, int], int] = defaultdict(int)
    for row in Observation.objects.filter(indicator__in=found).order_by("year", "month", "pk"):
        if row.state == ReviewState.APPROVED:
            counted[row.indicator_id, row.year].append(row)
        else:
            waiting[row.indicator_id, row.year] += 1
    years: dict[int, set[int]] = defaultdict(set)
    for one, year in (*targets, *counted, *waiting):
        years[one].add(year)
    return [
        FigureLine(indicator, year, targets.get(key), year_figure(indicator, counted[key]), waiting[key])
        for indicator in found
        for year in sorted(years[indicator.pk])
        for key in [(indicator.pk, year)]
    ]


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """An agreement on a sheet: what was promised, paid, proven. Amounts in euros."""

    agreement: Agreement
    parties: tuple[AgreementParty, ...]
    actions: tuple[int, ...]
    paid: Decimal
    accepted: Decimal
    waiting: int

    @property
    def unsigned(self) -> int:
        return sum(party.signed_on is None for party in self.parties)


def agreements_shown(agreements: QuerySet[Agreement]) -> list[AgreementShown]:
    """Latest first, in a constant number of queries."""
    found = list(agreements.order_by("-starts_on", "title", "pk"))
    parties: dict[int, list[AgreementParty]] = defaultdict(list)
    for party in AgreementParty.objects.filter(agreement__in=found).select_related("organization").order_by("receives", "pk"):
        parties[party.agreement_id].append(party)
    numbers: dict[int, list[int]] = defaultdict(list)
    served = AgreementAction.objects.filter(agreement__in=found).order_by("action__sequence", "pk")
    for agreement, number in served.values_list("agreement", "action__sequence"):
        numbers[agreement].append(number)
    paid = dict(
        Instalment.objects.filter(agreement__in=found, paid_on__isnull=False)
        .order_by()
        .values_list("agreement")
        .annotate(total=Sum("amount"))
    )
    judged = {
        agreement: (accepted, waiting)
        for agreement, accepted, waiting in Proof.objects.filter(agreement__in=found)
        .order_by()
        .values_list("agreement")
        .annotate(accepted_total=Sum("accepted"), waiting=Count("pk", filter=Q(state=Proof.State.SUBMITTED)))
    }
    zero = Decimal("0.00")
    return [
        AgreementShown(
            agreement=one,
            parties=tuple(parties[one.pk]),
            actions=tuple(numbers[one.pk]),
            paid=to_cents(paid.get(one.pk) or zero),
            accepted=to_cents(judged.get(one.pk, (None, 0))[0] or zero),
            waiting=judged.get(one.pk, (None, 0))[1],
        )
        for one in found
    ]


def agreements_of_action(action: Action) -> list[AgreementShown]:
    return agreements_shown(Agreement.objects.filter(pk__in=AgreementAction.objects.filter(action=action).values("agreement")))


def agreements_of_partner(plan: Plan, organization: Organization) -> list[AgreementShown]:
    serving = AgreementAction.objects.filter(action__plan=plan).values("agreement")
    bound = AgreementParty.objects.filter(organization=organization).values("agreement")
    return agreements_shown(Agreement.objects.filter(pk__in=serving).filter(pk__in=bound))


def contacts_of(organizations: Iterable[Organization]) -> list[Person]:
    """Who speaks for them today. Never shown in a public place."""
    people = Person.objects.filter(organization__in=list(organizations), ended_on__isnull=True)
    return list(people.select_related("organization").order_by("organization__search", "display_name", "pk"))


def partners_of_action(action: Action) -> list[ActionPartner]:
    return list(action.partners.filter(until__isnull=True).select_related("organization").order_by("role", "organization__search", "pk"))


def approved_version(action: Action, day: dt.date) -> ActionVersion | None:
    """The action as the version in force on a day says it."""
    force = version_on(action.plan, day)
    return ActionVersion.objects.filter(version=force, action=action).order_by("pk").first() if force else None


@dataclass(slots=True)
class PartnerLine:
    """A partner of the plan. `asked`: indicators it counts; `approved`, `handed_in`: those with such a figure for the year; `link`: its link."""

    organization: Organization
    actions: list[ActionPartner]
    asked: int = 0
    approved: int = 0
    handed_in: int = 0
    returned: int = 0
    link: PartnerLink | None = None

    @property
    def by_role(self) -> list[tuple[str, list[ActionPartner]]]:
        """Its actions under each role it has, in words; what it operates first."""
        roles = [(str(role.label), [one for one in self.actions if one.role == role]) for role in ActionPartner.Role]
        return [(words, actions) for words, actions in roles if actions]


def partner_lines(plan: Plan, year: int) -> list[PartnerLine]:
    """Partners of the plan's actions today, by name, with where their figures of the year stand. Four queries whatever their number."""
    lines: dict[int, PartnerLine] = {}
    rows = ActionPartner.objects.filter(action__plan=plan, until__isnull=True).select_related("organization", "action")
    for row in rows.order_by("organization__search", "organization", "action__sequence", "pk"):
        lines.setdefault(row.organization_id, PartnerLine(row.organization, [])).actions.append(row)
    counted = Indicator.objects.filter(action__plan=plan, organization__in=list(lines)).filter(
        Q(ended_on__isnull=True) | Q(ended_on__year__gte=year)
    )
    for organization, asked in counted.order_by().values_list("organization").annotate(asked=Count("pk")):
        lines[organization].asked = asked
    states = (
        Observation.objects.filter(indicator__in=counted.values("pk"), year=year)
        .order_by()
        .values_list(F("indicator__organization"), "state")
        .annotate(indicators=Count("indicator", distinct=True))
    )
    for organization, state, number in states:
        if state == ReviewState.APPROVED:
            lines[organization].approved = number
        elif state == ReviewState.SUBMITTED:
            lines[organization].handed_in = number
        elif state == ReviewState.RETURNED:
            lines[organization].returned = number
    for link in PartnerLink.objects.filter(plan=plan, year=year, organization__in=list(lines), revoked_at__isnull=True).order_by("pk"):
        lines[link.organization_id].link = link
    return list(lines.values())
