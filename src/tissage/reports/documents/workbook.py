"""The year as a workbook: the dashboard, or the tables of another document. Amounts are numbers to add up; what is unknown says so."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from tissage.core.money import Money
from tissage.reports.models import Report

from . import words
from .blocks import Grid
from .book import Book
from .pdf import headline, stamp
from .sections import activity, closing, financial

Row = Sequence[object]


def render_xlsx(book: Book) -> bytes:
    """The workbook of a book: which sheets depends on the kind of document; a read-me first, the checks last."""
    stream = io.BytesIO()
    Workbook(book, stream).write()
    return stream.getvalue()


class Workbook:
    """Writes the sheets of one book. Text is never taken for a formula, a link or a number."""

    def __init__(self, book: Book, stream: io.BytesIO) -> None:
        self.book, self.data = book, book.data
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
        self.file: Any = xlsxwriter.Workbook(stream, options)
        plain = {"font_name": "Calibri", "font_size": 10.5, "font_color": "#1e2330", "valign": "top", "text_wrap": True}
        self.formats: dict[str, Any] = {
            "text": self.file.add_format(plain),
            "number": self.file.add_format({**plain, "num_format": "#,##0.##", "text_wrap": False}),
            "amount": self.file.add_format({**plain, "num_format": '#,##0.00" €"', "text_wrap": False}),
            "unknown": self.file.add_format({**plain, "italic": True, "font_color": "#555e6e"}),
            "heading": self.file.add_format({**plain, "bold": True, "bg_color": "#efe8dc", "bottom": 2, "valign": "bottom"}),
            "title": self.file.add_format({**plain, "bold": True, "font_size": 18, "font_name": "Georgia", "text_wrap": False}),
            "name": self.file.add_format({**plain, "bold": True}),
            "draft": self.file.add_format({**plain, "bold": True, "bg_color": "#e3b64b"}),
        }

    def write(self) -> None:
        self.file.set_properties({"title": headline(self.book), "author": self.data.facts.carrier or self.data.facts.territory})
        self.read_me()
        for name, write in self.sheets():
            write(name)
        self.file.close()

    def sheets(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        money, figures = self.book.kind != Report.Kind.ACTIVITY, self.book.kind != Report.Kind.FINANCIAL
        yield _("Actions"), self.actions
        if figures:
            yield _("Indicateurs"), self.figures
        if money:
            yield _("Argent"), self.money
            yield _("Par axe"), lambda name: self.lines(name, self.data.by_axis, _("Axe"))
            yield _("Par financeur"), lambda name: self.lines(name, self.data.by_funder, _("Pouvoir subsidiant"))
            yield _("Par partenaire"), lambda name: self.lines(name, self.data.by_partner, _("Partenaire"))
            yield _("Financement"), self.funding
            yield _("Personnel"), self.staff
            yield _("Aides en nature"), self.help_in_kind
            yield _("Conventions"), self.agreements
        yield _("Contrôles"), self.checks
        yield _("Manques"), self.missing

    # --- The sheets ----------------------------------------------------------------------------------------------
    def read_me(self) -> None:
        sheet = self.file.add_worksheet(_("Lisez-moi"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 96)
        self.page(sheet)
        sheet.write_string(0, 0, headline(self.book), self.formats["title"])
        threshold = self.data.facts.threshold
        rows = [
            (_("État"), stamp(self.book)),
            (_("Date"), self.book.dated),
            (_("Source"), self.book.source.removeprefix(_("Source : "))),
            (_("Inconnu"), _("Un montant ou un chiffre que personne ne connaît est dit « inconnu » ; il n’est pas zéro et n’entre dans aucune somme.")),
            (_("Petits nombres"), _("Un nombre de personnes de 1 à %(most)s est dit « moins de %(threshold)s ».") % {"most": threshold - 1, "threshold": threshold}),
            (_("Aides en nature"), _("Elles se tiennent à côté de l’argent et ne s’y ajoutent jamais.")),
        ]  # fmt: skip
        for y, (name, text) in enumerate(rows, 2):
            sheet.write_string(y, 0, name, self.formats["draft" if y == 2 and self.book.is_draft else "name"])
            sheet.write_string(y, 1, text, self.formats["text"])

    def actions(self, name: str) -> None:
        headings = (
            (_("N°"), 6),
            (_("Code"), 10),
            (_("Axe"), 30),
            (_("Action"), 48),
            (_("État"), 14),
            (_("En retard"), 24),
            (_("Pilote"), 26),
            (_("Partenaires"), 40),
            (_("Quartiers"), 26),
            (_("Début"), 14),
            (_("Fin"), 14),
            (_("Version en vigueur"), 14),
        )
        axes = {axis.code: axis for axis in self.data.axes}
        rows = (
            (
                one.sequence,
                one.code,
                activity.axis_name(axes.get(one.axis)),
                one.title,
                one.state_label,
                one.late,
                one.lead_service,
                ", ".join(words.dot(partner.name, partner.role_label) for partner in one.partners),
                ", ".join(one.neighbourhoods),
                words.day(one.starts_on) if one.starts_on else "",
                words.day(one.ends_on) if one.ends_on else "",
                _("oui") if one.in_version else _("non"),
            )
            for one in self.data.actions
        )
        self.sheet(name, headings, rows)

    def figures(self, name: str) -> None:
        year = self.data.facts.year
        headings = (
            (_("N°"), 6),
            (_("Action"), 42),
            (_("Indicateur"), 40),
            (_("Unité"), 18),
            (str(year), 16),
            (_("Cible"), 12),
            (str(year - 1), 12),
            (_("Point de départ"), 14),
            (_("Comment compté"), 46),
            (_("Une phrase"), 50),
        )
        rows = (
            (
                one.sequence,
                one.title,
                figure.indicator,
                figure.unit,
                figure.value if figure.value is not None else self.book.value(one, figure),
                "" if figure.target is None else figure.target,
                self.book.previous(one, figure) if figure.previous is None else figure.previous,
                "" if figure.baseline is None else figure.baseline,
                self.book.how(one, figure),
                figure.sentence,
            )
            for one in self.data.actions
            for figure in one.figures
        )
        self.sheet(name, headings, rows)

    def money(self, name: str) -> None:
        rows: list[Row] = [(one.sequence, one.title, *amounts(one.money)) for one in self.data.actions]
        rows.append(("", _("Pas encore réparti entre les actions"), *amounts(self.data.unsplit)))
        rows.append(("", _("Total"), *amounts(self.data.total)))
        self.sheet(name, ((_("N°"), 6), (_("Action"), 48), *money_headings()), rows, first_amount=2)

    def lines(self, name: str, lines: Sequence[Any], heading: str) -> None:
        headings = ((heading, 48), *money_headings(), (_("Aide en nature, à côté"), 18))
        rows = [(one.label, *amounts(one.money), said(one.help_in_kind.exact)) for one in lines]
        self.sheet(name, headings, rows, first_amount=1)

    def funding(self, name: str) -> None:
        headings = (
            (_("Ligne"), 34),
            (_("Pouvoir subsidiant"), 34),
            (_("Base légale"), 34),
            (_("Code fonctionnel"), 14),
            (_("Étape"), 18),
            (_("Montant"), 16),
        )
        rows = [(one.label, one.funder, one.basis, one.function_code, one.stage, said(one.amount)) for one in self.data.funding]
        self.sheet(name, headings, rows, first_amount=5)

    def staff(self, name: str) -> None:
        headings = ((_("Fonction"), 34), (_("Action"), 8), (_("ETP"), 8), (_("Du"), 18), (_("Au"), 18))
        rows = [(one.function, one.action, one.fte, words.day_or(one.starts_on), words.day_or(one.ends_on)) for one in self.data.staff]
        self.sheet(name, headings, rows)

    def help_in_kind(self, name: str) -> None:
        headings = ((_("Action"), 8), (_("Donné par"), 34), (_("Quoi"), 48), (_("Comment estimé"), 34), (_("Valeur"), 16))
        rows = [(one.action, one.organization, one.description, one.how_estimated, said(one.value)) for one in self.data.help_in_kind]
        self.sheet(name, headings, rows, first_amount=4)

    def agreements(self, name: str) -> None:
        headings = (
            (_("Convention"), 40),
            (_("Bénéficiaire"), 34),
            (_("Actions"), 14),
            (_("État"), 14),
            (_("Montant"), 16),
            (_("Payé"), 16),
            (_("Justifié"), 16),
            (_("À restituer"), 16),
        )
        rows = [
            (
                one.title,
                one.receiver,
                ", ".join(map(str, one.actions)),
                one.status,
                *(said(amount) for amount in (one.amount, one.paid, one.accepted, one.claimed)),
            )
            for one in self.data.agreements
        ]
        self.sheet(name, headings, rows, first_amount=4)

    def checks(self, name: str) -> None:
        grids = [block for block in financial.checks(self.book) if isinstance(block, Grid)]
        rows = [row for grid in grids for row in grid.rows]
        self.sheet(name, ((_("Règle"), 50), (_("Résultat"), 16), (_("Pourquoi"), 70)), rows)

    def missing(self, name: str) -> None:
        rows = [row for block in closing.missing(self.book) if isinstance(block, Grid) for row in block.rows]
        self.sheet(name, ((_("Quoi"), 70), (_("Dû par"), 34)), rows)

    # --- One sheet -----------------------------------------------------------------------------------------------
    def sheet(self, name: str, headings: Sequence[tuple[str, int]], rows: Any, *, first_amount: int | None = None) -> None:
        """A table from the first cell: frozen headings, filters, widths, set to print. From column `first_amount` on, decimals are euros."""
        sheet = self.file.add_worksheet(name)
        for x, (heading, width) in enumerate(headings):
            sheet.set_column(x, x, width)
            sheet.write_string(0, x, heading, self.formats["heading"])
        y = 0
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row):
                self.cell(sheet, y, x, value, first_amount is not None and x >= first_amount)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(y, 1), len(headings) - 1)
        sheet.repeat_rows(0)
        self.page(sheet)

    def cell(self, sheet: Any, y: int, x: int, value: object, amount: bool) -> None:
        if isinstance(value, Decimal):
            sheet.write_number(y, x, value, self.formats["amount" if amount else "number"])
        elif isinstance(value, int):
            sheet.write_number(y, x, value, self.formats["number"])
        elif value:
            sheet.write_string(y, x, str(value), self.formats["unknown" if amount else "text"])

    def page(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        told = words.dot(headline(self.book), stamp(self.book), self.book.dated).replace("&", "&&")
        sheet.set_footer(f"&L{told}&R&P / &N")
        if self.book.is_draft:
            sheet.set_header("&C&24" + _("PROJET"))


def money_headings() -> tuple[tuple[str, int], ...]:
    return (
        (_("Budget"), 16),
        (_("Montants inconnus"), 12),
        (_("Engagé"), 16),
        (_("Dépensé"), 16),
        (_("Reçu"), 16),
        (_("Reste"), 16),
    )


def amounts(money: Money) -> Row:
    return (
        said(money.budgeted),
        money.unknown,
        said(money.committed),
        said(money.spent),
        said(money.received),
        said(money.remaining),
    )


def said(amount: Decimal | None) -> object:
    return _("inconnu") if amount is None else amount
