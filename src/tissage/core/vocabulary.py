"""The words of the directory and the agenda as a plain value: audiences, concerned groups, themes under their family, kinds, ways to reach and to receive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

AUDIENCE, CONCERNED_GROUP, THEME, SERVICE_KIND = "audience", "concerned_group", "theme", "service_kind"
RECEPTION, CONTACT_MODE, ACTIVITY_TYPE = "reception", "contact_mode", "activity_type"
KINDS = (AUDIENCE, CONCERNED_GROUP, THEME, SERVICE_KIND, RECEPTION, CONTACT_MODE, ACTIVITY_TYPE)

ON_SITE, REMOTELY = "en-presentiel", "a-distance"
BY_EMAIL, IN_PERSON, BY_PHONE, BY_LINK = "envoyer-un-courriel", "se-presenter", "telephoner", "utiliser-lien-mobilisation"
EVERYBODY = "tous-publics"
"""An audience that stands alone: who receives everybody names nobody else (data·inclusion)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary. `parent`: the code of its family, for a theme; `uri`: the same word in data·inclusion, empty when it is ours."""

    kind: str
    code: str
    label: str
    parent: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one published version, in its order, labelled in one language."""

    terms: tuple[Term, ...]
    _known: Mapping[tuple[str, str], Term] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> Vocabulary:
        listed = tuple(terms)
        return cls(listed, {(term.kind, term.code): term for term in listed})

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.kind == kind)

    def get(self, kind: str, code: str) -> Term | None:
        return self._known.get((kind, code))

    def label(self, kind: str, code: str) -> str:
        """Its label; the code itself when this version does not list it, so that nothing is lost to the eye."""
        term = self._known.get((kind, code))
        return term.label if term else code

    def labels(self, kind: str, codes: Iterable[str]) -> list[str]:
        """The labels of several codes, in the order of the vocabulary; unknown codes last."""
        wanted = set(codes)
        known = [term.label for term in self.of_kind(kind) if term.code in wanted]
        return known + sorted(code for code in wanted if (kind, code) not in self._known)

    def codes(self, kind: str) -> frozenset[str]:
        return frozenset(term.code for term in self.of_kind(kind))

    def families(self, kind: str = THEME) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """Each term at the top with those under it, in order."""
        terms = self.of_kind(kind)
        return tuple((top, tuple(term for term in terms if term.parent == top.code)) for top in terms if not top.parent)

    def with_children(self, kind: str, code: str) -> frozenset[str]:
        """A code and those under it: whoever asks for a family finds its themes."""
        return frozenset({code, *(term.code for term in self.of_kind(kind) if term.parent == code)})
