"""How far the team codes alike: figures from the codes as they were given blind, never as they were settled afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext

from tissage.core.agreement import Agreement, Confusion, agreement_of, confused, one_against_the_rest
from tissage.people.models import Territory, User
from tissage.voices.learning.resampling import Intervals, intervals_of

from .double_coding import CODE, COMPONENT, DIMENSION, coded_twice

IMPORT, UNKNOWN = -1, -2
"""First coders without an account here: codes that came with a file, and accounts that are gone."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of a confusion with their intervals."""

    measured: Agreement
    intervals: Intervals


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Two coders (an account, or `IMPORT`, or `UNKNOWN`), by name as `coders` says them."""

    coders: tuple[str, str]
    figures: Figures


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """One dimension against all the others: `either` criteria that one of the two put there, `both` that both did, and of these
    `same_component`."""

    dimension: str
    either: int
    both: int
    same_component: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the agreement page says at one level."""

    level: str
    whole: Figures
    pairs: tuple[PairFigures, ...]
    dimensions: tuple[DimensionFigures, ...]
    confused: tuple[tuple[str, str, int], ...]
    """(code, code, how many), the most frequent first."""
    by_dimension: dict[tuple[str, str], int]
    """(dimension of the first code, dimension of the second) → criteria."""


@dataclass(frozen=True, slots=True)
class _Cell:
    first_coder: int
    second_coder: int
    first: tuple[str, str]
    second: tuple[str, str]
    count: int


def _cells(territory: Territory) -> list[_Cell]:
    """Everything coded twice, counted by coders and codes (component, letter of sense). One query, however many codings."""
    rows = (
        coded_twice(territory)
        .order_by()
        .values_list("first__coder", "first__origin", "sample__coder", "first__component", "first__sense", "component", "sense")
        .annotate(n=Count("pk"))
    )
    return [
        _Cell(
            first_coder if first_coder is not None else (IMPORT if origin == "imported" else UNKNOWN),
            second_coder,
            (component, sense[:1]),
            (other, other_sense[:1]),
            count,
        )
        for first_coder, origin, second_coder, component, sense, other, other_sense, count in rows
    ]


def _at(level: str, code: tuple[str, str]) -> str:
    component, letter = code
    if level == DIMENSION:
        return component[:1]
    return component if level == COMPONENT or not letter else f"{component}/{letter}"


def _confusion(cells: Iterable[_Cell], level: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        found[_at(level, cell.first), _at(level, cell.second)] += cell.count
    return found


def figures_of(confusion: Confusion) -> Figures:
    return Figures(agreement_of(confusion), intervals_of(confusion))


def report_of(territory: Territory, level: str = COMPONENT) -> Report:
    """The agreement of a territory at a level of `double_coding.LEVELS`. Two queries."""
    cells = _cells(territory)
    whole = _confusion(cells, level)
    return Report(
        level=level,
        whole=figures_of(whole),
        pairs=_pairs(cells, level),
        dimensions=_dimensions(cells),
        confused=tuple(confused(whole)),
        by_dimension=dict(_confusion(cells, DIMENSION)),
    )


def pairs_of(territory: Territory, level: str = COMPONENT) -> tuple[PairFigures, ...]:
    """The agreement of every two people who coded the same criteria. Two queries."""
    return _pairs(_cells(territory), level)


def _pairs(cells: list[_Cell], level: str) -> tuple[PairFigures, ...]:
    """Who was first and who second does not tell two people apart: one pair, whatever the order in which they coded."""
    names = coder_names({cell.first_coder for cell in cells} | {cell.second_coder for cell in cells})
    found: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for cell in cells:
        one, other = names[cell.first_coder], names[cell.second_coder]
        first, second = _at(level, cell.first), _at(level, cell.second)
        # Codes that came with a file are always named first.
        swap = cell.first_coder > 0 and other < one
        pair = (other, one) if swap else (one, other)
        found.setdefault(pair, Counter())[(second, first) if swap else (first, second)] += cell.count
    return tuple(PairFigures(pair, figures_of(found[pair])) for pair in sorted(found, key=lambda pair: (-sum(found[pair].values()), pair)))


def coder_names(people: set[int]) -> dict[int, str]:
    """The name of each coder; with the address when two accounts bear the same name. One query."""
    accounts = list(User.objects.filter(pk__in=people).order_by("pk").values_list("pk", "name", "email"))
    shared = Counter(name for _pk, name, _email in accounts)
    names = {pk: name if shared[name] == 1 and name else f"{name} ({email})".strip() for pk, name, email in accounts}
    return {**names, IMPORT: gettext("import"), UNKNOWN: gettext("personne inconnue")}


def _dimensions(cells: list[_Cell]) -> tuple[DimensionFigures, ...]:
    confusion = _confusion(cells, DIMENSION)
    by_component = _confusion(cells, COMPONENT)
    found = []
    for dimension in sorted({code for pair in confusion for code in pair}):
        one = one_against_the_rest(confusion, dimension)
        both = confusion[dimension, dimension]
        either = sum(count for pair, count in confusion.items() if dimension in pair)
        same = sum(count for (first, second), count in by_component.items() if first == second and first[:1] == dimension)
        found.append(DimensionFigures(dimension, either, both, same, figures_of(one)))
    return tuple(found)


__all__ = ["CODE", "COMPONENT", "DIMENSION", "DimensionFigures", "Figures", "PairFigures", "Report", "coder_names", "pairs_of", "report_of"]
