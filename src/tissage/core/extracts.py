"""Reading an accounting extract: its columns, its rows, and which booking of the last extract each row is.

Extracts are cumulative: the next one holds the same bookings again, and more. What may change in between: an amount, a date, a wording.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .folding import fold
from .importing import UnreadableValue, parse_date
from .messages import Message, gettext_noop, say
from .money import AmountUnreadable, read_amount

COMMITMENT, EXPENSE, RECEIPT = "commitment", "expense", "receipt"
KINDS = (COMMITMENT, EXPENSE, RECEIPT)

FIELDS = {
    "booked_on": gettext_noop("date"),
    "amount": gettext_noop("montant"),
    "debit": gettext_noop("débit"),
    "credit": gettext_noop("crédit"),
    "number": gettext_noop("numéro de pièce"),
    "article": gettext_noop("article budgétaire"),
    "function_code": gettext_noop("code fonctionnel"),
    "supplier": gettext_noop("fournisseur ou débiteur"),
    "label": gettext_noop("libellé"),
    "kind": gettext_noop("genre"),
}
_NAMES = {
    "booked_on": "date|date comptable|date d'imputation|date imputation|date de piece|date piece|date facture|date de la facture"
    "|date operation|date d'operation|date valeur|date engagement|date d'engagement|date ecriture|date du mandat|jour",
    "amount": "montant|montant ttc|montant tvac|montant eur|montant (eur)|montant €|montant (€)|montant impute|montant engage"
    "|imputation|impute|somme|total|valeur",
    "debit": "debit|montant debit|depenses|sortie",
    "credit": "credit|montant credit|recettes|entree",
    "number": "numero|n°|no|num|numero de piece|n° de piece|n° piece|no piece|piece|numero piece|numero d'imputation|n° imputation"
    "|n° mandat|mandat|numero de mandat|numero d'ecriture|n° ecriture|reference|ref|ref.|n° facture|numero de facture|n° engagement"
    "|numero d'engagement|numero ecriture|id",
    "article": "article budgetaire|article|art.|art. budgetaire|article budg.|allocation|allocation budgetaire|compte|compte budgetaire"
    "|imputation budgetaire|code article",
    "function_code": "code fonctionnel|fonction|code fonction|fonct.|code fonct.|fonctionnel",
    "supplier": "fournisseur|tiers|debiteur|creancier|beneficiaire|nom du tiers|nom tiers|fournisseur/debiteur|fournisseur ou debiteur"
    "|nom fournisseur|nom du fournisseur|nom|contrepartie|redevable",
    "label": "libelle|objet|description|communication|commentaire|intitule|designation|motif|libelle de l'ecriture",
    "kind": "genre|type|nature|sens|d/r|dep/rec|type d'ecriture|depense/recette|type de mouvement|mouvement",
}
_KNOWN = {name: field for field, names in _NAMES.items() for name in names.split("|")}

_KIND_WORDS = (
    ("eng", COMMITMENT),
    ("imp", EXPENSE),
    ("dep", EXPENSE),
    ("mandat", EXPENSE),
    ("pai", EXPENSE),
    ("fact", EXPENSE),
    ("rec", RECEIPT),
    ("droit", RECEIPT),
)
_KIND_LETTERS = {"e": COMMITMENT, "i": EXPENSE, "d": EXPENSE, "r": RECEIPT, "dc": RECEIPT}
_LENGTHS = {"number": 60, "article": 40, "function_code": 20}
_TRIMMED = {"supplier": 200, "label": 300}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FUNCTION = re.compile(r"\s*(\d{3,8})\s*/")
_TYPED_FRACTION = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?", re.IGNORECASE)
_TWO_WAYS = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")
_AFTER = re.compile(r"[-−–]$")


# --- The header ---------------------------------------------------------------------------------------------------


def read_heading(label: str) -> str:
    """The field a heading names, or an empty string.

    >>> read_heading("N° de pièce")
    'number'
    """
    return _KNOWN.get(fold(label).rstrip(" :"), "")


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Field → heading, for the headings that are known; a field is given to the first that bears its name."""
    found: dict[str, str] = {}
    for label in header:
        field = read_heading(label)
        if field and field not in found:
            found[field] = label
    for field, start in (("booked_on", "date"), ("amount", "montant")):
        if field not in found and not (field == "amount" and found.keys() & {"debit", "credit"}):
            near = next((label for label in header if fold(label).startswith(start) and label not in found.values()), None)
            if near is not None:
                found[field] = near
    if "amount" in found:
        found.pop("debit", None)
        found.pop("credit", None)
    return found


def header_among(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows is the header: the one that names most fields, two at least; the first row otherwise."""
    scores = [len(guess_columns(row)) for row in rows]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else 0


def missing_columns(columns: Mapping[str, str]) -> tuple[str, ...]:
    """What no row can be read without: a date, and an amount (or debit, or credit)."""
    missing = [] if columns.get("booked_on") else ["booked_on"]
    if not any(columns.get(name) for name in ("amount", "debit", "credit")):
        missing.append("amount")
    return tuple(missing)


# --- A row --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """A booking as a row of the extract says it. `cents` is signed; `derived` says that the function code was taken from the article."""

    line: int
    kind: str
    number: str
    booked_on: dt.date
    article: str
    function_code: str
    supplier: str
    label: str
    cents: int
    derived: bool = False

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents).scaleb(-2)

    @property
    def supplier_search(self) -> str:
        return folded(self.supplier)[:200]

    def group(self, year: int) -> str:
        # Only what has no number is told by all it says: most rows spare the folding.
        told = () if self.number else (self.booked_on.isoformat(), self.supplier_search, fold(self.label), self.cents)
        return group_of(year, self.kind, self.number, self.article, told)

    @property
    def mark(self) -> str:
        return mark_of(self.booked_on, self.supplier_search, self.label, self.cents, self.function_code)


class ExtractReader:
    """Cells → `ExtractRow`. `columns`: field → heading; `kind`: what a row is when no column says it; `typed`: cells of a spreadsheet."""

    def __init__(self, header: Sequence[str], columns: Mapping[str, str], *, kind: str = EXPENSE, typed: bool = False) -> None:
        places = {label: place for place, label in reversed(list(enumerate(header)))}
        self.places = {field: places[label] for field, label in columns.items() if label in places}
        self.headings = {field: header[place] for field, place in self.places.items()}
        self.kind, self.typed = kind, typed

    def read(self, line: int, cells: Sequence[str]) -> ExtractRow | None:
        """The row, or None for a row of totals. Raises `UnreadableValue` naming the column, the value and the remedy."""
        said = {field: cells[place].strip() if place < len(cells) else "" for field, place in self.places.items()}
        if not said.get("booked_on"):
            if not said.get("number") and any(fold(cell).startswith(("total", "sous-total", "solde", "report")) for cell in cells):
                return None
            raise UnreadableValue(
                self._heading("booked_on"),
                "",
                say(gettext_noop("La date manque. Écrivez-la, par exemple 31/12/2026, ou retirez la ligne.")),
            )
        booked_on = parse_date(said["booked_on"], self._heading("booked_on"))
        assert booked_on is not None
        for field, most in _LENGTHS.items():
            if len(said.get(field, "")) > most:
                raise UnreadableValue(
                    self._heading(field), said[field][:80], say(gettext_noop("Plus de %(most)s signes. Vérifiez la colonne."), most=most)
                )
        kind = read_kind(said["kind"], self._heading("kind")) if said.get("kind") else self.kind
        article, function = said.get("article", ""), said.get("function_code", "")
        derived = "" if function else function_of(article)
        return ExtractRow(
            line=line,
            kind=kind,
            number=_clean(said.get("number", "")),
            booked_on=booked_on,
            article=_clean(article),
            function_code=_clean(function) or derived,
            supplier=_clean(said.get("supplier", ""))[: _TRIMMED["supplier"]],
            label=_clean(said.get("label", ""))[: _TRIMMED["label"]],
            cents=self._cents(said, kind),
            derived=bool(derived),
        )

    def _heading(self, field: str) -> str:
        return self.headings.get(field, FIELDS[field])

    def _cents(self, said: Mapping[str, str], kind: str) -> int:
        """The amount in cents. Of two columns: what is spent counts debit less credit, what is received credit less debit."""
        if "amount" in self.places:
            if not said.get("amount"):
                raise UnreadableValue(self._heading("amount"), "", _NO_AMOUNT)
            return self._read(said["amount"], "amount")
        debit, credit = said.get("debit", ""), said.get("credit", "")
        if not debit and not credit:
            raise UnreadableValue(self._heading("debit" if "debit" in self.places else "credit"), "", _NO_AMOUNT)
        difference = (self._read(debit, "debit") if debit else 0) - (self._read(credit, "credit") if credit else 0)
        return -difference if kind == RECEIPT else difference

    def _read(self, text: str, field: str) -> int:
        return int(read_ledger_amount(text, self._heading(field), typed=self.typed).scaleb(2))


_NO_AMOUNT = say(gettext_noop("Le montant manque : il n’est pas pris pour zéro. Écrivez-le, ou retirez la ligne."))
_AMBIGUOUS = gettext_noop(
    "« %(value)s » peut se lire de deux façons : des milliers, ou trois décimales. Écrivez les cents, par exemple 1.234,00 ou 1,23."
)
_NOT_AN_AMOUNT = gettext_noop("« %(value)s » n’est pas un montant. Attendu : 1.234,50, 1 234,50, -12 ou 12.5.")
_TOO_FINE = gettext_noop("« %(value)s » a plus de deux décimales. Un montant s’écrit au cent près : arrondissez-le dans le fichier.")


def read_ledger_amount(text: str, column: str, *, typed: bool = False) -> Decimal:
    """An amount of an extract, exactly. `typed`: a number of a spreadsheet, whose point is decimal and whose noise (0.30000000000000004) goes.

    Raises `UnreadableValue` for what is no amount, what has more than two decimals, and what could be read in two ways (« 1.234 »).

    >>> read_ledger_amount("1.234,50-", "montant")
    Decimal('-1234.50')
    """
    bare = text.strip()
    if typed and _TYPED_FRACTION.fullmatch(bare):
        exact = Decimal(bare)
        rounded = exact.quantize(Decimal("0.01"))
        if abs(exact - rounded) > Decimal("0.000001"):
            raise UnreadableValue(column, text, say(_TOO_FINE, value=bare))
        return rounded
    if _TWO_WAYS.fullmatch(bare):
        raise UnreadableValue(column, text, say(_AMBIGUOUS, value=bare))
    if _AFTER.search(bare):
        bare = "-" + bare[:-1].strip()
    try:
        return read_amount(bare)
    except AmountUnreadable:
        raise UnreadableValue(column, text, say(_NOT_AN_AMOUNT, value=text.strip())) from None


def read_kind(text: str, column: str) -> str:
    """A commitment, an expense or a receipt, by the word or the letter of the extract.

    >>> read_kind("Imputation", "genre"), read_kind("R", "genre")
    ('expense', 'receipt')
    """
    word = fold(text)
    if word in KINDS:
        return word
    if word in _KIND_LETTERS:
        return _KIND_LETTERS[word]
    for start, kind in _KIND_WORDS:
        if word.startswith(start):
            return kind
    said: Message = say(
        gettext_noop("« %(value)s » n’est pas un genre connu. Attendu : engagement, imputation, dépense ou recette."), value=text
    )
    raise UnreadableValue(column, text, said)


def function_of(article: str) -> str:
    """The function code that stands before the bar of a budget article, or an empty string.

    >>> function_of("84010/124-02")
    '84010'
    """
    found = _FUNCTION.match(article)
    return found.group(1) if found else ""


@lru_cache(maxsize=4096)
def folded(supplier: str) -> str:
    """A supplier as it is compared: a few hundred stand behind a hundred thousand rows."""
    return fold(supplier)


@lru_cache(maxsize=4096)
def article_key(article: str) -> str:
    """An article as it is compared: without spaces or case."""
    return "".join(article.split()).upper()


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


# --- Which booking a row is ---------------------------------------------------------------------------------------

KEY_LENGTH = 56
"""A key is its group's hash, a point, and a rank among those of the group: 64 characters at most."""


def group_of(year: int, kind: str, number: str, article: str, otherwise: Sequence[object]) -> str:
    """What tells a booking again: its piece number with its article; without a number, everything the row says."""
    told = ("n", fold(number)) if number else ("l", *map(str, otherwise))
    said = "\x1f".join((str(year), kind, article_key(article), *told))
    return hashlib.sha256(said.encode()).hexdigest()[:KEY_LENGTH]


def key_of(group: str, rank: int) -> str:
    return f"{group}.{rank}"


def split_key(key: str) -> tuple[str, int]:
    """(group, rank) of a key."""
    group, _, rank = key.partition(".")
    return group, int(rank or 0)


def mark_of(booked_on: dt.date, supplier_search: str, label: str, cents: int, function_code: str) -> str:
    """What may change of a booking that stays the same one; two equal marks need no look at the rest."""
    said = "\x1f".join((booked_on.isoformat(), supplier_search, fold(label), str(cents), function_code))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Had:
    """A booking that was there: its primary key, rank in its group, mark, and whether it had vanished."""

    pk: int
    rank: int
    mark: str
    vanished: bool


@dataclass(frozen=True, slots=True)
class Paired:
    """What a group of rows is: line → booking; lines that are new, with their rank; bookings that no row tells any more."""

    same: dict[int, Had]
    changed: dict[int, Had]
    new: dict[int, int]
    gone: tuple[Had, ...]


def pair(rows: Iterable[tuple[int, str]], had: Iterable[Had]) -> Paired:
    """Rows (line, mark) of one group with the bookings of that group.

    First those that say exactly the same, then the others in their order: of a piece with two lines on one article, the line whose amount
    moved is the one left over. Bookings that still stand come before those that had vanished.
    """
    known = sorted(had, key=lambda one: (one.vanished, one.rank))
    by_mark: dict[str, deque[Had]] = {}
    for one in known:
        by_mark.setdefault(one.mark, deque()).append(one)
    same: dict[int, Had] = {}
    waiting: list[int] = []
    for line, mark in rows:
        if by_mark.get(mark):
            same[line] = by_mark[mark].popleft()
        else:
            waiting.append(line)
    taken = {one.pk for one in same.values()}
    left = [one for one in known if one.pk not in taken]
    changed = dict(zip(waiting, left, strict=False))
    first = max((one.rank for one in known), default=-1) + 1
    new = {line: first + place for place, line in enumerate(waiting[len(changed) :])}
    return Paired(same, changed, new, tuple(left[len(changed) :]))
