"""Rows of the sheets of a workbook, read into what they say of the plan. Nothing is looked up in a base: what is known is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .folding import fold
from .importing import UnreadableValue
from .messages import Message, gettext_noop, say
from .plan_cells import CHOICE, SHOWN, UNKNOWN, YES, Field, canonical, in_words, plain_list, split_list
from .plan_merge import Given, read_mark
from .plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, KINDS, MARK, PARTNERS, SHEETS, SheetForm

REPEATED = "Montants repris"
"""The line of funding of amounts whose file names none."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was chosen to be read: `columns` index → field (`mark` included), rows as (line, cells in text)."""

    title: str
    kind: str
    columns: Mapping[int, str]
    rows: Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, what stands there, and what to do. `line` 0 is the sheet as a whole."""

    sheet: str
    line: int
    column: str
    value: str
    message: Message


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a plan already knows: actions (number → title), codes of the catalogue and of objectives, legal bases (code → words)."""

    actions: Mapping[str, str]
    codes: frozenset[str]
    objectives: frozenset[str]
    bases: Mapping[str, str]
    action_of_code: Mapping[str, Sequence[str]] = field(default_factory=dict)
    years: range = range(1990, 2100)
    names: Mapping[str, str] = field(default_factory=dict)
    """Organisations and neighbourhoods by their folded names: one written otherwise is the same."""


@dataclass(slots=True)
class RowReader:
    """Reads the sheets of one file; `problems` gathers what cannot be read, and its row is left out."""

    words: Vocabulary
    ours: bool = False
    """The file is one that we wrote: a comma is no separator in it."""
    problems: list[Problem] = field(default_factory=list)
    rows: list[Given] = field(default_factory=list)
    unread: set[tuple[str, int]] = field(default_factory=set)
    """Rows of the plan whose row in the file has a problem: they are in the file."""
    _numbers: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _next: int = 1

    def read(self, sheets: Iterable[RawSheet]) -> list[Given]:
        """Actions first, whatever their place in the file: the other sheets speak of them."""
        self._numbers = dict(self.words.actions)
        for number, title in self.words.actions.items():
            self._titles.setdefault(fold(title), []).append(number)
        self._next = max((int(number) for number in self.words.actions), default=0) + 1
        for sheet in sorted(sheets, key=lambda one: KINDS.index(one.kind)):
            if sheet.kind == ACTIONS:
                self._foresee(sheet)
            for line, cells in sheet.rows:
                before = len(self.problems)
                self._row(sheet, line, cells)
                if len(self.problems) > before and (mark := read_mark(self._cell(sheet, cells, MARK.name))):
                    self.unread.add((sheet.kind, mark.pk))
        return self.rows

    def _foresee(self, sheet: RawSheet) -> None:
        """Numbers given in the file are kept for their rows: a row without one takes the next free."""
        form = SHEETS[ACTIONS].column("number")
        for _line, cells in sheet.rows:
            try:
                self._next = max(self._next, int(canonical(form, self._cell(sheet, cells, "number")) or 0) + 1)
            except UnreadableValue:
                continue  # said when its row is read

    def _cell(self, sheet: RawSheet, cells: Sequence[str], name: str) -> str:
        return next((cells[i] for i, one in sheet.columns.items() if one == name and i < len(cells)), "")

    def _row(self, sheet: RawSheet, line: int, cells: Sequence[str]) -> None:
        form = SHEETS[sheet.kind]
        values: dict[str, str] = {}
        mark, wrong = None, False
        for i, name in sheet.columns.items():
            cell = cells[i] if i < len(cells) else ""
            if name == MARK.name:
                mark = read_mark(cell)
                continue
            column = form.column(name)
            try:
                # A number of an action may be written as its title or its code: it is looked for below.
                is_reference = name == "number" and sheet.kind != ACTIONS
                said = cell.strip() if is_reference else canonical(column, cell, loose=not self.ours)
            except UnreadableValue as error:
                self.problems.append(Problem(sheet.title, line, error.column, error.value, error.message))
                wrong = True
                continue
            if column.kind == SHOWN or (not said and column.kind in (CHOICE, YES)):
                continue  # a choice left blank says nothing
            values[name] = said
        if wrong or not any(values.values()) or not self._known_words(sheet, line, values):
            return
        {
            ACTIONS: self._action,
            PARTNERS: self._partner,
            INDICATORS: self._indicator,
            FIGURES: self._figure,
            AMOUNTS: self._amount,
        }[sheet.kind](sheet, line, values, mark)

    # --- What a value must already be ----------------------------------------------------------------------------
    def _known_words(self, sheet: RawSheet, line: int, values: dict[str, str]) -> bool:
        """Codes of the catalogue, objectives and legal bases belong to the framework; a legal basis may be written in words."""
        form = SHEETS[sheet.kind]
        ok = True
        for name in ("organization", "lead_service", "funder"):
            if values.get(name):
                values[name] = self._same(values[name])
        if "neighbourhoods" in values:
            values["neighbourhoods"] = plain_list([self._same(one) for one in split_list(values["neighbourhoods"])])
        if (code := values.get("code", "")) and code not in self.words.codes:
            said = gettext_noop(
                "« %(value)s » n’est pas un code du catalogue. Corrigez-le, ou videz la cellule : le code peut venir plus tard."
            )
            ok = self._refuse(sheet, line, form.column("code"), code, said)
        for one in split_list(values.get("objectives", "")):
            if one not in self.words.objectives:
                said = gettext_noop("« %(value)s » n’est pas un code d’objectif ou de droit du référentiel.")
                ok = self._refuse(sheet, line, form.column("objectives"), one, said)
        if basis := values.get("basis", ""):
            folded = fold(basis)
            code = next((code for code, words in self.words.bases.items() if folded in (fold(code), fold(words))), "")
            if code:
                values["basis"] = code
            else:
                expected = ", ".join(self.words.bases.values())
                said = gettext_noop("« %(value)s » n’est pas une base légale du référentiel. Attendu : %(expected)s.")
                ok = self._refuse(sheet, line, form.column("basis"), basis, said, expected=expected)
        return ok

    def _same(self, name: str) -> str:
        """The name as the register writes it, when it is there."""
        return self.words.names.get(fold(name), name)

    def _refuse(self, sheet: RawSheet, line: int, column: Field | None, value: str, template: str, **more: str) -> bool:
        heading = column.heading if column else ""
        self.problems.append(Problem(sheet.title, line, heading, value[:60], say(template, value=value[:60], **more)))
        return False

    def _action_of(self, sheet: RawSheet, line: int, values: dict[str, str], *, may_lack: bool = False) -> str | None:
        """The number of the action a row speaks of, from its number, « 12 · Titre », its title or a code that one action alone bears."""
        said = values.pop("number", "")
        if not said:
            if may_lack:
                return ""
            self._refuse(sheet, line, SHEETS[sheet.kind].column("number"), "", gettext_noop("Il manque le numéro de l’action."))
            return None
        head = re.match(r"\s*0*(\d{1,5})(?:[.,]0+)?\s*(?:[·:\-–—].*)?$", said)
        candidates = (
            [head[1]] if head and head[1] in self._numbers else self._titles.get(fold(said)) or self.words.action_of_code.get(said, ())
        )
        if len(candidates) == 1:
            return candidates[0]
        template = (
            gettext_noop("« %(value)s » désigne plusieurs actions. Écrivez le numéro de celle dont il s’agit.")
            if candidates
            else gettext_noop(
                "« %(value)s » n’est aucune action du plan ni de ce fichier. Écrivez son numéro, ou ajoutez-la dans les actions."
            )
        )
        self._refuse(sheet, line, SHEETS[sheet.kind].column("number"), said, template)
        return None

    def _give(
        self, sheet: RawSheet, line: int, key: tuple[str, ...], values: dict[str, str], label: str, mark: object = None, **more: object
    ) -> None:
        kind = str(more.pop("kind", sheet.kind))
        self.rows.append(Given(kind, sheet.title, line, key, values, label, mark, **more))  # type: ignore[arg-type]

    # --- Each kind of row ----------------------------------------------------------------------------------------
    def _action(self, sheet: RawSheet, line: int, values: dict[str, str], mark: object) -> None:
        title = values.get("title", "")
        if not title:
            self._refuse(sheet, line, SHEETS[ACTIONS].column("title"), "", gettext_noop("Il manque le titre de l’action."))
            return
        same = self._titles.get(fold(title), [])
        if not values.get("number"):
            if len(same) == 1:
                values["number"] = same[0]
            else:
                values["number"], self._next = str(self._next), self._next + 1
        number = values["number"]
        if values.get("state") == "stopped" and "stop_reason" in values and not values["stop_reason"]:
            said = gettext_noop("L’action est arrêtée : dites pourquoi dans « Raison de l’arrêt ».")
            self._refuse(sheet, line, SHEETS[ACTIONS].column("stop_reason"), "", said)
            return
        if (begins := values.get("starts_on", "")) and (ends := values.get("ends_on", "")) and ends < begins:
            said = gettext_noop("La fin (%(value)s) vient avant le début (%(begins)s).")
            day = SHEETS[ACTIONS].column("ends_on")
            self._refuse(sheet, line, day, in_words(day, ends), said, begins=in_words(day, begins))
            return
        self._numbers[number] = title
        if number not in same:
            self._titles.setdefault(fold(title), []).append(number)
        named = {role: split_list(values.pop(f"{role}s", "")) for role in ("operator", "partner")}
        self._give(sheet, line, (number,), values, f"{number} · {title}", mark)
        for role, names in named.items():
            for name in names:
                key = (number, fold(name))
                self._give(
                    sheet, line, key, {"number": number, "organization": name}, f"{number} · {name}", kind=PARTNERS, defaults={"role": role}
                )

    def _partner(self, sheet: RawSheet, line: int, values: dict[str, str], mark: object) -> None:
        number = self._action_of(sheet, line, values)
        name = " ".join(values.get("organization", "").split())
        if number is None or not self._needs(sheet, line, "organization", name):
            return
        values = {"number": number, **values, "organization": name}
        self._give(sheet, line, (number, fold(name)), values, f"{number} · {name}", mark)

    def _indicator(self, sheet: RawSheet, line: int, values: dict[str, str], mark: object) -> None:
        number = self._action_of(sheet, line, values)
        name = values.get("name", "")
        if number is None or not self._needs(sheet, line, "name", name):
            return
        counted = {one: values.pop(one) for one in list(values) if one.startswith("value:")}
        self._give(sheet, line, (number, fold(name)), {"number": number, **values}, f"{number} · {name}", mark)
        self._years(sheet, line, number, name, counted)

    def _figure(self, sheet: RawSheet, line: int, values: dict[str, str], mark: object) -> None:
        number = self._action_of(sheet, line, values)
        name = values.get("name", "")
        if number is None or not self._needs(sheet, line, "name", name):
            return
        counted = {one: values.pop(one) for one in list(values) if one.startswith("value:")}
        self._years(sheet, line, number, name, counted)
        if "value" not in values or (not values["value"] and not mark):
            return  # a blank says nothing: the figure stays what it is
        year, month = values.get("year", ""), values.get("month", "")
        if not self._needs(sheet, line, "year", year) or not self._real_year(sheet, line, year):
            return
        if month and not 1 <= int(month) <= 12:
            self._refuse(
                sheet, line, SHEETS[FIGURES].column("month"), month, gettext_noop("« %(value)s » n’est pas un mois. Attendu : 1 à 12.")
            )
            return
        values["value"] = values["value"] or UNKNOWN
        label = f"{number} · {name} · {year}" + (f"/{month}" if month else "")
        self._give(sheet, line, (number, fold(name), year, month), {"number": number, **values}, label, mark)

    def _years(self, sheet: RawSheet, line: int, number: str, name: str, counted: Mapping[str, str]) -> None:
        """Columns « Réalisé 2024 »: a figure each; a blank says nothing."""
        for column, value in counted.items():
            year = column.partition(":")[2]
            if value and self._real_year(sheet, line, year):
                row = {"number": number, "name": name, "year": year, "value": value}
                self._give(sheet, line, (number, fold(name), year, ""), row, f"{number} · {name} · {year}", kind=FIGURES)

    def _amount(self, sheet: RawSheet, line: int, values: dict[str, str], mark: object) -> None:
        number = self._action_of(sheet, line, values, may_lack=True)
        if number is None:
            return
        label = values.get("label", "") or REPEATED
        values = {"number": number, **values, "label": label}
        several = {one.partition(":")[2]: values.pop(one) for one in list(values) if one.startswith("amount:")}
        for year, amount in several.items():
            if amount and self._real_year(sheet, line, year):
                row = {**values, "year": year, "amount": amount}
                self._give(sheet, line, (number, year, fold(label)), row, f"{number or '–'} · {label} · {year}")
        if "amount" not in values or (not values["amount"] and not mark):
            return
        year = values.get("year", "")
        if self._needs(sheet, line, "year", year) and self._real_year(sheet, line, year):
            values["amount"] = values["amount"] or UNKNOWN
            self._give(sheet, line, (number, year, fold(label)), values, f"{number or '–'} · {label} · {year}", mark)

    def _needs(self, sheet: RawSheet, line: int, name: str, value: str) -> bool:
        if value:
            return True
        form: SheetForm = SHEETS[sheet.kind]
        return self._refuse(
            sheet, line, form.column(name), "", gettext_noop("Cette cellule est vide ; elle est nécessaire pour lire la ligne.")
        )

    def _real_year(self, sheet: RawSheet, line: int, year: str) -> bool:
        if int(year) in self.words.years:
            return True
        said = gettext_noop("« %(value)s » n’est pas une année lisible ici. Attendu : de %(first)s à %(last)s.")
        more = {"first": str(self.words.years[0]), "last": str(self.words.years[-1])}
        return self._refuse(sheet, line, None, year, said, **more)


__all__ = ["REPEATED", "Problem", "RawSheet", "RowReader", "Vocabulary"]
