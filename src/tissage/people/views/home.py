"""The home page of strangers, « À faire », the territories of a person, the search box, the page of the second factor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tissage.people.forms import SearchForm
from tissage.people.models import Territory
from tissage.people.queries import has_second_factor, my_memberships, territories_requiring_second_factor
from tissage.people.search import SHORTEST_QUERY, find
from tissage.people.todo import collect

from .doors import person


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("people:todo")
    return render(request, "people/home.html", {"territories": Territory.objects.visible_to(request.user)})


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    lines = [{"line": line, "is_late": line.is_late(today)} for line in collect(request)]
    return render(
        request,
        "people/todo.html",
        {"lines": lines, "memberships": my_memberships(person(request)), "today": today, "form": SearchForm()},
    )


@require_safe
def territories(request: HttpRequest) -> HttpResponse:
    memberships = my_memberships(person(request))
    public = Territory.objects.visible_to(request.user).exclude(pk__in=[each.territory_id for each in memberships])
    return render(request, "people/territories.html", {"memberships": memberships, "public": public})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {"form": form, "query": query, "hits": find(request, query), "shortest": SHORTEST_QUERY}
    return render(request, "people/search.html", {**context, "too_short": 0 < len(query) < SHORTEST_QUERY})


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked, and the two ways to set one up; once there is one, back to the page that was wanted."""
    user = person(request)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = ""
    if has_second_factor(user):
        return redirect(back or "mfa_index")
    return render(request, "people/second_factor.html", {"territories": territories_requiring_second_factor(user), "back": back})
