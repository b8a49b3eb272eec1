"""On the page of a territory: the next dates, for whoever may read its agenda."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from tissage.agenda.queries.diary import coming, dates_of, shown, shown_activities
from tissage.people.models import Territory

MOST = 4


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The next dates; nothing while none is announced. Two queries."""
    if not (territory.is_public or (request.user.is_authenticated and request.user.has_perm("agenda.read_public_agenda", territory))):
        return None
    dates = coming(dates_of(shown_activities(territory)), timezone.now()).exclude(status="cancelled")[:MOST]
    found = shown(dates)
    if not found:
        return None
    return render_to_string("agenda/diary/slot_territory.html", {"territory": territory, "dates": found}, request)
