"""Why a component is suggested: coded criteria and phrases that are near, words of the key that the sentence holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tissage.core.term_search import words_of


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind`: `criterion` (coded here), `phrase` or `words` (both of the key). `text`: what to show; `criterion`: its id, else None."""

    kind: str
    text: str
    nearness: float | None = None
    criterion: int | None = None


def shared_words(text: str, key_words: frozenset[str]) -> tuple[str, ...]:
    """The words of a sentence that the label or the key of a component holds, give or take an ending."""
    stems = {_stem(word) for word in key_words if len(word) > 2}
    return tuple(word for word in words_of(text) if len(word) > 2 and _stem(word) in stems)


def key_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text))


def _stem(word: str) -> str:
    """Enough for « loyer / loyers », « voisine / voisins », « isolé / isolée »: accents are folded before."""
    for ending in ("es", "s", "x", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
