"""The sheet of figures for people with an account: the team's own, the team in the place of a partner, a partner for itself."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.network.models import Organization
from tissage.people.models import User
from tissage.plan.models import Plan
from tissage.plan.operations.figures import speaks_for
from tissage.plan.queries.figures import actions_asked, indicators_asked
from tissage.plan.queries.filling import sheet_of

from . import filling
from .doors import person
from .filling import Desk

FILLS, REVIEWS = "plan.fill_figures", "plan.review_figures"


def _desk(request: HttpRequest, territory: str, plan: int, year: int, organization: int | None) -> Desk:
    """The sheet this person may fill in; 404 otherwise. A partner with an account fills in its own organisation's, and no other."""
    found = get_object_or_404(Plan.objects.select_related("territory", "framework__framework"), pk=plan, territory__slug=territory)
    user = person(request)
    asked = None if organization is None else get_object_or_404(Organization, pk=organization, territory=found.territory)
    own = asked is not None and _answers_for(user, found, year, asked)
    if year not in found.years or not (own or user.has_perm(FILLS if asked is None else REVIEWS, found)):
        raise Http404
    kind = "team" if asked is None else "type_for_partner"
    names = {"sheet": f"plan:{kind}", **{name: f"plan:{kind}_{name}" for name in ("save", "submit", "proof")}}
    arguments = (territory, found.pk, year) if asked is None else (territory, found.pk, year, asked.pk)
    template = "plan/fill/by_account.html" if own and not user.has_perm("plan.read_plan", found) else "plan/fill/by_team.html"
    return Desk(sheet_of(found, year, asked, today=timezone.localdate()), user, None, template, names, arguments, {"tab": "figures"})


def _answers_for(user: User, plan: Plan, year: int, organization: Organization) -> bool:
    """Whether this person speaks for the organisation as a partner of this plan."""
    if not user.has_perm("plan.read_own_actions", plan) or not speaks_for(user, organization):
        return False
    return actions_asked(plan, year, organization).exists() or indicators_asked(plan, year, organization).exists()


@require_safe
def sheet(request: HttpRequest, territory: str, plan: int, year: int, organization: int | None = None) -> HttpResponse:
    return filling.show(request, _desk(request, territory, plan, year, organization))


@require_POST
def save(request: HttpRequest, territory: str, plan: int, year: int, organization: int | None = None) -> HttpResponse:
    return filling.save(request, _desk(request, territory, plan, year, organization))


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, territory: str, plan: int, year: int, organization: int | None = None) -> HttpResponse:
    return filling.submit(request, _desk(request, territory, plan, year, organization))


@require_safe
def proof(request: HttpRequest, territory: str, plan: int, year: int, document: UUID, organization: int | None = None) -> HttpResponse:
    return filling.proof(request, _desk(request, territory, plan, year, organization), document)
