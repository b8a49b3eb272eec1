"""The fixed vocabulary as taxonomies and terms; an address of our own where data·inclusion has no such word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tissage.core import vocabulary as words
from tissage.core.vocabulary import Term, Vocabulary

from .identities import taxonomy_id, term_id

Record = dict[str, Any]
KINDS = (words.AUDIENCE, words.CONCERNED_GROUP, words.THEME, words.SERVICE_KIND, words.RECEPTION, words.CONTACT_MODE)
"""Kinds said of a service; types of activities stay in the agenda."""


@dataclass(frozen=True, slots=True)
class Taxonomies:
    """The vocabulary with its records, made once for an answer."""

    vocabulary: Vocabulary

    def kind_of(self, taxonomy: str) -> str:
        return next((kind for kind in KINDS if taxonomy_id(kind) == taxonomy), "")

    def find(self, identifier: str) -> Term | None:
        return next((term for term in self.terms() if term_id(term.kind, term.code) == identifier), None)

    def terms(self, kind: str = "") -> list[Term]:
        return [term for term in self.vocabulary.terms if term.kind in KINDS and kind in ("", term.kind)]

    def taxonomies(self) -> list[Record]:
        named = names()
        return [
            {
                "id": taxonomy_id(kind),
                "name": named[kind],
                "description": gettext("Vocabulaire du répertoire : %(name)s.") % {"name": named[kind].lower()},
                "uri": f"urn:tissage:repertoire:{kind}",
            }
            for kind in KINDS
        ]

    def record(self, term: Term) -> Record:
        record: Record = {
            "id": term_id(term.kind, term.code),
            "code": term.code,
            "name": term.label,
            "description": term.label,
            "taxonomy": names()[term.kind],
            "taxonomy_id": taxonomy_id(term.kind),
            "language": "fr",
            "term_uri": term.uri or f"urn:tissage:repertoire:{term.kind}:{term.code}",
        }
        if term.parent:
            record["parent_id"] = term_id(term.kind, term.parent)
        return record


def names() -> dict[str, str]:
    return {
        words.AUDIENCE: gettext("Publics"),
        words.CONCERNED_GROUP: gettext("Groupes concernés"),
        words.THEME: gettext("Thèmes"),
        words.SERVICE_KIND: gettext("Genres de service"),
        words.RECEPTION: gettext("Modes d’accueil"),
        words.CONTACT_MODE: gettext("Modes de contact"),
    }
