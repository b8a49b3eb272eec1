"""How fast: suggestions in batch and one at the desk, start-up, memory, retraining, near-duplicates.

Seconds of processor, not of the clock: all of it runs in one thread, and the machine may be shared.
"""

from __future__ import annotations

import random
import resource
import statistics
import time
from collections.abc import Callable

import numpy as np

from bench.base import show, size, territory_of
from bench.statements import Statement
from bench.statements import statements as labelled
from tissage.frameworks.queries import latest_published
from tissage.voices.learning.classifier import fit
from tissage.voices.learning.duplicates import Said, groups_of
from tissage.voices.learning.features import features_of
from tissage.voices.learning.model import Example, Suggester
from tissage.voices.learning.sums import Sums
from tissage.voices.learning.vectors import VectorStore, Whole, whole
from tissage.voices.models import Criterion
from tissage.voices.queries.suggesters import encoder, forget_models, key_of
from tissage.voices.queries.suggestions import suggest, suggest_many


def once(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def seconds(act: Callable[[], object], repeat: int = 5) -> float:
    """The median of several runs, after one that warms up."""
    act()
    return statistics.median(once(act) for _ in range(repeat))


def memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most so far"


def composed(count: int, seed: int = 1) -> list[Statement]:
    """Statements all different: two of ours side by side, coded as the first."""
    draw, every = random.Random(seed), labelled()
    found: dict[str, Statement] = {}
    while len(found) < count:
        one, other = draw.choice(every), draw.choice(every)
        text = f"{one.text}, {other.text}"
        found[text] = Statement("", text, one.question, one.code)
    return list(found.values())


def at_the_desk() -> None:
    print(f"before anything: {memory()}")
    show("start-up: load the encoder", once(encoder))
    version, model = latest_published(), encoder()
    assert version is not None
    assert model is not None
    show("start-up: read and encode the key", once(lambda: key_of(version)))
    print(f"with the encoder and the key: {memory()}")
    territory = territory_of(size(10_000))
    show(f"first suggestion of a territory with {size(10_000)} criteria", once(lambda: suggest(territory, "un bus", "WB")))
    forget_models()
    show("… again in a new process, vectors on disk", once(lambda: suggest(territory, "un bus", "WB")))
    said = iter(labelled() * 3)

    def one() -> None:
        statement = next(said)
        suggest(territory, statement.text, statement.question)

    bare = seconds(lambda: model.encode([next(said).text]), 50)
    show("one suggestion at the desk, warm, with reasons", seconds(one, 50), bare, "bare encoding")
    batch = [(one.text, one.question) for one in composed(size(5_000))]
    bare = once(lambda: model.encode([text for text, _question in batch]))
    taken = once(lambda: suggest_many(territory, batch, reasons=False))
    show(f"{len(batch)} suggestions in batch ({len(batch) / taken:.0f} a second)", taken, bare, "bare encoding")
    coded = Criterion.objects.live().coded().filter(territory=territory).count()
    print(f"{coded} codings learnt: {memory()}")


def retraining(rows: list[Statement], store: VectorStore) -> None:
    version = latest_published()
    assert version is not None
    key = key_of(version)
    for count in (1_000, 10_000, 200_000):  # beyond ten thousand, the same statements again
        part = [rows[number % len(rows)] for number in range(count)]
        suggester = Suggester(key, store)
        learn = once(
            lambda suggester=suggester, part=part: suggester.learn(
                Example(n, one.code, one.text, one.question) for n, one in enumerate(part)
            )
        )
        ready = once(lambda suggester=suggester: suggester.calibration)
        show(f"{count} codings: read all (vectors known)", learn)
        show(f"{count} codings: fit, neighbours and calibration", ready)
        show(f"{count} codings: fit alone", seconds(lambda suggester=suggester: fit(key.labels, key.sums, suggester.sums), 3))
        one = Example(-1, "D03", rows[0].text, "WB")
        relabel = once(lambda suggester=suggester, one=one: suggester.learn([one]))
        show(f"{count} codings: one more", relabel)
        show(f"{count} codings: the answer after it", once(lambda suggester=suggester: suggester.suggest(["un bus"], ["WB"])))
        print(f"{count} codings: {memory()}")


def sums_are_exact(rows: list[Statement], store: VectorStore) -> None:
    sums = Sums(2, store.encoder.dim)
    vectors = store.get([one.text for one in rows[:512]])
    columns = ([number % 2 for number in range(512)], vectors, [features_of(one.text) for one in rows[:512]], ["WB"] * 512)
    show("adding 512 examples to the sums", seconds(lambda: sums.add(*columns), 3))
    for _time in range(4):
        sums.remove(*columns)
    assert sums.equals(Sums(2, store.encoder.dim))


def near_duplicates(rows: list[Statement], store: VectorStore) -> None:
    """Up to 10,000 the statements themselves; 100,000 of them are vectors of two of ours averaged, not encoded one by one."""
    for count in (1_000, 10_000, 100_000):
        part, vectors = (rows[:count], store.get([one.text for one in rows[:count]])) if count <= len(rows) else averaged(count, store)
        coded = [Said(number, one.text, one.question, one.code) for number, one in enumerate(part)]
        sample = min(len(part), 5_000)
        every = np.asarray(vectors, dtype=np.float32)
        bare = once(lambda every=every, sample=sample: [every[start : start + 100] @ every.T for start in range(0, sample, 100)])
        bare *= len(part) / sample
        taken = once(lambda coded=coded, vectors=vectors: groups_of(coded, vectors))
        show(f"near-duplicates among {len(part)}, coded", taken, bare, "all cosines")
        if count <= 10_000:
            uncoded = [Said(number, one.text, one.question) for number, one in enumerate(part)]
            taken = once(lambda uncoded=uncoded, vectors=vectors: groups_of(uncoded, vectors))
            show(f"near-duplicates among {len(part)}, not coded yet", taken, bare, "all cosines")
        print(memory(), flush=True)


def averaged(count: int, store: VectorStore) -> tuple[list[Statement], Whole]:
    every = labelled()
    draw = np.random.default_rng(1)
    first, second = draw.integers(0, len(every), count), draw.integers(0, len(every), count)
    vectors = store.get([one.text for one in every]).astype(np.float32)
    mixed = vectors[first] + vectors[second]
    rows = [
        Statement("", f"{every[one].text}, {every[other].text}", every[one].question, every[one].code)
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
    ]
    return rows, whole(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def main() -> None:
    at_the_desk()
    model = encoder()
    assert model is not None
    rows, store = composed(size(10_000)), VectorStore(model, None, "")
    taken = once(lambda: store.get([one.text for one in rows]))
    show(f"encoding {len(rows)} statements ({len(rows) / taken:.0f} a second)", taken)
    sums_are_exact(rows, store)
    retraining(rows, store)
    near_duplicates(rows, store)


if __name__ == "__main__":
    main()
