"""The board: every action of a plan with what one asks first, and the groups it stands in. A constant number of queries at any size."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.core.money import Total
from tissage.core.plan_framework import FUNDING, RIGHT, PlanFramework
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Agreement
from tissage.plan.models import Action, ActionPartner, ActionVersion, AgreementAction, Instalment, Observation, Plan, PlanVersion
from tissage.plan.models.actions import ReviewState

from .money import money_by

WAYS = ("axe", "droit", "partenaire", "quartier", "etat", "sante")
Group = tuple[str, str]
"""Key and words of a group; an empty key gathers what stands in none."""


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What is kept: an empty field keeps all. `passed_on`: actions under a legal basis whose money is passed on in full (article 20)."""

    state: str = ""
    health: str = ""
    passed_on: bool = False
    pilot: bool = False
    text: str = ""

    def keeps(self, row: BoardRow) -> bool:
        return (
            (not self.state or row.state == self.state)
            and (not self.health or row.health == self.health)
            and (not self.passed_on or row.passed_on)
            and (not self.pilot or row.is_pilot)
            and all(word in row.search for word in fold(self.text).split())
        )

    def __bool__(self) -> bool:
        return bool(self.state or self.health or self.passed_on or self.pilot or self.text.strip())


@dataclass(slots=True)
class BoardRow:
    """One action as the board shows it. Amounts in euros, None is unknown; `figure` is (name, value, unit, year, month) of the last approved one."""

    pk: int
    sequence: int
    code: str
    title: str
    state: str
    health: str
    is_pilot: bool
    basis: str
    passed_on: bool
    starts_on: dt.date | None
    ends_on: dt.date | None
    stop_reason: str
    axis: Group
    rights: list[Group]
    partners: list[tuple[int, str, str]] = field(default_factory=list)
    neighbourhoods: list[Group] = field(default_factory=list)
    next_on: dt.date | None = None
    next_words: str = ""
    budget: Total = field(default_factory=lambda: Total(None))
    spent: Decimal | None = None
    figure: tuple[str, Decimal, str, int, int | None] | None = None
    approved: tuple[dt.date | None, dt.date | None] = (None, None)
    search: str = ""


def board_rows(plan: Plan, *, year: int, today: dt.date) -> list[BoardRow]:
    """Every action of the plan in the order of its numbers, with the money of the year."""
    reference = plan_framework(plan.framework)
    passed = {one.code for one in reference.bases_of_role("passed_on")}
    last = (
        Observation.objects.filter(indicator__action=OuterRef("pk"), state=ReviewState.APPROVED, value__isnull=False)
        .order_by("-year", "-month", "indicator__position", "pk")
        .values("pk")[:1]
    )
    actions = Action.objects.filter(plan=plan).select_related("node").annotate(last=Subquery(last)).order_by("sequence")
    rows: dict[int, BoardRow] = {}
    shown: dict[int, int] = {}
    for action in actions:
        code = action.node.code if action.node else ""
        axis = reference.axis_of(code) if code else None
        rows[action.pk] = BoardRow(
            pk=action.pk,
            sequence=action.sequence,
            code=code,
            title=action.title,
            state=action.state,
            health=action.health,
            is_pilot=action.is_pilot,
            basis=reference.label_of(FUNDING, action.basis) if action.basis else "",
            passed_on=action.basis in passed,
            starts_on=action.starts_on,
            ends_on=action.ends_on,
            stop_reason=action.stop_reason,
            axis=(axis.code, axis.label) if axis else ("", ""),
            rights=[],
        )
        if figure := getattr(action, "last", None):
            shown[figure] = action.pk
    _add_links(plan, rows, reference)
    _add_dates(plan, rows, today)
    _add_figures(rows, shown)
    for line in money_by(plan, year, "action"):
        if line.key and (found := rows.get(int(line.key))) is not None:
            found.budget, found.spent = line.money.budget, line.money.spent
    for row in rows.values():
        names = (name for _pk, name, _role in row.partners)
        places = (label for _key, label in row.neighbourhoods)
        row.search = fold(" ".join((str(row.sequence), row.code, row.title, *names, *places)))
    return list(rows.values())


def _add_links(plan: Plan, rows: Mapping[int, BoardRow], reference: PlanFramework) -> None:
    """Partners still in the action, neighbourhoods, rights: chosen on the action, else those of its catalogue code, else those of its axis."""
    partners = ActionPartner.objects.filter(action__plan=plan, until__isnull=True).order_by("organization__search", "pk")
    for action, organization, name, role in partners.values_list("action", "organization", "organization__name", "role"):
        rows[action].partners.append((organization, name, role))
    places = Action.neighbourhoods.through.objects.filter(action__plan=plan).order_by("place__name", "place")
    for action, place, name in places.values_list("action", "place", "place__name"):
        rows[action].neighbourhoods.append((str(place), name))
    chosen = Action.objectives.through.objects.filter(action__plan=plan, node__kind=RIGHT).order_by("node__position", "node")
    for action, code in chosen.values_list("action", "node__code"):
        rows[action].rights.append((code, reference.label_of(RIGHT, code)))
    for row in rows.values():
        if not row.rights:
            entry = reference.entry("action", row.code) if row.code else None
            named = [found for code in (entry.extra.get("rights", ()) if entry else ()) if (found := reference.entry(RIGHT, code))]
            row.rights = [(one.code, one.label) for one in named or reference.rights_of_axis(row.axis[0])]


def _add_dates(plan: Plan, rows: Mapping[int, BoardRow], today: dt.date) -> None:
    """The next date of each action (its own, its agreements', their instalments'), and the dates that the version in force approved."""
    coming: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in rows.values():
        if row.state not in (Action.State.STOPPED, Action.State.TERMINATED):
            coming[row.pk] += [(on, word) for on, word in ((row.starts_on, _("début")), (row.ends_on, _("fin"))) if on and on >= today]
    living = (Agreement.Status.DRAFT, Agreement.Status.SIGNED, Agreement.Status.SUSPENDED)
    bound = AgreementAction.objects.filter(action__plan=plan, agreement__status__in=living).order_by("pk")
    served: dict[int, list[int]] = defaultdict(list)
    for action, agreement, ends_on in bound.values_list("action", "agreement", "agreement__ends_on"):
        served[agreement].append(action)
        if ends_on and ends_on >= today:
            coming[action].append((ends_on, _("fin de convention")))
    due = Instalment.objects.filter(agreement__in=bound.values("agreement"), paid_on__isnull=True, due_on__gte=today).order_by("pk")
    for agreement, due_on in due.values_list("agreement", "due_on"):
        for action in served[agreement]:
            coming[action].append((due_on, _("tranche à payer")))
    for action, dates in coming.items():
        if dates:
            rows[action].next_on, rows[action].next_words = min(dates)
    force = (
        PlanVersion.objects.in_force().filter(plan=plan, effective_from__lte=today).order_by("-effective_from", "-number").values("pk")[:1]
    )
    approved = ActionVersion.objects.filter(version__in=Subquery(force)).order_by("pk")
    for action, starts_on, ends_on in approved.values_list("action", "starts_on", "ends_on"):
        if action in rows:
            rows[action].approved = (starts_on, ends_on)


def _add_figures(rows: Mapping[int, BoardRow], shown: Mapping[int, int]) -> None:
    found = Observation.objects.filter(pk__in=list(shown)).order_by("pk")
    for pk, name, value, unit, year, month in found.values_list("pk", "indicator__name", "value", "indicator__unit", "year", "month"):
        if value is not None:
            rows[shown[pk]].figure = (name, value, unit, year, month)


@dataclass(frozen=True, slots=True)
class BoardGroup:
    key: str
    label: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`shown` counts actions once each, `lines` counts them in every group they stand in, `several` those in more than one."""

    groups: tuple[BoardGroup, ...]
    shown: int
    lines: int
    several: int


def group_board(rows: Iterable[BoardRow], by: str, order: Mapping[str, int]) -> Board:
    """Rows in their groups. `order`: key of a group → its rank; groups not ranked come after, by name; what has none comes last."""
    groups: dict[str, list[BoardRow]] = defaultdict(list)
    labels: dict[str, str] = {}
    shown = lines = several = 0
    for row in rows:
        of_row = groups_of(row, by)
        shown, lines, several = shown + 1, lines + len(of_row), several + (len(of_row) > 1)
        for key, label in of_row:
            groups[key].append(row)
            labels[key] = label
    keys = sorted(groups, key=lambda key: (key == "", order.get(key, len(order)), fold(labels[key]), key))
    return Board(tuple(BoardGroup(key, labels[key], tuple(groups[key])) for key in keys), shown, lines, several)


def groups_of(row: BoardRow, by: str) -> list[Group]:
    """The groups an action stands in, once each; one group of what has none."""
    found: list[Group]
    match by:
        case "droit":
            found = row.rights
        case "partenaire":
            found = list({str(pk): (str(pk), name) for pk, name, _role in row.partners}.values())
        case "quartier":
            found = row.neighbourhoods
        case "etat":
            found = [(row.state, str(Action.State(row.state).label))]
        case "sante":
            found = [(row.health, str(Action.Health(row.health).label))]
        case _:
            found = [row.axis] if row.axis[0] else []
    return found or [("", "")]


def group_order(plan: Plan, by: str) -> dict[str, int]:
    """The order that the framework or the house gives to groups; partners and neighbourhoods go by name."""
    reference = plan_framework(plan.framework)
    keys: Iterable[str] = ()
    if by in ("axe", "droit"):
        keys = (one.code for one in reference.of_kind("right" if by == "droit" else "axis"))
    elif by == "etat":
        keys = (str(one) for one in (Action.State.ONGOING, Action.State.TO_BE_SCHEDULED, Action.State.CREATED, "terminated", "stopped"))
    elif by == "sante":
        keys = (str(one) for one in (Action.Health.BLOCKED, Action.Health.RISK, Action.Health.PAUSED, Action.Health.GOOD))
    return {key: rank for rank, key in enumerate(keys)}


def has_passed_on(plan: Plan) -> str:
    """The words of the legal basis whose money is passed on in full; empty when the framework has none."""
    bases = plan_framework(plan.framework).bases_of_role("passed_on")
    return bases[0].label if bases else ""


__all__ = ["Board", "BoardFilter", "BoardRow", "board_rows", "group_board", "group_order", "groups_of", "has_passed_on"]
