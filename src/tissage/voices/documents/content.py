"""What stands on each paper, as plain values for its template. Residents' words and titles are made printable here, and nowhere marked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.core.hall import spell_code
from tissage.ui.glyphs import printable as shown
from tissage.ui.press import iso_language, standalone
from tissage.ui.qr import qr_svg
from tissage.voices.queries.paper import Gathered, PutQuestion, gathered_words, hall_of, put_questions
from tissage.voices.queries.screens import Words, offered_languages, screen_words

if TYPE_CHECKING:
    from .papers import Paper

LONGEST_CARD = 700
"""Signs on one card: a longer note goes on on the next one, numbered."""
CARDS_A_PAGE = 8
# What an invitation says, from the sentences of the answering screen: a town's own language prints as it shows.
SAID_BEFORE = ("welcome_what", "welcome_many", "welcome_anonymous", "welcome_change", "welcome_forgotten")


def title_of(title: object, paper: Paper) -> str:
    """« Cartes vierges · atelier du 20 novembre 2026 »: no group, for the paper lies in the hall."""
    return f"{title} · {day_of(paper)}"


def day_of(paper: Paper) -> str:
    return _("atelier du %(date)s") % {"date": date_format(paper.workshop.held_on, "j F Y")}


def furniture() -> dict[str, str]:
    """What the papers say in the language of the moment."""
    return {"cut": _("Couper ici"), "open": "«\u2009", "close": "\u2009»", "in_french": _("En français :")}


# --- Invitation -------------------------------------------------------------------------------------------------


def invitations(paper: Paper) -> list[dict[str, Any]]:
    """One page a language of the hall, in its own words. Empty without a hall."""
    hall = hall_of(paper.workshop)
    if hall is None:
        return []
    territory = paper.workshop.territory
    offered = offered_languages(territory, hall.languages or ["fr"])
    return [_invitation(paper, hall.code, hall.table_name, screen_words(territory, language.code)) for language in offered]


def _invitation(paper: Paper, code: str, table: str, words: Words) -> dict[str, Any]:
    language = words.language
    place = [date_format(paper.workshop.held_on, "j F Y"), paper.workshop.place] if language.code == "fr" else [paper.workshop.place]
    return {
        "language": iso_language(language.code),
        "rtl": language.is_right_to_left,
        "name": shown(language.name),
        "mark": shown("" if language.is_reviewed else language.mark),
        "title": shown(words["welcome_title"]),
        "where": [shown(part) for part in (*place, table) if part],
        "scan": shown(words["invite_scan"]),
        "or_type": shown(words["invite_type"]),
        "address": shown(re.sub(r"^https?://", "", paper.address.removesuffix(f"{code}/")).removesuffix("/")),
        "code": spell_code(code),
        "qr": standalone(qr_svg(paper.address)),
        "alternative": shown(_("Code QR de l’adresse %(address)s") % {"address": paper.address}),
        "said": [shown(words[key]) for key in SAID_BEFORE],
    }


# --- Questions --------------------------------------------------------------------------------------------------


def question_cards(paper: Paper) -> list[dict[str, Any]]:
    """One card a question and language."""
    return [
        {"code": question.code, "title": shown(question.title), "language": iso_language(language), "wording": shown(wording)}
        for question in put_questions(paper.workshop)
        for language, wording in question.wordings
    ]


# --- Cards ------------------------------------------------------------------------------------------------------


def blank_cards(paper: Paper) -> list[dict[str, Any]]:
    """A page of eight for each question and language."""
    return [
        {**card, "cards": [{"text": "", "language": "", "french": "", "times": "", "part": ""}] * CARDS_A_PAGE}
        for card in question_cards(paper)
    ]


def filled_cards(paper: Paper) -> list[dict[str, Any]]:
    """Pages of eight cards, each question on pages of its own."""
    pages = []
    for question, words in by_question(paper):
        cards = [card for one in words for card in _cards(one)]
        for start in range(0, len(cards), CARDS_A_PAGE):
            language, wording = question.wordings[0]
            pages.append(
                {
                    "code": question.code,
                    "title": shown(question.title),
                    "language": iso_language(language),
                    "wording": shown(wording),
                    "cards": cards[start : start + CARDS_A_PAGE],
                }
            )
    return pages


def _cards(one: Gathered) -> Iterator[dict[str, str]]:
    """The card of a note; several, numbered, for a note that would not be read on one."""
    parts, french = pieces(one.text), pieces(one.french_text if one.french_text != one.text else "")
    count = max(len(parts), len(french))
    for number in range(count):
        yield {
            "text": shown(parts[number]) if number < len(parts) else "",
            "language": iso_language(one.language),
            "french": shown(french[number]) if number < len(french) else "",
            "times": f"× {one.times}" if one.times > 1 else "",
            "part": f"{number + 1}/{count}" if count > 1 else "",
        }


def pieces(text: str) -> list[str]:
    """A text in pieces of at most 700 signs, cut between words where there are any; nothing is lost but the spaces of the cuts."""
    found: list[str] = []
    left = text.strip()
    while len(left) > LONGEST_CARD:
        cut = left.rfind(" ", 1, LONGEST_CARD)
        cut = cut if cut > 0 else LONGEST_CARD
        found.append(left[:cut].rstrip())
        left = left[cut:].lstrip()
    return [*found, left] if left else found


# --- Sheets for the wall ----------------------------------------------------------------------------------------


def blank_walls(paper: Paper) -> list[dict[str, Any]]:
    return [_wall(question, []) for question in put_questions(paper.workshop)]


def filled_walls(paper: Paper) -> list[dict[str, Any]]:
    return [_wall(question, words) for question, words in by_question(paper)]


def _wall(question: PutQuestion, words: Iterable[Gathered]) -> dict[str, Any]:
    return {
        "code": question.code,
        "title": shown(question.title),
        "wordings": [{"language": iso_language(language), "text": shown(text)} for language, text in question.wordings],
        "words": [
            {
                "text": shown(one.text),
                "language": iso_language(one.language),
                "french": shown(one.french_text) if one.french_text != one.text else "",
                "times": f"× {one.times}" if one.times > 1 else "",
            }
            for one in words
        ],
    }


def by_question(paper: Paper) -> list[tuple[PutQuestion, list[Gathered]]]:
    """The words of each question that has some, the questions put first."""
    words: dict[int, list[Gathered]] = {}
    for one in gathered_words(paper.workshop):
        words.setdefault(one.question, []).append(one)
    questions = {question.pk: question for question in put_questions(paper.workshop, also=words)}
    return [(question, words[pk]) for pk, question in questions.items() if pk in words]
