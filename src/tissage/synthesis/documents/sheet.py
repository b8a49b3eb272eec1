"""What the sheet of a workshop says, in order: the words by question, exactly as said; then the coded ones by dimension."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.nomenclature import COMPONENT, DIMENSION
from tissage.synthesis.queries import Asked, Idea, Note, WorkshopSheet
from tissage.synthesis.sentences import criteria, expressions, number
from tissage.ui.glyphs import lacks_shapes
from tissage.ui.qr import qr_svg

from .blocks import Address, Block, Cover, Heading, Paper, Paragraph, Saying, Sayings
from .content import words
from .scribe import midnight
from .words import day, reserve, said, short_language


def sheet_of(sheet: WorkshopSheet, title: str) -> Paper:
    """The paper of a sheet, in the language of the moment. `title` names the group, or says « votre groupe »."""
    writer = Writer(sheet)
    foot = _("Remis au groupe, ceci n’est pas une publication.")
    if sheet.is_demonstration:
        foot = _("Démonstration : la ville, les groupes et les paroles sont inventés.") + " " + foot
    met = ", ".join(filter(None, (_("atelier du %(date)s") % {"date": day(sheet.held_on)}, sheet.place)))
    return Paper(
        language=short_language(),
        cover=Cover(
            territory=sheet.territory,
            kind=_("La feuille du groupe"),
            title=title,
            version="",
            date=met,
            state=_("remise au groupe"),
            place=sheet.territory,
            foot=foot,
        ),
        blocks=list(writer.blocks()),
        day=midnight(sheet.made_on),
        words=words(),
        keywords=("SPIRAL", sheet.territory),
        description=writer.counts(),
        sheet=True,
        black=True,
    )


class Writer:
    """Writes one sheet, part after part."""

    def __init__(self, sheet: WorkshopSheet) -> None:
        self.sheet = sheet
        self.names = sheet.nomenclature
        self.language = short_language()

    def blocks(self) -> Iterator[Block]:
        sheet = self.sheet
        yield Paragraph(_("Remis au groupe, ceci n’est pas une publication."), "note")
        yield Paragraph(self.counts(), "lede")
        if sheet.validated_on is not None:
            yield Paragraph(_("Le groupe a relu ses critères le %(date)s.") % {"date": day(sheet.validated_on)})
        for asked in sheet.questions:
            yield from self.question(asked)
        if sheet.hidden:
            told = ngettext(
                "%(count)s carte masquée au mur n’est pas reprise ici. L’équipe peut vous dire pourquoi.",
                "%(count)s cartes masquées au mur ne sont pas reprises ici. L’équipe peut vous dire pourquoi.",
                sheet.hidden,
            )
            yield Paragraph(told % {"count": number(sheet.hidden)}, "small")
        yield from self.by_dimension()
        yield Paragraph(_("Une parole manque, ou n’est pas à sa place ? Dites-le à l’équipe : cette feuille est la vôtre."), "note")
        if sheet.address and sheet.until is not None:
            told = _("Pour relire cette feuille sur un téléphone, jusqu’au %(date)s :") % {"date": day(sheet.until)}
            alternative = _("Code QR de l’adresse %(address)s") % {"address": sheet.address}
            yield Address(qr_svg(sheet.address), alternative, sheet.address, told)

    def counts(self) -> str:
        sheet = self.sheet
        if not sheet.expressions:
            return _("Rien n’est encore noté.")
        told = [criteria(sheet.criteria)] if sheet.criteria else []
        return _("%(counts)s.") % {"counts": ", ".join([*told, expressions(sheet.expressions)])}

    # --- By question -----------------------------------------------------------------------------------------
    def question(self, asked: Asked) -> Iterator[Block]:
        yield Heading(asked.title, 1, code=asked.code)
        for language, wording in asked.wordings:
            yield Paragraph(wording, "asked", language)
        if not asked.wordings:
            yield Paragraph(_("Les mots exacts de cette question n’ont pas été notés."), "small")
        if asked.ideas:
            yield Sayings(tuple(self.idea(idea) for idea in asked.ideas))
        if asked.notes and asked.ideas:
            yield Heading(_("Pas encore rassemblé"), 2)
        if asked.notes:
            yield Sayings(tuple(self.note(note) for note in asked.notes))
        if not asked.ideas and not asked.notes:
            yield Paragraph(_("Aucune parole à cette question."))

    def idea(self, idea: Idea) -> Saying:
        """A criterion with where it was put, how often it was said, and whether the group accepted it."""
        place = f"{idea.code} {self.names.label_of(idea.component, self.language)}" if idea.component else _("sans code")
        accepted = _("validé par le groupe le %(date)s") % {"date": day(idea.validated_on)} if idea.validated_on else ""
        about = " · ".join(filter(None, (said(idea.expressions), place, answer(idea), accepted)))
        parts = tuple(self.note(note) for note in idea.notes)
        return Saying(idea.text, about, idea.language, french(idea), self.signs(idea, *idea.notes), parts)

    def note(self, note: Note) -> Saying:
        return Saying(note.text, said(note.times), note.language, french(note), self.signs(note))

    def signs(self, *told: Idea | Note) -> str:
        """What to know when a sign of these words cannot be printed."""
        if any(lacks_shapes(one.text + one.french_text) for one in told):
            return _("« □ » tient la place d’un signe que nos polices ne dessinent pas.")
        return ""

    # --- By dimension ----------------------------------------------------------------------------------------
    def by_dimension(self) -> Iterator[Block]:
        coded = self.sheet.coded()
        if not coded:
            return
        yield Heading(_("Les mêmes paroles, par dimension"), 1)
        waiting = self.sheet.criteria - sum(len(found) for found in coded.values())
        if waiting:
            told = ngettext("%(count)s critère attend encore son code.", "%(count)s critères attendent encore leur code.", waiting)
            yield Paragraph(told % {"count": number(waiting)}, "small")
        for letter, codes in groupby(coded, key=lambda code: code[:1]):
            term = self.names.get(DIMENSION, letter)
            yield Heading(self.names.label_of(letter, self.language), 2, letter=letter, mark=reserve(term))
            for code in codes:
                yield from self.component(code, coded[code])

    def component(self, code: str, found: list[tuple[Asked, Idea]]) -> Iterator[Block]:
        term = self.names.get(COMPONENT, code)
        yield Heading(term.label(self.language) if term else "", 3, code=code, mark=reserve(term))
        yield Sayings(tuple(self.placed(asked, idea) for asked, idea in found))

    def placed(self, asked: Asked, idea: Idea) -> Saying:
        code = idea.code if len(idea.code) > 3 else ""
        about = " · ".join(filter(None, (asked.title, said(idea.expressions), code)))
        return Saying(idea.text, about, idea.language, french(idea))


def answer(idea: Idea) -> str:
    """What the group said when the code was read back; empty when nobody asked."""
    if idea.code_refused:
        return _("le groupe n’est pas d’accord avec ce code")
    return _("code accepté par le groupe") if idea.code_accepted else ""


def french(told: Idea | Note) -> str:
    """The French wording that stands beside the words, where it says something else."""
    return told.french_text if told.french_text != told.text else ""
