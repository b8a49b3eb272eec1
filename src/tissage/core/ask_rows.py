"""Asks as a table that a person writes (CSV): read line by line, every value that cannot be read named with its line and what is expected."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .messages import Message, gettext_noop, say

COLUMNS = (
    "code", "kind", "category", "category_label", "text", "rationale", "competence", "verifiable", "success_criterion", "weight",
    "proof_hint", "source_ref", "legal_mapping_note",
)  # fmt: skip
NEEDED = ("code", "kind", "category", "text", "competence", "verifiable")
KINDS = ("lever", "demand")
COMPETENCES = ("commune", "cpas", "police_zone", "province", "region", "community", "federal")
VERIFIABLE = ("yes", "needs_criterion", "no")
MOST_ROWS = 200
LONGEST = {
    "code": 10, "category": 40, "category_label": 160, "proof_hint": 300, "source_ref": 200, "legal_mapping_note": 300,
    "text": 2_000, "rationale": 4_000, "success_criterion": 2_000,
}  # fmt: skip
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,9}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class AskRow:
    code: str
    kind: str
    category: str
    category_label: str
    text: str
    rationale: str
    competence: tuple[str, ...]
    verifiable: str
    success_criterion: str
    weight: Decimal
    proof_hint: str
    source_ref: str
    legal_mapping_note: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts as the file does, its header being line 1."""

    line: int
    column: str
    message: Message


@dataclass(frozen=True, slots=True)
class AskTable:
    rows: tuple[AskRow, ...]
    problems: tuple[Problem, ...]


def read_asks(content: bytes) -> AskTable:
    """The asks of a CSV (semicolons or commas, UTF-8 or the Western encoding). One line a demand; a code stands once."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    header = text.split("\n", 1)[0]
    reader = csv.reader([f"{line}\n" for line in text.split("\n")], delimiter=";" if header.count(";") >= header.count(",") else ",")
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        return _refused(1, "", say(gettext_noop("Ce tableau est illisible : un guillemet n’est pas fermé.")))
    if not lines:
        return _refused(1, "", say(gettext_noop("Ce fichier est vide.")))
    names = [cell.strip().lower() for cell in lines[0][1]]
    if missing := [name for name in NEEDED if name not in names]:
        said = gettext_noop("Colonnes introuvables : %(missing)s. Attendues : %(expected)s.")
        return _refused(1, missing[0], say(said, missing=", ".join(missing), expected=", ".join(COLUMNS)))
    filled = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if len(filled) > MOST_ROWS:
        return _refused(MOST_ROWS, "", say(gettext_noop("Ce fichier a plus de %(most)s lignes."), most=MOST_ROWS))
    rows: list[AskRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, cells in filled:
        found = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        row = _row(line, {name: found.get(name, "") for name in COLUMNS}, problems)
        if row is None:
            continue
        if row.code in seen:
            problems.append(Problem(line, "code", say(gettext_noop("Le code « %(code)s » est déjà à la ligne %(other)s."), code=row.code, other=seen[row.code])))  # fmt: skip
            continue
        seen[row.code] = line
        rows.append(row)
    return AskTable(tuple(rows), tuple(problems))


def write_asks(rows: list[AskRow]) -> str:
    """The same table, to open in a spreadsheet: semicolons, a cell that begins like a formula is held by an apostrophe."""
    out = _Written()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [getattr(row, name) for name in COLUMNS]
        writer.writerow([_cell(" ".join(one) if isinstance(one, tuple) else str(one)) for one in cells])
    return "".join(out)


class _Written(list[str]):
    """What a CSV writer writes, kept as it comes."""

    write = list.append


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "'") else text


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refused(line: int, column: str, message: Message) -> AskTable:
    return AskTable((), (Problem(line, column, message),))


def _row(line: int, raw: dict[str, str], problems: list[Problem]) -> AskRow | None:
    before = len(problems)
    cells = {name: text[1:] if text[:2] in ("'=", "'+", "'-", "'@", "''") else text for name, text in raw.items()}

    def wrong(column: str, template: str, **values: str | int) -> None:
        problems.append(Problem(line, column, say(template, **values)))

    if not _CODE.fullmatch(cells["code"]):
        wrong("code", gettext_noop("Le code « %(value)s » ne convient pas. Attendu : une lettre puis des chiffres ou des lettres, par exemple L7a."), value=cells["code"][:20])  # fmt: skip
    if cells["kind"] not in KINDS:
        wrong("kind", gettext_noop("Le genre « %(value)s » est inconnu. Attendu : lever (levier) ou demand (demande)."), value=cells["kind"][:20])  # fmt: skip
    if not _SLUG.fullmatch(cells["category"]):
        wrong("category", gettext_noop("Le code de catégorie « %(value)s » ne convient pas. Attendu : des minuscules sans accent, par exemple services."), value=cells["category"][:40])  # fmt: skip
    if not cells["text"]:
        wrong("text", gettext_noop("La demande n’a pas de texte."))
    competence = tuple(dict.fromkeys(re.split(r"[\s,|/]+", cells["competence"].lower()))) if cells["competence"] else ()
    if not competence or set(competence) - set(COMPETENCES):
        wrong("competence", gettext_noop("La compétence « %(value)s » n’est pas connue. Attendu, séparés par une espace : %(expected)s."), value=cells["competence"][:60], expected=", ".join(COMPETENCES))  # fmt: skip
    if cells["verifiable"] not in VERIFIABLE:
        wrong("verifiable", gettext_noop("« %(value)s » ne dit pas si la demande se vérifie. Attendu : yes, needs_criterion ou no."), value=cells["verifiable"][:20])  # fmt: skip
    weight = _weight(cells["weight"])
    if weight is None:
        wrong("weight", gettext_noop("Le poids « %(value)s » ne convient pas. Attendu : un nombre plus grand que zéro, 9999 au plus, deux décimales au plus."), value=cells["weight"][:20])  # fmt: skip
    for name, most in LONGEST.items():
        if len(cells[name]) > most and name not in ("code", "category"):
            wrong(name, gettext_noop("Ce texte a %(length)s signes ; %(most)s au plus tiennent ici."), length=len(cells[name]), most=most)
    if len(problems) > before or weight is None:
        return None
    plain = {name: text for name, text in cells.items() if name not in ("competence", "weight")}
    return AskRow(**plain, competence=competence, weight=weight)


def _weight(written: str) -> Decimal | None:
    try:
        weight = Decimal(written.replace(",", ".") or "1")
    except InvalidOperation:
        return None
    if not weight.is_finite() or not 0 < weight <= 9999:
        return None
    return weight if weight == weight.quantize(Decimal("0.01")) else None
