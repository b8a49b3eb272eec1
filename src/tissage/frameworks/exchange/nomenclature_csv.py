"""A nomenclature as CSV: one line a code, the columns of the project's own data file.

`kind, code, parent, label_xx…, key_xx…, status, source, valid_from, valid_to`, with one column a language.
Reading accepts comma, semicolon or tab, UTF-8 or Windows-1252; kinds absent from the file are taken over as they
stand in the version it is compared with. A written cell that a spreadsheet would run gets an apostrophe, which
reading removes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from tissage.core.nomenclature import (
    BENEFICIARY,
    COMPONENT,
    DIMENSION,
    KINDS,
    PARENT_KIND,
    SENSE,
    SENSE_LETTER,
    STATUSES,
    Term,
    well_formed,
)

COLUMNS = ("kind", "code", "parent", "label_fr", "label_en", "key_fr", "key_en", "status", "source", "valid_from", "valid_to")
NEEDED = ("kind", "code", "label_fr")
LIMIT_BYTES = 2_000_000
LIMIT_ROWS = 5_000
_LANGUAGE_COLUMN = re.compile(r"(label|key)_[a-z]{2,3}")
_EXAMPLES = {DIMENSION: "A", COMPONENT: "A01", SENSE_LETTER: "P", SENSE: "P15", BENEFICIARY: "k"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be read, and where. `line` counts from 1, the header included."""

    line: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class NomenclatureFile:
    """What a file says. `terms` is complete: its own codes, then those of the kinds it does not hold (`kept`: kind → how many)."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    kept: dict[str, int]


def write_nomenclature(terms: Iterable[Term]) -> str:
    """The CSV of these codes; `read_nomenclature` gives the same codes back."""
    rows = list(terms)
    more = sorted({f"label_{name}" for term in rows for name in term.labels} | {f"key_{name}" for term in rows for name in term.keys})
    columns = [*COLUMNS, *(name for name in more if name not in COLUMNS)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for term in rows:
        cells = {
            "kind": term.kind,
            "code": term.code,
            "parent": term.parent,
            "status": term.status,
            "source": term.source,
            "valid_from": term.valid_from.isoformat() if term.valid_from else "",
            "valid_to": term.valid_to.isoformat() if term.valid_to else "",
            **{f"label_{language}": text for language, text in term.labels.items()},
            **{f"key_{language}": text for language, text in term.keys.items()},
        }
        writer.writerow({name: protect(text) for name, text in cells.items()})
    return out.getvalue()


def protect(text: str) -> str:
    """A cell that no spreadsheet takes for a formula. `unprotect` gives the text back, apostrophes of its own included."""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text


def unprotect(text: str) -> str:
    return text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text


def read_nomenclature(content: bytes, base: Iterable[Term] = ()) -> NomenclatureFile:
    """The codes of a file, every problem by line with its remedy. Nothing is written anywhere."""
    problems: list[Problem] = []
    notices: list[Problem] = []
    if len(content) > LIMIT_BYTES:
        return _refused(_("Le fichier dépasse 2 Mo. Une nomenclature en compte bien moins : vérifiez que c’est le bon fichier."))
    text = _decoded(content, notices)
    lines = list(_lines(text))
    if not lines:
        return _refused(_("Le fichier est vide. Exportez une version pour avoir un modèle."))
    if len(lines) > LIMIT_ROWS:
        return _refused(_("Le fichier dépasse 5 000 lignes. Vérifiez que c’est le bon fichier."))
    header = [cell.strip().casefold() for cell in lines[0][1]]
    problems += _header_problems(header)
    if problems:
        return NomenclatureFile((), tuple(problems), tuple(notices), {})
    numbered: list[tuple[int, Term]] = []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            problems.append(
                Problem(
                    line,
                    "",
                    "",
                    _("%(found)d cellules au lieu de %(wanted)d. Une virgule dans un texte demande des guillemets autour de lui.")
                    % {"found": len(cells), "wanted": len(header)},
                )
            )
            continue
        row = {name: unprotect(cell.strip()) for name, cell in zip(header, cells, strict=True)}
        found = list(_row_problems(line, row))
        problems += found
        if not found:
            numbered.append((line, _term(row)))
    problems += _duplicates(numbered)
    present = {term.kind for _line, term in numbered}
    carried = tuple(term for term in base if term.kind not in present) if numbered else ()
    problems += _orphans(numbered, carried)
    if not numbered and not problems:
        problems.append(Problem(1, "", "", _("Le fichier n’a que ses titres de colonnes. Ajoutez une ligne par code.")))
    kept = dict(Counter(term.kind for term in carried))
    terms = (*(term for _line, term in numbered), *carried)
    return NomenclatureFile(terms, tuple(sorted(problems, key=lambda one: one.line)), tuple(notices), kept)


def _refused(message: str) -> NomenclatureFile:
    return NomenclatureFile((), (Problem(1, "", "", message),), (), {})


def _decoded(content: bytes, notices: list[Problem]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252. Vérifiez les accents avant d’appliquer.")
        notices.append(Problem(1, "", "", message))
        return content.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their first line; blank rows are skipped."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _header_problems(header: list[str]) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in header:
            yield Problem(1, name, "", _("La colonne « %(name)s » manque. Exportez une version pour avoir un modèle.") % {"name": name})
    for name, count in Counter(header).items():
        if count > 1:
            yield Problem(1, name, name, _("La colonne « %(name)s » est là deux fois. Retirez-en une.") % {"name": name})
        elif name not in COLUMNS and not _LANGUAGE_COLUMN.fullmatch(name):
            yield Problem(
                1,
                name,
                name,
                _("La colonne « %(name)s » est inconnue. Retirez-la, ou donnez-lui un de ces titres : %(known)s.")
                % {"name": name, "known": ", ".join(COLUMNS)},
            )


def _row_problems(line: int, row: dict[str, str]) -> Iterator[Problem]:
    kind, code = row["kind"], row["code"]
    if kind not in KINDS:
        yield Problem(line, "kind", kind, _("Genre inconnu. Attendu : %(known)s.") % {"known": ", ".join(KINDS)})
        return
    if not well_formed(kind, code):
        yield Problem(
            line,
            "code",
            code,
            _("« %(code)s » n’est pas un code de ce genre. Attendu : par exemple %(example)s.")
            % {"code": code, "example": _EXAMPLES[kind]},
        )
    elif kind in PARENT_KIND and row.get("parent", "") != code[0]:
        yield Problem(line, "parent", row.get("parent", ""), _("Le parent de %(code)s est %(letter)s.") % {"code": code, "letter": code[0]})
    elif kind not in PARENT_KIND and row.get("parent", ""):
        yield Problem(line, "parent", row["parent"], _("Un code de ce genre n’a pas de parent. Videz la cellule."))
    if not row["label_fr"]:
        yield Problem(line, "label_fr", "", _("Le libellé français manque. Donnez-en un."))
    status = row.get("status", "")
    if status and status not in STATUSES:
        yield Problem(line, "status", status, _("Statut inconnu. Attendu : %(known)s.") % {"known": ", ".join(STATUSES)})
    for name in ("valid_from", "valid_to"):
        if _date(row.get(name, "")) is False:
            yield Problem(line, name, row[name], _("Date illisible. Attendu : année-mois-jour, par exemple 2026-02-03."))
    start, end = _date(row.get("valid_from", "")), _date(row.get("valid_to", ""))
    if start and end and start > end:
        yield Problem(line, "valid_to", row["valid_to"], _("La fin précède le début. Corrigez une des deux dates."))


def _date(text: str) -> dt.date | Literal[False] | None:
    """The date; None when empty, False when unreadable."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return False


def _term(row: dict[str, str]) -> Term:
    start, end = _date(row.get("valid_from", "")), _date(row.get("valid_to", ""))
    return Term(
        kind=row["kind"],
        code=row["code"],
        parent=row.get("parent", ""),
        labels={name.removeprefix("label_"): text for name, text in row.items() if name.startswith("label_") and text},
        keys={name.removeprefix("key_"): text for name, text in row.items() if name.startswith("key_") and text},
        status=row.get("status", "") or "unverified",
        source=row.get("source", ""),
        valid_from=start or None,
        valid_to=end or None,
    )


def _duplicates(numbered: list[tuple[int, Term]]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for line, term in numbered:
        first = seen.setdefault((term.kind, term.code), line)
        if first != line:
            yield Problem(
                line,
                "code",
                term.code,
                _("%(code)s est déjà à la ligne %(line)d. Retirez une des deux lignes.") % {"code": term.code, "line": first},
            )


def _orphans(numbered: list[tuple[int, Term]], carried: tuple[Term, ...]) -> Iterator[Problem]:
    known = {(term.kind, term.code) for term in (*(term for _line, term in numbered), *carried)}
    for line, term in (*numbered, *((1, term) for term in carried)):
        if term.parent and (PARENT_KIND[term.kind], term.parent) not in known:
            yield Problem(
                line,
                "parent",
                term.parent,
                _("%(code)s dépend de %(parent)s, qui n’est pas dans le fichier. Ajoutez une ligne pour %(parent)s.")
                % {"code": term.code, "parent": term.parent},
            )
