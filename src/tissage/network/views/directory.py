"""The directory of a territory, for everybody when it is public: home, search, sheets, labelled places, leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from tissage.core.vocabulary import AUDIENCE, CONCERNED_GROUP, Vocabulary
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.documents.leaflet import Leaflet, render_leaflet
from tissage.network.forms.directory import SearchForm
from tissage.network.models import Organization
from tissage.network.models.services import ServiceQuerySet
from tissage.network.queries.directory import listed_services, reads_directory
from tissage.network.queries.directory_search import Wanted, in_use, offered, search
from tissage.network.queries.pauses import forms_paused
from tissage.network.queries.services import WITH_EVIDENCE
from tissage.network.queries.sheets import MEMBER_LEVELS, PUBLIC_LEVELS, awards_listed, card_of, place_lines, sheet_of, shown, with_parts
from tissage.people.models import Territory
from tissage.people.rules import role_in

from .measured import few_papers

MODERATE, EDIT = "network.moderate", "network.edit_services"
A_PAGE = 20
MOST_ON_PAPER = 400
FOLDED = ("theme", "public", "groupe", "langue", "genre")
"""Filters that stay folded until one is used."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to browse by: its words, how many services, where they are."""

    label: str
    count: int
    address: str


def readable(request: HttpRequest, slug: str) -> Territory:
    """A territory whose directory this person may read: public, or one's own."""
    territory = get_object_or_404(Territory, slug=slug)
    if not reads_directory(request.user, territory):
        raise Http404
    return territory


def listed(request: HttpRequest, territory: Territory) -> ServiceQuerySet:
    return listed_services(territory, timezone.localdate(), of_members=role_in(request.user, territory) != "")


def found_by_crawlers(response: HttpResponse, territory: Territory) -> HttpResponse:
    """A page that search engines may show; everything else of the house asks them not to. Never a demonstration."""
    if territory.is_public and not territory.is_demonstration:
        response.headers["X-Robots-Tag"] = "all"
    return response


@login_not_required
@require_safe
def home(request: HttpRequest, territory: str) -> HttpResponse:
    """A search box, and what one can browse by."""
    place = readable(request, territory)
    services, words = listed(request, place), vocabulary()
    used = in_use(services, words)
    count = sum(used.kinds.values())
    page = reverse("directory:results", args=[place.slug])
    kinds = [(str(label), value) for value, label in Organization.Kind.choices]
    families = [(family.label, family.code) for family, _under in words.families()]
    context = {
        "territory": place,
        "count": ngettext("%(n)s service", "%(n)s services", count) % {"n": count} if count else "",
        "themes": _choices(families, used.families, f"{page}?theme="),
        "audiences": _choices(_terms(words, AUDIENCE), used.of(AUDIENCE), f"{page}?public="),
        "groups": _choices(_terms(words, CONCERNED_GROUP), used.of(CONCERNED_GROUP), f"{page}?groupe="),
        "kinds": _choices(kinds, used.kinds, f"{page}?genre="),
        "moderates": request.user.has_perm(MODERATE, place),
    }
    return found_by_crawlers(render(request, "network/directory/home.html", context), place)


def _terms(words: Vocabulary, kind: str) -> list[tuple[str, str]]:
    return [(term.label, term.code) for term in words.of_kind(kind)]


def _choices(offered: Iterable[tuple[str, str]], counts: Mapping[str, int], page: str) -> list[Choice]:
    return [Choice(label, counts[code], f"{page}{code}") for label, code in offered if code in counts]


def _searched(request: HttpRequest, place: Territory) -> tuple[SearchForm, ServiceQuerySet, Vocabulary]:
    services, words = listed(request, place), vocabulary()
    form = SearchForm(request.GET or None, vocabulary=words, used=offered(place))
    wanted = form.wanted
    return form, search(services, wanted, words) if wanted.is_anything else services, words


@login_not_required
@require_safe
def results(request: HttpRequest, territory: str) -> HttpResponse:
    """The services that meet what was asked, by name."""
    place = readable(request, territory)
    form, services, words = _searched(request, place)
    page = Paginator(with_parts(services), A_PAGE).get_page(request.GET.get("page"))
    today, total = timezone.localdate(), page.paginator.count
    asked = {name: str(value) for name, value in request.GET.items() if value and name in form.fields}
    context = {
        "territory": place,
        "form": form,
        "page": page,
        "cards": [card_of(service, words, today) for service in page],
        "count": ngettext("%(n)s service", "%(n)s services", total) % {"n": total} if total else gettext("Aucun service"),
        "asked": form.wanted != Wanted(),
        "near": form.wanted.km,
        "folded": not set(FOLDED) & set(asked),
        "prints": 0 < total <= MOST_ON_PAPER,
        "query": urlencode(asked),
    }
    return render(request, "network/directory/results.html", context)


@login_not_required
@require_safe
@few_papers
def leaflet(request: HttpRequest, territory: str) -> HttpResponse:
    """The directory, or what a search found, on paper."""
    place = readable(request, territory)
    form, services, words = _searched(request, place)
    found = list(with_parts(with_evidence(services))[: MOST_ON_PAPER + 1])
    if not 0 < len(found) <= MOST_ON_PAPER:
        raise Http404
    today = timezone.localdate()
    sheets = [sheet_of(service, words, today, levels=PUBLIC_LEVELS) for service in found]
    made = Leaflet(place.name, _asked_words(form), today, tuple(sheets), is_demonstration=place.is_demonstration)
    name = f"annuaire-{place.slug}.pdf"
    return HttpResponse(
        render_leaflet(made), content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _asked_words(form: SearchForm) -> str:
    """What was asked, in words: « logement · femmes · autour de 7000, à 10 km »."""
    wanted, said = form.wanted, []
    if wanted.words:
        said.append(gettext("« %(words)s »") % {"words": wanted.words})
    for name in FOLDED:
        value = form.cleaned_data.get(name) if form.is_bound else ""
        if value:
            said.append(_words_of(form.fields[name].choices, value))  # type: ignore[attr-defined]
    if wanted.postal_code:
        told = gettext("autour de %(code)s, à %(km)s km") if wanted.km else gettext("dans le %(code)s")
        said.append(told % {"code": wanted.postal_code, "km": wanted.km})
    return " · ".join(said)


def _words_of(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            if inside := _words_of(label, value):
                return inside
        elif key == value:
            return str(label)
    return ""


def with_evidence(services: ServiceQuerySet) -> ServiceQuerySet:
    """With what stands behind the welcome of LGBTQIA+ persons, in the same query."""
    return services.select_related("organization", "territory", *WITH_EVIDENCE)


@login_not_required
@require_safe
def service(request: HttpRequest, territory: str, service: UUID) -> HttpResponse:
    """Everything about one service that this person may read."""
    place = readable(request, territory)
    found = get_object_or_404(with_parts(with_evidence(listed(request, place))), uuid=service)
    levels = MEMBER_LEVELS if role_in(request.user, place) else PUBLIC_LEVELS
    context = {
        "territory": place,
        "sheet": sheet_of(found, vocabulary(), timezone.localdate(), levels=levels),
        "service": found,
        "paused": forms_paused(place, timezone.now()),
        "edits": request.user.has_perm(EDIT, found),
    }
    answer = render(request, "network/directory/service.html", context)
    return answer if found.noindex else found_by_crawlers(answer, place)


@login_not_required
@require_safe
def organization(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    """An organisation as everybody may know it: what it is, its services, the labels it shows."""
    place = readable(request, territory)
    found = get_object_or_404(Organization.objects.select_related("parent"), pk=organization, territory=place)
    today, words = timezone.localdate(), vocabulary()
    page = Paginator(with_parts(listed(request, place).filter(organization=found)), A_PAGE).get_page(request.GET.get("page"))
    awards = [award for award in awards_listed(place, today) if award.organization_id == found.pk]
    if not page.paginator.count and not awards:
        raise Http404
    cards = [card_of(service, words, today) for service in page]
    context = {"territory": place, "organization": found, "page": page, "cards": cards, "awards": awards}
    answer = render(request, "network/directory/organization.html", context)
    hides = any(card.service.noindex for card in cards)
    return answer if hides else found_by_crawlers(answer, place)


@login_not_required
@require_safe
def labelled(request: HttpRequest, territory: str) -> HttpResponse:
    """Places and organisations whose label is in force, for those who accepted to be listed. Kept from search engines: it is a list of addresses too."""
    place = readable(request, territory)
    rows = [(award, place_lines(shown(award.place)) if award.place else ()) for award in awards_listed(place, timezone.localdate())]
    return render(request, "network/directory/labelled.html", {"territory": place, "rows": rows})
