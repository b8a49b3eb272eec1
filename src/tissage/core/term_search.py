"""Finding the component a sentence speaks of: words of a query against labels, keys and phrases.

Accents and case are ignored. A word of the query matches a word that begins with it, so that help comes while typing.
Components are ranked by the number of words matched, then by where (code, label, phrase, key), `x00` last: it is
chosen in doubt only (`spiral.md` §9.3).
"""

from __future__ import annotations

import re
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
        found = []
        for term, places, phrases in self._entries:
            hits = {place: {word for word in asked if _holds(words, word)} for place, words in places.items()}
            phrase, in_phrase = max(
                ((phrase, {word for word in asked if _holds(words, word)}) for phrase, words in phrases),
                key=lambda pair: len(pair[1]),
                default=("", set[str]()),
            )
            hits[PHRASE] = {word for word in asked for _, words in phrases if _holds(words, word)}
            matched = set().union(*hits.values())
            if matched:
                best = max(_PLACES, key=lambda place: (len(hits[place]), -_PLACES.index(place)))
                order = (-len(matched), *(-len(hits[place]) for place in _PLACES[:2]), -len(in_phrase), -len(hits[KEY]))
                match = Match(term, len(matched), len(asked), best, phrase if in_phrase else "")
                found.append(((*order, term.in_general, term.code), match))
        found.sort(key=lambda pair: pair[0])
        return [match for _, match in found[:limit]]


def _split(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(fold(text)))


def _holds(words: frozenset[str], asked: str) -> bool:
    """True when a word begins with the one asked, give or take a plural: « amis » finds « ami », « ami » finds « amis »."""
    if asked in words:
        return True
    bare = asked[:-1] if len(asked) >= _MIN_STEM and asked[-1] in "sx" else asked
    if len(bare) < 3:
        return False
    return any(word.startswith(bare) for word in words)
