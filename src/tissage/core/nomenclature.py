"""A version of the SPIRAL nomenclature as a plain value: what a code is called, and whether its label was verified.

Principles for whoever codes (`spiral.md` §9.3): dimension first, then component, `x00` last and in doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .codes import Code, format_code
from .folding import fold

DIMENSION, COMPONENT, SENSE_LETTER, SENSE, BENEFICIARY = "dimension", "component", "sense_letter", "sense", "beneficiary"
KINDS = (DIMENSION, COMPONENT, SENSE_LETTER, SENSE, BENEFICIARY)
PARENT_KIND = {COMPONENT: DIMENSION, SENSE: SENSE_LETTER}
STATUSES = ("confirmed", "partial", "unverified")

_SHAPES = {
    DIMENSION: re.compile(r"[A-Z]"),
    COMPONENT: re.compile(r"[A-Z][0-9]{2}"),
    SENSE_LETTER: re.compile(r"[A-Z]"),
    SENSE: re.compile(r"[A-Z][0-9]{2}"),
    BENEFICIARY: re.compile(r"[a-z]{1,12}"),
}


def well_formed(kind: str, code: str) -> bool:
    """True when a code of this kind can be read back by the grammar of `core.codes`."""
    shape = _SHAPES.get(kind)
    return bool(shape and shape.fullmatch(code))


@dataclass(frozen=True, slots=True)
class Term:
    """A code of one version. `labels` and `keys` map a language to a text; `status` is confirmed, partial or unverified.

    `source` says where the label was read; `valid_from` and `valid_to` are the dates of validity, when known.
    """

    kind: str
    code: str
    parent: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    status: str = "unverified"
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @property
    def in_general(self) -> bool:
        return self.kind == COMPONENT and self.code.endswith("00")

    def label(self, language: str = "fr") -> str:
        return self.labels.get(language) or self.labels.get("fr") or next(iter(self.labels.values()), "")

    def key(self, language: str = "fr") -> str:
        return self.keys.get(language) or self.keys.get("fr") or next(iter(self.keys.values()), "")


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """One version. Order of `terms` is the order of the version; lookups are by kind and code."""

    name: str
    terms: tuple[Term, ...]
    _index: dict[tuple[str, str], Term] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, name: str, terms: Iterable[Term]) -> Nomenclature:
        ordered = tuple(terms)
        return cls(name, ordered, {(term.kind, term.code): term for term in ordered})

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.kind == kind)

    @property
    def dimensions(self) -> tuple[Term, ...]:
        return self.of_kind(DIMENSION)

    def components_of(self, dimension: str) -> tuple[Term, ...]:
        """The components of a dimension, `x00` last: it is chosen in doubt only."""
        found = [term for term in self.terms if term.kind == COMPONENT and term.parent == dimension]
        return tuple(sorted(found, key=lambda term: (term.code.endswith("00"), term.code)))

    def children_of(self, kind: str, code: str) -> tuple[Term, ...]:
        """Terms whose parent is this one, in the order of the version: the senses of a letter, for example."""
        return tuple(term for term in self.terms if term.parent == code and PARENT_KIND.get(term.kind) == kind)

    def status_counts(self, kind: str) -> dict[str, int]:
        """How many codes of a kind are confirmed, partial and unverified; all three keys, always."""
        counted = Counter(term.status for term in self.of_kind(kind))
        return {status: counted[status] for status in STATUSES}

    def get(self, kind: str, code: str) -> Term | None:
        return self._index.get((kind, code))

    def knows(self, code: Code) -> bool:
        """True when every given part is in this version. Sense digits and beneficiary included; a sub-component is never listed."""
        return not self.unknown_parts(code)

    def unknown_parts(self, code: Code) -> tuple[str, ...]:
        """Which of `object`, `sense`, `beneficiary` this version does not list."""
        missing = []
        if self.get(COMPONENT, code.object) is None:
            missing.append("object")
        if code.sense and self.get(SENSE if len(code.sense) > 1 else SENSE_LETTER, code.sense) is None:
            missing.append("sense")
        if code.beneficiary and self.get(BENEFICIARY, code.beneficiary) is None:
            missing.append("beneficiary")
        return tuple(missing)

    def label_of(self, object_code: str, language: str = "fr") -> str:
        """The name of a component or dimension; the code itself when this version does not list it."""
        term = self.get(COMPONENT, object_code) or self.get(DIMENSION, object_code)
        return term.label(language) if term else object_code

    def explain(self, code: Code, language: str = "fr") -> str:
        """The code in words: « Alimentation / boisson · obstacle financier · pour : mes enfants »."""
        words = [self.label_of(code.object, language)]
        if code.sub_component:
            words[0] += (" — sous-composante " if language == "fr" else " — sub-component ") + code.sub_component
        if code.sense:
            term = self.get(SENSE, code.sense) or self.get(SENSE_LETTER, code.letter)
            words.append(term.label(language) if term else code.sense)
        if code.beneficiary:
            term = self.get(BENEFICIARY, code.beneficiary)
            words.append(("pour : " if language == "fr" else "for: ") + (term.label(language) if term else code.beneficiary))
        return " · ".join(words)


@dataclass(frozen=True, slots=True)
class Change:
    """A code that both versions have, said otherwise. `fields` among parent, label_xx, key_xx, status, source, valid_from, valid_to."""

    before: Term
    after: Term
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version brings compared with another, by kind and code."""

    added: tuple[Term, ...]
    changed: tuple[Change, ...]
    missing: tuple[Term, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.missing)


def changed_fields(before: Term, after: Term) -> tuple[str, ...]:
    """Names of what differs between two terms of the same code, sorted; an absent text equals an empty one."""
    names = [name for name in ("parent", "status", "source", "valid_from", "valid_to") if getattr(before, name) != getattr(after, name)]
    for prefix, old, new in (("label", before.labels, after.labels), ("key", before.keys, after.keys)):
        names += [f"{prefix}_{language}" for language in old.keys() | new.keys() if old.get(language, "") != new.get(language, "")]
    return tuple(sorted(names))


def compare(old: Iterable[Term], new: Iterable[Term]) -> Difference:
    """What `new` adds, says otherwise, and no longer lists; `compare(x, x)` is empty."""
    before = {(term.kind, term.code): term for term in old}
    after = {(term.kind, term.code): term for term in new}
    added = tuple(term for place, term in after.items() if place not in before)
    missing = tuple(term for place, term in before.items() if place not in after)
    shared = [(before[place], term) for place, term in after.items() if place in before]
    changed = tuple(Change(one, other, fields) for one, other in shared if (fields := changed_fields(one, other)))
    return Difference(added, changed, missing, len(shared) - len(changed))


def propose_crosswalk(old: Iterable[Term], new: Iterable[Term]) -> tuple[tuple[str, str], ...]:
    """(kind, code) of what may be mapped to itself: same code, same label once folded. The rest is a person's decision."""
    after = {(term.kind, term.code): fold(term.label()) for term in new}
    return tuple((term.kind, term.code) for term in old if after.get((term.kind, term.code)) == fold(term.label()))


Step = Mapping[tuple[str, str], Sequence[str]]
"""One step of a mapping: (kind, code) → codes that take its place; an empty sequence: abandoned; absent: nobody said."""

SAME, MAPPED, ABANDONED, UNMAPPED = "same", "mapped", "abandoned", "unmapped"


@dataclass(frozen=True, slots=True)
class Translation:
    """A code in the words of another version.

    `state`: `same` (one code, identical), `mapped` (other codes, perhaps several), `abandoned` (none takes its place),
    `unmapped` (nobody said; `codes` is empty). A sub-component follows only an unchanged object: under another
    component its number would mean something else.
    """

    codes: tuple[str, ...]
    state: str


def translate(code: Code, steps: Sequence[Step]) -> Translation:
    """A code carried through the steps between two versions; no step at all leaves it as it is."""
    parts = []
    for kind, value in ((COMPONENT, code.object), (_sense_kind(code.sense), code.sense), (BENEFICIARY, code.beneficiary)):
        found = _through(kind, value, steps) if value else ("",)
        if found is None:
            return Translation((), UNMAPPED)
        if not found:
            return Translation((), ABANDONED)
        parts.append(found)
    codes = tuple(
        format_code(Code(target, code.sub_component if target == code.object else "", sense, beneficiary))
        for target in parts[0]
        for sense in parts[1]
        for beneficiary in parts[2]
    )
    return Translation(codes, SAME if codes == (format_code(code),) else MAPPED)


def _sense_kind(sense: str) -> str:
    return SENSE if len(sense) > 1 else SENSE_LETTER


def _through(kind: str, value: str, steps: Sequence[Step]) -> tuple[str, ...] | None:
    """The codes that take the place of one; None when a step says nothing of any of them."""
    here: tuple[str, ...] = (value,)
    for step in steps:
        known = [step[kind, one] for one in here if (kind, one) in step]
        if here and not known:
            return None
        here = tuple(dict.fromkeys(target for targets in known for target in targets))
    return here
