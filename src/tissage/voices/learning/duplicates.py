"""Statements that say the same thing, as groups to propose to a person. Nothing is merged here.

What is identical once folded goes together. Beyond that, two statements are proposed when question, code and negation agree and
they are near in meaning. Up to `EXACT` statements: average linkage (every group is near as a whole). Above: a graph of nearest
neighbours, from which groups grow around their best-connected member; a chain of neighbours is no group.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tissage.core.folding import fold

from .negation import marks_of, opposed
from .vectors import SCALE, Whole

NEAR = 0.75  # cosine from which two statements are proposed together
EXACT = 3_000  # statements compared each with each
NEIGHBOURS_OF_FEW, NEIGHBOURS_OF_MANY = 60, 12  # of one statement, looked at
_CELLS = 16_000_000  # cosines in memory at once: 64 MB


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
    small = len(said) <= exact
    pairs = _near_pairs(said, vectors.astype(np.float32) / np.float32(SCALE), near, NEIGHBOURS_OF_FEW if small else NEIGHBOURS_OF_MANY)
    return _linkage(len(said), pairs, near) if small else _communities(len(said), pairs)


def _near_pairs(said: Sequence[Said], vectors: NDArray[np.float32], near: float, most: int) -> dict[tuple[int, int], float]:
    """Pairs (i < j) that agree and whose cosine reaches `near`; of each statement its `most` nearest, at most.

    What has another question or another code is never compared: at a hundred thousand that is most of the work saved.
    """
    found: dict[tuple[int, int], float] = {}
    by_question: dict[str, dict[str, list[int]]] = {}
    for place, one in enumerate(said):
        by_question.setdefault(one.question, {}).setdefault(one.code, []).append(place)
    for by_code in by_question.values():
        uncoded = by_code.get("", [])
        every = [place for places in by_code.values() for place in places]
        for code, places in by_code.items():
            index = np.array(every if not code else places + uncoded)
            columns = vectors[index].T
            step = max(1, _CELLS // len(index))
            for start in range(0, len(places), step):
                rows = places[start : start + step]
                _keep_nearest(found, said, rows, index, vectors[rows] @ columns, near, most)
    return found


def _keep_nearest(
    found: dict[tuple[int, int], float],
    said: Sequence[Said],
    rows: Sequence[int],
    index: NDArray[np.int64],
    cosines: NDArray[np.float32],
    near: float,
    most: int,
) -> None:
    for here, line in zip(rows, cosines, strict=True):
        places = np.flatnonzero(line >= near)
        if len(places) > most + 1:
            places = places[np.argpartition(-line[places], most)[: most + 1]]  # itself among them
        for place in places:
            there = int(index[place])
            pair = (here, there) if here < there else (there, here)
            if here != there and pair not in found and agree(said[here], said[there]):
                found[pair] = float(line[place])


def _linkage(count: int, pairs: dict[tuple[int, int], float], near: float) -> list[list[int]]:
    """Average linkage over the near pairs. A pair that is absent (far, or that disagrees) counts as 0: it keeps two groups apart."""
    members: dict[int, list[int]] = {place: [place] for place in range(count)}
    links: dict[int, dict[int, float]] = {}
    for (one, other), cosine in pairs.items():
        links.setdefault(one, {})[other] = cosine
        links.setdefault(other, {})[one] = cosine
    queue = [(-cosine, one, other, 1, 1) for (one, other), cosine in pairs.items()]  # sizes tell what is out of date
    heapq.heapify(queue)
    while queue:
        _height, one, other, size, other_size = heapq.heappop(queue)
        if len(members.get(one, ())) != size or len(members.get(other, ())) != other_size:
            continue
        members[one] += members.pop(other)
        links[one].pop(other, None)
        for third, total in links.pop(other).items():
            links[third].pop(other, None)
            if third != one:
                links[one][third] = links[third][one] = links[one].get(third, 0.0) + total
        for third, total in links[one].items():
            average = total / (len(members[one]) * len(members[third]))
            if average >= near:
                low, high = min(one, third), max(one, third)
                heapq.heappush(queue, (-average, low, high, len(members[low]), len(members[high])))
    return list(members.values())


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
