"""Two versions of a synthesis side by side: what came, what went, what was recoded, what was reworded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

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
    mapping: Mapping[str, str] | None = None,
    same_nomenclature: bool = True,
) -> Comparison:
    """Compares two versions line by line, on the criterion.

    `mapping` gives, for another nomenclature, the newer component of each older one. A component in use that it does not
    name makes codes incomparable: nothing is guessed.
    """
    before = {line.criterion: line for line in older}
    after = {line.criterion: line for line in newer}
    both = sorted(before.keys() & after.keys())
    renamed = {} if same_nomenclature else dict(mapping or {})
    used = {line.component for line in before.values() if line.component}
    comparable = same_nomenclature or used <= renamed.keys()

    def component(line: ComparedLine) -> str:
        return renamed.get(line.component, line.component)

    def code(line: ComparedLine) -> str:
        return component(line) + line.code[len(line.component) :]

    return Comparison(
        comparable=comparable,
        why_not="" if comparable else NOT_MAPPED,
        added=tuple(LineChange(key, None, after[key]) for key in sorted(after.keys() - before.keys())),
        gone=tuple(LineChange(key, before[key], None) for key in sorted(before.keys() - after.keys())),
        recoded=tuple(LineChange(key, before[key], after[key]) for key in both if comparable and code(before[key]) != after[key].code),
        reworded=tuple(LineChange(key, before[key], after[key]) for key in both if before[key].text != after[key].text),
        by_component=_pairs(before.values(), after.values(), component, lambda line: line.component) if comparable else {},
        by_question=_pairs(before.values(), after.values(), lambda line: line.question),
        by_group=_pairs(before.values(), after.values(), lambda line: line.group),
        criteria=(len(before), len(after)),
        expressions=(sum(line.expressions for line in before.values()), sum(line.expressions for line in after.values())),
    )


def _pairs(
    before: Iterable[ComparedLine],
    after: Iterable[ComparedLine],
    key: Callable[[ComparedLine], Key],
    key_after: Callable[[ComparedLine], Key] | None = None,
) -> dict[Key, Pair]:
    """Criteria before and after, by key, in the order of the keys."""
    old, new = Counter(map(key, before)), Counter(map(key_after or key, after))
    return {name: (old[name], new[name]) for name in sorted(old.keys() | new.keys())}
