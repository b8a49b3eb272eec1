"""What I may open of a hall: itself, one of its questions or phones, an event of this territory. 404 otherwise."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tissage.people.views.doors import person, require, territory_for
from tissage.voices.models import Event, Hall, Phone, Round

__all__ = ["event_for", "hall_for", "person", "phone_for", "round_for", "territory_for"]


def hall_for(request: HttpRequest, territory: str, workshop: int, permission: str) -> Hall:
    """The hall of a workshop, with its workshop, group, territory, event and what the wall shows."""
    related = ("workshop__territory", "workshop__group__participants_stated_by", "event", "wall_round")
    halls = Hall.objects.filter(workshop__territory=territory_for(request, territory, permission)).select_related(*related)
    hall = get_object_or_404(halls, workshop=workshop)
    require(person(request), permission, hall.workshop)
    return hall


def round_for(request: HttpRequest, territory: str, workshop: int, round: int, permission: str) -> tuple[Hall, Round]:
    hall = hall_for(request, territory, workshop, permission)
    return hall, get_object_or_404(Round, pk=round, hall=hall)


def phone_for(request: HttpRequest, territory: str, workshop: int, phone: int, permission: str) -> tuple[Hall, Phone]:
    hall = hall_for(request, territory, workshop, permission)
    return hall, get_object_or_404(Phone, pk=phone, hall=hall)


def event_for(request: HttpRequest, territory: str, event: int, permission: str) -> Event:
    place = territory_for(request, territory, permission)
    return get_object_or_404(Event.objects.select_related("territory"), pk=event, territory=place)
