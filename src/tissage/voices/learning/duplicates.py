"""Statements that say the same thing, as groups to propose to a person. Nothing is merged here.

What is identical once folded goes together. Beyond that, two statements are proposed when question, code and negation agree and
they are near in meaning. Up to `EXACT` statements: average linkage (every group is near as a whole). Above: a graph of nearest
neighbours, from which groups grow around their best-connected member; a chain of neighbours is no group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tissage.core.folding import fold

from .negation import marks_of, opposed
from .vectors import SCALE, Whole

NEAR = 0.75  # cosine from which two statements are proposed together
EXACT = 3_000  # statements compared each with each
_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Said:
    """A statement to compare. `question`: its code or side; `code`: component, empty while uncoded."""

    key: int
    text: str
    question: str = ""
    code: str = ""


def agree(one: Said, other: Said) -> bool:
    """Whether two near statements may be proposed together: same question, no other code, not turned the other way."""
    if one.question != other.question or (one.code and other.code and one.code != other.code):
        return False
    return not opposed(marks_of(one.text), marks_of(other.text))


def groups_of(said: Sequence[Said], vectors: Whole | None, near: float = NEAR, exact: int = EXACT) -> list[list[int]]:
    """Groups of two keys or more, each sorted, ordered by their first key. `vectors` (n, dim) in the order of `said`; None: spelling only."""
    same: dict[tuple[str, str, str], list[int]] = {}
    for place, one in enumerate(said):
        same.setdefault((spelling(one.text), one.question, one.code), []).append(place)
    knots = list(same.values())
    if vectors is None or not len(knots):
        joined = _join_uncoded(said, knots)
    else:
        heads = [knot[0] for knot in knots]
        joined = [
            [place for number in group for place in knots[number]]
            for group in _cluster([said[place] for place in heads], vectors[heads], near, exact)
        ]
    groups = [sorted(said[place].key for place in group) for group in joined if len(group) > 1]
    return sorted(groups)


def spelling(text: str) -> str:
    """What two identical statements share: folded, without punctuation around or doubled."""
    return " ".join("".join(letter if letter.isalnum() or letter in "+%€'" else " " for letter in fold(text)).split())


def _join_uncoded(said: Sequence[Said], knots: list[list[int]]) -> list[list[int]]:
    """Without vectors: an uncoded statement joins the one code that the same words have."""
    by_words: dict[tuple[str, str], list[list[int]]] = {}
    for knot in knots:
        by_words.setdefault((spelling(said[knot[0]].text), said[knot[0]].question), []).append(knot)
    joined = []
    for same in by_words.values():
        coded = [knot for knot in same if said[knot[0]].code]
        if len(coded) <= 1:
            joined.append([place for knot in same for place in knot])
        else:
            joined += same
    return joined


def _cluster(said: Sequence[Said], vectors: Whole, near: float, exact: int) -> list[list[int]]:
    pairs = _near_pairs(said, vectors.astype(np.float32) / np.float32(SCALE), near)
    return _linkage(len(said), pairs, near) if len(said) <= exact else _communities(len(said), pairs)


def _near_pairs(said: Sequence[Said], vectors: NDArray[np.float32], near: float) -> dict[tuple[int, int], float]:
    """Pairs (i < j) that agree and whose cosine reaches `near`. Only statements of one question are compared."""
    found: dict[tuple[int, int], float] = {}
    by_question: dict[str, list[int]] = {}
    for place, one in enumerate(said):
        by_question.setdefault(one.question, []).append(place)
    for places in by_question.values():
        index = np.array(places)
        rows = vectors[index]
        for start in range(0, len(index), _BLOCK):
            cosines = rows[start : start + _BLOCK] @ rows.T
            for here, there in zip(*np.nonzero(cosines >= near), strict=True):
                left, right = int(index[start + here]), int(index[there])
                if left < right and agree(said[left], said[right]):
                    found[left, right] = float(cosines[here, there])
    return found


def _linkage(count: int, pairs: dict[tuple[int, int], float], near: float) -> list[list[int]]:
    """Average linkage over the near pairs; a pair that is absent counts as far, and one that disagrees keeps two groups apart."""
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    links: dict[int, dict[int, float]] = {}
    for (one, other), cosine in pairs.items():
        links.setdefault(one, {})[other] = cosine
        links.setdefault(other, {})[one] = cosine
    while True:
        best = max(
            (
                (total / (len(members[one]) * len(members[other])), -one, -other)
                for one, row in links.items()
                for other, total in row.items()
                if one < other
            ),
            default=None,
        )
        if best is None or best[0] < near:
            return list(members.values())
        one, other = -best[1], -best[2]
        members[one] += members.pop(other)
        for third, total in links.pop(other).items():
            links[third].pop(other)
            if third != one:
                links[one][third] = links[one].get(third, 0.0) + total
                links[third][one] = links[one][third]


def _communities(count: int, pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    """Each group is a statement and its free neighbours that are also near most of each other."""
    links: dict[int, dict[int, float]] = {}
    for (one, other), cosine in pairs.items():
        links.setdefault(one, {})[other] = cosine
        links.setdefault(other, {})[one] = cosine
    free = set(range(count))
    groups: list[list[int]] = []
    for centre in sorted(links, key=lambda place: (-sum(links[place].values()), place)):
        if centre not in free:
            continue
        group = [centre]
        for place in sorted((place for place in links[centre] if place in free), key=lambda place: (-links[centre][place], place)):
            if sum(place in links[member] for member in group) * 2 > len(group):
                group.append(place)
        free.difference_update(group)
        groups.append(group)
    return groups + [[place] for place in sorted(free)]
