"""What a set of voices says, counted: dimension × component × question × group × letter.

The rows come from one group-by query, so their number is bounded by the codes and the groups, never by the criteria.
Counts are counts of criteria and of notes (« expressions »), never shares of a population (`spiral.md` §14.3): groups are
invited, not sampled. Silence is information: empty dimensions and groups not heard are told (§14.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

UNCODED = ""


class Cell(NamedTuple):
    """One row of the cube. `component` is empty while uncoded, `letter` while no sense was given.

    A tuple rather than a dataclass: a large territory has tens of thousands, made at each reading of the page.
    """

    group: int
    question: str
    component: str
    letter: str
    criteria: int
    expressions: int


class Count(NamedTuple):
    criteria: int
    expressions: int


@dataclass(frozen=True, slots=True)
class Group:
    """Who spoke. For the team a group and its own name; for the public a block and its label."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who spoke of a dimension, and who did not (among the groups heard on anything)."""

    dimension: str
    criteria: int
    spoke: tuple[Group, ...]
    silent: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A component and the groups that spoke of it, in the order of their names."""

    component: str
    criteria: int
    expressions: int
    groups: tuple[Group, ...]


AXES: dict[str, Callable[[Cell], object]] = {
    "group": itemgetter(0),
    "question": itemgetter(1),
    "dimension": lambda cell: cell.component[:1],
    "component": itemgetter(2),
    "letter": itemgetter(3),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of a selection. Every `by_…` counts criteria, in the order of its keys, without zeros.

    `groups` are all those of the selection, heard or not; `by_letter` leaves out criteria without sense, `by_dimension` and
    `by_component` those not yet coded.
    """

    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]
    questions: tuple[str, ...]
    dimensions: tuple[str, ...]
    criteria: int
    expressions: int
    by_question: dict[str, int]
    by_dimension: dict[str, int]
    by_component: dict[str, int]
    by_letter: dict[str, int]
    by_group: dict[int, int]
    in_general_by_dimension: dict[str, int]

    @property
    def uncoded(self) -> int:
        return self.criteria - self.coded

    @property
    def coded(self) -> int:
        return sum(self.by_component.values())

    @property
    def in_general(self) -> int:
        """Criteria coded `x00`: a sign of coding doubt (`spiral.md` §9.3)."""
        return sum(self.in_general_by_dimension.values())

    @property
    def heard(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.id in self.by_group)

    @property
    def not_heard(self) -> tuple[Group, ...]:
        """Groups without a single criterion here. Not heard is not the same as silent (`spiral.md` §12.2)."""
        return tuple(group for group in self.groups if group.id not in self.by_group)

    @property
    def silent_dimensions(self) -> tuple[str, ...]:
        return tuple(letter for letter in self.dimensions if letter not in self.by_dimension)

    def group(self, group_id: int) -> Group:
        return next(group for group in self.groups if group.id == group_id)

    def table(self, *axes: str) -> dict[tuple[object, ...], Count]:
        """Counts along any of group, question, dimension, component, letter, keyed by tuples in that order, sorted.

        Nothing is left out: what is not coded or has no sense stands under the empty string. Zeros are absent.
        """
        columns = [[value(cell) for cell in self.cells] for value in (AXES[axis] for axis in axes)]
        sums: dict[tuple[object, ...], list[int]] = {}
        for key, cell in zip(zip(*columns, strict=True), self.cells, strict=True):
            total = sums.get(key)
            if total is None:
                sums[key] = [cell[4], cell[5]]
            else:
                total[0] += cell[4]
                total[1] += cell[5]
        return {key: Count(*sums[key]) for key in sorted(sums, key=lambda key: tuple(map(str, key)))}

    def coverage(self) -> tuple[Coverage, ...]:
        """One a dimension, in the order of the nomenclature."""
        spoke = {(letter, group) for group, letter in self.table("group", "dimension")}
        heard = self.heard
        return tuple(
            Coverage(
                letter,
                self.by_dimension.get(letter, 0),
                tuple(group for group in heard if (letter, group.id) in spoke),
                tuple(group for group in heard if (letter, group.id) not in spoke),
            )
            for letter in self.dimensions
        )

    def spread(self) -> tuple[Spread, ...]:
        """Every component spoken of: the most groups first, then the most criteria, then the code."""
        counts = self.table("component")
        speakers: dict[object, set[object]] = {}
        for component, group in self.table("component", "group"):
            speakers.setdefault(component, set()).add(group)
        found = [
            Spread(component, *counts[component,], tuple(group for group in self.groups if group.id in speakers[component]))
            for component in self.by_component
        ]
        return tuple(sorted(found, key=lambda spread: (-len(spread.groups), -spread.criteria, spread.component)))

    def shared(self) -> tuple[Spread, ...]:
        """Components that two groups or more spoke of."""
        return tuple(spread for spread in self.spread() if len(spread.groups) > 1)

    def proper(self) -> tuple[Spread, ...]:
        """Components that one group only spoke of. A fact of presence, not of weight: see `core.specificity`."""
        return tuple(spread for spread in self.spread() if len(spread.groups) == 1)

    def only(
        self, *, question: str | None = None, dimension: str | None = None, component: str | None = None, group: int | None = None
    ) -> Overview:
        """The same for a part of the rows; the lists of groups and dimensions stay whole, so that silence still shows."""
        kept = (
            cell
            for cell in self.cells
            if (question is None or cell.question == question)
            and (dimension is None or cell.component[:1] == dimension)
            and (component is None or cell.component == component)
            and (group is None or cell.group == group)
        )
        return overview(kept, self.groups, self.questions, self.dimensions)


def overview(cells: Iterable[Cell], groups: Iterable[Group], questions: Iterable[str] = (), dimensions: Iterable[str] = ()) -> Overview:
    """Counts the rows of a cube. `questions` and `dimensions` give an order; codes met beside them follow, sorted.

    Rows without criteria are dropped. Raises `KeyError` when a row names a group that is not among `groups`.
    """
    rows = tuple(sorted(cell for cell in cells if cell.criteria))
    ordered_groups = tuple(sorted(groups, key=lambda group: (group.name.casefold(), group.name, group.id)))
    by_group: dict[int, int] = {}
    by_question: dict[str, int] = {}
    by_component: dict[str, int] = {}
    by_letter: dict[str, int] = {}
    criteria = expressions = 0
    for group, question, component, letter, count, notes in rows:
        by_group[group] = by_group.get(group, 0) + count
        by_question[question] = by_question.get(question, 0) + count
        by_component[component] = by_component.get(component, 0) + count
        by_letter[letter] = by_letter.get(letter, 0) + count
        criteria += count
        expressions += notes
    by_component.pop(UNCODED, None)
    by_letter.pop("", None)
    unknown = by_group.keys() - {group.id for group in ordered_groups}
    if unknown:
        raise KeyError(f"Rows name groups that were not given: {sorted(unknown)}")
    return Overview(
        cells=rows,
        groups=ordered_groups,
        questions=_ordered(questions, by_question),
        dimensions=_ordered(dimensions, (component[:1] for component in by_component)),
        criteria=criteria,
        expressions=expressions,
        by_question=_in_order(by_question),
        by_dimension=_by_dimension(by_component),
        by_component=_in_order(by_component),
        by_letter=_in_order(by_letter),
        by_group={group.id: by_group[group.id] for group in ordered_groups if group.id in by_group},
        in_general_by_dimension=_by_dimension({code: count for code, count in by_component.items() if code.endswith("00")}),
    )


def _in_order(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _by_dimension(by_component: dict[str, int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for component, count in by_component.items():
        sums[component[:1]] = sums.get(component[:1], 0) + count
    return _in_order(sums)


def _ordered(known: Iterable[str], met: Iterable[str]) -> tuple[str, ...]:
    first = tuple(dict.fromkeys(known))
    return first + tuple(sorted(set(met) - set(first)))
