"""The words of the answering screen: what is shipped, over it what a town filled or corrected, and French where both are silent."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tissage.core.answer_screen import REFERENCE, Sheet, is_right_to_left, read_sheet
from tissage.people.models import Territory
from tissage.voices.models import ScreenLanguage, ScreenSentence

DATA = "data"
NAME, UNREVIEWED = "language_name", "unreviewed"
Filled = dict[str, ScreenSentence]


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the screen: its code, its own name, the side it is written from, and whether a speaker read all its sentences."""

    code: str
    name: str
    is_right_to_left: bool
    is_reviewed: bool
    mark: str
    is_shipped: bool
    is_towns: bool
    sentences: int

    @property
    def direction(self) -> str:
        return "rtl" if self.is_right_to_left else "ltr"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence on the screen, and the language it stands in: French where the chosen language has none."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the screen in one language."""

    language: Language
    sentences: Mapping[str, Said]

    def __getitem__(self, key: str) -> str:
        return self.sentences[key].text

    @property
    def plain(self) -> dict[str, str]:
        return {key: said.text for key, said in self.sentences.items()}


@lru_cache(maxsize=1)
def shipped_sheet() -> Sheet:
    """The sentences that come with Tissage: no database is read."""
    return read_sheet(_data("answer_screen.csv"))


@lru_cache(maxsize=1)
def shipped_reviews() -> frozenset[tuple[str, str]]:
    """(language, key) of the shipped sentences that a speaker read again. French is the language we write in."""
    return frozenset((row["language"], row["key"]) for row in csv.DictReader(_data("answer_screen_reviews.csv").splitlines()))


def _data(name: str) -> str:
    return files("tissage.voices").joinpath(DATA, name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Screens:
    """What may be said on the screens of one territory, read once: `languages`, `words` and `texts` ask nothing more."""

    own: Mapping[str, ScreenLanguage]
    filled: Mapping[str, Filled]

    def language(self, code: str) -> Language:
        return _language(code, self.own.get(code), self.filled.get(code, {}))

    def languages(self) -> list[Language]:
        """The shipped languages in their order, then the town's own by code."""
        shipped = shipped_sheet().languages
        return [self.language(code) for code in (*shipped, *sorted(code for code in self.own if code not in shipped))]

    def offered(self, codes: Iterable[str]) -> list[Language]:
        """Those of `codes` that exist, in the order given; French alone when none does."""
        known = {*shipped_sheet().languages, *self.own}
        return [self.language(code) for code in dict.fromkeys(codes) if code in known] or [self.language(REFERENCE)]

    def texts(self, code: str) -> dict[str, str]:
        """What exists in this language, by key: the shipped sentences under the town's own."""
        shipped = shipped_sheet()
        return {**(shipped.texts_in(code) if code in shipped.languages else {}), **_texts(self.filled.get(code, {}))}

    def words(self, code: str) -> Words:
        """The sentences of one language; French stands where it lacks one, and for an unknown language."""
        if code not in self.own and code not in shipped_sheet().languages:
            code = REFERENCE
        said = self.texts(code)
        sentences = {key: Said(said[key], code) if key in said else Said(text, REFERENCE) for key, text in self.texts(REFERENCE).items()}
        return Words(self.language(code), sentences)


def screens_of(territory: Territory | None) -> Screens:
    """Two queries; none without a territory (the door, before any code)."""
    if territory is None:
        return Screens({}, {})
    own = {language.code: language for language in ScreenLanguage.objects.filter(territory=territory).order_by("code")}
    codes = {language.pk: code for code, language in own.items()}
    filled: dict[str, Filled] = {}
    for sentence in ScreenSentence.objects.filter(language__territory=territory).order_by("language", "key"):
        if sentence.key in shipped_sheet().sentences:  # a sentence of an earlier release is kept, and not shown
            filled.setdefault(codes[sentence.language_id], {})[sentence.key] = sentence
    return Screens(own, filled)


def screen_languages(territory: Territory | None) -> list[Language]:
    """Every language that a hall of this territory may offer. Two queries."""
    return screens_of(territory).languages()


def offered_languages(territory: Territory | None, codes: Iterable[str]) -> list[Language]:
    """Those of `codes` that exist, in the order given; French alone when none does. Two queries."""
    return screens_of(territory).offered(codes)


def screen_words(territory: Territory | None, code: str) -> Words:
    """The sentences of one language; French stands where it lacks one. Two queries."""
    return screens_of(territory).words(code)


def _texts(filled: Filled) -> dict[str, str]:
    return {key: sentence.text for key, sentence in filled.items()}


def _language(code: str, own: ScreenLanguage | None, filled: Filled) -> Language:
    shipped = shipped_sheet().texts_in(code) if code in shipped_sheet().languages else {}
    used = set(shipped) | set(filled)
    reviewed = all(bool(filled[key].reviewed_by) if key in filled else (code, key) in shipped_reviews() for key in used)
    texts = {**shipped, **_texts(filled)}
    return Language(
        code=code,
        name=own.name if own else shipped.get(NAME, code),
        is_right_to_left=own.is_right_to_left if own else is_right_to_left(code),
        is_reviewed=code == REFERENCE or reviewed,
        mark=texts.get(UNREVIEWED, ""),
        is_shipped=bool(shipped),
        is_towns=own is not None,
        sentences=len(used),
    )
