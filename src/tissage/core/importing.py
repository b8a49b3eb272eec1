"""Reading what a file or a person says about criteria, without touching a base (`spiral.md` §12, `names.md` points 1 to 5).

A *problem* is a value that cannot be read; a *notice* is readable and worth a look. Notices never stop anything.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .codes import Code, MalformedCode, parse_code
from .messages import Message, Value, gettext_noop, say

MAX_COUNT = 1_000_000
MAX_TEXT = 20_000


class UnreadableValue(ValueError):
    """A value that cannot be read: `column` names where, `value` is what stands there, the message says what to do."""

    def __init__(self, column: str, value: str, message: Message) -> None:
        super().__init__(str(message))
        self.column = column
        self.value = value
        self.message = message


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One typed or pasted line: how many notes say it, the statement, its code (None while uncoded)."""

    count: int
    text: str
    code: Code | None


def parse_entry_line(line: str) -> EntryLine:
    """A line `NB;criterion;component` (`spiral.md` §12.4): cut at the first and the last semicolon.

    >>> parse_entry_line("4;Having many friends;D03").text
    'Having many friends'

    NB empty means 1; the component may be empty (uncoded) or a whole code (`A01-11/P15/k`).
    Raises `UnreadableValue` with `column` one of `line`, `count`, `text`, `code`.
    """
    stripped = line.strip()
    if not stripped:
        raise UnreadableValue("line", "", say(gettext_noop("La ligne est vide.")))
    head, first, rest = stripped.partition(";")
    text, last, tail = rest.rpartition(";")
    if not first or not last:
        raise UnreadableValue(
            "line",
            stripped,
            say(
                gettext_noop(
                    "Il manque un point-virgule. Attendu : NB;critère;composante, par exemple 4;avoir beaucoup d’amis;D03 "
                    "(sans code : 4;avoir beaucoup d’amis;)."
                )
            ),
        )
    return EntryLine(parse_count(head), parse_statement(text.strip()), parse_optional_code(tail))


_WHOLE = re.compile(r"[0-9]{1,9}(?:[.,]0+)?")


def parse_count(text: str, column: str = "count") -> int:
    """A positive whole number; empty means 1 (`names.md`, point 2)."""
    stripped = text.strip()
    if not stripped:
        return 1
    if stripped.isascii() and _WHOLE.fullmatch(stripped):
        number = int(re.split(r"[.,]", stripped)[0])
        if 1 <= number <= MAX_COUNT:
            return number
    raise UnreadableValue(
        column,
        text,
        say(
            gettext_noop(
                "« %(value)s » n’est pas un nombre d’expressions. Attendu : un nombre entier positif, par exemple 1 ; vide vaut 1."
            ),
            value=stripped,
        ),
    )


def parse_statement(text: str, column: str = "text") -> str:
    """A statement as written: nothing is trimmed or corrected here; empty or unstorable is refused."""
    if not text.strip():
        raise UnreadableValue(
            column, text, say(gettext_noop("Le critère est vide. Écrivez ce que la personne a dit, ou retirez la ligne."))
        )
    return parse_text(text, column)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_text(text: str, column: str) -> str:
    """Any text a database and a spreadsheet can both hold: control characters and half characters are refused."""
    found = _CONTROL.search(text)
    if found:
        raise UnreadableValue(
            column,
            _CONTROL.sub("\ufffd", text),
            say(
                gettext_noop("Un caractère invisible (%(character)s) ne peut pas être gardé. Effacez-le, ou retapez ce passage."),
                character=f"U+{ord(found.group()):04X}",
            ),
        )
    if len(text) > MAX_TEXT:
        raise UnreadableValue(
            column,
            text[:80] + "…",
            say(
                gettext_noop("Ce texte dépasse %(most)s caractères. Raccourcissez-le, ou coupez-le en deux lignes."),
                most=MAX_TEXT,
            ),
        )
    return text


def parse_optional_code(text: str, column: str = "code") -> Code | None:
    """A whole code, or None when nothing is written."""
    if not text.strip():
        return None
    try:
        return parse_code(text)
    except MalformedCode as error:
        raise UnreadableValue(column, text.strip(), error.message) from None


_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def looks_like_a_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text.strip()) or _FRENCH_DATE.fullmatch(text.strip()))


def parse_date(text: str, column: str) -> dt.date | None:
    """The day of `2014-02-26 08:49`, `2014-02-26` or `26/2/2014`; empty gives None. The hour is checked and left out."""
    stripped = text.strip()
    if not stripped:
        return None
    iso, french = _DATE.fullmatch(stripped), _FRENCH_DATE.fullmatch(stripped)
    if iso:
        year, month, day, *clock = iso.groups()
    elif french:
        day, month, year, *clock = french.groups()
    else:
        raise UnreadableValue(column, text, _bad_date(stripped))
    try:
        hour, minute, second = (int(part or 0) for part in clock)
        return dt.datetime(int(year), int(month), int(day), hour, minute, second).date()  # noqa: DTZ001 - a day on paper has no zone
    except ValueError:
        raise UnreadableValue(column, text, _bad_date(stripped)) from None


def parse_moment(text: str) -> dt.datetime | None:
    """An instant as other programs write it (`2026-03-01T09:30:00Z`); without a zone it is UTC. None when it cannot be read."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _bad_date(text: str) -> Message:
    return say(
        gettext_noop("« %(value)s » n’est pas une date. Attendu : année-mois-jour, par exemple 2014-02-26, ou 26/2/2014."), value=text
    )


# --- The notes of a criterion, in one cell ---------------------------------------------------------------------

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {value: key for key, value in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\[\\nrt]")
_TO_ESCAPE = re.compile(r"[\\\n\r\t]")


@dataclass(frozen=True, slots=True)
class Note:
    """A raw note: its words, and when they are known its language and its French wording."""

    text: str
    language: str = ""
    french_text: str = ""


def format_notes(notes: Iterable[Note]) -> str:
    """Notes one a line; language and French wording follow after a tab. A line feed inside a note is written `\\n`."""
    lines = []
    for note in notes:
        parts = [_TO_ESCAPE.sub(lambda found: _ESCAPES[found.group()], part) for part in (note.text, note.language, note.french_text)]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        lines.append("\t".join(parts))
    return "\n".join(lines)


def parse_notes(text: str, column: str = "expressions") -> tuple[Note, ...]:
    """The inverse of `format_notes`; empty lines are left out."""
    notes = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        parts = [_ESCAPED.sub(lambda found: _UNESCAPES[found.group()], part) for part in line.split("\t")]
        words = parse_statement(parts[0], column)
        notes.append(Note(words, parts[1] if len(parts) > 1 else "", parse_text(parts[2], column) if len(parts) > 2 else ""))
    return tuple(notes)


# --- Findings ---------------------------------------------------------------------------------------------------


WHOLE_LINE = gettext_noop("ligne")
ENCODING = gettext_noop("encodage")
"""The columns of what concerns a whole line, or the whole file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or a notice: line (1-based, of the file), column as the file calls it, value, what and remedy."""

    line: int
    column: str
    value: str
    said: Message

    @property
    def message(self) -> str:
        """In French."""
        return str(self.said)

    def as_dict(self) -> dict[str, int | str]:
        """What the command line gives."""
        return {"line": self.line, "column": self.column, "value": self.value, "message": self.message}

    def as_kept(self) -> dict[str, object]:
        """What is kept for the screens, which say it in the language of whoever looks."""
        values: dict[str, Value] = dict(self.said.values)
        return {**self.as_dict(), "templates": list(self.said.templates), "values": values}


class Findings:
    """A list of findings of which the first `limit` are kept and all are counted: memory stays bounded."""

    def __init__(self, limit: int = 10_000) -> None:
        self.limit = limit
        self.kept: list[Finding] = []
        self.total = 0

    def add(self, line: int, column: str, value: str, said: Message) -> None:
        self.total += 1
        if len(self.kept) < self.limit:
            self.kept.append(Finding(line, column, value[:300], said))

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding.line, finding.column, finding.value, finding.said)

    @property
    def left_out(self) -> int:
        return self.total - len(self.kept)

    def in_order(self) -> list[Finding]:
        """Those kept, by line."""
        return sorted(self.kept, key=lambda finding: finding.line)

    def as_list(self) -> list[dict[str, int | str]]:
        return [finding.as_dict() for finding in self.in_order()]
