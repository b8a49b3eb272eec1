"""Following a plan's dates in one's own calendar: the page that draws the address, and the address itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tissage.core.tokens import hash_token
from tissage.plan.exchange.calendar import write_calendar
from tissage.plan.operations.calendar_feeds import draw_feed, revoke_feed
from tissage.plan.queries.calendar_feeds import events_of, feed_behind, feed_of

from .doors import person, plan_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The address is shown once, in answer to the click that draws it."""
    found, user, address = plan_for(request, territory, plan, "plan.read_plan"), person(request), ""
    if request.method == "POST":
        if "revoke" in request.POST:
            if revoke_feed(plan=found, user=user, now=timezone.now()):
                messages.success(request, gettext("L’adresse est fermée : les agendas qui la suivent ne reçoivent plus rien."))
            return redirect("plan:calendar_feed", territory, plan)
        token = draw_feed(plan=found, user=user, now=timezone.now())
        address = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("feeds:calendar", args=[token])
    context = {"territory": found.territory, "plan": found, "tab": "obligations", "feed": feed_of(found, user), "address": address}
    return render(request, "plan/obligations/feed.html", context)


@never_cache
@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret; whoever has no open one finds nothing."""
    feed = feed_behind(hash_token(token))
    if feed is None:
        raise Http404
    with translation.override(feed.user.language):
        events = events_of(feed.plan, timezone.localdate())
    body = write_calendar(feed.plan.name, events, now=timezone.now())
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="plan.ics"', "X-Robots-Tag": "noindex"},
    )
