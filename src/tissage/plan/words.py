"""What a plan's states, versions and differences are called on screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.plan_comparison import COMPARED, ActionSaid, AmountSaid, Comparison, FieldMoved, PartnerSaid, TargetSaid
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Action, ActionPartner, Plan
from tissage.plan.queries.actions import Approved

FIELDS = {
    "sequence": _("Numéro"),
    "title": _("Titre"),
    "code": _("Code du catalogue"),
    "description": _("Description"),
    "basis": _("Base légale"),
    "lead_service": _("Service pilote"),
    "objectives": _("Objectifs"),
    "target_groups": _("Publics"),
    "neighbourhoods": _("Quartiers"),
    "partners": _("Partenaires"),
    "targets": _("Cibles"),
    "amounts": _("Montants"),
    "starts_on": _("Début"),
    "ends_on": _("Fin"),
    "state": _("État"),
    "stop_reason": _("Raison de l’arrêt"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A field, what was approved and what is done now, as lines of text; `moved` when they are not the same."""

    label: str
    approved: list[str]
    now: list[str]
    moved: bool


def beside(approved: Approved) -> list[Beside]:
    """Every field that says something, in the order of the sheet: approved, now, and whether they differ."""
    if approved.said is None:
        return []
    moved = {one.field for one in approved.moved}
    rows = [(name, getattr(approved.said, name), getattr(approved.now, name)) for name in COMPARED]
    plan = approved.version.plan
    return [
        Beside(str(FIELDS[name]), in_lines(plan, name, before), in_lines(plan, name, after), name in moved)
        for name, before, after in rows
        if before or after
    ]


@dataclass(frozen=True, slots=True)
class MovedInWords:
    """A difference: for a list, what left and what arrived; else what it was and what it is."""

    label: str
    before: list[str]
    after: list[str]
    is_list: bool


def moved_in_words(plan: Plan, fields: Iterable[FieldMoved]) -> list[MovedInWords]:
    return [
        MovedInWords(
            str(FIELDS[one.field]),
            in_lines(plan, one.field, one.gone if one.is_list else one.before),
            in_lines(plan, one.field, one.came if one.is_list else one.after),
            one.is_list,
        )
        for one in fields
    ]


def in_lines(plan: Plan, name: str, value: Any) -> list[str]:
    """A field of an action as lines of text; nothing when it says nothing."""
    if value in ("", None, ()):
        return []
    if name == "state":
        return [str(Action.State(value).label) if value in Action.State.values else str(value)]
    if name == "basis":
        return [_label(plan, "funding", value)]
    if name == "objectives":
        return [_label(plan, "objective", code) for code in value]
    if isinstance(value, tuple):
        return [_said(one) for one in value]
    return [date_format(value, "j F Y") if name in ("starts_on", "ends_on") else str(value)]


def basis_in_words(plan: Plan, basis: str) -> str:
    """The legal basis of the money in the words of the plan's framework; empty when it is not said."""
    return _label(plan, "funding", basis) if basis else ""


def _label(plan: Plan, kind: str, code: str) -> str:
    """A code of the plan's framework with its words; a code that is not there stays as it is."""
    known = {entry.code: entry.label for entry in plan_framework(plan.framework).of_kind(kind)}
    if kind == "funding":
        return known.get(code, code)
    return f"{code} · {known[code]}" if code in known else code


def _said(one: Any) -> str:
    if isinstance(one, PartnerSaid):
        role = ActionPartner.Role(one.role).label if one.role in ActionPartner.Role.values else one.role
        return f"{one.name} ({role})"
    if isinstance(one, TargetSaid):
        words = {"indicator": one.indicator, "year": one.year, "value": quantity(one.value), "unit": one.unit}
        return gettext("%(indicator)s %(year)s : %(value)s %(unit)s") % words
    if isinstance(one, AmountSaid):
        amount = gettext("inconnu") if one.amount is None else f"{number_format(one.amount, 2, force_grouping=True)}\u00a0€"
        return gettext("%(line)s %(year)s : %(amount)s") % {"line": one.line, "year": one.year, "amount": amount}
    return str(one)


def quantity(value: Decimal) -> str:
    """A figure without decimals that say nothing: 12, 12,5."""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)), force_grouping=True)


def sheet_value(form: forms.Form, name: str, value: Any) -> str:
    """A field of the sheet in words, as typed or as stored."""
    if value in ("", None, []):
        return gettext("(rien)")
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, str):
        return dict(getattr(form.fields[name], "choices", [])).get(value, value) if name == "basis" else value
    if isinstance(value, int):
        return str(value)
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    rows = value if isinstance(value, list) else value.all()
    return ", ".join(str(one) for one in rows) or gettext("(rien)")


@dataclass(frozen=True, slots=True)
class SaidInWords:
    """An action of a version: its number, its title, and every other field that says something."""

    action: int
    sequence: int
    title: str
    code: str
    state: str
    lines: list[tuple[str, list[str]]]


def in_words(plan: Plan, said: ActionSaid) -> SaidInWords:
    rest = [name for name in COMPARED if name not in ("sequence", "title", "code", "state")]
    lines = [(str(FIELDS[name]), in_lines(plan, name, value)) for name in rest if (value := getattr(said, name))]
    state = in_lines(plan, "state", said.state)
    return SaidInWords(said.action, said.sequence, said.title, said.code, state[0] if state else "", lines)


@dataclass(frozen=True, slots=True)
class ActionMovedInWords:
    action: int
    sequence: int
    title: str
    fields: list[MovedInWords]


def comparison_in_words(plan: Plan, comparison: Comparison) -> list[ActionMovedInWords]:
    """What changed, an action at a time. Those added and removed are listed by the page itself."""
    return [
        ActionMovedInWords(one.after.action, one.after.sequence, one.after.title, moved_in_words(plan, one.fields))
        for one in comparison.changed
    ]
