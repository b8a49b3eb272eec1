"""What a secret of a list opens, and what it said so far."""

from __future__ import annotations

from tissage.commitments.models import Answer, Ask, AskSet, Contestant, Sending
from tissage.core.tokens import hash_token


def find_sending(token: str) -> Sending | None:
    """The sending behind a secret; None for one that was never given, was replaced, or whose phase is closed."""
    rows = Sending.objects.filter(token_hash=hash_token(token), revoked_at__isnull=True)
    return rows.select_related("ask_set__space", "ask_set__election", "contestant").first()


def asks_of(ask_set: AskSet) -> list[Ask]:
    """The asks in their order, by category."""
    return list(ask_set.asks.select_related("category").order_by("category__position", "category", "position", "pk"))


def answers_of(ask_set: AskSet, contestant: Contestant) -> dict[int, Answer]:
    """What this list said, by ask."""
    answers = Answer.objects.filter(ask__ask_set=ask_set, contestant=contestant).select_related("proof")
    return {one.ask_id: one for one in answers}
