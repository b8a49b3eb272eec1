"""Importing a published plan: a file, what it would do, then doing it. Nothing is written before the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tissage.frameworks.queries import explain
from tissage.frameworks.queries_plan import plan_framework
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory
from tissage.plan.exchange.plan_page import read_page
from tissage.plan.forms.page_import import ApplyForm, PageForm
from tissage.plan.operations.page_import import Difference, PageRefused, compare_page, import_plan_page, plan_of_page
from tissage.plan.operations.plans import PlanRefused

from .doors import person, territory_for


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "plan.write_plan")
    if request.method != "POST":
        return _ask(request, place, PageForm(territory=place))
    applying = "apply" in request.POST
    form = ApplyForm(request.POST, territory=place) if applying else PageForm(request.POST, request.FILES, territory=place)
    if not form.is_valid():
        return _ask(request, place, form if not applying else PageForm(territory=place), lost=applying)
    given = form.cleaned_data
    name = given["plan"].name if given["plan"] else ""
    try:
        page = read_page(given["file_name"], given["file"], plan_framework(given["framework"]).marks())
        difference = compare_page(page=page, version=given["framework"], territory=place, name=name)
    except (UnreadableFile, PageRefused) as refused:
        form.add_error(None, explain(refused.message))
        return _ask(request, place, form if not applying else PageForm(territory=place), lost=applying)
    if not applying:
        return _preview(request, place, difference, ApplyForm.carrying(form, territory=place))
    try:
        done = import_plan_page(
            page=page,
            version=given["framework"],
            slug=place.slug,
            name=name,
            carrier_kind=given["carrier_kind"],
            accept_problems=given["accept_problems"],
            by=person(request),
            now=timezone.now(),
        )
    except PageRefused as refused:
        form.add_error(None, explain(refused.message))
        return _preview(request, place, difference, form)
    except PlanRefused as refused:
        form.add_error(None, str(refused))
        return _preview(request, place, difference, form)
    made = plan_of_page(place, given["framework"], done.plan_name)
    words = {"created": done.count("created"), "changed": done.count("changed"), "unchanged": done.count("unchanged")}
    messages.success(request, gettext("Actions nouvelles : %(created)s ; modifiées : %(changed)s ; inchangées : %(unchanged)s.") % words)
    return redirect("plan:plan", place.slug, made.pk) if made else redirect("plan:plans", place.slug)


def _ask(request: HttpRequest, place: Territory, form: PageForm, *, lost: bool = False) -> HttpResponse:
    if lost:
        messages.error(request, gettext("Le fichier s’est perdu en route. Déposez-le à nouveau."))
    return render(request, "plan/page_import/ask.html", {"territory": place, "form": form})


def _preview(request: HttpRequest, place: Territory, difference: Difference, form: PageForm) -> HttpResponse:
    context = {
        "territory": place,
        "difference": difference,
        "form": form,
        "created": difference.count("created"),
        "changed": difference.count("changed"),
        "unchanged": difference.count("unchanged"),
        "problems": [(one, explain(one.said), gettext(one.column)) for one in difference.page.problems],
        "notices": [(one, explain(one.said)) for one in difference.notices],
    }
    return render(request, "plan/page_import/preview.html", context)
