"""What anyone proposes about the directory, without an account; and what the team makes of it. Nothing moves before it was read."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tissage.core.addresses import home_of
from tissage.network.models import ChangeSuggestion, Service
from tissage.network.queries.pauses import forms_paused
from tissage.people.models import Territory, User
from tissage.people.operations import record

MOST_BY_ADDRESS = 10
MOST_BY_TERRITORY = 200
"""Suggestions in an hour; several people may stand behind one address."""
LONGEST = 2000
_WINDOW = dt.timedelta(hours=1)
Status = ChangeSuggestion.Status


class SuggestionRefused(ValueError):
    """Why nothing was taken or decided, in words for the user."""


@transaction.atomic
def suggest_change(
    *,
    territory: Territory,
    text: str,
    address: str,
    now: dt.datetime,
    service: Service | None = None,
    field: str = "",
    origin: str = ChangeSuggestion.Origin.ANONYMOUS,
) -> ChangeSuggestion:
    """Keeps what somebody proposes on a service, or a service that is missing. Of who wrote, nothing is kept. Raises `SuggestionRefused`."""
    pause = forms_paused(territory, now)
    if pause is not None:
        raise SuggestionRefused(pause.reason or _("Les formulaires publics sont en pause. Revenez plus tard."))
    if not _may_send(f"address:{home_of(address)}", MOST_BY_ADDRESS, now) or not _may_send(
        f"territory:{territory.pk}", MOST_BY_TERRITORY, now
    ):
        raise SuggestionRefused(_("Beaucoup de propositions sont arrivées d’ici. Gardez votre texte et réessayez dans une heure."))
    made: ChangeSuggestion = ChangeSuggestion.objects.create(
        territory=territory, service=service, field=field, text=text.strip()[:LONGEST], origin=origin, received_at=now
    )
    record(verb="network.suggest_change", by=None, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def accept_suggestion(*, suggestion: ChangeSuggestion, by: User, now: dt.datetime) -> ChangeSuggestion:
    """The team takes it over: what follows is its own edit."""
    return _decide(suggestion, Status.ACCEPTED, "", by, now)


@transaction.atomic
def refuse_suggestion(*, suggestion: ChangeSuggestion, reason: str, by: User, now: dt.datetime) -> ChangeSuggestion:
    """Read, and not followed; the reason stays with it. Raises `SuggestionRefused` without one."""
    if not reason.strip():
        raise SuggestionRefused(_("Dites pourquoi, en quelques mots : la question reviendra."))
    return _decide(suggestion, Status.REFUSED, " ".join(reason.split()), by, now)


@transaction.atomic
def reopen_suggestion(*, suggestion: ChangeSuggestion, by: User, now: dt.datetime) -> ChangeSuggestion:
    """Back to what is to be read."""
    return _decide(suggestion, Status.NEW, "", by, now)


def _decide(suggestion: ChangeSuggestion, status: str, reason: str, by: User, now: dt.datetime) -> ChangeSuggestion:
    kept: ChangeSuggestion = (
        ChangeSuggestion.objects.select_related("territory").select_for_update(of=("self",)).order_by("pk").get(pk=suggestion.pk)
    )
    if kept.status == status:
        return kept
    if Status.NEW not in (kept.status, status):
        raise SuggestionRefused(_("Quelqu’un d’autre a déjà décidé de cette proposition."))
    kept.status, kept.reason = status, reason
    is_open = status == Status.NEW
    kept.decided_by, kept.decided_at = (None, None) if is_open else (by, now)
    kept.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    verbs = {
        Status.ACCEPTED: "network.accept_suggestion",
        Status.REFUSED: "network.refuse_suggestion",
        Status.NEW: "network.reopen_suggestion",
    }
    record(verb=verbs[Status(status)], by=by, territory=kept.territory, on=kept, now=now)
    return kept


def _may_send(what: str, most: int, now: dt.datetime) -> bool:
    """Whether less than `most` came in the hour; counts this one. Kept as a keyed hash, two hours at most."""
    window = int(now.timestamp() // _WINDOW.total_seconds())
    key = f"suggestion:{salted_hmac('tissage.suggestions', what).hexdigest()[:32]}:{window}"
    sent = int(cache.get(key, 0))
    if sent >= most:
        return False
    cache.set(key, sent + 1, timeout=2 * _WINDOW.total_seconds())
    return True
