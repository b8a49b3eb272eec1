"""Labelled statements: our own, in residents' voices, apart from the phrases of the key. How they are split, and baselines."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tissage.core.term_search import words_of
from tissage.voices.learning.features import features_of

FILE = Path(__file__).parent / "data" / "labelled_statements.csv"
PAIRS = Path(__file__).parent / "data" / "duplicate_pairs.csv"
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Statement:
    """`family`: statements that say the same thing share it; no split puts a family on both sides."""

    family: str
    text: str
    question: str
    code: str


def statements() -> list[Statement]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return [Statement(**row) for row in csv.DictReader(stream)]


def halves(every: Sequence[Statement], seed: int = 2026) -> tuple[set[str], set[str]]:
    """Families of half A (on which the weights were chosen) and of half B (which is reported): within each component, one in two."""
    draw, families = random.Random(seed), defaultdict(list)
    for one in every:
        if one.family not in families[one.code]:
            families[one.code].append(one.family)
    found: tuple[set[str], set[str]] = (set(), set())
    flip = 0
    for code in sorted(families):
        shuffled = sorted(families[code])
        draw.shuffle(shuffled)
        for place, family in enumerate(shuffled):
            found[(place + flip) % 2].add(family)
        flip ^= len(shuffled) % 2
    return found


def folds(
    every: Sequence[Statement], tested: set[str], folds: int = 5, seeds: int = 3
) -> Iterator[tuple[int, list[Statement], list[Statement]]]:
    """(seed, statements of other families, statements to answer): every tested family is answered once a seed."""
    for seed in range(seeds):
        draw, order = random.Random(seed), sorted(tested)
        draw.shuffle(order)
        for number in range(folds):
            out = set(order[number::folds])
            yield seed, [one for one in every if one.family not in out], [one for one in every if one.family in out]


def drawn(pool: Sequence[Statement], count: int, seed: int) -> list[Statement]:
    """`count` codings, components in turn: leaving families out would otherwise make the right component the rarest one."""
    draw, by_code = random.Random(seed), defaultdict(list)
    for one in pool:
        by_code[one.code].append(one)
    for rows in by_code.values():
        draw.shuffle(rows)
    found: list[Statement] = []
    turn = 0
    while len(found) < min(count, len(pool)):
        codes = [code for code in sorted(by_code) if len(by_code[code]) > turn]
        draw.shuffle(codes)
        found += [by_code[code][turn] for code in codes]
        turn += 1
    return found[:count]


def first_k(scores: Scores, labels: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Per cent right in the first 1, 3 and 5."""
    place = {label: number for number, label in enumerate(labels)}
    answers = np.array([place[code] for code in right])
    ranks = (scores > scores[np.arange(len(answers)), answers][:, None]).sum(axis=1)
    return np.array([100 * float((ranks < k).mean()) for k in (1, 3, 5)])


def tfidf_ridge(labels: Sequence[str], train: Sequence[tuple[str, str]], texts: Sequence[str], strength: float = 1.0) -> Scores:
    """TF-IDF of words and runs of letters, then a linear classifier (ridge, one against all), solved through its kernel."""
    learnt = [features_of(text) for text, _code in train]
    asked = [features_of(text) for text in texts]
    used = {place: number for number, place in enumerate(sorted({int(place) for row in learnt for place in row}))}
    seen = Counter(int(place) for row in learnt for place in row)
    rarity = np.array([np.log((1 + len(learnt)) / (1 + seen[place])) + 1 for place in used], dtype=np.float32)

    def matrix(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        found = np.zeros((len(rows), len(used)), dtype=np.float32)
        for number, row in enumerate(rows):
            columns = [used[int(place)] for place in row if int(place) in used]
            found[number, columns] = rarity[columns]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    learnt_rows = matrix(learnt)
    place = {label: number for number, label in enumerate(labels)}
    targets = np.zeros((len(train), len(labels)))
    targets[np.arange(len(train)), [place[code] for _text, code in train]] = 1
    kernel = (learnt_rows @ learnt_rows.T).astype(np.float64) + strength * np.eye(len(train))
    return np.asarray((matrix(asked) @ learnt_rows.T) @ np.linalg.solve(kernel, targets))


def bm25(labels: Sequence[str], key: dict[str, Sequence[str]], texts: Sequence[str], k1: float = 1.5, b: float = 0.75) -> Scores:
    """Okapi BM25, one document a component: what its label and its key say."""
    documents = [Counter(word for text in key[label] for word in words_of(text)) for label in labels]
    sizes = np.array([sum(document.values()) for document in documents], dtype=float)
    held = Counter(word for document in documents for word in document)
    found = np.zeros((len(texts), len(labels)))
    for row, text in enumerate(texts):
        for word in words_of(text):
            counts = np.array([document[word] for document in documents], dtype=float)
            rarity = np.log(1 + (len(labels) - held[word] + 0.5) / (held[word] + 0.5))
            found[row] += rarity * counts * (k1 + 1) / (counts + k1 * (1 - b + b * sizes / sizes.mean()))
    return found - np.arange(len(labels)) * 1e-9  # a tie goes to the first code, and is counted as such


def coin(labels: Sequence[str], frequencies: Counter[str], count: int, seed: int) -> Scores:
    """A draw that follows frequencies."""
    weights = np.array([frequencies[label] + 1e-3 for label in labels], dtype=float)
    noise = np.random.default_rng(seed).gumbel(size=(count, len(labels)))
    return np.log(weights / weights.sum()) + noise
