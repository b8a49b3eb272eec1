"""The synthesis as a spreadsheet: officials sort and filter it. Text stays text: no cell of a resident is ever a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.core.nomenclature import COMPONENT, DIMENSION
from tissage.synthesis.charts import Scene
from tissage.synthesis.exchange.dictionary import CUBE_COLUMNS, LINE_COLUMNS
from tissage.synthesis.queries import Line, SynthesisDocument

from .scribe import Scribe, midnight
from .words import reserve, short_language

LONGEST = 32_767  # characters in a cell: a limit of the format


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what heads it, its width in characters, what its values are (text, number, long text)."""

    text: str
    width: float = 14
    kind: str = "text"


def render_xlsx(document: SynthesisDocument, *, language: str | None = None) -> bytes:
    stream = io.BytesIO()
    _write(document, stream, language)
    return stream.getvalue()


def write_xlsx(document: SynthesisDocument, path: Path, *, language: str | None = None) -> None:
    with Path(path).open("wb") as stream:
        _write(document, stream, language)


def _write(document: SynthesisDocument, stream: BinaryIO, language: str | None) -> None:
    with override(language or short_language()):
        Sheets(document, stream).write()


class Sheets:
    """Writes the sheets of one document, row after row: memory does not grow with the criteria."""

    def __init__(self, document: SynthesisDocument, stream: BinaryIO) -> None:
        self.document = document
        self.overview = document.overview
        self.scribe = Scribe(document)
        self.scene: Scene = self.scribe.scene
        self.book: Any = xlsxwriter.Workbook(
            stream, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
        )
        plain = {"font_name": "Calibri", "font_size": 10.5, "font_color": "#1e2330", "valign": "top"}
        self.formats: dict[str, Any] = {
            "text": self.book.add_format(plain),
            "long": self.book.add_format({**plain, "text_wrap": True}),
            "number": self.book.add_format({**plain, "num_format": "#,##0"}),
            "heading": self.book.add_format(
                {
                    **plain,
                    "bold": True,
                    "bg_color": "#efe8dc",
                    "bottom": 2,
                    "bottom_color": "#1e2330",
                    "text_wrap": True,
                    "valign": "bottom",
                }
            ),
            "title": self.book.add_format({**plain, "bold": True, "font_size": 18, "font_name": "Georgia"}),
            "name": self.book.add_format({**plain, "bold": True, "text_wrap": True}),
        }

    def write(self) -> None:
        self.describe()
        self.read_me()
        self.dimensions()
        self.components()
        self.questions()
        self.cube()
        self.criteria()
        self.dictionary()
        self.book.close()

    def describe(self) -> None:
        document = self.document
        on = dt.datetime.fromtimestamp(midnight(document.made_on), dt.UTC).replace(tzinfo=None)
        self.book.set_properties(
            {
                "title": f"{document.title} · {document.territory}",
                "author": document.territory,
                "subject": _("Synthèse SPIRAL"),
                "keywords": "SPIRAL",
                "created": on,
            }
        )

    # --- The sheets ------------------------------------------------------------------------------------------
    def read_me(self) -> None:
        document, scribe = self.document, self.scribe
        sheet = self.book.add_worksheet(_("Lisez-moi"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.hide_gridlines(2)
        self.page(sheet)
        self.text(sheet, 0, 0, f"{document.title} · {document.territory}", "title")
        rows = [
            (_("Version"), " · ".join(filter(None, (scribe.version(), scribe.state())))),
            *scribe.facts(),
            (_("Ce qu’on y voit"), scribe.sentence()),
            (
                _("Lire les nombres"),
                _("Les nombres comptent des paroles notées, jamais des personnes. Ce ne sont pas des parts de la population."),
            ),
            (_("Lire les lettres"), _("Une lettre de sens nomme une catégorie de besoin. Ce n’est jamais une note.")),
            (_("Lire les silences"), _("Un zéro dit que personne n’en a parlé dans ces groupes, pas que cela ne compte pas.")),
            (_("Dimensions"), _("Une ligne par dimension.")),
            (_("Composantes"), _("Une ligne par composante de la nomenclature, avec les groupes qui en ont parlé.")),
            (_("Questions × groupes"), _("Les critères de chaque groupe, question par question.")),
            (_("Cube"), _("Tous les nombres : groupe, question, composante, lettre.")),
            (_("Critères"), _("Toutes les paroles, une par ligne.")),
            (_("Dictionnaire"), _("Ce que dit chaque colonne du cube et des critères.")),
        ]
        if document.is_demonstration:
            rows.insert(1, (_("Démonstration"), _("La ville, les groupes et les paroles sont inventés.")))
        for index, (name, value) in enumerate(rows, 2):
            self.text(sheet, index, 0, name, "name")
            self.text(sheet, index, 1, value, "long")

    def dimensions(self) -> None:
        overview = self.overview
        counts, spoke = overview.table("dimension"), {one.dimension: one for one in overview.coverage()}
        headings = (
            Heading(_("Lettre"), 8),
            Heading(_("Dimension"), 46),
            Heading(_("Libellé"), 22),
            Heading(_("Critères"), 11, "number"),
            Heading(_("Expressions"), 12, "number"),
            Heading(_("Dont « en général »"), 12, "number"),
            Heading(_("Groupes qui en ont parlé"), 14, "number"),
            Heading(_("Leurs noms"), 60, "long"),
        )
        rows = [
            (
                letter,
                self.scene.name(letter),
                reserve(self.document.nomenclature.get(DIMENSION, letter)) or _("confirmé"),
                counts[(letter,)].criteria if (letter,) in counts else 0,
                counts[(letter,)].expressions if (letter,) in counts else 0,
                overview.in_general_by_dimension.get(letter, 0),
                len(spoke[letter].spoke),
                ", ".join(group.name for group in spoke[letter].spoke),
            )
            for letter in overview.dimensions
        ]
        name = _("Dimensions")
        sheet = self.sheet(name, headings, rows)
        if rows:
            chart = self.book.add_chart({"type": "bar"})
            chart.add_series(
                {
                    "name": _("Critères"),
                    "categories": [name, 1, 1, len(rows), 1],
                    "values": [name, 1, 3, len(rows), 3],
                    "fill": {"color": "#24567f"},
                    "border": {"color": "#1e2330"},
                    "data_labels": {"value": True},
                    "gap": 40,
                }
            )
            chart.set_title({"name": _("Critères par dimension"), "overlay": False})
            chart.set_legend({"none": True})
            chart.set_y_axis({"reverse": True})
            chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, "visible": False})
            chart.set_size({"width": 860, "height": 60 + 34 * len(rows)})
            sheet.insert_chart(len(rows) + 2, 1, chart, {"description": self.scribe.sentence()})

    def components(self) -> None:
        overview, counts = self.overview, self.overview.table("component")
        spoke = {spread.component: spread.groups for spread in overview.spread()}
        headings = (
            Heading(_("Code"), 8),
            Heading(_("Composante"), 46),
            Heading(_("Libellé"), 22),
            Heading(_("Dimension"), 40),
            Heading(_("Critères"), 11, "number"),
            Heading(_("Expressions"), 12, "number"),
            Heading(_("Groupes qui en ont parlé"), 14, "number"),
            Heading(_("Leurs noms"), 60, "long"),
        )
        rows = (
            (
                code,
                self.scene.name(code),
                reserve(self.document.nomenclature.get(COMPONENT, code)) or _("confirmé"),
                f"{letter} {self.scene.name(letter)}",
                counts[(code,)].criteria if (code,) in counts else 0,
                counts[(code,)].expressions if (code,) in counts else 0,
                len(spoke.get(code, ())),
                ", ".join(group.name for group in spoke.get(code, ())),
            )
            for letter in overview.dimensions
            for code in self.scene.components(letter)
        )
        self.sheet(_("Composantes"), headings, rows)

    def questions(self) -> None:
        overview = self.overview
        counts, totals = overview.table("group", "question"), overview.table("group")
        headings = (
            Heading(_("Groupe"), 46),
            *(Heading(self.scene.question(code), 18, "number") for code in overview.questions),
            Heading(_("Critères"), 11, "number"),
            Heading(_("Expressions"), 12, "number"),
        )
        rows = (
            (
                group.name,
                *(counts[group.id, code].criteria if (group.id, code) in counts else 0 for code in overview.questions),
                totals[(group.id,)].criteria if (group.id,) in totals else 0,
                totals[(group.id,)].expressions if (group.id,) in totals else 0,
            )
            for group in overview.groups
        )
        self.sheet(_("Questions × groupes"), headings, rows)

    def cube(self) -> None:
        headings = (
            Heading(_("Groupe"), 40),
            Heading(_("Question"), 10),
            Heading(_("Dimension"), 11),
            Heading(_("Composante"), 12),
            Heading(_("Lettre"), 8),
            Heading(_("Critères"), 11, "number"),
            Heading(_("Expressions"), 12, "number"),
        )
        names = {group.id: group.name for group in self.overview.groups}
        rows = (
            (names[cell.group], cell.question, cell.component[:1], cell.component, cell.letter, cell.criteria, cell.expressions)
            for cell in self.overview.cells
        )
        self.sheet(_("Cube"), headings, rows)

    def criteria(self) -> None:
        headings = (
            Heading(_("Dimension"), 11),
            Heading(_("Composante"), 12),
            Heading(_("Nom de la composante"), 36),
            Heading(_("Code"), 14),
            Heading(_("Lettre"), 8),
            Heading(_("Question"), 10),
            Heading(_("Groupe"), 34),
            Heading(_("Critère"), 70, "long"),
            Heading(_("Langue"), 8),
            Heading(_("En français"), 50, "long"),
            Heading(_("Expressions"), 12, "number"),
            Heading(_("À savoir"), 40, "long"),
        )
        self.sheet(_("Critères"), headings, (self.criterion(line) for line in self.document.lines()))

    def criterion(self, line: Line) -> Sequence[object]:
        saying = self.scribe.saying(line)
        return (
            line.component[:1],
            line.component,
            self.scene.name(line.component) if line.component else "",
            line.code,
            line.letter,
            line.question,
            line.group_name,
            saying.text,
            line.language,
            "" if line.withdrawn else line.french_text,
            line.expressions,
            self.scribe.decision(line),
        )

    def dictionary(self) -> None:
        headings = (
            Heading(_("Table"), 14),
            Heading(_("Colonne"), 22),
            Heading(_("Ce qu’elle dit"), 90, "long"),
            Heading(_("Type"), 16),
            Heading(_("Unité"), 16),
        )
        english = short_language() == "en"
        rows = (
            (table, column.name, column.meaning_en if english else column.meaning_fr, column.type, column.unit)
            for table, columns in ((_("Cube"), CUBE_COLUMNS), (_("Critères"), LINE_COLUMNS))
            for column in columns
        )
        self.sheet(_("Dictionnaire"), headings, rows)

    # --- One sheet -------------------------------------------------------------------------------------------
    def sheet(self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[object]]) -> Any:
        """A table from the first cell: frozen headings, filters, widths, set to print."""
        sheet = self.book.add_worksheet(name)
        for x, heading in enumerate(headings):
            sheet.set_column(x, x, heading.width)
        for x, heading in enumerate(headings):
            self.text(sheet, 0, x, heading.text, "heading")
        y = 0
        for y, row in enumerate(rows, 1):
            for x, (heading, value) in enumerate(zip(headings, row, strict=True)):
                if isinstance(value, int):
                    sheet.write_number(y, x, value, self.formats["number"])
                elif value:
                    self.text(sheet, y, x, str(value), heading.kind)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(y, 1), len(headings) - 1)
        sheet.repeat_rows(0)
        self.page(sheet)
        return sheet

    def text(self, sheet: Any, y: int, x: int, text: str, kind: str) -> None:
        if len(text) > LONGEST:
            cut = _("… [la suite est dans le PDF]")
            text = text[: LONGEST - len(cut)] + cut
        sheet.write_string(y, x, text, self.formats[kind])

    def page(self, sheet: Any) -> None:
        document = self.document
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        told = " · ".join(filter(None, (document.territory, self.scribe.version() or self.scribe.state())))
        sheet.set_footer(f"&L{told.replace('&', '&&')}&R&P / &N")
