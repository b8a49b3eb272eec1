"""Reading what a file or a person says about criteria, without touching a base (`spiral.md` §12, `names.md` points 1 to 5).

A *problem* is a value that cannot be read; a *notice* is readable and worth a look. Notices never stop anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .codes import Code, MalformedCode, parse_code

MAX_COUNT = 1_000_000
MAX_TEXT = 20_000


class UnreadableValue(ValueError):
    """A value that cannot be read: `column` names where, `value` is what stands there, the message says what to do."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value


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
        raise UnreadableValue("line", "", "La ligne est vide.")
    head, first, rest = stripped.partition(";")
    text, last, tail = rest.rpartition(";")
    if not first or not last:
        raise UnreadableValue(
            "line",
            stripped,
            "Il manque un point-virgule. Attendu : NB;critère;composante, par exemple 4;avoir beaucoup d’amis;D03 "
            "(sans code : 4;avoir beaucoup d’amis;).",
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
        column, text, f"« {stripped} » n’est pas un nombre d’expressions. Attendu : un nombre entier positif, par exemple 1 ; vide vaut 1."
    )


def parse_statement(text: str, column: str = "text") -> str:
    """A statement as written: nothing is trimmed or corrected here; empty or unstorable is refused."""
    if not text.strip():
        raise UnreadableValue(column, text, "Le critère est vide. Écrivez ce que la personne a dit, ou retirez la ligne.")
    return parse_text(text, column)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_text(text: str, column: str) -> str:
    """Any text a database and a spreadsheet can both hold: control characters and half characters are refused."""
    found = _CONTROL.search(text)
    if found:
        raise UnreadableValue(
            column,
            _CONTROL.sub("\ufffd", text),
            f"Un caractère invisible (U+{ord(found.group()):04X}) ne peut pas être gardé. Effacez-le, ou retapez ce passage.",
        )
    if len(text) > MAX_TEXT:
        raise UnreadableValue(
            column, text[:80] + "…", f"Ce texte dépasse {MAX_TEXT} caractères. Raccourcissez-le, ou coupez-le en deux lignes."
        )
    return text


def parse_optional_code(text: str, column: str = "code") -> Code | None:
    """A whole code, or None when nothing is written."""
    if not text.strip():
        return None
    try:
        return parse_code(text)
    except MalformedCode as error:
        raise UnreadableValue(column, text.strip(), str(error)) from None
