"""How often a suggestion is right, on statements it never saw: cold, after 50 to 1,000 codings, against three baselines.

Weights were chosen on half A of the families; everything printed here answers half B only, and no family is on both sides.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.core.management import call_command
from numpy.typing import NDArray

import tissage.config
from bench.statements import Statement, bm25, coin, drawn, first_k, folds, halves, statements, tfidf_ridge
from tissage.frameworks.queries import latest_published
from tissage.people.models import Territory
from tissage.voices.learning import calibration
from tissage.voices.learning.model import Example, Key, Suggester
from tissage.voices.learning.vectors import VectorStore
from tissage.voices.models import Criterion
from tissage.voices.queries.suggesters import encoder, key_of, key_texts

CODINGS = (0, 50, 200, 300, 1000)
REAL_PAGE = Path(__file__).parents[2] / "shared" / "sources" / "002_3033e73dfa399d7c.txt"
SEEDS = 2


def taught(key: Key, store: VectorStore, codings: Sequence[Statement]) -> Suggester:
    suggester = Suggester(key, store)
    suggester.learn(Example(number, one.code, one.text, one.question) for number, one in enumerate(codings))
    return suggester


def line(what: str, found: Sequence[tuple[NDArray[np.float64], int]]) -> None:
    first, third, fifth = np.average([rates for rates, _count in found], axis=0, weights=[count for _rates, count in found])
    print(f"{what:<58} {first:5.1f} {third:5.1f} {fifth:5.1f} %   (n = {sum(count for _rates, count in found)})", flush=True)


def curve(key: Key, store: VectorStore, every: list[Statement], tested: set[str]) -> None:
    labels = key.labels
    texts, phrases = key_texts(latest_published())  # type: ignore[arg-type]
    taught_key = [(phrase.text, phrase.label) for phrase in phrases]
    found: dict[str, list[tuple[NDArray[np.float64], int]]] = defaultdict(list)
    sure: dict[int, list[tuple[NDArray[np.float64], NDArray[np.bool_]]]] = defaultdict(list)
    bare: list[tuple[NDArray[np.float64], NDArray[np.bool_]]] = []
    for seed, pool, asked in folds(every, tested, seeds=SEEDS):
        right, said = [one.code for one in asked], [one.text for one in asked]
        for count in CODINGS:
            codings = drawn(pool, count, seed)
            suggester = taught(key, store, codings)
            scores = suggester.scores(said, [one.question for one in asked])
            found[f"tissage, {count} codings"].append((first_k(scores, labels, right), len(asked)))
            if suggester.calibration is not None:
                correct = np.array([labels[place] for place in scores.argmax(axis=1)]) == np.array(right)
                sure[count].append((suggester.calibration(scores).max(axis=1), correct))
                if count == 300:
                    bare.append((calibration.probabilities(scores, 1.0).max(axis=1), correct))
            if count in (0, 300, 1000):
                known = taught_key + [(one.text, one.code) for one in codings]
                found[f"TF-IDF + linear, key and {count} codings"].append(
                    (first_k(tfidf_ridge(labels, known, said), labels, right), len(asked))
                )
                frequencies = Counter(one.code for one in codings)
                found[f"coin after {count} codings"].append(
                    (first_k(coin(labels, frequencies, len(asked), seed), labels, right), len(asked))
                )
        found["BM25 on labels and keys"].append((first_k(bm25(labels, texts, said), labels, right), len(asked)))
    print("right in the first 1 / 3 / 5, statements of half B")
    for what, rates in sorted(found.items(), key=lambda pair: (not pair[0].startswith("tissage"), pair[0].split(",")[0])):
        line(what, rates)
    print("\ncalibration error of the first component (10 bins)")
    print(f"  300 codings, bare scores: {100 * error(bare):.1f} %")
    for count, pairs in sure.items():
        print(f"  {count} codings, calibrated on them: {100 * error(pairs):.1f} %")
    print("\nabstention after 300 codings: said sure when the first reaches…")
    heights, correct = (np.concatenate(part) for part in zip(*sure[300], strict=True))
    for height in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = heights >= height
        rest = 100 * correct[~kept].mean() if (~kept).any() else float("nan")
        print(
            f"  {height:.1f}: {100 * kept.mean():5.1f} % of statements, right {100 * correct[kept].mean():.1f} % (the others {rest:.1f} %)"
        )


def error(pairs: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> float:
    heights, correct = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return calibration.calibration_error(heights, correct)


def leave_one_group_out(name: str, key: Key, store: VectorStore, rows: Sequence[tuple[str, Statement]]) -> None:
    """(group, coding) pairs: what a group's codings would have been suggested, by those of the others."""
    groups = sorted({group for group, _one in rows})
    cold, warm = [], []
    for out in groups:
        asked = [one for group, one in rows if group == out]
        if not asked:
            continue
        right, said, questions = [one.code for one in asked], [one.text for one in asked], [one.question for one in asked]
        for found, learnt in ((cold, []), (warm, [one for group, one in rows if group != out])):
            found.append((first_k(taught(key, store, learnt).scores(said, questions), key.labels, right), len(asked)))
    line(f"{name}, cold", cold)
    line(f"{name}, taught by the others", warm)


def demo_rows(key: Key) -> list[tuple[str, Statement]]:
    path = Path(tissage.config.__file__).parent / "demo" / "criteria.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["code"][:3] in key.place]
    return [(f"{row['territory']} {row['group']}", Statement("", row["text"], row["question"], row["code"][:3])) for row in rows]


def page_rows(key: Key) -> list[tuple[str, Statement]]:
    """The codings of the real page through the import, shuffled (its order gives the answer away), in six parts: it holds one group."""
    call_command("import_wikispiral", str(REAL_PAGE), territory="real-page", json=True, stdout=io.StringIO())
    found = Criterion.objects.live().coded().filter(territory=Territory.objects.get(slug="real-page")).order_by("pk")
    rows = [
        Statement("", one.text, one.question.code, one.component) for one in found.select_related("question") if one.component in key.place
    ]
    random.Random(1).shuffle(rows)
    return [(f"part {number % 6}", one) for number, one in enumerate(rows)]


def main() -> None:
    model, version = encoder(), latest_published()
    assert model is not None
    assert version is not None
    key, store = key_of(version), VectorStore(model, None, "")
    every = statements()
    tested = halves(every)[1]
    print(
        f"{len(every)} statements, {len({one.family for one in every})} families, {len({one.code for one in every})} components; encoder {model.id}"
    )
    curve(key, store, every, tested)
    print("\nimported codings, right in the first 1 / 3 / 5")
    leave_one_group_out("demonstration, one group left out", key, store, demo_rows(key))
    if REAL_PAGE.is_file():
        leave_one_group_out("real page, shuffled, a sixth left out", key, store, page_rows(key))


if __name__ == "__main__":
    main()
