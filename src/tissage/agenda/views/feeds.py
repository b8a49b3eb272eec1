"""Calendars to follow: a territory, a campaign, an organisation, an audience, a place; and an organisation's own, behind a secret."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tissage.agenda.exchange.calendar import write_dates
from tissage.agenda.models import AgendaFeed, Campaign, Occurrence
from tissage.agenda.operations.agenda_feeds import draw_agenda_feed, revoke_agenda_feed
from tissage.agenda.queries.activities import AUDIENCE, SHOWN_CAMPAIGNS
from tissage.agenda.queries.diary import dates_of, feed_dates, private_feed, public_feed, shown, stamp_of
from tissage.core.tokens import hash_token
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization, Place
from tissage.network.models.organizations import organizations_of
from tissage.people.models import Territory
from tissage.plan.views.partners import quiet

from .doors import person, territory_for

KEPT = 6 * 3600
"""Seconds a written calendar is kept: thousands of dates take seconds to write, and many calendars follow the same one."""


def _public_territory(slug: str) -> Territory:
    found: Territory = get_object_or_404(Territory, slug=slug, visibility=Territory.Visibility.PUBLIC)
    return found


def _answer(request: HttpRequest, name: str, file: str, dates: QuerySet[Occurrence], *, is_public: bool = True) -> HttpResponse:
    """The calendar, or « not modified » after one query when nothing changed since it was last asked. A public one is written once a change."""
    listed = feed_dates(dates, timezone.now())
    etag = f'"{hashlib.sha256(f"{name}{stamp_of(listed)}".encode()).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=900",
        "Content-Disposition": f'inline; filename="{file}.ics"',
        "X-Robots-Tag": "noindex",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    kept = f"calendar:{get_language()}:{etag}"
    if not is_public or (body := cache.get(kept)) is None:
        body = write_dates(name, shown(listed))
        if is_public:
            cache.set(kept, body, KEPT)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def of_territory(request: HttpRequest, territory: str) -> HttpResponse:
    place = _public_territory(territory)
    return _answer(request, place.name, place.slug, dates_of(public_feed(place, timezone.now())))


@login_not_required
@require_safe
def of_audience(request: HttpRequest, territory: str, audience: str) -> HttpResponse:
    place, words = _public_territory(territory), vocabulary()
    if audience not in words.codes(AUDIENCE):
        raise Http404
    name = f"{place.name} · {words.label(AUDIENCE, audience)}"
    return _answer(request, name, audience, dates_of(public_feed(place, timezone.now()), audience=audience))


@login_not_required
@require_safe
def of_campaign(request: HttpRequest, campaign_uuid: UUID) -> HttpResponse:
    campaigns = Campaign.objects.filter(territory__visibility=Territory.Visibility.PUBLIC, status__in=SHOWN_CAMPAIGNS)
    found = get_object_or_404(campaigns.select_related("territory"), uuid=campaign_uuid)
    return _answer(request, str(found), "campagne", dates_of(public_feed(found.territory, timezone.now()), campaign=found))


@login_not_required
@require_safe
def of_organization(request: HttpRequest, organization_uuid: UUID) -> HttpResponse:
    organizations = Organization.objects.filter(territory__visibility=Territory.Visibility.PUBLIC).select_related("territory")
    found = get_object_or_404(organizations, uuid=organization_uuid)
    dates = dates_of(public_feed(found.territory, timezone.now()), organization=found.pk)
    if not dates.exists():
        raise Http404  # an organisation nobody announced yet is not said to exist
    return _answer(request, found.name, "organisation", dates)


@login_not_required
@require_safe
def of_place(request: HttpRequest, place: int) -> HttpResponse:
    """A place whose address is public, or a neighbourhood; any other would be told by its calendar."""
    told = Q(address_visibility=Place.Visibility.PUBLIC) | Q(kind=Place.Kind.NEIGHBOURHOOD)
    places = Place.objects.filter(told, territory__visibility=Territory.Visibility.PUBLIC).select_related("territory")
    found = get_object_or_404(places, pk=place)
    dates = dates_of(public_feed(found.territory, timezone.now())).filter(place=found, activity__sensitivity="normal")
    if not dates.exists():
        raise Http404
    return _answer(request, found.name, "lieu", dates)


@login_not_required
@require_safe
@quiet
def private(request: HttpRequest, token: str) -> HttpResponse:
    """An organisation's own: private dates included, sensitive ones by their neutral title. A closed address opens nothing."""
    feeds = AgendaFeed.objects.filter(revoked_at__isnull=True, organization__closed_on__isnull=True)
    feed = feeds.select_related("organization__territory").filter(token_hash=hash_token(token)).first()
    if feed is None:
        raise Http404
    return _answer(request, feed.organization.name, "agenda", dates_of(private_feed(feed.organization)), is_public=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feeds(request: HttpRequest, territory: str) -> HttpResponse:
    """The secret address of each organisation I speak for: shown once, in answer to the click that draws it."""
    place, user = territory_for(request, territory, "agenda.read_agenda"), person(request)
    mine = list(organizations_of(user, place).select_related("territory"))
    if not mine:
        raise Http404
    drawn: tuple[int, str] = (0, "")
    if request.method == "POST":
        asked = request.POST.get("organization", "")
        chosen = next((one for one in mine if str(one.pk) == asked), None)
        if chosen is None:
            raise Http404
        if "revoke" in request.POST:
            if revoke_agenda_feed(organization=chosen, by=user, now=timezone.now()):
                messages.success(request, gettext("L’adresse est fermée : les agendas qui la suivent ne reçoivent plus rien."))
            return redirect("agenda:own_feeds", place.slug)
        token = draw_agenda_feed(organization=chosen, by=user, now=timezone.now())
        drawn = chosen.pk, settings.TISSAGE_ORIGIN.rstrip("/") + reverse("agendas:private", args=[token])
    context = {"territory": place, "lines": list(_lines(mine, drawn))}
    return render(request, "agenda/diary/own_feeds.html", context)


def _lines(mine: list[Organization], drawn: tuple[int, str]) -> Iterable[tuple[Organization, bool, str]]:
    """Each organisation, whether an address is open, and the one just drawn."""
    open_ones = set(AgendaFeed.objects.filter(organization__in=mine, revoked_at__isnull=True).values_list("organization", flat=True))
    for one in mine:
        yield one, one.pk in open_ones, drawn[1] if drawn[0] == one.pk else ""
