"""What a group wrote at a workshop, question by question, on its way to criteria: piles to look at, cards alone, criteria made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from tissage.core.gathering import Note, identical_piles, suggested_wording
from tissage.voices.models import Criterion, Expression, Question, Round, Workshop, WorkshopQuestion

MOST_COMPARED = 1_000  # loose cards of one question that are compared with each other; the others wait for their turn
MOST_PILES, MOST_ALONE = 30, 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the workshop: its exact words, what is loose and what is made. `is_open`: people are still writing, in silence."""

    question: Question
    wording: str
    language: str
    loose: int
    criteria: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """Loose cards that may say one idea, and the words to begin with; `joins` is a criterion already there that says it too."""

    cards: tuple[Expression, ...]
    wording: Expression
    is_identical: bool
    joins: Criterion | None = None

    @property
    def key(self) -> int:
        return self.cards[0].pk

    @property
    def languages(self) -> list[str]:
        """The languages of its cards, but French, in the order they come; a wording may have to say which is its own."""
        return list(dict.fromkeys(card.language for card in self.cards if card.language not in ("", "fr")))


@dataclass(frozen=True, slots=True)
class Made:
    criterion: Criterion
    cards: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """One question. `alone` holds cards that resemble no other; `identical` those of piles of the same words, over all loose cards."""

    piles: tuple[Pile, ...]
    alone: tuple[Expression, ...]
    made: tuple[Made, ...]
    identical: tuple[int, ...]
    identical_piles: int
    waiting: int
    """Loose cards that this page does not show yet."""


def asked_at(workshop: Workshop) -> list[Asked]:
    """The questions of a workshop: those put there, and those with something said, in their order. Five queries."""
    wordings: dict[int, WorkshopQuestion] = {}
    for item in WorkshopQuestion.objects.filter(workshop=workshop).order_by("position", "pk"):
        wordings.setdefault(item.question_id, item)
    open_ones = set(
        Round.objects.filter(hall__workshop=workshop, opened_at__isnull=False, closed_at__isnull=True).values_list("question", flat=True)
    )
    loose = _count(Expression.objects.loose().filter(workshop=workshop))
    criteria = _count(Criterion.objects.live().filter(workshop=workshop))
    wanted = set(wordings) | open_ones | set(loose) | set(criteria)
    found = []
    for question in Question.objects.filter(pk__in=wanted).order_by("position", "code", "pk"):
        put = wordings.get(question.pk)
        wording, language = (put.wording, put.language) if put else (question.wording, "fr")
        numbers = loose.get(question.pk, 0), criteria.get(question.pk, 0)
        found.append(Asked(question, wording, language, *numbers, is_open=question.pk in open_ones))
    return found


def _count(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("question").annotate(Count("pk")))


def gathering_of(workshop: Workshop, question: Question) -> Gathering:
    """Piles, cards alone and criteria of one question of a workshop. Three queries, and those of the model."""
    loose_ones = Expression.objects.loose().filter(workshop=workshop, question=question)
    loose = list(loose_ones.select_related("territory").order_by("pk")[: MOST_COMPARED + 1])
    total = len(loose) if len(loose) <= MOST_COMPARED else loose_ones.count()
    loose = loose[:MOST_COMPARED]
    criteria = list(Criterion.objects.live().filter(workshop=workshop, question=question).order_by("pk"))
    piles = _piles(loose, criteria)
    piled = {card.pk for pile in piles for card in pile.cards}
    alone = [card for card in loose if card.pk not in piled]
    shown_piles, shown_alone = piles[:MOST_PILES], alone[:MOST_ALONE]
    shown = sum(len(pile.cards) for pile in shown_piles) + len(shown_alone)
    same = identical_piles(notes_of(loose))
    return Gathering(
        piles=tuple(shown_piles),
        alone=tuple(shown_alone),
        made=tuple(_made(criteria)),
        identical=tuple(note.pk for pile in same for note in pile),
        identical_piles=len(same),
        waiting=total - shown,
    )


def notes_of(cards: Sequence[Expression]) -> list[Note]:
    return [Note(card.pk, card.text, card.language, card.french_text) for card in cards]


def _piles(loose: Sequence[Expression], criteria: Sequence[Criterion]) -> list[Pile]:
    """Near-duplicates among loose cards, criteria already made among them: a criterion lends its words, under a negative number."""
    from .duplicates import near_duplicate_expressions  # numpy and the model are loaded when a person gathers, never before

    if not loose:
        return []
    cards = {card.pk: card for card in loose}
    words = {-one.pk: one for one in criteria}
    lent = [
        Expression(pk=key, territory_id=one.territory_id, question_id=one.question_id, text=one.text, french_text=one.french_text)
        for key, one in words.items()
    ]
    piles = []
    for group in near_duplicate_expressions([*loose, *lent]):
        held = tuple(cards[pk] for pk in group if pk in cards)
        near = [words[pk] for pk in group if pk in words]
        if held:
            notes = notes_of(held)
            same = identical_piles(notes)
            identical = len(same) == 1 and len(same[0]) == len(held) and not near
            joins = min(near, key=lambda one: (-one.expression_count, one.pk)) if near else None
            piles.append(Pile(held, cards[suggested_wording(notes).pk], identical, joins))
    return sorted(piles, key=lambda pile: pile.key)


def _made(criteria: Sequence[Criterion]) -> list[Made]:
    """Criteria of the question with their cards, the latest first: what was just made stands on top."""
    cards: dict[int, list[Expression]] = {}
    for card in Expression.objects.live().filter(criterion__in=criteria).order_by("pk"):
        assert card.criterion_id is not None
        cards.setdefault(card.criterion_id, []).append(card)
    return [Made(one, tuple(cards.get(one.pk, ()))) for one in reversed(criteria)]
