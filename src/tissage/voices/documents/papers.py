"""The papers of a workshop, and how each is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf
from tissage.voices.models import Workshop

from . import content

TEMPLATES = Path(str(files("tissage.voices.documents"))) / "templates"


@dataclass(frozen=True, slots=True)
class Paper:
    """What every paper is told: its workshop, the day it is made, and the address that opens the hall (empty without a hall)."""

    workshop: Workshop
    day: dt.date
    address: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`is_filled`: it holds residents' words, so taking it is an export. `needs_hall`: it shows the code."""

    slug: str
    template: str
    title: str | Promise
    told: str | Promise
    pages: Callable[[Paper], list[dict[str, Any]]]
    is_filled: bool = False
    needs_hall: bool = False
    options: tuple[tuple[str, str], ...] = ()


PAPERS = {
    kind.slug: kind
    for kind in (
        PaperKind(
            "invitation",
            "invitation.typ",
            _("Invitation"),
            _("Une page A4 par langue : le code, le code QR, et ce qui va se passer en mots simples."),
            content.invitations,
            needs_hall=True,
        ),
        PaperKind(
            "questions-a4",
            "questions.typ",
            _("Questions, A4"),
            _("Une question par page, en grand, dans chaque langue où elle est formulée. À tenir ou à poser debout."),
            content.question_cards,
        ),
        PaperKind(
            "questions-a5",
            "questions.typ",
            _("Questions, A5"),
            _("Les mêmes, deux par feuille A4, à couper au milieu. Pour les tables."),
            content.question_cards,
            options=(("size", "a5"),),
        ),
        PaperKind(
            "cartes-vierges",
            "cards.typ",
            _("Cartes vierges"),
            _("Huit par feuille A4, avec le code et les mots de la question. Une idée par carte."),
            content.blank_cards,
        ),
        PaperKind(
            "mur-a3",
            "wall.typ",
            _("Feuilles A3 vierges"),
            _("Une feuille par question, en noir et blanc : la question en haut, la place pour coller en dessous."),
            content.blank_walls,
        ),
        PaperKind(
            "cartes",
            "cards.typ",
            _("Cartes remplies"),
            _("Huit par feuille A4 : les paroles déjà recueillies, dans leur langue et en français. À trier ensemble sur la table."),
            content.filled_cards,
            is_filled=True,
        ),
        PaperKind(
            "mur-a3-paroles",
            "wall.typ",
            _("Feuilles A3 avec les paroles"),
            _("Une feuille par question, en noir et blanc : la question en haut, toutes les paroles recueillies en dessous."),
            content.filled_walls,
            is_filled=True,
        ),
    )
}
FILLED = frozenset(slug for slug, kind in PAPERS.items() if kind.is_filled)


def print_paper(kind: PaperKind, paper: Paper) -> bytes:
    """The PDF of a paper (PDF/UA-1), in the language of the moment; each page says its words in its own language."""
    language = (get_language() or "fr").split("-")[0]
    sheet = {
        "language": language,
        "title": content.title_of(kind.title, paper),
        "territory": printable(paper.workshop.territory.name),
        "pages": kind.pages(paper),
        "mark": mark(),
        "options": dict(kind.options),
        "words": content.furniture(),
    }
    midnight = dt.datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=dt.UTC)
    return set_pdf(TEMPLATES / kind.template, day=int(midnight.timestamp()), sheet=sheet)
