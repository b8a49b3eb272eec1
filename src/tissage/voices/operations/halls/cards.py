"""The facilitator's cards: writing them, hiding one from the wall, showing it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext, gettext_lazy

from tissage.core.folding import fold
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Expression, Hall

from .answers import again_when_disturbed
from .rounds import locked_hall
from .writing import STORED, Answer, Receipt, Writing


class HidingReason(models.TextChoices):
    """Why a card leaves the wall. The journal keeps the reason, never the words."""

    NAMES_SOMEONE = "names_someone", gettext_lazy("elle désigne quelqu’un")
    HURTFUL = "hurtful", gettext_lazy("elle blesse ou insulte")
    OFF_TOPIC = "off_topic", gettext_lazy("elle ne répond pas à la question")
    ON_REQUEST = "on_request", gettext_lazy("quelqu’un l’a demandé")
    TRIAL = "trial", gettext_lazy("c’était un essai")


class UnknownReason(ValueError):
    def __init__(self) -> None:
        super().__init__(gettext("Choisissez pourquoi cette carte est masquée."))


def write_cards(*, hall: Hall, cards: Sequence[Answer], by: User, now: dt.datetime) -> list[Receipt]:
    """Writes cards typed by the facilitator, on paper's behalf or offline; says what became of each, in the same order.

    Unlike a phone, the facilitator may write for a question that was never opened in the hall. Raises `WorkshopClosed`.
    """
    return again_when_disturbed(lambda: _write_cards(hall, cards, by, now))


@transaction.atomic
def _write_cards(hall: Hall, cards: Sequence[Answer], by: User, now: dt.datetime) -> list[Receipt]:
    here = locked_hall(hall.pk)
    receipts = Writing(here, None, now, by_id=by.pk, language=here.workshop.group.language or "fr").write(cards)
    written = sum(receipt.status == STORED for receipt in receipts)
    if written:
        record(verb="voices.write_cards", by=by, territory=here.workshop.territory, on=here.workshop, numbers={"cards": written}, now=now)
    return receipts


@transaction.atomic
def hide_card(*, expression: Expression, reason: str, by: User, now: dt.datetime) -> int:
    """Takes a card off the wall, with those of the same question that say the same words: one card there. Nothing is deleted.

    Gives how many expressions were hidden. Raises `UnknownReason`.
    """
    if reason not in HidingReason.values:
        raise UnknownReason
    return _hide(expression, verb=f"voices.hide_card_{reason}", hidden_at=now, by=by, now=now)


@transaction.atomic
def show_card(*, expression: Expression, by: User, now: dt.datetime) -> int:
    """Puts a hidden card back on the wall; gives how many expressions were shown again."""
    return _hide(expression, verb="voices.show_card", hidden_at=None, by=by, now=now)


def _hide(expression: Expression, *, verb: str, hidden_at: dt.datetime | None, by: User, now: dt.datetime) -> int:
    words = fold(expression.text)
    others = Expression.objects.live().filter(
        workshop=expression.workshop_id, question=expression.question_id, hidden_at__isnull=hidden_at is not None
    )
    same = [pk for pk, text in others.order_by("pk").values_list("pk", "text") if fold(text) == words]
    if same:
        Expression.objects.filter(pk__in=same).update(hidden_at=hidden_at)
        record(verb=verb, by=by, territory=expression.territory, on=expression, numbers={"cards": len(same)}, now=now)
    return len(same)
