"""What changed between two frozen versions of a year, in sentences: what a reopened year owes to whoever read the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from .money import Money
from .plan_public import for_everybody, is_small
from .plan_year import ActionOfYear, FigureOfYear, YearData

Write = Callable[[Decimal], str]

AMOUNTS = (("budgeted", "budgété"), ("committed", "engagé"), ("spent", "dépensé"), ("received", "reçu"))
TEXTS = (
    ("title", "le titre"),
    ("state_label", "l’état"),
    ("health_label", "la santé"),
    ("starts_on", "le début"),
    ("ends_on", "la fin"),
    ("lead_service", "le service pilote"),
    ("description", "la description"),
    ("stop_reason", "la raison de l’arrêt"),
    ("partners", "les partenaires"),
    ("neighbourhoods", "les quartiers"),
    ("target_groups", "les publics"),
)


def changes(older: YearData, newer: YearData, *, euros: Write, number: Write) -> tuple[str, ...]:
    """One sentence a change: actions first, then figures, then amounts, then the rest.

    Both are read as everybody may read them: a small count stays « moins de N » here too.
    """
    before, _ = for_everybody(older)
    after, _ = for_everybody(newer)
    was = {action.key: action for action in before.actions}
    now = {action.key: action for action in after.actions}
    said: list[str] = []
    said += [f"Action {one.sequence} « {one.title} » : ajoutée." for key, one in now.items() if key not in was]
    said += [f"Action {one.sequence} « {one.title} » : ne figure plus." for key, one in was.items() if key not in now]
    raw_before = {action.key: action for action in older.actions}
    raw_after = {action.key: action for action in newer.actions}
    for key, one in now.items():
        if key in was:
            said += (f"Action {one.sequence} « {one.title} » : {told}." for told in _action(was[key], one))
            said += (
                f"Action {one.sequence} « {one.title} » : {told}."
                for told in _figures(was[key], one, raw_before[key], raw_after[key], number, after.facts.threshold)
            )
            said += (f"Action {one.sequence} « {one.title} » : {told}." for told in _amounts(was[key].money, one.money, euros))
    said += (f"Total du plan : {told}." for told in _amounts(before.total, after.total, euros))
    said += _others(before, after)
    return tuple(said)


def _action(old: ActionOfYear, new: ActionOfYear) -> Iterator[str]:
    for name, words in TEXTS:
        if getattr(old, name) != getattr(new, name):
            short = name in ("state_label", "health_label", "lead_service")
            moved = f" ({getattr(old, name) or 'rien'} → {getattr(new, name) or 'rien'})" if short else ""
            yield f"{words} change{'nt' if words.startswith('les ') else ''}{moved}"
    if old.accounts != new.accounts:
        yield "le bilan écrit change"


def _figures(
    old: ActionOfYear, new: ActionOfYear, raw_old: ActionOfYear, raw_new: ActionOfYear, number: Write, threshold: int
) -> Iterator[str]:
    was = {figure.indicator: (figure, raw) for figure, raw in zip(old.figures, raw_old.figures, strict=True)}
    for figure, raw in zip(new.figures, raw_new.figures, strict=True):
        before = was.pop(figure.indicator, None)
        if before is None:
            yield f"« {figure.indicator} » est un nouvel indicateur : {_shown(figure, raw, number, threshold)}"
        elif (before[1].value, before[1].state, before[1].unit) != (raw.value, raw.state, raw.unit):
            one, other = _shown(*before, number, threshold), _shown(figure, raw, number, threshold)
            yield f"« {figure.indicator} » passe de {one} à {other}" if one != other else f"« {figure.indicator} » est corrigé ({other})"
        elif before[1].target != raw.target:
            yield f"la cible de « {figure.indicator} » change"
    for indicator in was:
        yield f"« {indicator} » n’est plus compté"


def _shown(figure: FigureOfYear, raw: FigureOfYear, number: Write, threshold: int) -> str:
    if figure.value is not None:
        return f"{number(figure.value)} {figure.unit}".strip()
    if raw.value is not None:
        return f"moins de {threshold} {figure.unit}".strip() if is_small(raw.value, threshold) else "un nombre qui ne se dit pas"
    return "inconnu"


def _amounts(old: Money, new: Money, euros: Write) -> Iterator[str]:
    for name, words in AMOUNTS:
        one, other = getattr(old, name), getattr(new, name)
        if one != other:
            yield f"{words} : {_euros(one, euros)} → {_euros(other, euros)}"
    if old.unknown != new.unknown:
        yield f"montants inconnus : {old.unknown} → {new.unknown}"


def _euros(amount: Decimal | None, euros: Write) -> str:
    return "inconnu" if amount is None else euros(amount)


def _others(old: YearData, new: YearData) -> Iterator[str]:
    for name, words in (
        ("version", "La version du plan en vigueur n’est plus la même."),
        ("by_funder", "Les montants par pouvoir subsidiant changent."),
        ("by_partner", "Les montants par partenaire changent."),
        ("help_in_kind", "Les aides en nature changent."),
        ("agreements", "Les conventions ou leurs justificatifs changent."),
        ("checks", "Le résultat d’un contrôle change."),
        ("meetings", "Les réunions ou leurs décisions changent."),
        ("obligations", "Les échéances changent."),
    ):
        if getattr(old, name) != getattr(new, name):
            yield words
