"""What I may open: a group, a workshop, a criterion of this territory, with the right to do what the page does. 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from tissage.people.views.doors import person, require, territory_for
from tissage.voices.models import Batch, Criterion, HomogeneousGroup, Question, Workshop
from tissage.voices.queries.criteria import team_criteria

__all__ = [
    "batch_for",
    "criterion_for",
    "done_batch",
    "group_for",
    "next_page",
    "person",
    "question_for",
    "territory_for",
    "way_back",
    "workshop_for",
]


def group_for(request: HttpRequest, territory: str, pk: int, permission: str) -> HomogeneousGroup:
    groups = HomogeneousGroup.objects.visible_to(request.user).select_related("territory", "participants_stated_by")
    group = get_object_or_404(groups, pk=pk, territory__slug=territory)
    require(person(request), permission, group)
    return group


def workshop_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Workshop:
    workshops = Workshop.objects.visible_to(request.user).select_related("territory", "group")
    workshop = get_object_or_404(workshops, pk=pk, territory__slug=territory)
    require(person(request), permission, workshop)
    return workshop


def question_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Question:
    place = territory_for(request, territory, permission)
    return get_object_or_404(Question, pk=pk, territory=place)


def criterion_for(request: HttpRequest, territory: str, pk: int, permission: str, *, live: bool = True) -> Criterion:
    """A criterion; `live=False` also opens one that was merged into another, to read its history."""
    criteria = Criterion.objects.visible_to(request.user) if live else team_criteria(request.user)
    related = ("territory", "group", "question", "workshop", "proposition", "batch__made_by", "merged_into")
    criterion = get_object_or_404(criteria.select_related(*related), pk=pk, territory__slug=territory)
    require(person(request), permission, criterion)
    return criterion


def batch_for(request: HttpRequest, territory: str, uuid: UUID, permission: str) -> Batch:
    place = territory_for(request, territory, permission)
    return get_object_or_404(Batch.objects.select_related("territory", "made_by"), uuid=uuid, territory=place)


def done_batch(request: HttpRequest, territory: str) -> Batch | None:
    """The act just done, named in the address (`?fait=`), so that its page can offer to undo it."""
    try:
        wanted = UUID(request.GET.get("fait", ""))
    except ValueError:
        return None
    return Batch.objects.applied().filter(uuid=wanted, territory__slug=territory).first()


def next_page(request: HttpRequest, fallback: str) -> str:
    """The page the form says to go back to, when it is one of ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else fallback


def way_back(request: HttpRequest, fallback: str) -> str:
    """The page that sent here, named in the address (`?retour=`), when it is one of ours."""
    wanted = request.GET.get("retour", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else fallback
