"""The whole plan as rows of a workbook, in their one written form. A constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tissage.core.folding import fold
from tissage.core.plan_cells import LONGEST_CELL, TOO_LONG, UNKNOWN, plain_list, plain_number, plain_text
from tissage.core.plan_framework import ACTION, FUNDING, OBJECTIVE, RIGHT
from tissage.core.plan_merge import Known
from tissage.core.plan_rows import Vocabulary
from tissage.core.plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, PARTNERS
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Organization, Place
from tissage.plan.models import Action, ActionPartner, Allocation, FundingAmount, Indicator, Observation, Plan, Target
from tissage.plan.models.actions import ReviewState

from .money_rows import latest


def known_rows(plan: Plan) -> list[Known]:
    """Every row that a workbook shows: actions, partners of today, indicators with their targets, figures, amounts of the latest stages."""
    actions = list(
        Action.objects.filter(plan=plan)
        .select_related("node", "lead_service")
        .prefetch_related("objectives", "neighbourhoods")
        .order_by("sequence")
    )
    return [
        *(_action(one) for one in actions),
        *_partners(plan),
        *_indicators(plan),
        *_figures(plan),
        *_amounts(plan),
    ]


def yes(value: bool) -> str:
    return "oui" if value else "non"


def _day(value: object) -> str:
    return str(value) if value else ""


def _long(text: str) -> str:
    """A text of a cell; one that no cell holds stays where it is, and the cell says so."""
    said = plain_text(text)
    return TOO_LONG if len(said) > LONGEST_CELL else said


def _action(one: Action) -> Known:
    values = {
        "number": str(one.sequence),
        "code": one.node.code if one.node else "",
        "title": plain_text(one.title),
        "description": _long(one.description),
        "basis": one.basis,
        "lead_service": one.lead_service.name if one.lead_service else "",
        "target_groups": plain_list(str("; ".join(one.target_groups)).split(";")),
        "neighbourhoods": plain_list(sorted((place.name for place in one.neighbourhoods.all()), key=fold)),
        "objectives": plain_list(sorted(node.code for node in one.objectives.all())),
        "pst_reference": plain_text(one.pst_reference),
        "state": one.state,
        "health": one.health,
        "starts_on": _day(one.starts_on),
        "ends_on": _day(one.ends_on),
        "stop_reason": plain_text(one.stop_reason),
        "is_pilot": yes(one.is_pilot),
        "is_standing_service": yes(one.is_standing_service),
    }
    return Known(ACTIONS, one.pk, (str(one.sequence),), values, one.revision, f"{one.sequence} · {one.title}")


def _partners(plan: Plan) -> Iterable[Known]:
    rows = ActionPartner.objects.filter(action__plan=plan, until__isnull=True).select_related("action", "organization")
    for row in rows.order_by("action__sequence", "role", "organization__search", "pk"):
        number, name = str(row.action.sequence), row.organization.name
        values = {"number": number, "organization": name, "role": row.role, "note": plain_text(row.note), "since": _day(row.since)}
        yield Known(PARTNERS, row.pk, (number, fold(name)), values, row.action.revision, f"{number} · {name}")


def _indicators(plan: Plan) -> Iterable[Known]:
    targets: dict[int, dict[str, str]] = defaultdict(dict)
    for indicator, year, value in (
        Target.objects.filter(indicator__action__plan=plan).order_by("year").values_list("indicator", "year", "value")
    ):
        targets[indicator][f"target:{year}"] = plain_number(value)
    rows = Indicator.objects.filter(action__plan=plan, ended_on__isnull=True).select_related("action", "organization")
    for row in rows.order_by("action__sequence", "position", "pk"):
        number = str(row.action.sequence)
        values = {
            "number": number,
            "name": plain_text(row.name),
            "unit": plain_text(row.unit),
            "method": plain_text(row.method),
            "source": plain_text(row.source),
            "direction": row.direction,
            "level": row.level,
            "period": row.period,
            "over_year": row.over_year,
            "baseline": plain_number(row.baseline),
            "baseline_year": str(row.baseline_year or ""),
            "organization": row.organization.name if row.organization else "",
            **targets[row.pk],
        }
        yield Known(INDICATORS, row.pk, (number, fold(row.name)), values, row.action.revision, f"{number} · {row.name}")


def _figures(plan: Plan) -> Iterable[Known]:
    rows = Observation.objects.filter(indicator__action__plan=plan, indicator__ended_on__isnull=True).select_related("indicator__action")
    for row in rows.order_by("indicator__action__sequence", "indicator__position", "indicator", "year", "month", "pk"):
        number, name = str(row.indicator.action.sequence), row.indicator.name
        month = str(row.month or "")
        values = {
            "number": number,
            "name": plain_text(name),
            "year": str(row.year),
            "month": month,
            "value": plain_number(row.value) or UNKNOWN,
            "how_counted": plain_text(row.how_counted),
            "sentence": plain_text(row.sentence),
        }
        label = f"{number} · {name} · {row.year}" + (f"/{month}" if month else "")
        yield Known(FIGURES, row.pk, (number, fold(name), str(row.year), month), values, row.indicator.action.revision, label)


def _amounts(plan: Plan) -> Iterable[Known]:
    """Amounts of lines first, then what lines give to actions, each at the latest stage that says something.

    A row of a line is told from a row of an action by its empty number; their numbers in the base may be the same, so a line's is shown doubled.
    """
    lines = latest(FundingAmount.objects.filter(line__plan=plan), "line").select_related("line__funder")
    for row in lines.order_by("line__year", "line__basis", "line__label", "line"):
        yield _amount(row.pk * 2, "", 0, row)
    parts = latest(Allocation.objects.filter(line__plan=plan), "line", "action").select_related("line__funder", "action")
    for part in parts.order_by("action__sequence", "line__year", "line__basis", "line__label", "line"):
        yield _amount(part.pk * 2 + 1, str(part.action.sequence), part.action.revision, part)


def _amount(pk: int, number: str, revision: int, row: FundingAmount | Allocation) -> Known:
    line = row.line
    values = {
        "number": number,
        "year": str(line.year),
        "label": plain_text(line.label),
        "funder": line.funder.name,
        "basis": line.basis,
        "function_code": plain_text(line.function_code),
        "amount": plain_number(row.amount) or UNKNOWN,
    }
    label = f"{number or '–'} · {line.label} · {line.year}"
    return Known(AMOUNTS, pk, (number, str(line.year), fold(line.label)), values, revision, label)


def vocabulary(plan: Plan) -> Vocabulary:
    """What a row may name: actions, codes, legal bases, organisations and neighbourhoods of the territory."""
    reference = plan_framework(plan.framework)
    actions = Action.objects.filter(plan=plan).order_by("sequence").values_list("sequence", "title", "node__code", "basis")
    by_code: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, str] = {}
    bases = {one.code: one.label for one in reference.of_kind(FUNDING)}
    for sequence, title, code, basis in actions:
        titles[str(sequence)] = title
        if code:
            by_code[code].append(str(sequence))
        if basis:
            bases.setdefault(basis, basis)
    names = {
        fold(name): name for name in Place.objects.filter(territory=plan.territory_id, kind="neighbourhood").values_list("name", flat=True)
    }
    names |= {fold(name): name for name in Organization.objects.filter(territory=plan.territory_id).values_list("name", flat=True)}
    return Vocabulary(
        actions=titles,
        codes=frozenset(one.code for one in reference.of_kind(ACTION)),
        objectives=frozenset(one.code for kind in (OBJECTIVE, RIGHT) for one in reference.of_kind(kind)),
        bases=bases,
        action_of_code=by_code,
        years=range(plan.starts_on.year - 12, plan.ends_on.year + 7),
        names=names,
    )


def money(text: str) -> Decimal | None:
    """A written form as a number of the base: None for « inconnu » and for nothing."""
    return None if text in ("", UNKNOWN) else Decimal(text)


def workbook_notes(plan: Plan) -> dict[tuple[str, int], str]:
    """What a row says beside its values, for the reader: where the review of a figure stands, which stage an amount is of."""
    notes: dict[tuple[str, int], str] = {}
    for pk, state in Observation.objects.filter(indicator__action__plan=plan).order_by("pk").values_list("pk", "state"):
        notes[FIGURES, pk] = str(ReviewState(state).label)
    for pk, label in FundingAmount.objects.filter(line__plan=plan).order_by("pk").values_list("pk", "stage__label"):
        notes[AMOUNTS, pk * 2] = label
    for pk, label in Allocation.objects.filter(line__plan=plan).order_by("pk").values_list("pk", "stage__label"):
        notes[AMOUNTS, pk * 2 + 1] = label
    return notes
