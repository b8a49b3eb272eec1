"""What I may open in the network of a territory; 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.network.models import Collective, FieldChange, Meeting, Organization, Service
from tissage.people.models import User
from tissage.people.views.doors import person, require, territory_for

__all__ = [
    "collective_for",
    "meeting_for",
    "organization_for",
    "origin_of",
    "own_organization_for",
    "person",
    "require",
    "service_for",
    "territory_for",
]


def organization_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Organization:
    found: Organization = get_object_or_404(
        Organization.objects.visible_to(request.user).select_related("territory", "parent"), pk=pk, territory__slug=territory
    )
    require(person(request), permission, found)
    return found


def collective_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Collective:
    found: Collective = get_object_or_404(
        Collective.objects.visible_to(request.user).select_related("territory", "coordinator"), pk=pk, territory__slug=territory
    )
    require(person(request), permission, found)
    return found


def meeting_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("collective__territory")
    found = get_object_or_404(meetings, pk=pk, collective__territory__slug=territory)
    require(person(request), permission, found)
    return found


def service_for(
    request: HttpRequest, territory: str, uuid: UUID, permissions: tuple[str, ...], services: QuerySet[Service] | None = None
) -> Service:
    """A service that one of these permissions opens: to the team, or to its own organisation; 404 otherwise."""
    rows = Service.objects.all() if services is None else services
    found: Service = get_object_or_404(rows.select_related("territory", "organization__territory"), uuid=uuid, territory__slug=territory)
    if not any(person(request).has_perm(permission, found) for permission in permissions):
        raise Http404
    return found


def own_organization_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Organization:
    """An organisation that this person speaks for, or keeps with the team; 404 otherwise."""
    found: Organization = get_object_or_404(Organization.objects.select_related("territory", "parent"), pk=pk, territory__slug=territory)
    require(person(request), permission, found)
    return found


def origin_of(user: User, thing: Organization | Service) -> str:
    """Who a change is by, for the history of a sheet: the team, or the organisation itself."""
    return FieldChange.Origin.TEAM if user.has_perm("network.write_network", thing) else FieldChange.Origin.MEMBER
