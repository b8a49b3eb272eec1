"""What I may open of campaigns and activities; 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tissage.agenda.models import Activity, Campaign, Occurrence
from tissage.agenda.queries.activities import seen_activities
from tissage.people.views.doors import person, require, territory_for

__all__ = ["activity_for", "campaign_for", "occurrence_for", "person", "require", "territory_for"]

READ = "agenda.read_agenda"


def campaign_for(request: HttpRequest, territory: str, pk: int, permission: str = READ) -> Campaign:
    place = territory_for(request, territory, READ)
    found: Campaign = get_object_or_404(Campaign.objects.select_related("territory", "lead"), pk=pk, territory=place)
    require(person(request), permission, found)
    return found


def activity_for(request: HttpRequest, territory: str, pk: int, permission: str = READ) -> Activity:
    place = territory_for(request, territory, READ)
    activities = seen_activities(person(request), place).select_related("territory", "lead", "campaign")
    found: Activity = get_object_or_404(activities, pk=pk)
    require(person(request), permission, found)
    return found


def occurrence_for(request: HttpRequest, territory: str, occurrence: UUID, permission: str = READ) -> Occurrence:
    """A date, through the activity it is of."""
    place = territory_for(request, territory, READ)
    activities = seen_activities(person(request), place)
    dates = Occurrence.objects.select_related("activity__territory", "activity__lead", "activity__campaign", "place")
    found: Occurrence = get_object_or_404(dates, uuid=occurrence, activity__in=activities.order_by().values("pk"))
    require(person(request), permission, found)
    return found
