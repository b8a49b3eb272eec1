"""The year of an organisation, for its own funders: the same tables on a page, in Word and in a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import xlsxwriter
from django.utils.translation import gettext as _

from tissage.agenda.queries.organization_years import OrganizationYear, OwnDate
from tissage.core.balance import Stand
from tissage.synthesis.documents.blocks import Grid, Heading, Paragraph
from tissage.synthesis.documents.scribe import midnight
from tissage.synthesis.documents.words import day as day_words

from .content import Piece, heads_words, method_words
from .papers import Document, docx_of


def year_blocks(year: OrganizationYear) -> list[Piece]:
    """Every table under its heading; what is empty says so."""
    made: list[Piece] = [Paragraph(_in_short(year), role="lede")]
    for grid in grids(year):
        made.append(Heading(grid.caption, level=1))
        made.append(replace(grid, caption="") if grid.rows else Paragraph(_("Rien pour cette année.")))
    return made


def document_of(year: OrganizationYear) -> Document:
    invented = _("données inventées") if year.is_demonstration else ""
    return Document(
        kind=_("Rapport annuel"),
        title=_("%(organization)s, %(year)s") % {"organization": year.organization, "year": year.year},
        territory=year.territory,
        dated=day_words(year.day),
        state=invented,
        day=midnight(year.day),
        blocks=year_blocks(year),
    )


def year_docx(year: OrganizationYear) -> bytes:
    return docx_of(document_of(year))


def _in_short(year: OrganizationYear) -> str:
    held = sum(one.stand == Stand.HELD for one in year.led)
    return _("Tenu ou produit : %(n)s. Personnes : %(heads)s.") % {"n": held, "heads": heads_words(year.heads)}


def grids(year: OrganizationYear) -> Iterator[Grid]:
    """One table a subject; its caption names it. Counts are never added across ways of counting."""
    yield Grid(
        _("Ce que nous avons porté"),
        (
            _("Date"),
            _("Activité"),
            _("Genre"),
            _("État"),
            _("Comment compté"),
            _("Première fois"),
            _("Partenaires présents"),
            _("Personnes"),
        ),
        tuple(_led(one) for one in year.led),
        numbers=1,
        widths=(1.5, 3, 1.6, 1.2, 1.6, 1.2, 2, 1),
    )
    yield Grid(
        _("Ce que nous avons aidé à porter"),
        (_("Date"), _("Activité"), _("Responsable"), _("Notre rôle"), _("Comment compté"), _("Personnes")),
        tuple((_day(one), one.title, one.lead, one.role, _method(one), _number(one)) for one in year.helped),
        numbers=1,
        widths=(1.5, 3, 2, 1.5, 1.6, 1),
    )
    yield Grid(
        _("Personnes, par manière de compter"),
        (_("Comment compté"), _("Dates"), _("Personnes")),
        tuple((method_words(one.method), str(one.dates), str(one.persons)) for one in year.heads),
        numbers=2,
        widths=(4, 1, 1),
        note=_("Ces lignes ne s’additionnent pas : une estimation n’est pas un compte."),
    )
    yield Grid(
        _("Formations"),
        (_("Date"), _("Formation"), _("Suivie ou donnée"), _("Personnes")),
        tuple(
            (day_words(one.on), one.title, _("donnée") if one.given else _("suivie"), "" if one.persons is None else str(one.persons))
            for one in year.trainings
        ),
        numbers=1,
        widths=(1.5, 4, 1.5, 1),
    )
    yield Grid(
        _("Conventions"),
        (_("Objet"), _("État"), _("Du"), _("Au")),
        tuple((title, state, day_words(start), day_words(end) if end else _("sans terme")) for title, state, start, end in year.agreements),
        widths=(4, 1.5, 1.5, 1.5),
    )
    yield Grid(_("Services publiés"), (_("Service"), _("État")), year.services, widths=(4, 1.5))


def _led(one: OwnDate) -> tuple[str, ...]:
    title = f"{one.title} ({one.produced})" if one.produced else one.title
    return (_day(one), title, one.type, _stand(one.stand), _method(one), one.new_public, ", ".join(one.partners), _number(one))


def _day(one: OwnDate) -> str:
    return day_words(one.on) if one.on else _("sans date")


def _method(one: OwnDate) -> str:
    return _("réservé à la responsable") if one.is_reserved else method_words(one.method) if one.method else ""


def _number(one: OwnDate) -> str:
    return str(one.headcount) if one.headcount is not None else "" if one.is_reserved or one.stand != Stand.HELD else _("inconnu")


def _stand(stand: Stand) -> str:
    told = {
        Stand.HELD: _("tenue"),
        Stand.NOT_HELD: _("n’a pas eu lieu"),
        Stand.CANCELLED: _("annulée"),
        Stand.UPCOMING: _("à venir"),
        Stand.WAITING: _("à raconter"),
        Stand.NOT_EVALUATED: _("non évaluée"),
    }
    return told[stand]


def year_xlsx(year: OrganizationYear) -> bytes:
    """A sheet a table. Text is never taken for a formula or a link; whole numbers of the number columns are numbers."""
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": f"{year.organization} {year.year}", "author": year.organization})
    plain = {"font_name": "Calibri", "font_size": 10.5, "font_color": "#1e2330", "valign": "top", "text_wrap": True}
    heading, text, number = (
        book.add_format({**plain, "bold": True, "bg_color": "#efe8dc", "bottom": 2}),
        book.add_format(plain),
        book.add_format(plain),
    )
    for grid in grids(year):
        sheet = book.add_worksheet(grid.caption[:31])
        sheet.freeze_panes(1, 0)
        widths = grid.widths or (1.0,) * len(grid.headings)
        for column, (words, width) in enumerate(zip(grid.headings, widths, strict=True)):
            sheet.set_column(column, column, 10 * width)
            sheet.write_string(0, column, words, heading)
        for row, cells in enumerate(grid.rows, 1):
            for column, cell in enumerate(cells):
                if column >= len(cells) - grid.numbers and cell.isascii() and cell.isdigit():
                    sheet.write_number(row, column, int(cell), number)
                else:
                    sheet.write_string(row, column, cell, text)
    book.close()
    return stream.getvalue()
