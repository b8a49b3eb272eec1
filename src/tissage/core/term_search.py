"""Finding the component a sentence speaks of: words of a query against labels, keys and phrases.

Accents, case and common endings are ignored; the last word may be unfinished, so that help comes while typing.
Components are ranked by the number of words matched, then by how rare these words are among the components, then by
where they stand (code, label, phrase, key), `x00` last: it is chosen in doubt only (`spiral.md` §9.3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .folding import fold
from .nomenclature import Nomenclature, Term

_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset(
    [
        "a",
        "ai",
        "as",
        "au",
        "aux",
        "avec",
        "c",
        "ca",
        "ce",
        "ces",
        "cet",
        "cette",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "etre",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "ma",
        "mais",
        "me",
        "mes",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "trop",
        "tres",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
        "an",
        "and",
        "are",
        "at",
        "be",
        "for",
        "have",
        "i",
        "in",
        "is",
        "it",
        "my",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "the",
        "their",
        "to",
        "with",
    ]
)
CODE, LABEL, PHRASE, KEY = "code", "label", "phrase", "key"
_PLACES = (CODE, LABEL, PHRASE, KEY)
_MIN_STEM = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A component and why it was found: `matched` of the `asked` words, best `place` among code, label, phrase, key.

    `phrase` is the phrase that holds most of the words, when one does.
    """

    term: Term
    matched: int
    asked: int
    place: str
    phrase: str = ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a query that carry meaning, folded, each once; all of them when none does."""
    every = tuple(dict.fromkeys(_WORD.findall(fold(text))))
    return tuple(word for word in every if word not in _EMPTY_WORDS) or every


class TermIndex:
    """The components of one version, ready to be searched. `phrases`: component code → its phrases, any language."""

    def __init__(self, nomenclature: Nomenclature, phrases: Mapping[str, Iterable[str]]) -> None:
        self._entries = [
            (
                term,
                {
                    CODE: _split([term.code]),
                    LABEL: _split(term.labels.values()),
                    KEY: _split(term.keys.values()),
                },
                [(phrase, _split([phrase])) for phrase in phrases.get(term.code, ())],
            )
            for term in nomenclature.of_kind("component")
        ]

    def find(self, text: str, limit: int = 10) -> list[Match]:
        """The components nearest to these words, best first; an empty text finds nothing."""
        asked = words_of(text)
        if not asked:
            return []
        found = [(term, self._hits(asked, places, phrases), phrases) for term, places, phrases in self._entries]
        spread = Counter(word for _term, hits, _phrases in found for word in set[str]().union(*hits.values()))
        ranked = []
        for term, hits, phrases in found:
            matched = set[str]().union(*hits.values())
            if not matched:
                continue
            best = max(_PLACES, key=lambda place: (len(hits[place]), -_PLACES.index(place)))
            phrase, in_phrase = max(
                ((text, _held(words, asked)) for text, words in phrases), key=lambda pair: len(pair[1]), default=("", set())
            )
            order = (
                -len(matched),
                -sum(1 / spread[word] for word in matched),
                *(-len(hits[place]) for place in (CODE, LABEL)),
                -len(in_phrase),
                -len(hits[KEY]),
                term.in_general,
                term.code,
            )
            ranked.append((order, Match(term, len(matched), len(asked), best, phrase if in_phrase else "")))
        ranked.sort(key=lambda pair: pair[0])
        return [match for _order, match in ranked[:limit]]

    def _hits(
        self, asked: tuple[str, ...], places: Mapping[str, frozenset[str]], phrases: list[tuple[str, frozenset[str]]]
    ) -> dict[str, set[str]]:
        """The words found in each place."""
        hits = {place: _held(words, asked) for place, words in places.items()}
        hits[PHRASE] = set[str]().union(*(_held(words, asked) for _text, words in phrases))
        return hits


def _split(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(fold(text)))


def _held(words: frozenset[str], asked: tuple[str, ...]) -> set[str]:
    return {word for word in asked if _holds(words, word, unfinished=word == asked[-1])}


def _holds(words: frozenset[str], asked: str, *, unfinished: bool) -> bool:
    """True when a word is the one asked, give or take its ending: « amis » finds « ami », « enfant » finds « enfants »."""
    if asked in words:
        return True
    bare = asked[:-1] if len(asked) >= _MIN_STEM and asked[-1] in "sx" else asked
    if len(bare) < 3:
        return False
    longest = len(bare) + (1 if len(bare) < 5 else 3)
    return any(word.startswith(bare) and (unfinished or len(word) <= longest) for word in words)
