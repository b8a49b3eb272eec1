"""What the network brings to « À faire »: what is owed after meetings, and meetings that nobody closed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.network.queries.meetings import items_due, items_of_person, meetings_to_close
from tissage.people.models import Membership, Territory, User
from tissage.people.todo import TodoLine

SOON = dt.timedelta(days=14)
KEEPERS = (Membership.Role.COORDINATOR, Membership.Role.PLAN_MANAGER)


def _kept_by(user: User) -> list[Territory]:
    held = Membership.objects.open().filter(user=user.pk, role__in=KEEPERS)
    return list(Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk"))


def todo_action_items(request: HttpRequest) -> list[TodoLine]:
    """What is owed within two weeks or late: all of it for those who keep the plan, one's own for whoever reads the register."""
    if not isinstance(request.user, User):
        return []
    before = timezone.localdate() + SOON
    mine = [one for one in items_of_person(request.user, before=before) if request.user.has_perm("network.read_network", one.meeting)]
    found = {one.pk: one for one in [*items_due(_kept_by(request.user), before=before), *mine]}
    return [
        TodoLine(
            text=_("Suivre : %(what)s (%(owner)s)") % {"what": one.text, "owner": one.owner.name},
            url=reverse("network:meeting", args=[one.meeting.territory.slug, one.meeting_id]) + f"#suite-{one.pk}",
            due_on=one.due_on,
            territory=one.meeting.territory,
            kind=_("Suite d’une réunion"),
        )
        for one in found.values()
    ]


def todo_meetings(request: HttpRequest) -> list[TodoLine]:
    """Meetings whose hour has passed and that wait for their minutes, presences or closing."""
    if not isinstance(request.user, User):
        return []
    return [
        TodoLine(
            text=_("Clore la réunion du %(date)s : %(collective)s")
            % {"date": date_format(timezone.localtime(one.starts_at), "j F Y"), "collective": one.collective.name},
            url=reverse("network:meeting", args=[one.territory.slug, one.pk]),
            due_on=timezone.localdate(one.starts_at) + SOON,
            territory=one.territory,
            kind=_("Réunion"),
        )
        for one in meetings_to_close(_kept_by(request.user), now=timezone.now())
    ]
