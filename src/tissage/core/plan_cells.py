"""A column of the plan's workbook, and how a cell of it is read into one plain form.

Every value has one written form (`canonical`), the same from the base and from a file: two forms differ only where somebody wrote something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .figures import UnreadableNumber, read_number
from .folding import fold
from .importing import UnreadableValue, parse_date
from .messages import gettext_noop, say
from .money import AmountUnreadable, read_amount

UNKNOWN = "inconnu"
TOO_LONG = "(texte trop long pour une cellule : il reste tel quel dans Tissage)"
LONGEST_CELL = 32_767

TEXT, WHOLE, NUMBER, AMOUNT, DAY, YES, LIST, CHOICE, SHOWN = "text", "whole", "number", "amount", "day", "yes", "list", "choice", "shown"


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `shown` columns are written for the reader and never read back; `most` is the length its table holds.

    `names`: what else it is called, folded. `choices`: code → words, the first of which is written out.
    """

    name: str
    heading: str
    kind: str = TEXT
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: int = 0
    width: int = 16
    is_written: bool = True


STATES = {
    "created": ("créée", "a creer", "nouvelle", "cree"),
    "to_be_scheduled": ("à planifier", "planifiee", "a programmer", "prevue"),
    "ongoing": ("en cours", "active", "en activite", "realisation"),
    "stopped": ("arrêtée", "stoppee", "abandonnee", "suspendue", "arrete"),
    "terminated": ("terminée", "cloturee", "finie", "termine"),
}
HEALTHS = {
    "good": ("va bien", "bonne", "ok", "vert"),
    "risk": ("à risque", "orange", "risque"),
    "blocked": ("bloquée", "rouge", "bloque"),
    "paused": ("en pause", "pause"),
}
ROLES = {"operator": ("opérateur", "operateur art. 20", "porteur"), "partner": ("partenaire", "collaborateur", "participant")}
DIRECTIONS = {"up": ("à augmenter", "hausse", "+"), "down": ("à diminuer", "baisse"), "none": ("sans sens", "neutre")}
LEVELS = {"output": ("réalisation", "production"), "result": ("résultat",), "impact": ("effet", "impact"), "process": ("processus",)}
PERIODS = {"year": ("par an", "annuel", "an", "annee"), "month": ("par mois", "mensuel", "mois")}
SUMS = {
    "add": ("les mois s’additionnent", "somme"),
    "last": ("le dernier mois compte", "dernier"),
    "mean": ("moyenne des mois", "moyenne"),
}


# --- A cell -------------------------------------------------------------------------------------------------------
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LIST_ENDS = re.compile(r"[;\n]")
_LOOSE_ENDS = re.compile(r"[;,\n]")
_UNSAID = {"inconnu", "inconnue", "?", "n.c.", "nc", "non connu", "a confirmer", "a determiner", "nd", "n.d."}
_YES = {"oui": "oui", "o": "oui", "x": "oui", "1": "oui", "vrai": "oui", "yes": "oui", "true": "oui", "✓": "oui"}
_NO = {"non": "non", "n": "non", "0": "non", "faux": "non", "no": "non", "false": "non", "-": "non"}


def plain_text(text: str) -> str:
    """A text as it stands in a base and in a cell alike: composed letters, \\n for line ends, no control character, no space at its ends."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def plain_number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.quantize(Decimal('0.01')):f}"


def plain_list(items: Sequence[str]) -> str:
    """« a ; b », each item once, in the order given."""
    return "; ".join(dict.fromkeys(item for item in (plain_text(one) for one in items) if item))


def split_list(text: str, loose: bool = False) -> list[str]:
    """The items of a list. `loose`: a comma cuts too, as in a town's own file."""
    return list(dict.fromkeys(filter(None, (item.strip() for item in (_LOOSE_ENDS if loose else _LIST_ENDS).split(text)))))


def canonical(form: Field, cell: str, *, loose: bool = False) -> str:
    """The one written form of a cell: dates as 2026-03-01, numbers with two decimals, choices by their code, « inconnu » for what nobody knows.

    Raises `UnreadableValue`, with what was expected.
    """
    text = plain_text(cell)
    if not text or text == TOO_LONG or form.kind == SHOWN:
        return text
    match form.kind:
        case "text":
            return _short_enough(form, text)
        case "list":
            return plain_list(split_list(text, loose))
        case "whole":
            return _whole(form, text)
        case "number" | "amount":
            return _number(form, text)
        case "day":
            return _day(form, text)
        case "yes":
            return _yes(form, text)
    return _choice(form, text)


def _short_enough(form: Field, text: str) -> str:
    if form.most and len(text) > form.most:
        said = gettext_noop("Le texte fait %(length)s caractères ; cette colonne en tient %(most)s. Raccourcissez-le.")
        raise UnreadableValue(form.heading, text[:60], say(said, length=len(text), most=form.most))
    return text


def _whole(form: Field, text: str) -> str:
    bare = re.sub(r"[.,]0+$", "", text.replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 5):
        said = gettext_noop("« %(value)s » n’est pas un nombre entier. Attendu : des chiffres, par exemple 12.")
        raise UnreadableValue(form.heading, text, say(said, value=text[:60]))
    return str(int(bare))


def _number(form: Field, text: str) -> str:
    if fold(text) in _UNSAID:
        return UNKNOWN
    try:
        value = read_amount(text) if form.kind == AMOUNT else read_number(text)
    except (AmountUnreadable, UnreadableNumber):
        said = gettext_noop("« %(value)s » n’est pas un nombre lisible. Attendu : 1234,50, ou « inconnu ».")
        raise UnreadableValue(form.heading, text, say(said, value=text[:60])) from None
    return plain_number(value)


def _day(form: Field, text: str) -> str:
    try:
        day = parse_date(text, form.heading)
    except UnreadableValue:
        said = gettext_noop("« %(value)s » n’est pas une date lisible. Attendu : jour/mois/année, par exemple 3/2/2026.")
        raise UnreadableValue(form.heading, text, say(said, value=text[:60])) from None
    return day.isoformat() if day else ""


def _yes(form: Field, text: str) -> str:
    said = _YES.get(fold(text)) or _NO.get(fold(text))
    if said is None:
        expected = gettext_noop("« %(value)s » n’est ni oui ni non. Attendu : oui ou non.")
        raise UnreadableValue(form.heading, text, say(expected, value=text[:60]))
    return said


def _choice(form: Field, text: str) -> str:
    folded = fold(text)
    for code, words in form.choices.items():
        if folded == code or any(folded == fold(word) for word in words):
            return code
    expected = ", ".join(words[0] for words in form.choices.values())
    said = gettext_noop("« %(value)s » n’est pas un choix connu. Attendu : %(expected)s.")
    raise UnreadableValue(form.heading, text, say(said, value=text[:60], expected=expected))


def in_words(form: Field, value: str) -> str:
    """A written form as a person reads it: the words of a choice, 01/03/2026, 1 234,50."""
    if not value or value in (UNKNOWN, TOO_LONG):
        return value
    match form.kind:
        case "choice":
            return form.choices[value][0] if value in form.choices else value
        case "day":
            year, month, day = value.split("-")
            return f"{day}/{month}/{year}"
        case "number" | "amount":
            whole, _, cents = value.partition(".")
            grouped = f"{int(whole):,}".replace(",", "\u202f")
            sign = "-" if whole == "-0" else ""
            return sign + grouped + (f",{cents}" if form.kind == AMOUNT or cents.strip("0") else "")
    return value
