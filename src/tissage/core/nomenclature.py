"""A version of the SPIRAL nomenclature as a plain value: what a code is called, and whether its label was verified.

Principles for whoever codes (`spiral.md` §9.3): dimension first, then component, `x00` last and in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .codes import Code

DIMENSION, COMPONENT, SENSE_LETTER, SENSE, BENEFICIARY = "dimension", "component", "sense_letter", "sense", "beneficiary"


@dataclass(frozen=True, slots=True)
class Term:
    """A code of one version. `labels` and `keys` map a language to a text; `status` is confirmed, partial or unverified."""

    kind: str
    code: str
    parent: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    status: str = "unverified"

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
            words.append(("pour : " if language == "fr" else "for: ") + (term.label(language) if term else code.beneficiary))
        return " · ".join(words)
