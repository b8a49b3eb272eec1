"""What I may open in the network of a territory; 404 otherwise."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tissage.network.models import Collective, Meeting, Organization
from tissage.people.views.doors import person, require, territory_for

__all__ = ["collective_for", "meeting_for", "organization_for", "person", "require", "territory_for"]


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
