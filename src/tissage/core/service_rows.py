"""A table of services beside the directory: which organisation offers what, what is new, what it would change. Words are codes or labels of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .folding import fold
from .messages import Message, gettext_noop, say
from .register_rows import Problem, bare
from .vocabulary import AUDIENCE, CONCERNED_GROUP, CONTACT_MODE, RECEPTION, SERVICE_KIND, THEME, Vocabulary

ORGANIZATION, NAME, LANGUAGES, FEE = "organization", "name", "language", "fee"
TEXTS = {
    "short_description": 280,
    "description": 20_000,
    "area": 160,
    "audience_note": 300,
    "application_process": 5_000,
    "required_documents": 5_000,
    "fee_note": 300,
    "source_id": 120,
}
TERMS = (THEME, AUDIENCE, CONCERNED_GROUP, SERVICE_KIND, CONTACT_MODE, RECEPTION)
CONTACT = ("phone", "email")
HEADINGS = {
    ORGANIZATION: ("organisation", "organization", "structure", "association"),
    NAME: ("service", "nom du service", "nom", "name"),
    "short_description": ("en une phrase", "resume", "presentation_resume", "short_description"),
    "description": ("description", "presentation_detail"),
    "area": ("territoire desservi", "zone", "area"),
    "audience_note": ("precisions sur le public", "audience_note"),
    "application_process": ("comment faire", "demarche", "application_process"),
    "required_documents": ("documents a apporter", "required_documents"),
    FEE: ("prix", "frais", "fee"),
    "fee_note": ("precisions sur le prix", "frais_precisions", "fee_note"),
    "source_id": ("identifiant", "id", "source_id"),
    LANGUAGES: ("langues", "languages"),
    THEME: ("themes", "thematiques", "theme", "besoin"),
    AUDIENCE: ("publics", "public", "audiences", "audience"),
    CONCERNED_GROUP: ("groupes concernes", "concerned_groups", "concernes"),
    SERVICE_KIND: ("genre", "genre de service", "type", "kind"),
    CONTACT_MODE: ("modes de contact", "contact_modes", "mode de contact"),
    RECEPTION: ("accueil", "modes d'accueil", "reception"),
    "phone": ("telephone", "phone", "tel"),
    "email": ("e-mail", "email", "courriel"),
}
_FIELD_OF = {fold(name): field for field, names in HEADINGS.items() for name in names}
_SEVERAL = re.compile(r"\s*[|;]\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
FEES = {
    "free": "free",
    "gratuit": "free",
    "paid": "paid",
    "payant": "paid",
    "conditional": "conditional",
    "selon la situation": "conditional",
    "unknown": "unknown",
    "inconnu": "unknown",
}


def read_header(header: Sequence[str]) -> tuple[str, ...]:
    """The field of each column; "" when none is known."""
    return tuple(_FIELD_OF.get(fold(cell), "") for cell in header)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One readable line. `terms`: {kind: codes}, only of the kinds the line names."""

    line: int
    organization: int
    name: str
    details: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    contact: Mapping[str, str]


def read_rows(
    fields: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]], organizations: Mapping[str, int], words: Vocabulary
) -> tuple[list[ServiceRow], list[Problem]]:
    """`organizations`: bare name (`register_rows.bare`) → number. A line with anything unreadable is left out, each fault named."""
    known = {kind: {fold(text): term.code for term in words.of_kind(kind) for text in (term.code, term.label)} for kind in TERMS}
    rows: list[ServiceRow] = []
    problems: list[Problem] = []
    seen: dict[tuple[int, str], int] = {}
    for line, cells in lines:
        values = {field: " ".join(cell.split()) for field, cell in zip(fields, cells, strict=False) if field}
        wrong: list[Problem] = []
        organization = organizations.get(bare(values.get(ORGANIZATION, ""))) if values.get(ORGANIZATION) else None
        if organization is None:
            said = gettext_noop("Cette organisation n’est pas au registre. Inscrivez-la d’abord, ou corrigez son nom.")
            wrong.append(_problem(line, ORGANIZATION, values, said))
        if not values.get(NAME):
            wrong.append(_problem(line, NAME, values, gettext_noop("Le nom du service manque. Écrivez-le, ou retirez la ligne.")))
        elif len(values[NAME]) > 200:
            wrong.append(_problem(line, NAME, values, gettext_noop("Trop long : %(most)s signes au plus."), most=200))
        terms = {kind: _codes(line, kind, values[kind], known[kind], wrong) for kind in TERMS if values.get(kind)}
        if values.get(LANGUAGES):
            terms[LANGUAGES] = _languages(line, values[LANGUAGES], wrong)
        details = {name: values[name] for name in TEXTS if values.get(name)}
        wrong += [
            _problem(line, name, values, gettext_noop("Trop long : %(most)s signes au plus."), most=TEXTS[name])
            for name, text in details.items()
            if len(text) > TEXTS[name]
        ]
        if fee := values.get(FEE):
            if fold(fee) in FEES:
                details[FEE] = FEES[fold(fee)]
            else:
                wrong.append(
                    _problem(line, FEE, values, gettext_noop("Prix inconnu. Attendu : gratuit, payant, selon la situation ou inconnu."))
                )
        contact = {name: values[name] for name in CONTACT if values.get(name)}
        if (email := contact.get("email")) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
            wrong.append(_problem(line, "email", values, gettext_noop("Ce n’est pas une adresse e-mail.")))
        if organization is not None and values.get(NAME):
            first = seen.setdefault((organization, fold(values[NAME])), line)
            if first != line:
                wrong.append(
                    _problem(line, NAME, values, gettext_noop("Ce service est déjà à la ligne %(first)s. Gardez-en une."), first=first)
                )
        problems += wrong
        if not wrong and organization is not None:
            rows.append(ServiceRow(line, organization, values[NAME], details, terms, contact))
    return rows, problems


def _problem(line: int, column: str, values: Mapping[str, str], said: str, **more: str | int) -> Problem:
    return Problem(line, column, values.get(column, "")[:80], say(said, **more))


def _codes(line: int, kind: str, cell: str, known: Mapping[str, str], wrong: list[Problem]) -> tuple[str, ...]:
    found = []
    for word in filter(None, _SEVERAL.split(cell)):
        if fold(word) in known:
            found.append(known[fold(word)])
        else:
            said: Message = say(
                gettext_noop("Ce mot n’est pas dans le vocabulaire. Prenez un code ou un libellé de la liste ; séparez-les par « | ».")
            )
            wrong.append(Problem(line, kind, word[:80], said))
    return tuple(dict.fromkeys(found))


def _languages(line: int, cell: str, wrong: list[Problem]) -> tuple[str, ...]:
    found = [word.casefold() for word in filter(None, _SEVERAL.split(cell))]
    for word in found:
        if not _LANGUAGE.fullmatch(word):
            said = gettext_noop("Une langue s’écrit par son code : fr, nl, en, ar… Séparez-les par « | ».")
            wrong.append(Problem(line, LANGUAGES, word[:80], say(said)))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class KnownService:
    pk: int
    organization: int
    name: str
    details: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    has_contact: bool = False


@dataclass(frozen=True, slots=True)
class ServiceProposal:
    """What applying would do: a new draft, or changes (column → before, after). An empty cell changes nothing."""

    row: ServiceRow
    known: int | None
    changes: tuple[tuple[str, str, str], ...]
    adds_contact: bool

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def is_nothing(self) -> bool:
        return self.known is not None and not self.changes and not self.adds_contact


def propose(rows: Sequence[ServiceRow], directory: Sequence[KnownService]) -> list[ServiceProposal]:
    """One proposal a line: the service of the same identifier, or of the same organisation and name."""
    by_id = {one.details["source_id"]: one for one in directory if one.details.get("source_id")}
    by_name = {(one.organization, fold(one.name)): one for one in directory}
    found = []
    for row in rows:
        known = by_id.get(row.details.get("source_id", "")) or by_name.get((row.organization, fold(row.name)))
        changes: list[tuple[str, str, str]] = []
        if known:
            if known.name != row.name:
                changes.append((NAME, known.name, row.name))
            changes += [
                (name, known.details.get(name, ""), text) for name, text in row.details.items() if known.details.get(name, "") != text
            ]
            changes += [
                (kind, " | ".join(sorted(known.terms.get(kind, ()))), " | ".join(sorted(codes)))
                for kind, codes in row.terms.items()
                if sorted(known.terms.get(kind, ())) != sorted(codes)
            ]
        adds = bool(row.contact) and not (known and known.has_contact)
        found.append(ServiceProposal(row, known.pk if known else None, tuple(changes), adds))
    return found
