"""After the vote on a frozen year: result, signed deliberation, sent on, the region's answer and the balance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.network.models import Document
from tissage.network.operations.documents import keep_document
from tissage.people.models import User
from tissage.people.operations import record
from tissage.reports.models import Deliberation, FrozenYear

COLUMNS = (
    "body",
    "held_on",
    "result",
    "votes_for",
    "votes_against",
    "abstentions",
    "sent_on",
    "answered_on",
    "answer",
    "balance",
    "note",
)


class VoteRefused(ValueError):
    """What was said of a vote does not hold together; the message says what."""


@transaction.atomic
def record_vote(*, frozen: FrozenYear, by: User, now: dt.datetime, signed: tuple[str, bytes] | None = None, **details: Any) -> Deliberation:
    """Writes what is known of the vote (`COLUMNS`); called again as more is known. `signed`: the file of the deliberation, (name, bytes).

    Raises `VoteRefused` when dates contradict each other, `DocumentRefused` when the file cannot be kept.
    """
    if unknown := set(details) - set(COLUMNS):
        raise ValueError(f"Not a column of a deliberation: {sorted(unknown)}")
    stored = Deliberation.objects.select_for_update(of=("self",)).filter(frozen_year=frozen).order_by("pk").first()
    made = stored is None
    vote = stored or Deliberation(frozen_year=frozen, body="")
    changed = [name for name, value in details.items() if getattr(vote, name) != value]
    for name in changed:
        setattr(vote, name, details[name])
    _check(vote)
    if signed is not None:
        vote.document = keep_document(
            territory=frozen.plan.territory,
            title=_("Délibération %(year)s") % {"year": frozen.year},
            kind="deliberation",
            upload_name=signed[0],
            content=signed[1],
            visibility=Document.Visibility.PRIVATE,
            signed_on=vote.held_on,
            by=by,
            now=now,
        )
        changed.append("document")
    vote.save()
    if changed or made:
        record(verb="reports.record_vote", by=by, territory=frozen.plan.territory, on=vote, fields=changed, now=now)
    return vote


def _check(vote: Deliberation) -> None:
    if not vote.body.strip():
        raise VoteRefused(_("Dites quel organe a voté."))
    if vote.result in (Deliberation.Result.ADOPTED, Deliberation.Result.REFUSED) and vote.held_on is None:
        raise VoteRefused(_("Un vote a une date : indiquez la séance."))
    if vote.held_on and vote.sent_on and vote.sent_on < vote.held_on:
        raise VoteRefused(_("L’envoi vient après la séance."))
    if vote.answer and vote.answered_on is None:
        raise VoteRefused(_("Une réponse a une date."))
    if vote.sent_on and vote.answered_on and vote.answered_on < vote.sent_on:
        raise VoteRefused(_("La réponse vient après l’envoi."))
