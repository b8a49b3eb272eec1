"""A year of a plan gathered from the tables into one value. The only door from the live plan to a document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.core.plan_framework import AXIS, PlanFramework
from tissage.core.plan_year import (
    AccountOfYear,
    ActionOfYear,
    AxisOfYear,
    Facts,
    FigureOfYear,
    PartnerOfAction,
    VersionInForce,
    YearData,
)
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Action, ActionPartner, ActionVersion, ActionYear, Plan, PlanVersion
from tissage.plan.models.actions import ReviewState
from tissage.plan.queries.versions import version_on

from .year_figures import figures_by_action
from .year_money import money_of
from .year_parts import agreements_of_year, meetings_of_year, obligations_of_year_of, staff_and_help

LANGUAGE = "fr"
"""Labels enter a frozen year in one language: it does not depend on who froze it."""


def gather(plan: Plan, year: int) -> YearData:
    """Everything the documents of this year may say, as it stands now. A constant number of queries.

    Only approved figures and approved accounts enter; the others are said missing, with who owes them. No name of a person, no
    contact data: what everybody may read of it is `core.plan_public`.
    """
    with override(LANGUAGE):
        framework = plan_framework(plan.framework)
        version = version_on(plan, dt.date(year, 12, 31))
        actions = _actions(plan, year, version, framework)
        money = money_of(plan, year, framework)
        staff, help_in_kind = staff_and_help(plan, year)
        return YearData(
            facts=_facts(plan, year, framework),
            version=_version(version),
            axes=tuple(AxisOfYear(axis.code, axis.label, axis.status) for axis in framework.of_kind(AXIS)),
            actions=tuple(money.on(action) for action in actions),
            total=money.total,
            unsplit=money.unsplit,
            unsplit_bookings=money.unsplit_bookings,
            funded=money.funded,
            help_total=money.help_total,
            by_axis=money.by_axis,
            by_funder=money.by_funder,
            by_partner=money.by_partner,
            funding=money.funding,
            functions=money.functions,
            staff=staff,
            help_in_kind=help_in_kind,
            agreements=agreements_of_year(plan, year),
            checks=money.checks,
            meetings=meetings_of_year(plan, year),
            obligations=obligations_of_year_of(plan, year),
        )


def _facts(plan: Plan, year: int, framework: PlanFramework) -> Facts:
    territory = plan.territory
    return Facts(
        territory=territory.name,
        plan=plan.name,
        year=year,
        framework=framework.name,
        carrier=plan.carrier.name if plan.carrier else "",
        carrier_kind=plan.get_carrier_kind_display(),
        council=plan.competent_council,
        members=tuple(plan.members.order_by("search", "pk").values_list("name", flat=True)),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        threshold=territory.suppression_threshold,
        is_demonstration=territory.is_demonstration,
    )


def _version(version: PlanVersion | None) -> VersionInForce | None:
    if version is None:
        return None
    return VersionInForce(
        number=version.number,
        reason=version.reason,
        council_on=version.council_on,
        sent_on=version.sent_on,
        answer=version.get_answer_display(),
        effective_from=version.effective_from,
    )


def _actions(plan: Plan, year: int, version: PlanVersion | None, framework: PlanFramework) -> list[ActionOfYear]:
    found = list(
        Action.objects.filter(plan=plan)
        .select_related("node", "lead_service")
        .prefetch_related("objectives", "neighbourhoods")
        .order_by("sequence")
    )
    running = [action for action in found if _runs_in(action, year)]
    keys = [action.pk for action in running]
    partners = _partners(keys, year)
    accounts = _accounts(keys, year)
    figures = figures_by_action(running, year)
    approved = set(ActionVersion.objects.filter(version=version).values_list("action", flat=True)) if version else set()
    return [
        ActionOfYear(
            key=action.pk,
            sequence=action.sequence,
            title=action.title,
            code=action.node.code if action.node else "",
            catalogue=action.node.label if action.node else "",
            axis=axis.code if action.node and (axis := framework.axis_of(action.node.code)) else "",
            basis=framework.label_of("funding", action.basis) if action.basis else "",
            description=action.description,
            state=action.state,
            state_label=action.get_state_display(),
            health=action.health,
            health_label=action.get_health_display(),
            starts_on=action.starts_on,
            ends_on=action.ends_on,
            stop_reason=action.stop_reason,
            lead_service=action.lead_service.name if action.lead_service else "",
            pst_reference=action.pst_reference,
            neighbourhoods=tuple(sorted(place.name for place in action.neighbourhoods.all())),
            target_groups=tuple(action.target_groups),
            objectives=tuple(node.label for node in sorted(action.objectives.all(), key=lambda node: (node.position, node.pk))),
            partners=tuple(partners[action.pk]),
            in_version=action.pk in approved,
            late=late(action, year, figures[action.pk]),
            figures=tuple(figures[action.pk]),
            accounts=tuple(accounts[action.pk]),
        )
        for action in running
    ]


def _runs_in(action: Action, year: int) -> bool:
    """An action whose dates meet the year; one without dates runs all along."""
    begun = action.starts_on is None or action.starts_on.year <= year
    return begun and (action.ends_on is None or action.ends_on.year >= year)


def late(action: Action, year: int, figures: Iterable[FigureOfYear]) -> str:
    """Why an action is late at the end of the year, in words; empty when it is not."""
    end = dt.date(year, 12, 31)
    if action.state in (Action.State.STOPPED, Action.State.TERMINATED):
        return ""
    if action.health == Action.Health.BLOCKED:
        return _("bloquée")
    if action.ends_on is not None and action.ends_on < end:
        return _("devait finir le %(day)s") % {"day": f"{action.ends_on:%d/%m/%Y}"}
    if action.state in (Action.State.CREATED, Action.State.TO_BE_SCHEDULED):
        if action.starts_on is not None and action.starts_on <= end:
            return _("devait commencer le %(day)s") % {"day": f"{action.starts_on:%d/%m/%Y}"}
        return ""
    if action.health == Action.Health.RISK:
        return _("à risque")
    return ""


def _partners(actions: list[int], year: int) -> dict[int, list[PartnerOfAction]]:
    """Those who were partners on some day of the year."""
    found: dict[int, list[PartnerOfAction]] = defaultdict(list)
    rows = ActionPartner.objects.filter(action__in=actions).select_related("organization")
    for row in rows.order_by("action", "role", "organization__search", "pk"):
        begun = row.since is None or row.since.year <= year
        if begun and (row.until is None or row.until.year >= year):
            one = PartnerOfAction(row.organization.name, row.role, row.get_role_display())
            if one not in found[row.action_id]:
                found[row.action_id].append(one)
    return found


def _accounts(actions: list[int], year: int) -> dict[int, list[AccountOfYear]]:
    found: dict[int, list[AccountOfYear]] = defaultdict(list)
    rows = ActionYear.objects.filter(action__in=actions, year=year, state=ReviewState.APPROVED).select_related("organization")
    for row in rows.order_by("action", "organization__search", "pk"):
        by = row.organization.name if row.organization else ""
        found[row.action_id].append(AccountOfYear(by, row.done, row.benefits, row.difficulties, row.feedback))
    return found
