"""The plan as a workbook to work in: one sheet a thing, strings never formulas, exact decimals, dates as dates, headings that stay in sight."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from tissage.core.plan_cells import AMOUNT, CHOICE, DAY, LIST, NUMBER, SHOWN, TOO_LONG, UNKNOWN, WHOLE, YES, Field, in_words
from tissage.core.plan_merge import Known
from tissage.core.plan_workbook import ACTIONS, AMOUNTS, FIGURES, HELP_TITLE, INDICATORS, KINDS, MARK, SHEETS, SheetForm
from tissage.plan.models import Plan
from tissage.plan.queries.workbook import known_rows, vocabulary, workbook_notes

EMPTY_ROWS = 200
"""Rows below the last that a list of choices still helps to fill."""


def render_workbook(plan: Plan, *, day: dt.date) -> bytes:
    """The XLSX of a plan as it stands. Read back without an edit, it changes nothing."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": plan.name, "author": plan.territory.name, "created": dt.datetime(day.year, day.month, day.day)})  # noqa: DTZ001
    Sheets(plan, book).write(day)
    book.close()
    return stream.getvalue()


class Sheets:
    """Writes the sheets of one plan."""

    def __init__(self, plan: Plan, book: Any) -> None:
        self.plan, self.book = plan, book
        self.bases = vocabulary(plan).bases
        plain = {"font_name": "Calibri", "font_size": 10.5, "font_color": "#1e2330", "valign": "top"}
        self.formats = {
            "text": book.add_format({**plain, "num_format": "@", "text_wrap": True}),
            WHOLE: book.add_format({**plain, "num_format": "0"}),
            NUMBER: book.add_format({**plain, "num_format": "#,##0.##"}),
            AMOUNT: book.add_format({**plain, "num_format": "#,##0.00"}),
            DAY: book.add_format({**plain, "num_format": "dd/mm/yyyy"}),
            "quiet": book.add_format({**plain, "font_color": "#555e6e", "bg_color": "#f3efe7", "text_wrap": True}),
            "heading": book.add_format({**plain, "bold": True, "bg_color": "#efe8dc", "bottom": 2, "text_wrap": True, "valign": "bottom"}),
            "title": book.add_format({**plain, "bold": True, "font_size": 16, "font_name": "Georgia"}),
            "name": book.add_format({**plain, "bold": True, "text_wrap": True}),
        }

    def write(self, day: dt.date) -> None:
        rows = known_rows(self.plan)
        titles = {row.values["number"]: row.values["title"] for row in rows if row.kind == ACTIONS}
        notes = workbook_notes(self.plan)
        for kind in KINDS:
            self.sheet(SHEETS[kind], [row for row in rows if row.kind == kind], titles, notes)
        self.help(day)

    def columns(self, form: SheetForm, rows: Sequence[Known]) -> list[Field]:
        """The columns of a sheet, those of the years included, our mark last."""
        fields = list(form.written)
        if form.kind == INDICATORS:
            years = {int(name.partition(":")[2]) for row in rows for name in row.values if name.startswith("target:")} | set(
                self.plan.years
            )
            fields += [form.column(f"target:{year}") for year in sorted(years)]
        return [*fields, MARK]

    def sheet(self, form: SheetForm, rows: Sequence[Known], titles: Mapping[str, str], notes: Mapping[tuple[str, int], str]) -> None:
        sheet = self.book.add_worksheet(form.title)
        fields = self.columns(form, rows)
        sheet.freeze_panes(1, 3 if form.kind == ACTIONS else 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, field in enumerate(fields):
            kind = field.kind if field.kind in self.formats else "text"
            style = self.formats["quiet"] if field.kind == SHOWN or field is MARK else self.formats[kind]
            sheet.set_column(column, column, field.width, style)
            sheet.write_string(0, column, field.heading, self.formats["heading"])
            choices = self.choices(field)
            if choices:
                # A list helps; it does not forbid: what is typed otherwise is read all the same, or said.
                sheet.data_validation(
                    1, column, len(rows) + EMPTY_ROWS, column, {"validate": "list", "source": choices, "error_type": "information"}
                )
        for line, row in enumerate(rows, start=1):
            shown = {
                **row.values,
                MARK.name: str(row.mark),
                "action_title": titles.get(row.values["number"], ""),
                "state": notes.get((form.kind, row.pk), row.values.get("state", ""))
                if form.kind == FIGURES
                else row.values.get("state", ""),
                "stage": notes.get((AMOUNTS, row.pk), ""),
            }
            for column, field in enumerate(fields):
                self.cell(sheet, line, column, field, shown.get(field.name, ""))
        if rows:
            sheet.autofilter(0, 0, len(rows), len(fields) - 1)

    def choices(self, field: Field) -> list[str]:
        if field.kind == CHOICE:
            return [words[0] for words in field.choices.values()]
        if field.kind == YES:
            return ["oui", "non"]
        if field.name == "basis":
            labels = list(self.bases.values())
            return labels if len(",".join(labels)) < 250 else []
        return []

    def cell(self, sheet: Any, line: int, column: int, field: Field, value: str) -> None:
        if not value:
            return
        if value not in (UNKNOWN, TOO_LONG):
            if field.kind in (NUMBER, AMOUNT, WHOLE):
                sheet.write_number(line, column, float(value), self.formats[field.kind])
                return
            if field.kind == DAY:
                sheet.write_datetime(line, column, dt.datetime.fromisoformat(value), self.formats[DAY])
                return
            if field.name == "basis":
                value = self.bases.get(value, value)
            elif field.kind in (CHOICE, LIST, YES):
                value = in_words(field, value)
        quiet = field.kind == SHOWN or field is MARK
        sheet.write_string(line, column, value, self.formats["quiet" if quiet else "text"])

    def help(self, day: dt.date) -> None:
        sheet = self.book.add_worksheet(HELP_TITLE)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, f"{self.plan.name} · {self.plan.territory.name}", self.formats["title"])
        rows = [
            ("Ce classeur", f"Le plan entier, tel qu’il était le {day:%d/%m/%Y}. Modifiez-le, puis rendez-le à Tissage : la page « Classeur » montre les différences avant d’écrire quoi que ce soit."),
            ("Ajouter", "Écrivez une ligne sous les autres, sans repère. Une action sans numéro reçoit le suivant."),
            ("Retirer", "Effacer une ligne ne retire rien du plan : Tissage le dit, et garde tout. On arrête une action, avec une raison."),
            ("La colonne « Repère »", "Elle dit à Tissage de quelle ligne il s’agit et si quelqu’un l’a changée entre-temps. Ne la modifiez pas."),
            ("Colonnes grises", "Elles sont là pour lire : ce qu’on y écrit n’est pas repris."),
            ("Inconnu", "« inconnu » dit qu’un nombre n’est pas connu. Ce n’est pas zéro."),
            ("Listes", "Publics, quartiers et objectifs se séparent par des points-virgules."),
            ("Chiffres", "Les chiffres d’années passées entrent approuvés, avec leur origine. Un chiffre en cours de relecture ne se change pas ici."),
            ("Montants", "Une ligne sans numéro d’action donne le montant de tout le financement ; avec un numéro, ce qu’il donne à l’action."),
        ]  # fmt: skip
        for line, (name, words) in enumerate(rows, start=2):
            sheet.write_string(line, 0, name, self.formats["name"])
            sheet.write_string(line, 1, words, self.formats["text"])
        line = len(rows) + 3
        for form in (SHEETS[kind] for kind in KINDS):
            sheet.write_string(line, 0, f"Feuille « {form.title} »", self.formats["name"])
            sheet.write_string(line, 1, ", ".join(field.heading for field in form.written if field.kind != SHOWN), self.formats["text"])
            line += 1
