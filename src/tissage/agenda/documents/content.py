"""The balance of a campaign as blocks, before any format: its page, its PDF and its Word file say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.agenda.models import OccurrenceReport, SensitiveYear
from tissage.agenda.queries.balances import Book
from tissage.core.balance import Heads, Lesson, Stand
from tissage.synthesis.documents.blocks import Grid, Heading, Paragraph, Points
from tissage.synthesis.documents.words import day as day_words

Piece = Heading | Paragraph | Points | Grid


def blocks(book: Book) -> list[Piece]:
    """The whole balance in reading order, headings of level 1."""
    return [
        *_in_short(book),
        *_heads(book),
        *_kinds(book),
        *_partners(book),
        *_actions(book),
        *_sensitive(book),
        *_lessons(book),
        *_silent(book),
    ]


def persons(count: int) -> str:
    return ngettext("%(n)s personne", "%(n)s personnes", count) % {"n": count}


def dates(count: int) -> str:
    return ngettext("%(n)s date", "%(n)s dates", count) % {"n": count}


def method_words(method: str) -> str:
    """How persons were counted, in the words of the report."""
    return str(OccurrenceReport.Method(method).label)


def heads_words(heads: Iterable[Heads]) -> str:
    """« 40 comptées une à une · 200 estimées »: each way of counting by itself, never added."""
    short = {"count": _("comptées"), "tickets": _("sur billets"), "estimate": _("estimées")}
    return " · ".join(f"{one.persons} {short[one.method]}" for one in heads) or _("inconnu")


def stands_words(book: Book) -> str:
    """What became of the dates, in a sentence; what does not exist is not said."""
    stands = book.balance.stands
    told = {
        Stand.HELD: ngettext("%(n)s tenue", "%(n)s tenues", stands.get(Stand.HELD, 0)),
        Stand.NOT_HELD: ngettext("%(n)s qui n’a pas eu lieu", "%(n)s qui n’ont pas eu lieu", stands.get(Stand.NOT_HELD, 0)),
        Stand.CANCELLED: ngettext("%(n)s annulée", "%(n)s annulées", stands.get(Stand.CANCELLED, 0)),
        Stand.UPCOMING: ngettext("%(n)s à venir", "%(n)s à venir", stands.get(Stand.UPCOMING, 0)),
        Stand.WAITING: ngettext("%(n)s à raconter", "%(n)s à raconter", stands.get(Stand.WAITING, 0)),
        Stand.NOT_EVALUATED: ngettext("%(n)s non évaluée", "%(n)s non évaluées", stands.get(Stand.NOT_EVALUATED, 0)),
    }
    return ", ".join(words % {"n": stands[stand]} for stand, words in told.items() if stands.get(stand)) or _("aucune encore")


def _in_short(book: Book) -> Iterator[Piece]:
    found = book.balance
    if book.narrative:
        yield from (Paragraph(line.strip()) for line in book.narrative.splitlines() if line.strip())
    yield Heading(_("En bref"), level=1)
    activities = ngettext("%(n)s activité", "%(n)s activités", found.activities) % {"n": found.activities}
    yield Paragraph(
        _("%(activities)s. Dates et productions : %(stands)s.") % {"activities": activities, "stands": stands_words(book)}, role="lede"
    )
    if found.new_public:
        told = {one.value: str(one.label) for one in OccurrenceReport.NewPublic}
        words = ", ".join(f"{told[code]} : {number}" for code, number in found.new_public.items())
        yield Paragraph(_("Personnes venues pour la première fois, par date : %(words)s.") % {"words": words})


def _heads(book: Book) -> Iterator[Piece]:
    found = book.balance
    yield Heading(_("Combien de personnes"), level=1)
    if not found.heads:
        yield Paragraph(_("Personne n’est encore compté."))
        return
    rows = tuple((method_words(one.method).capitalize(), dates(one.dates), str(one.persons)) for one in found.heads)
    note = _("Ces nombres ne s’additionnent pas : une estimation n’est pas un compte, et la même personne peut être venue deux fois.")
    yield Grid("", (_("Comment compté"), _("Sur combien de dates"), _("Personnes")), rows, numbers=1, widths=(3, 2, 1.2), note=note)
    if found.uncounted:
        said = ngettext("%(n)s date tenue n’a pas de nombre.", "%(n)s dates tenues n’ont pas de nombre.", found.uncounted)
        yield Paragraph(said % {"n": found.uncounted})


def _kinds(book: Book) -> Iterator[Piece]:
    found = book.balance
    headings = (_("Activités"), _("Tenues"), _("Personnes"))
    for title, lines, words in (
        (_("Par genre d’activité"), found.by_type, book.types),
        (_("Par public"), found.by_audience, book.audiences),
    ):
        if not lines:
            continue
        yield Heading(title, level=1)
        rows = tuple(
            (
                words.get(line.code, line.code),
                str(line.activities),
                str(line.held),
                heads_words(line.heads) if line.heads else _no_heads(line),
            )
            for line in lines
        )
        yield Grid("", (title, *headings), rows, widths=(3, 1.1, 1, 2.6))
    if any(line.sensitive for line in found.by_type):
        yield Paragraph(
            _("Les activités sensibles comptent parmi les activités ; leurs personnes ne sont dans aucune ligne."), role="small"
        )


def _no_heads(line: object) -> str:
    sensitive, activities = getattr(line, "sensitive", 0), getattr(line, "activities", 0)
    return _("réservé") if sensitive and sensitive == activities else _("inconnu")


def _partners(book: Book) -> Iterator[Piece]:
    found = book.balance.partners
    if found:
        yield Heading(_("Qui a porté"), level=1)
        rows = tuple((one.name, str(one.activities), str(one.present)) for one in found)
        yield Grid("", (_("Organisation"), _("Activités portées"), _("Dates en soutien")), rows, numbers=2, widths=(4, 1.4, 1.4))


def _actions(book: Book) -> Iterator[Piece]:
    if book.actions:
        yield Heading(_("Actions du plan servies"), level=1)
        rows = tuple((one.number, one.title, str(one.activities)) for one in book.actions)
        yield Grid("", (_("N°"), _("Action"), _("Activités")), rows, numbers=1, widths=(0.7, 5, 1.2))


def _sensitive(book: Book) -> Iterator[Piece]:
    found = book.balance
    if not found.sensitive:
        return
    yield Heading(_("Activités sensibles"), level=1)
    told = ngettext(
        "%(n)s activité sensible a eu sa place dans la campagne.",
        "%(n)s activités sensibles ont eu leur place dans la campagne.",
        found.sensitive,
    )
    rule = _(
        "Le nombre de personnes d’une date reste à l’organisation qui l’a portée. N’en sort que le total de son année entière, toutes campagnes "
        "ensemble, arrêté une fois l’année finie, à partir de %(threshold)s personnes et de deux dates."
    )
    yield Paragraph(told % {"n": found.sensitive} + " " + rule % {"threshold": book.threshold})
    if book.settled:
        rows = tuple(
            (one.organization, str(one.year), _how(one.how), _("trop peu pour être dit") if one.persons is None else str(one.persons))
            for one in book.settled
        )
        yield Grid("", (_("Organisation"), _("Année"), _("Comment compté"), _("Personnes")), rows, widths=(3, 1, 1.6, 2))
    else:
        yield Paragraph(_("Les totaux de cette année ne sont pas encore arrêtés."))


def _how(how: str) -> str:
    return str(SensitiveYear.How(how).label)


def _lessons(book: Book) -> Iterator[Piece]:
    found = book.balance
    for title, lessons in (
        (_("Ce qui a été produit"), found.produced),
        (_("Ce qui a marché"), found.worked),
        (_("Ce qu’on changerait"), found.to_change),
    ):
        if lessons:
            yield Heading(title, level=1)
            yield Points(tuple(f"{one.text.strip()} ({_where(one)})" for one in lessons))


def _silent(book: Book) -> Iterator[Piece]:
    found = book.balance
    if found.not_held:
        yield Heading(_("Ce qui n’a pas eu lieu"), level=1)
        yield Points(tuple(" : ".join(filter(None, (_where(one), one.text))) for one in found.not_held))
    if found.not_evaluated:
        yield Heading(_("Non évalué"), level=1)
        yield Paragraph(_("Plus de trois semaines après, aucun compte rendu. Ce n’est pas zéro : personne ne sait."))
        yield Points(tuple(f"{_where(one)}, {one.lead}" for one in found.not_evaluated))


def _where(one: Lesson) -> str:
    return f"{one.title}, {day_words(one.on)}" if isinstance(one.on, dt.date) else one.title
