"""A suggester: the key of a nomenclature, the codings of a territory, and five components for a sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from tissage.core.folding import fold

from . import calibration as calibrations
from .classifier import WEIGHTS, Examples, Fitted, Scores, Weights, fit, lens_of, nearness
from .features import Features, features_of
from .reasons import Reason, key_words, shared_words
from .sums import Sums
from .vectors import VectorStore, Whole

FIRST = 5
NEAREST_KEPT = 20_000  # examples one may be near to: 40 MB; the latest ones beyond that
PATIENCE = 200  # a fit waits for one new coding in so many
REFIT_SECONDS = 5.0  # a prompt answer has it fitted again behind its back, no more often
MOST_RECENT = 1_000  # learnt since the last fit: beyond that nothing answers before the next one
COLD_TEMPERATURE = 1.66  # chosen with the weights: what tells « unsure » apart while nothing is calibrated
NEAR_ENOUGH = 0.38  # cosine, through the lens, from which a text is given as a reason
UNSURE_BELOW = 0.4  # probability of the first component
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the key that speaks for a component. `weight`: copies of it, in examples' worth."""

    label: str
    text: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A coded criterion. `key`: its id; the same key put again replaces what it was."""

    key: int
    label: str
    text: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A component that may be right: its score (comparable within one sentence only), its probability once calibrated, why."""

    code: str
    score: float
    probability: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """The likeliest components, best first. `unsure`: say so. `note`: a sentence for the person, when something is missing."""

    components: tuple[Candidate, ...] = ()
    unsure: bool = True
    note: str = ""


class Key:
    """A nomenclature made ready once per process: its classes, its phrases as sums and as neighbours."""

    def __init__(self, words: Mapping[str, Sequence[str]], phrases: Sequence[Phrase], store: VectorStore | None) -> None:
        """`words`: code → its labels and keys in every language. `store` None: there is no encoder."""
        self.labels = tuple(words)
        self.place = {label: place for place, label in enumerate(self.labels)}
        self.words = {label: key_words(texts) for label, texts in words.items()}
        self.phrases = [phrase for phrase in phrases if phrase.label in self.place]
        self.dim = store.encoder.dim if store is not None else 0
        self.vectors = (
            store.get([phrase.text for phrase in self.phrases]) if store is not None else np.zeros((len(self.phrases), 0), dtype=np.int16)
        )
        self.classes = np.array([self.place[phrase.label] for phrase in self.phrases], dtype=np.int64)
        self.lens = lens_of(self.vectors, self.classes)
        self.seen = self.lens(self.vectors)
        self.sums = Sums(len(self.labels), self.dim)
        self.sums.add(self.classes.tolist(), self.vectors, [features_of(phrase.text) for phrase in self.phrases], [""] * len(self.phrases))


@dataclass(slots=True)
class _Held:
    place: int
    question: str
    text: str
    vector: Whole
    seen: NDArray[np.float16] | None  # through the lens; None beyond the latest `NEAREST_KEPT`


@dataclass(frozen=True, slots=True)
class _State:
    """What answers: replaced whole, so that a thread never sees half a change."""

    fitted: Fitted
    near: Examples
    origin: NDArray[np.int64]  # row of `near` → key of the example, or -1 - row of the key's phrases
    calibration: calibrations.Calibration | None
    recent: tuple[_Held, ...] = ()  # learnt since: near at once, weighed at the next fit

    def without(self, out: Sequence[tuple[int, _Held]]) -> _State:
        """These examples are near to nothing any more; what they weigh stays in the fit."""
        stays = ~np.isin(self.origin, [key for key, _one in out])
        gone = {id(one) for _key, one in out}
        recent = tuple(one for one in self.recent if id(one) not in gone)
        return replace(self, near=Examples(self.near.vectors[stays], self.near.classes[stays]), origin=self.origin[stays], recent=recent)


class Suggester:
    """Learns one example at a time. Threads may share it."""

    def __init__(self, key: Key, store: VectorStore | None, weights: Weights = WEIGHTS) -> None:
        self.key, self.store, self.weights = key, store, weights
        self.sums = Sums(len(key.labels), key.dim)
        self._held: dict[int, _Held] = {}
        self._lock = threading.RLock()  # held for moments: whoever learns never waits for a fit
        self._fitting = threading.Lock()  # one fit at a time; taken before the other
        self._refit: threading.Thread | None = None
        self._fitted_at = 0.0
        self._behind = False
        self._state: _State | None = None
        self._calibration: calibrations.Calibration | None = None
        self._calibrated_at = 0
        self._changes = 0

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, key: int) -> bool:
        return key in self._held

    @property
    def examples(self) -> dict[int, str]:
        """Key → code of every example learnt."""
        return {key: self.key.labels[held.place] for key, held in self._held.items()}

    def learn(self, examples: Iterable[Example], forget: Iterable[int] = ()) -> None:
        """Adds, relabels and removes, exactly. An example whose code the nomenclature does not list is only removed."""
        new = {example.key: example for example in examples}
        with self._lock:
            same = {key for key, example in new.items() if (held := self._held.get(key)) and self._is(held, example)}
            gone = [(key, self._held.pop(key)) for key in {*new, *forget} - same if key in self._held]
            kept = [example for key, example in new.items() if key not in same and example.label in self.key.place]
            if gone:
                self.sums.remove(*self._columns([one for _key, one in gone]))
            vectors = self._vectors([example.text for example in kept], keep=True)
            seen = self.key.lens(vectors[-NEAREST_KEPT:]).astype(np.float16)
            first_seen = len(vectors) - len(seen)
            added = [
                _Held(
                    self.key.place[one.label], one.question, one.text, vectors[row], seen[row - first_seen] if row >= first_seen else None
                )
                for row, one in enumerate(kept)
            ]
            if added:
                self.sums.add(*self._columns(added))
                self._held.update(zip((example.key for example in kept), added, strict=True))
            self._changes += len(added)
            self._behind |= bool(gone) or self._changes > len(self) // PATIENCE
            if self._state is not None and (gone or added):
                left = self._state.without(gone) if gone else self._state
                recent = (*left.recent, *added)
                self._state = replace(left, recent=recent) if len(recent) <= MOST_RECENT else None

    def suggest(self, texts: Sequence[str], questions: Sequence[str], *, reasons: bool = True, prompt: bool = False) -> list[Suggested]:
        """`prompt`: nobody waits for a fit once there is one. What was learnt since is near already; a thread fits it in soon."""
        state = self._at_hand() if prompt else self._ready()
        found: list[Suggested] = []
        for start in range(0, len(texts), _AT_ONCE):
            part, asked = texts[start : start + _AT_ONCE], questions[start : start + _AT_ONCE]
            seen, scores = self._scores(state, self._vectors(part), [features_of(text) for text in part], asked)
            found += [self._answer(state, *one, reasons=reasons) for one in zip(part, seen, scores, strict=True)]
        return found

    def suggest_without(self, keys: Sequence[int], *, reasons: bool = True, prompt: bool = False) -> dict[int, Suggested]:
        """A second opinion on what is coded already: what would be suggested for these examples, had none of them been learnt.

        Keys that are not learnt are left out. One refit, whatever the number of keys.
        """
        ready = self._at_hand() if prompt else self._ready()
        with self._lock:
            out = [(key, self._held[key]) for key in dict.fromkeys(keys) if key in self._held]
            if not out:
                return {}
            sums = self.sums.copy()
        state = self._without(out, sums, ready)
        _places, vectors, features, questions = self._columns([one for _key, one in out])
        answers = zip(out, *self._scores(state, vectors, features, questions), strict=True)
        return {key: self._answer(state, one.text, seen, score, reasons=reasons) for (key, one), seen, score in answers}

    def scores(self, texts: Sequence[str], questions: Sequence[str]) -> Scores:
        """(n, C) in the order of `key.labels`: for measures."""
        state = self._ready()
        return self._scores(state, self._vectors(texts), [features_of(text) for text in texts], questions)[1]

    @property
    def calibration(self) -> calibrations.Calibration | None:
        """None until enough is coded."""
        return self._ready().calibration

    # ---------- inside ----------
    def _is(self, held: _Held, example: Example) -> bool:
        return (held.place, held.question, held.text) == (self.key.place.get(example.label, -1), example.question, example.text)

    def _columns(self, held: Sequence[_Held]) -> tuple[list[int], Whole, list[Features], list[str]]:
        return (
            [one.place for one in held],
            np.stack([one.vector for one in held]),
            [features_of(one.text) for one in held],
            [one.question for one in held],
        )

    def _vectors(self, texts: Sequence[str], *, keep: bool = False) -> Whole:
        if self.store is None or not texts:
            return np.zeros((len(texts), self.key.dim), dtype=np.int16)
        return self.store.get(texts, keep=keep)

    def _scores(
        self, state: _State, vectors: Whole, features: Sequence[Features], questions: Sequence[str]
    ) -> tuple[NDArray[np.float32], Scores]:
        """(sentences through the lens, scores)."""
        seen = self.key.lens(vectors)
        if not self.key.dim:
            return seen, state.fitted.scores(vectors, features, questions)
        blocks = [state.near]
        if state.recent:
            latest = sorted((held.place, row) for row, held in enumerate(state.recent))
            rows = [state.recent[row].seen for _place, row in latest]
            blocks.append(Examples(_stacked(rows), np.array([place for place, _row in latest])))
        near = nearness(seen, blocks, len(self.key.labels), self.weights.sharpness)
        return seen, state.fitted.scores(vectors, features, questions, near)

    def _without(self, out: Sequence[tuple[int, _Held]], sums: Sums, state: _State) -> _State:
        """What would answer about `out`, had none of it been learnt. `sums` and `state`: of all that is."""
        left, columns = Sums(len(self.key.labels), self.key.dim), self._columns([one for _key, one in out])
        left.add(*columns)
        fitted = fit(self.key.labels, self.key.sums, sums.minus(left), self.weights, asked=columns[2])
        return replace(state.without(out), fitted=fitted)

    def _at_hand(self) -> _State:
        """The last fit, late by a few seconds at most while somebody asks; the first one is waited for."""
        with self._lock:
            late = self._behind and time.monotonic() - self._fitted_at > REFIT_SECONDS
            if self._state is not None and late and (self._refit is None or not self._refit.is_alive()):
                self._refit = threading.Thread(target=self._ready, name="refit", daemon=True)
                self._refit.start()
            state = self._state
        return state or self._ready()

    def _ready(self) -> _State:
        with self._fitting:
            with self._lock:
                if self._state is not None and not self._behind:
                    return self._state
                items, sums = list(self._held.items()), self.sums.copy()
                self._behind, self._changes = False, 0
            fitted = self._fit(items, sums)
            known = {id(one) for _key, one in items}
            with self._lock:
                latest = takewhile(lambda one: id(one) not in known, reversed(self._held.values()))  # whatever is learnt comes last
                gone = [item for item in items if self._held.get(item[0]) is not item[1]] if self._behind else []
                fitted = fitted.without(gone) if gone else fitted
                self._state, self._fitted_at = replace(fitted, recent=tuple(latest)[::-1]), time.monotonic()
                return self._state

    def _fit(self, items: Sequence[tuple[int, _Held]], sums: Sums) -> _State:
        near, origin = self._neighbours(items)
        state = _State(fit(self.key.labels, self.key.sums, sums, self.weights), near, origin, None)
        if len(items) < calibrations.ENOUGH:
            self._calibration, self._calibrated_at = None, 0
        elif abs(len(items) - self._calibrated_at) > 0.2 * self._calibrated_at:
            self._calibration, self._calibrated_at = self._calibrate(items, sums, state), len(items)
        return replace(state, calibration=self._calibration)

    def _neighbours(self, held: Sequence[tuple[int, _Held]]) -> tuple[Examples, NDArray[np.int64]]:
        latest = [item for item in held[-NEAREST_KEPT:] if item[1].seen is not None]
        classes = np.concatenate([self.key.classes, np.array([one.place for _key, one in latest], dtype=np.int64)])
        seen = np.concatenate([self.key.seen, *([_stacked([one.seen for _key, one in latest])] if latest else [])])
        origin = np.concatenate([-1 - np.arange(len(self.key.classes)), np.array([key for key, _one in latest], dtype=np.int64)])
        order = np.argsort(classes, kind="stable")
        return Examples(seen[order], classes[order]), origin[order]

    def _calibrate(self, items: Sequence[tuple[int, _Held]], sums: Sums, state: _State) -> calibrations.Calibration:
        """Cross-validation on this territory's own codings; a statement said twice stays on one side."""
        items = items[-calibrations.SAMPLE :]
        groups: dict[str, int] = {}
        fold_of = [groups.setdefault(fold(one.text), len(groups)) * 7919 % calibrations.FOLDS for _key, one in items]
        every: list[Scores] = []
        right: list[int] = []
        for number in range(calibrations.FOLDS):
            out = [item for item, where in zip(items, fold_of, strict=True) if where == number]
            if out:
                places, vectors, features, questions = self._columns([one for _key, one in out])
                every.append(self._scores(self._without(out, sums, state), vectors, features, questions)[1])
                right += places
        return calibrations.calibrate(np.concatenate(every), np.array(right))

    def _answer(self, state: _State, text: str, seen: NDArray[np.float32], scores: Scores, *, reasons: bool) -> Suggested:
        first = np.argsort(-scores, kind="stable")[:FIRST]
        shares = state.calibration(scores) if state.calibration else calibrations.probabilities(scores, COLD_TEMPERATURE)
        near = state.near.vectors @ seen if reasons and self.key.dim else None
        components = tuple(
            Candidate(
                self.key.labels[place],
                round(float(scores[place]), 4),
                round(float(shares[place]), 4) if state.calibration else None,
                self._reasons(state, text, int(place), near) if reasons else (),
            )
            for place in first
        )
        unsure = not len(first) or bool(shares[first[0]] < UNSURE_BELOW) or not self.key.dim
        return Suggested(components, unsure)

    def _reasons(self, state: _State, text: str, place: int, near: NDArray[np.float32] | None) -> tuple[Reason, ...]:
        """At most two near texts and the words of the key."""
        found: list[Reason] = []
        if near is not None:
            start, stop = np.searchsorted(state.near.classes, [place, place + 1])
            rows = start + np.argsort(-near[start:stop], kind="stable")[:4]
            for row in rows:
                if near[row] < NEAR_ENOUGH or len(found) == 2:
                    break
                origin = int(state.origin[row])
                if origin >= 0:
                    held = self._held.get(origin)
                    if held is not None and held.place == place:
                        found.append(Reason("criterion", held.text, round(float(near[row]), 3), origin))
                elif self.key.phrases[-1 - origin].shown:
                    found.append(Reason("phrase", self.key.phrases[-1 - origin].text, round(float(near[row]), 3)))
        if words := shared_words(text, self.key.words[self.key.labels[place]]):
            found.append(Reason("words", ", ".join(words)))
        return tuple(found)


def _stacked(rows: Sequence[NDArray[np.float16] | None]) -> NDArray[np.float32]:
    return np.stack([row for row in rows if row is not None]).astype(np.float32)
