"""The obligations of a plan in a year: when each is due, the steps before it, what was done, what is late. Dates are computed, never stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.plan_calendar import Delay, concerns, dates_before, due_on, last_sitting
from tissage.core.plan_framework import Entry
from tissage.frameworks.models import FrameworkVersion, Obligation
from tissage.frameworks.queries_plan import obligations_of_year, plan_framework
from tissage.network.models import Collective
from tissage.plan.models import ObligationYear, Plan

SITTING, DUE, CHOOSE = "sitting", "due", "choose_sitting"


@dataclass(frozen=True, slots=True)
class Step:
    """A step before an obligation is met. `on`: the last day for it, None when its delay is unknown; `done_on`: when somebody noted it done.

    `is_passed`: not noted, but a later step is: nobody is asked for it any more.
    """

    code: str
    label: str
    on: dt.date | None
    source: str = ""
    status: str = "unverified"
    owner: str = ""
    done_on: dt.date | None = None
    rule: Entry | None = field(default=None, compare=False)
    is_passed: bool = False

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.is_passed

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.on is not None and self.on < today


@dataclass(frozen=True, slots=True)
class Deadline:
    """An obligation in a year of a plan. `row` is unsaved while nothing was decided of it.

    `due_on`: None without date; `steps`: in the order of the calendar, counted from the chosen sitting, or from the last possible one
    when none is chosen (`is_provisional`); `state`: met, off, late, open (something has a date to come), standing (no date), before
    (it was due before the plan was kept here, and nothing is noted of it).
    """

    row: ObligationYear
    due_on: dt.date | None
    sitting_on: dt.date | None
    steps: tuple[Step, ...]
    is_provisional: bool
    state: str

    @property
    def obligation(self) -> Obligation:
        return self.row.obligation

    @property
    def is_active(self) -> bool:
        return self.state not in ("met", "off", "before")

    @property
    def is_standing(self) -> bool:
        return self.due_on is None and not self.steps

    def next_step(self) -> Step | None:
        """The first step still to do."""
        return next((step for step in self.steps if step.is_open and step.on is not None), None) if self.is_active else None


def bodies_of(plan: Plan) -> list[str]:
    """Codes of the framework's optional bodies that the territory has today. One query."""
    kinds = set(Collective.objects.filter(territory=plan.territory_id, ended_on__isnull=True).values_list("kind", flat=True))
    bodies = plan_framework(plan.framework).of_kind("body")
    return [body.code for body in bodies if body.extra.get("kind", body.code) in kinds or not body.extra.get("optional")]


def steps_of(row: ObligationYear, *, bodies: Collection[str] | None = None) -> list[Step]:
    """The steps of an obligation in a year, in the order of the calendar, the sitting and the day it is due among them.

    Give a saved row, or an unsaved one to see what another sitting would lead to. Without a sitting: counted from the last day a sitting
    could be held. An obligation without steps nor date has none. `bodies`: see `bodies_of`; None asks.
    """
    obligation, plan = row.obligation, row.plan
    due = due_on(obligation.due, row.year, plan_ends_on=plan.ends_on)
    framework = plan_framework(plan.framework)
    entries = {entry.code: entry for entry in framework.delays_of(obligation.steps)}
    delays = [Delay.of(code=e.code, label=e.label, extra=e.extra, status=e.status, source=e.source) for e in entries.values()]
    sitting = row.sitting_on or (last_sitting(due, country=delays[0].country) if due and delays else None)
    steps: list[Step] = []
    if delays and sitting is not None:
        council = plan.competent_council or _council(plan)
        kept = bodies if bodies is not None else bodies_of(plan)
        dated = dates_before(sitting, delays, carrier=plan.carrier_kind, bodies=list(kept))
        steps = [_step(row, one.delay, one.on, entries[one.delay.code]) for one in reversed(dated)]
        steps.append(Step(SITTING, _sitting_label(council), sitting, obligation.source, obligation.status, council, _done(row, SITTING)))
    if due is not None:
        steps.append(Step(DUE, obligation.label, due, obligation.source, obligation.status, "", row.met_on))
    return _passed(sorted(steps, key=lambda step: step.on or dt.date.min))


def _step(row: ObligationYear, delay: Delay, on: dt.date | None, entry: Entry) -> Step:
    return Step(delay.code, delay.label, on, delay.source, delay.status, delay.owner, _done(row, delay.code), entry)


def _done(row: ObligationYear, code: str) -> dt.date | None:
    noted = row.steps_done.get(code)
    return dt.date.fromisoformat(noted) if noted else None


def _passed(steps: list[Step]) -> list[Step]:
    """What stands before a step noted done is not asked for any more."""
    last = max((place for place, step in enumerate(steps) if step.done_on is not None), default=-1)
    return [
        Step(s.code, s.label, s.on, s.source, s.status, s.owner, s.done_on, s.rule, is_passed=s.done_on is None and place < last)
        for place, s in enumerate(steps)
    ]


def _council(plan: Plan) -> str:
    carrier = plan_framework(plan.framework).entry("carrier", plan.carrier_kind)
    return str(carrier.extra.get("council", "")) if carrier else ""


def _sitting_label(council: str) -> str:
    return _("Séance : %(council)s") % {"council": council} if council else _("Séance qui vote")


def deadlines_of(plan: Plan, year: int, today: dt.date) -> list[Deadline]:
    """Every obligation of a plan for a year, dated ones first by their next date, then those without date. Three queries."""
    return deadlines_of_all([(plan, year)], today)[plan.pk, year]


def deadlines_of_all(wanted: Iterable[tuple[Plan, int]], today: dt.date) -> dict[tuple[int, int], list[Deadline]]:
    """The same for several plans and years: what is common is asked once."""
    pairs = list(wanted)
    rows: dict[tuple[int, int], dict[int, ObligationYear]] = {}
    plans = {plan.pk: plan for plan, _year in pairs}
    for row in (
        ObligationYear.objects.filter(plan__in=plans, year__in={year for _plan, year in pairs}).select_related("obligation").order_by("pk")
    ):
        rows.setdefault((row.plan_id, row.year), {})[row.obligation_id] = row
    kinds: dict[int, set[str]] = {}
    territories = {plan.territory_id for plan in plans.values()}
    for territory, kind in (
        Collective.objects.filter(territory__in=territories, ended_on__isnull=True).order_by("pk").values_list("territory", "kind")
    ):
        kinds.setdefault(territory, set()).add(kind)
    obligations: dict[tuple[int, int], list[Obligation]] = {}
    found = {}
    for plan, year in pairs:
        if (plan.framework_id, year) not in obligations:
            obligations[plan.framework_id, year] = _of_year(plan.framework, year)
        bodies = [
            body.code
            for body in plan_framework(plan.framework).of_kind("body")
            if body.extra.get("kind", body.code) in kinds.get(plan.territory_id, ()) or not body.extra.get("optional")
        ]
        found[plan.pk, year] = _deadlines(plan, year, today, obligations[plan.framework_id, year], rows.get((plan.pk, year), {}), bodies)
    return found


def _of_year(version: FrameworkVersion, year: int) -> list[Obligation]:
    return obligations_of_year(version, year)


def _deadlines(
    plan: Plan, year: int, today: dt.date, obligations: list[Obligation], rows: dict[int, ObligationYear], bodies: list[str]
) -> list[Deadline]:
    of_year = [one for one in obligations if concerns(one.due, year, plan_ends_on=plan.ends_on)]
    standing = {one.pk: rows.get(one.pk) or ObligationYear(plan=plan, obligation=one, year=year) for one in of_year}
    for row in standing.values():
        row.plan = plan
    sittings = {row.obligation.code: row.sitting_on for row in standing.values()}
    found = [_deadline(row, sittings, today, bodies) for row in standing.values()]
    return sorted(found, key=lambda one: (one.is_standing, _first_date(one), one.obligation.position, one.obligation.pk or 0))


def _first_date(deadline: Deadline) -> dt.date:
    step = deadline.next_step()
    return (step.on if step else None) or deadline.due_on or dt.date.max


def _deadline(row: ObligationYear, sittings: dict[str, dt.date | None], today: dt.date, bodies: list[str]) -> Deadline:
    obligation = row.obligation
    due = due_on(obligation.due, row.year, plan_ends_on=row.plan.ends_on)
    shared = obligation.due.get("sitting_of")
    sitting = sittings.get(shared) if shared else row.sitting_on
    if shared:
        due = sitting
    steps = steps_of(row, bodies=bodies)
    if shared and sitting is not None:
        steps = [Step(DUE, obligation.label, sitting, obligation.source, obligation.status, "", row.met_on)]
    return Deadline(
        row=row,
        due_on=due,
        sitting_on=sitting,
        steps=tuple(steps),
        is_provisional=bool(obligation.steps) and sitting is None,
        state=_state(row, due, steps, today),
    )


def _state(row: ObligationYear, due: dt.date | None, steps: list[Step], today: dt.date) -> str:
    if row.switched_off_on is not None:
        return "off"
    if row.met_on is not None:
        return "met"
    if due is None and not steps:
        return "standing"
    if due is not None and row.pk is None and due < timezone.localdate(row.plan.created_at):
        return "before"
    return "late" if any(step.is_late(today) for step in steps) else "open"


def year_to_prepare(plan: Plan, today: dt.date) -> int:
    """The year whose obligations are prepared now: the last one until the end of June, then this one; within the plan."""
    year = today.year - 1 if today.month <= 6 else today.year
    return min(max(year, plan.years[0]), plan.years[-1])
