"""The agenda of a territory, for everybody when it is public: days, activities, a poster and a leaflet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from tissage.agenda.documents.diary import Paper, leaflet_pdf, poster_pdf
from tissage.agenda.exchange.events import events_of
from tissage.agenda.forms.diary import DiaryForm
from tissage.agenda.models import Campaign, Occurrence
from tissage.agenda.queries.activities import SHOWN_CAMPAIGNS
from tissage.agenda.queries.diary import Shown, coming, dates_of, outputs_of, past, shown, shown_activities, used_terms
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization
from tissage.network.views.directory import found_by_crawlers
from tissage.network.views.measured import few_papers
from tissage.people.models import Territory

READ = "agenda.read_public_agenda"
A_PAGE = 40
ON_PAPER = 60


def readable(request: HttpRequest, slug: str) -> Territory:
    territory = get_object_or_404(Territory, slug=slug)
    if not (territory.is_public or (request.user.is_authenticated and request.user.has_perm(READ, territory))):
        raise Http404
    return territory


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the agenda."""

    form: DiaryForm
    campaigns: list[Campaign]
    campaign: Campaign | None
    dates: QuerySet[Occurrence]
    words: str

    @property
    def is_anything(self) -> bool:
        return bool(self.form.asked)


def _asked(request: HttpRequest, territory: Territory) -> Asked:
    """Five queries, whatever there is."""
    activities = shown_activities(territory)
    campaigns = list(Campaign.objects.filter(territory=territory, status__in=SHOWN_CAMPAIGNS).order_by("-starts_on", "name", "pk")[:12])
    audiences, types, leads = used_terms(activities)
    listed = list(Organization.objects.filter(pk__in=leads).order_by("search", "pk"))
    form = DiaryForm(request.GET or None, words=vocabulary(), campaigns=campaigns, audiences=audiences, types=types, leads=listed)
    asked = form.asked
    campaign = next((one for one in campaigns if str(one.uuid) == asked.get("campagne")), None)
    dates = dates_of(
        activities,
        audience=asked.get("public", ""),
        organization=int(asked["par"]) if asked.get("par") else None,
        campaign=campaign,
        type=asked.get("genre", ""),
    )
    return Asked(form, campaigns, campaign, dates, form.words)


@login_not_required
@require_safe
def diary(request: HttpRequest, territory: str) -> HttpResponse:
    """What is to come, day by day; what is over when asked."""
    place, now = readable(request, territory), timezone.now()
    asked, over = _asked(request, place), "passe" in request.GET
    dates = past(asked.dates, now) if over else coming(asked.dates, now)
    page = Paginator(dates, A_PAGE).get_page(request.GET.get("page"))
    activities = shown_activities(place)
    total = page.paginator.count
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "territory": place,
        "form": asked.form,
        "asked": asked,
        "over": over,
        "page": page,
        "days": days_of(shown(page)),
        "count": ngettext("%(n)s date", "%(n)s dates", total) % {"n": total} if total else "",
        "outputs": outputs_of(activities.filter(campaign=asked.campaign) if asked.campaign else activities) if not over else [],
        "query": query.urlencode(),
    }
    return found_by_crawlers(render(request, "agenda/diary/diary.html", context), place)


def days_of(dates: list[Shown]) -> list[tuple[dt.date, list[Shown]]]:
    """Dates under their local day, in the order they come."""
    return [(day, list(of_day)) for day, of_day in groupby(dates, key=lambda one: timezone.localdate(one.occurrence.starts_at))]


@login_not_required
@require_safe
def activity(request: HttpRequest, territory: str, activity_uuid: UUID) -> HttpResponse:
    """One activity with its dates; a sensitive one by its neutral title, hidden from search engines."""
    place = readable(request, territory)
    activities = shown_activities(place).select_related("lead", "campaign", "territory")
    found = get_object_or_404(activities, uuid=activity_uuid)
    dates = shown(dates_of(shown_activities(place).filter(pk=found.pk)))
    now = timezone.now()
    context = {
        "territory": place,
        "activity": found,
        "first": dates[0] if dates else None,
        "coming": [one for one in dates if one.occurrence.ends_at >= now],
        "past": [one for one in dates if one.occurrence.ends_at < now],
        "partners": [] if found.is_sensitive else list(found.partners.select_related("organization")),
        "events": events_of(found, dates) if place.is_public else None,
    }
    answer = render(request, "agenda/diary/activity.html", context)
    return answer if found.is_sensitive else found_by_crawlers(answer, place)


def _paper(request: HttpRequest, territory: str) -> tuple[Territory, Paper]:
    place, now = readable(request, territory), timezone.now()
    asked = _asked(request, place)
    dates = shown(coming(asked.dates, now)[:ON_PAPER])
    kept = [one for one in dates if not one.is_cancelled]
    title = str(asked.campaign) if asked.campaign else gettext("L’agenda de %(name)s") % {"name": place.name}
    return place, Paper(place, title, asked.words if not asked.campaign else "", days_of(kept), timezone.localdate())


def _pdf(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Robots-Tag": "noindex"}
    )


@login_not_required
@require_safe
@few_papers
def poster(request: HttpRequest, territory: str) -> HttpResponse:
    """A3, to hang."""
    place, paper = _paper(request, territory)
    return _pdf(poster_pdf(paper), f"affiche-{place.slug}")


@login_not_required
@require_safe
@few_papers
def leaflet(request: HttpRequest, territory: str) -> HttpResponse:
    """A5, to give."""
    place, paper = _paper(request, territory)
    return _pdf(leaflet_pdf(paper), f"depliant-{place.slug}")
