"""A table of organisations beside the register: what is new, what is there already, what is twice in the file, what depends on what.

By enterprise number first, then by name (`network.md` §2.2). Nothing is merged in silence: a line said twice and a parent read in a name
are proposals that a person confirms by applying them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .enterprise_number import WrongEnterpriseNumber, parse_enterprise_number
from .folding import fold
from .messages import Message, gettext_noop, say

NAME, NUMBER, PARENT, KIND = "name", "enterprise_number", "parent", "kind"
FIELDS = (NAME, "alternate_name", KIND, PARENT, NUMBER, "description", "website", "email", "phone")
FILLED = ("alternate_name", "description", "website", "email", "phone")
"""Columns an import may fill in where the register has nothing; it never writes over what stands there."""
LENGTHS = {NAME: 200, "alternate_name": 200, "website": 200, "email": 254, "phone": 40, PARENT: 200}
HEADINGS = {
    NAME: ("nom", "name", "organisation", "organization", "structure", "association", "denomination", "membre"),
    "alternate_name": ("autre nom", "alternate_name", "sigle", "nom usuel"),
    KIND: ("genre", "kind", "type", "categorie"),
    PARENT: ("depend de", "parent", "organisation mere", "service de"),
    NUMBER: ("numero d'entreprise", "enterprise_number", "bce", "kbo", "n° bce", "numero bce", "tva"),
    "description": ("description", "presentation"),
    "website": ("site", "site web", "website", "url"),
    "email": ("e-mail", "email", "courriel", "mail", "adresse e-mail"),
    "phone": ("telephone", "phone", "tel", "tel.", "gsm"),
}
_FIELD_OF = {fold(name): field for field, names in HEADINGS.items() for name in names}
_SMALL_WORDS = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "a", "asbl", "vzw", "et", "the"])
_WORDS = re.compile(r"[^\W_]+")
_DEPENDS = re.compile(r"(?:\s[–—-]\s*|\s)(CPAS(?:\s+(?:de|du|d’|d'))?\s+[^\s–—].*)$")
"""« Cité de l’Enfance – CPAS Mons », « Maison de l’Adolescent « Equipaj » CPAS Mons »: a service names the body it belongs to at its end."""


def bare(name: str) -> str:
    """A name reduced to what tells it from others: folded words without articles, « asbl » or marks.

    >>> bare("CPAS de Mons") == bare("C.P.A.S. – Mons") or bare("CPAS Mons") == bare("CPAS de Mons")
    True
    """
    words = [word for word in _WORDS.findall(fold(name)) if word not in _SMALL_WORDS]
    return " ".join(words) or fold(name)


def read_header(header: Sequence[str]) -> tuple[str, ...]:
    """The field of each column ("" when none is known). A table of one column without a known heading holds names."""
    found = tuple(_FIELD_OF.get(fold(cell), "") for cell in header)
    return (NAME,) if len(header) == 1 else found


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that cannot be read: its line is left out."""

    line: int
    column: str
    value: str
    message: Message


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.values[NAME]


def read_rows(
    fields: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]], kinds: Mapping[str, str]
) -> tuple[list[Row], list[Problem]]:
    """Rows that can be read, and what cannot. `kinds`: folded words → code of a kind of organisation."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, cells in lines:
        values = {name: " ".join(cell.split()) for name, cell in zip(fields, cells, strict=False) if name}
        wrong = list(_wrong(line, values, kinds))
        problems += wrong
        if not wrong:
            rows.append(Row(line, values))
    return rows, problems


def _wrong(line: int, values: dict[str, str], kinds: Mapping[str, str]) -> Iterable[Problem]:
    """What is wrong with a line; its number and kind are put into their written form on the way."""
    if not values.get(NAME):
        yield Problem(line, NAME, "", say(gettext_noop("Le nom manque. Écrivez-le, ou retirez la ligne.")))
        return
    for name, most in LENGTHS.items():
        if len(values.get(name, "")) > most:
            yield Problem(line, name, values[name][:60], say(gettext_noop("Trop long : %(most)s signes au plus."), most=most))
    if number := values.get(NUMBER, ""):
        try:
            values[NUMBER] = parse_enterprise_number(number)
        except WrongEnterpriseNumber:
            yield Problem(
                line, NUMBER, number, say(gettext_noop("Ce n’est pas un numéro d’entreprise belge : dix chiffres, dont deux de contrôle."))
            )
    if kind := values.get(KIND, ""):
        if fold(kind) in kinds:
            values[KIND] = kinds[fold(kind)]
        else:
            yield Problem(
                line, KIND, kind, say(gettext_noop("Ce genre n’est pas connu. Laissez la case vide, ou prenez un genre de la liste."))
            )
    if (email := values.get("email", "")) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield Problem(line, "email", email, say(gettext_noop("Ce n’est pas une adresse e-mail.")))
    if (site := values.get("website", "")) and not re.match(r"https?://", site):
        values["website"] = f"https://{site}"


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the register."""

    pk: int
    name: str
    alternate_name: str = ""
    number: str = ""
    parent: int | None = None
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What applying would do for one organisation of the file. `known` is the one it is already; `merged` are the other lines that say it again."""

    lines: tuple[int, ...]
    name: str
    values: Mapping[str, str]
    known: int | None = None
    fills: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    parent: str = ""
    parent_known: int | None = None
    parent_is_read_in_the_name: bool = False

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def merged(self) -> tuple[int, ...]:
        return self.lines[1:]

    @property
    def changes(self) -> bool:
        return self.is_new or bool(self.fills or self.parent)


def propose(rows: Sequence[Row], register: Sequence[Known]) -> list[Proposal]:
    """One proposal an organisation, in the order of the file."""
    numbers = {one.number: one for one in register if one.number}
    names: dict[str, Known] = {}
    for one in register:
        for name in (one.name, one.alternate_name):
            if name:
                names.setdefault(bare(name), one)
    groups: dict[str, list[Row]] = {}
    of_number: dict[str, str] = {}
    for row in rows:
        number, key = row.values.get(NUMBER, ""), bare(row.name)
        key = of_number.get(number, key) if number else key
        groups.setdefault(key, []).append(row)
        if number:
            of_number.setdefault(number, key)
    return [_proposal(group, numbers, names, set(groups)) for group in groups.values()]


def _proposal(group: list[Row], numbers: Mapping[str, Known], names: Mapping[str, Known], in_file: set[str]) -> Proposal:
    values: dict[str, str] = {}
    for row in group:
        for name, value in row.values.items():
            if value and name not in values:
                values[name] = value
    known = numbers.get(values.get(NUMBER, "")) or names.get(bare(values[NAME]))
    if known and known.number and values.get(NUMBER) and known.number != values[NUMBER]:
        known = None  # the same name, another number: two organisations
    parent, read_in_name = values.get(PARENT, ""), False
    if not parent and not (known and known.parent) and (match := _DEPENDS.search(values[NAME])):
        parent, read_in_name = match.group(1).strip(" »\"'"), True
    parent_known = names.get(bare(parent)) if parent else None
    if known and parent and known.parent is not None:
        parent = ""  # what the register says stays
    filled = known.filled if known else {}
    return Proposal(
        lines=tuple(row.line for row in group),
        name=values[NAME],
        values=values,
        known=known.pk if known else None,
        fills=tuple(name for name in FILLED if known and values.get(name) and not filled.get(name)),
        kept=tuple(name for name in FILLED if known and values.get(name) and filled.get(name) not in (None, "", values[name])),
        parent=parent,
        parent_known=parent_known.pk if parent_known else None,
        parent_is_read_in_the_name=read_in_name,
    )


def parents_to_make(proposals: Sequence[Proposal]) -> list[str]:
    """Names of parents that neither the register nor the file holds."""
    in_file = {bare(one.name) for one in proposals}
    missing = {bare(one.parent): one.parent for one in proposals if one.parent and one.parent_known is None}
    return [name for key, name in missing.items() if key not in in_file]
