"""What is proper to a group: Lafon's specificity on counts of criteria.

Pierre Lafon, « Sur la variabilité de la fréquence des formes dans un corpus », Mots, n° 1, 1980, p. 127-165.
If T criteria were dealt at random, the number k of a group of t criteria that fall on a component of f criteria follows a
hypergeometric law. The probability of k or more (or of k or fewer) says how far chance alone explains what is seen.

Groups are invited, not sampled: a specificity describes this set of notes, never a population. Small numbers never pass for
findings: below `MINIMUM_CELL` criteria in the cell, `MINIMUM_TOTAL` in all or two groups heard, the verdict is « trop peu
pour conclure ». As many cells are looked at together, probabilities are adjusted (Benjamini & Hochberg, 1995).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .messages import gettext_noop
from .synthesis import UNCODED, Group, Overview

MINIMUM_CELL, MINIMUM_TOTAL, MINIMUM_GROUPS = 5, 20, 2
LEVEL = 0.05
MORE, LESS, ORDINARY, TOO_FEW = "more", "less", "ordinary", "too_few"

# Messages for the catalogues: whoever shows them translates them.
SOURCE = gettext_noop("Pierre Lafon, « Sur la variabilité de la fréquence des formes dans un corpus », Mots, n° 1, 1980.")
METHOD = gettext_noop(
    "Un groupe parle d’un sujet plus que les autres quand le hasard seul donnerait ce nombre de critères, ou davantage, moins d’une fois "
    "sur vingt (spécificité de Lafon, probabilités ajustées par la méthode de Benjamini et Hochberg). Sous cinq critères, rien n’est conclu. "
    "Cela décrit les notes recueillies, pas la population."
)


@dataclass(frozen=True, slots=True)
class Specificity:
    """One cell: `criteria` of the group on the item, among `group_total`, `item_total` and `total` criteria.

    `expected` is the count that chance alone would give on average; `probability` the tail on the side where the count lies;
    `adjusted` the same over all cells looked at. `verdict` is more, less, ordinary or too_few.
    """

    group: Group
    item: str
    criteria: int
    group_total: int
    item_total: int
    total: int
    expected: float
    probability: float
    adjusted: float
    verdict: str

    @property
    def sentence(self) -> str:
        """What is seen, in French, counts first."""
        counts = (
            f"{self.item} : {_criteria(self.criteria)} sur {self.group_total} dans « {self.group.name} », "
            f"{self.item_total} sur {self.total} dans tous les groupes"
        )
        return f"{counts} ; {_VERDICTS[self.verdict]}."


_VERDICTS = {
    MORE: "ce groupe en parle plus que les autres",
    LESS: "ce groupe en parle moins que les autres",
    ORDINARY: "l’écart peut venir du hasard",
    TOO_FEW: "trop peu pour conclure",
}


def upper_tail(k: int, *, group_total: int, item_total: int, total: int) -> float:
    """P(X ≥ k) for the hypergeometric law: exact but for floating point, whatever the size."""
    last = min(group_total, item_total)
    first = max(k, 0, group_total + item_total - total)
    if first > last:
        return 0.0
    term = summed = _probability(first, group_total, item_total, total)
    for x in range(first, last):
        term *= (item_total - x) * (group_total - x) / ((x + 1) * (total - item_total - group_total + x + 1))
        summed += term
        if term < summed * NEGLIGIBLE and x > _mode(group_total, item_total, total):
            break
    return min(1.0, summed)


def lower_tail(k: int, *, group_total: int, item_total: int, total: int) -> float:
    """P(X ≤ k): the upper tail of what the group says beside the item."""
    return upper_tail(group_total - k, group_total=group_total, item_total=total - item_total, total=total)


NEGLIGIBLE = 1e-18


def _mode(group_total: int, item_total: int, total: int) -> float:
    """Where the law is highest: terms only shrink beyond it."""
    return (group_total + 1) * (item_total + 1) / (total + 2)


def _probability(x: int, group_total: int, item_total: int, total: int) -> float:
    """P(X = x) by log-gamma."""
    return math.exp(_log_choose(item_total, x) + _log_choose(total - item_total, group_total - x) - _log_choose(total, group_total))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def adjust(probabilities: list[float]) -> list[float]:
    """Benjamini–Hochberg adjusted probabilities, in the order given."""
    count = len(probabilities)
    adjusted = [1.0] * count
    smallest = 1.0
    for rank, index in zip(range(count, 0, -1), sorted(range(count), key=lambda i: -probabilities[i]), strict=True):
        smallest = min(smallest, probabilities[index] * count / rank)
        adjusted[index] = smallest
    return adjusted


def specificities(overview: Overview, by: str = "component") -> tuple[Specificity, ...]:
    """Every group heard × every item met, `by` component or dimension; the most marked first, then by group and item.

    Uncoded criteria are left out of every total. Cells where the group says nothing are looked at too.
    """
    counts = {key: count.criteria for key, count in overview.table("group", by).items() if key[1] != UNCODED}
    groups: dict[object, int] = {}
    items: dict[object, int] = {}
    for (group, item), criteria in counts.items():
        groups[group] = groups.get(group, 0) + criteria
        items[item] = items.get(item, 0) + criteria
    total = sum(groups.values())
    cells = [(group, str(item)) for group in overview.groups if group.id in groups for item in items]
    seen = [_tail(counts.get((group.id, item), 0), groups[group.id], items[item], total) for group, item in cells]
    adjusted = adjust([probability for _, probability in seen])
    enough = len(groups) >= MINIMUM_GROUPS and total >= MINIMUM_TOTAL
    found = [
        Specificity(
            group,
            item,
            k := counts.get((group.id, item), 0),
            groups[group.id],
            items[item],
            total,
            expected,
            probability,
            level,
            _verdict(k, expected, level, enough),
        )
        for (group, item), (expected, probability), level in zip(cells, seen, adjusted, strict=True)
    ]
    return tuple(sorted(found, key=lambda cell: (_ORDER[cell.verdict], cell.adjusted, cell.probability, cell.group.name, cell.item)))


_ORDER = {MORE: 0, LESS: 1, ORDINARY: 2, TOO_FEW: 3}


def _tail(k: int, group_total: int, item_total: int, total: int) -> tuple[float, float]:
    """The expected count, and the tail on the side of it where k lies."""
    expected = group_total * item_total / total
    side = upper_tail if k >= expected else lower_tail
    return expected, side(k, group_total=group_total, item_total=item_total, total=total)


def _verdict(k: int, expected: float, adjusted: float, enough: bool) -> str:
    if not enough or k < MINIMUM_CELL:
        return TOO_FEW
    if adjusted >= LEVEL:
        return ORDINARY
    return MORE if k > expected else LESS


def _criteria(count: int) -> str:
    return f"{count} critère" if count < 2 else f"{count} critères"
