"""Two versions of a synthesis side by side: what came, what went, what was recoded, what was reworded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .synthesis import Cell

Key = TypeVar("Key", str, int)

Pair = tuple[int, int]
"""Before and after."""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A criterion as a version holds it. `code` is written whole (`A01-11/P15/k`), `component` is its object."""

    criterion: int
    group: int
    question: str
    code: str
    component: str
    text: str
    expressions: int


@dataclass(frozen=True, slots=True)
class LineChange:
    """A criterion in both versions; `before` is None when it came, `after` when it went."""

    criterion: int
    before: ComparedLine | None
    after: ComparedLine | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. When codes cannot be compared, `comparable` is False and `why_not` says why: additions, removals and
    rewordings stand all the same, `recoded` and `by_component` are empty."""

    comparable: bool
    why_not: str
    added: tuple[LineChange, ...]
    gone: tuple[LineChange, ...]
    recoded: tuple[LineChange, ...]
    reworded: tuple[LineChange, ...]
    by_component: dict[str, Pair]
    by_question: dict[str, Pair]
    by_group: dict[int, Pair]
    criteria: Pair
    expressions: Pair

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.recoded or self.reworded) and self.expressions[0] == self.expressions[1]


NOT_MAPPED = (
    "Les deux versions ne suivent pas la même nomenclature et aucune correspondance complète n’est enregistrée : "
    "les codes ne sont pas comparés."
)


def compare(
    older: Iterable[ComparedLine],
    newer: Iterable[ComparedLine],
    *,
    before: Iterable[Cell],
    after: Iterable[Cell],
    mapping: Mapping[str, str] | None = None,
) -> Comparison:
    """Compares two versions on the criterion. Lines alike in both may be left out of `older` and `newer`; the cubes are whole.

    `mapping` is None when both follow the same nomenclature; else it gives the newer component of each older one. A
    component in use that it does not name makes codes incomparable: nothing is guessed.
    """
    old_cells, new_cells = list(before), list(after)
    old = {line.criterion: line for line in older}
    new = {line.criterion: line for line in newer}
    both = sorted(old.keys() & new.keys())
    comparable = mapping is None or all(cell.component in mapping for cell in old_cells if cell.component)

    def component(code: str) -> str:
        return (mapping or {}).get(code, code)

    def code(line: ComparedLine) -> str:
        return component(line.component) + line.code[len(line.component) :]

    return Comparison(
        comparable=comparable,
        why_not="" if comparable else NOT_MAPPED,
        added=tuple(LineChange(key, None, new[key]) for key in sorted(new.keys() - old.keys())),
        gone=tuple(LineChange(key, old[key], None) for key in sorted(old.keys() - new.keys())),
        recoded=tuple(LineChange(key, old[key], new[key]) for key in both if comparable and code(old[key]) != new[key].code),
        reworded=tuple(LineChange(key, old[key], new[key]) for key in both if old[key].text != new[key].text),
        by_component=_pairs(old_cells, new_cells, lambda cell: component(cell.component), lambda cell: cell.component)
        if comparable
        else {},
        by_question=_pairs(old_cells, new_cells, lambda cell: cell.question, lambda cell: cell.question),
        by_group=_pairs(old_cells, new_cells, lambda cell: cell.group, lambda cell: cell.group),
        criteria=(sum(cell.criteria for cell in old_cells), sum(cell.criteria for cell in new_cells)),
        expressions=(sum(cell.expressions for cell in old_cells), sum(cell.expressions for cell in new_cells)),
    )


def _pairs(before: list[Cell], after: list[Cell], old_key: Callable[[Cell], Key], new_key: Callable[[Cell], Key]) -> dict[Key, Pair]:
    """Criteria before and after, by key, in the order of the keys. What is not coded stands under the empty string."""
    old, new = _sums(before, old_key), _sums(after, new_key)
    return {name: (old.get(name, 0), new.get(name, 0)) for name in sorted(old.keys() | new.keys())}


def _sums(cells: list[Cell], key: Callable[[Cell], Key]) -> dict[Key, int]:
    sums: dict[Key, int] = {}
    for cell in cells:
        sums[key(cell)] = sums.get(key(cell), 0) + cell.criteria
    return sums
