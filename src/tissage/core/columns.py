"""The columns of a table of criteria: their names, what a town or wikispiral calls them, and how a header is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .folding import fold

EXPORTED = {
    "source": "source",
    "external_id": "identifiant",
    "platform": "plate-forme",
    "group": "groupe",
    "question": "question",
    "count": "nb",
    "text": "critère",
    "language": "langue",
    "french_text": "critère en français",
    "component": "composante",
    "sub_component": "sous-composante",
    "sense": "sens",
    "beneficiary": "bénéficiaire",
    "facet": "facette",
    "coding_status": "statut du codage",
    "coding_origin": "origine du codage",
    "proposition": "proposition",
    "proposition_corrected": "proposition corrigée",
    "source_created": "créé le (origine)",
    "source_modified": "modifié le (origine)",
    "said_on": "dit le",
    "expressions": "expressions",
    "nomenclature": "nomenclature",
    "question_wording": "formulation de la question",
}
"""Field → heading of our own files, in their order. `code` (a whole code) is read but never written."""

WIKISPIRAL = {
    "Crit ID": "external_id",
    "Plate-forme": "platform",
    "Nom du groupe homogène": "group",
    "Questions": "question",
    "NB express": "count",
    "Post-it": "text",
    "Composante": "component",
    "Sens": "sense",
    "Proposition": "proposition",
    "Créé le": "source_created",
    "dernière modif.": "source_modified",
}
"""Heading → field of the eleven columns of a wikispiral page (`spiral.md` §12.1)."""

FIELDS = (*EXPORTED, "code")
IGNORED = ("platform", "nomenclature", "question_wording")
REQUIRED = ("group", "question", "text")

_OTHER_NAMES = {
    "external_id": ("crit id", "id", "identifiant d'origine", "numero", "n°"),
    "platform": ("plateforme", "territoire", "territory", "commune", "ville"),
    "group": ("nom du groupe homogene", "nom du groupe", "groupe homogene", "group name", "gh"),
    "question": ("questions", "code question", "question code"),
    "count": ("nb express", "nombre", "nb expressions", "nombre d'expressions", "effectif"),
    "text": ("post-it", "postit", "criteres", "criterion", "enonce", "phrase", "verbatim", "parole", "texte", "statement", "mot", "idee"),
    "language": ("lang",),
    "french_text": ("traduction", "traduction francaise", "french"),
    "code": ("code spiral", "codage", "code complet"),
    "component": ("composant", "code composante", "objet"),
    "sub_component": ("sous composante",),
    "sense": ("code sens", "sens (code)"),
    "facet": ("facettes", "pourquoi"),
    "proposition": ("formulation", "propositions"),
    "source_created": ("cree le", "created", "created_on", "date de creation"),
    "source_modified": ("derniere modif.", "derniere modification", "modifie le", "modified"),
    "said_on": ("date", "date de l'atelier", "date de la rencontre"),
    "expressions": ("notes", "paroles", "expressions brutes"),
}
_OWN = {fold(heading): field for field, heading in EXPORTED.items()} | {field: field for field in FIELDS}
_FROM_WIKISPIRAL = {fold(heading): field for heading, field in WIKISPIRAL.items()}
_KNOWN = {name: field for field, names in _OTHER_NAMES.items() for name in names} | _FROM_WIKISPIRAL | _OWN


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """What each column of a header is: a field, or an empty string when it is not known.

    `certain` is True when every column is known by our own names or wikispiral's: then nothing has to be asked.
    """

    header: tuple[str, ...]
    fields: tuple[str, ...]
    certain: bool
    is_wikispiral: bool

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field for field in REQUIRED if field not in self.fields)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(label for label, field in zip(self.header, self.fields, strict=True) if not field and label.strip())


def read_header(header: Sequence[str]) -> HeaderReading:
    """Recognises a header by folded names; a field is given to the first column that bears it.

    >>> read_header(["Groupe", "Question", "Post-it", "Couleur"]).fields
    ('group', 'question', 'text', '')
    """
    folded = [fold(label) for label in header]
    is_wikispiral = set(_FROM_WIKISPIRAL) <= set(folded)
    names = _FROM_WIKISPIRAL if is_wikispiral else _KNOWN
    fields: list[str] = []
    for label in folded:
        field = names.get(label, "")
        fields.append("" if field in fields else field)
    sure = _FROM_WIKISPIRAL if is_wikispiral else _OWN
    certain = all(field and label in sure for label, field in zip(folded, fields, strict=True)) and set(REQUIRED) <= set(fields)
    return HeaderReading(tuple(header), tuple(fields), certain, is_wikispiral)


def map_header(header: Sequence[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of a header under a mapping field → heading that a person chose."""
    by_label = {label: field for field, label in mapping.items() if label}
    return tuple(by_label.get(label, "") for label in header)


def header_key(header: Iterable[str]) -> str:
    """What a remembered mapping is filed under: the folded header."""
    return hashlib.sha256("\x1f".join(fold(label) for label in header).encode()).hexdigest()
