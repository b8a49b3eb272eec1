"""Finding what a person may see. What they may not see is not there: 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.people.models import Territory, User
from tissage.synthesis.models import Synthesis


def team_territory(request: HttpRequest, slug: str, permission: str = "synthesis.read_synthesis") -> Territory:
    """A territory in which this person holds a role that gives the permission."""
    territory = get_object_or_404(Territory.objects.of(request.user), slug=slug)
    if not request.user.has_perm(permission, territory):
        raise Http404
    return territory


def visible_territory(request: HttpRequest, slug: str) -> Territory:
    """A public territory, or one's own."""
    return get_object_or_404(Territory.objects.visible_to(request.user), slug=slug)


def reads_as_team(request: HttpRequest, thing: Territory | Synthesis) -> bool:
    """True for the team, unless they asked to see as the public sees (« voir comme le public »)."""
    return request.GET.get("vue") != "public" and is_team(request, thing)


def signed_in(request: HttpRequest) -> User:
    """The person behind an act: every act of these screens is the team's."""
    assert isinstance(request.user, User)
    return request.user


def is_team(request: HttpRequest, thing: Territory | Synthesis) -> bool:
    return request.user.is_authenticated and request.user.has_perm("synthesis.read_synthesis", thing)


def visible_synthesis(request: HttpRequest, slug: str, number: int) -> Synthesis:
    """A version this person may see, or one taken back from the public: the notice in its place is for everybody."""
    found = Synthesis.objects.answering(request.user).without_counts()
    found = found.select_related("territory", "nomenclature__framework", "frozen_by", "published_by")
    return get_object_or_404(found, territory__slug=slug, number=number)


def team_synthesis(request: HttpRequest, slug: str, number: int, permission: str = "synthesis.read_synthesis") -> Synthesis:
    synthesis = visible_synthesis(request, slug, number)
    if not request.user.has_perm(permission, synthesis):
        raise Http404
    return synthesis
