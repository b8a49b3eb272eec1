"""What the network brings to « À faire »: what is owed after meetings, and meetings that nobody closed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.core.meetings import relances
from tissage.network.models import ActionItem
from tissage.network.queries.meetings import items_due, items_of_organizations, items_of_person, meetings_to_close
from tissage.network.rules import organization_ids_of
from tissage.people.models import Membership, Territory, User
from tissage.people.todo import TodoLine

SOON = dt.timedelta(days=14)
KEEPERS = (Membership.Role.COORDINATOR, Membership.Role.PLAN_MANAGER)


def kept_by(user: User) -> list[Territory]:
    held = Membership.objects.open().filter(user=user.pk, role__in=KEEPERS)
    return list(Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk"))


def todo_action_items(request: HttpRequest) -> list[TodoLine]:
    """What is owed within two weeks or late: all of it for those who keep the plan, one's own for whoever reads the register, and what
    their organisation owes for association staff. Owners are told at 0, 2, 4 and 6 weeks; then it stops and the coordination is told."""
    if not isinstance(request.user, User):
        return []
    today = timezone.localdate()
    before = today + SOON
    kept = items_due(kept_by(request.user), before=before)
    mine = [one for one in items_of_person(request.user, before=before) if request.user.has_perm("network.read_network", one.meeting)]
    owed = items_of_organizations(organization_ids_of(request.user), before=before)
    ours = [one for one in owed if _is_for(one, request.user) and request.user.has_perm("network.read_own_collectives", one.meeting)]
    lines = {one.pk: _line(one, _page(one), calls=relances(one.due_on)) for one in ours}
    lines |= {one.pk: _kept_line(one, today) for one in kept}
    lines |= {one.pk: _line(one, _page_of_the_meeting(one), calls=relances(one.due_on)) for one in mine}
    return list(lines.values())


def _is_for(item: ActionItem, user: User) -> bool:
    """Whoever took it on in person, when that person has an account; else everybody who speaks for the organisation."""
    return item.person is None or item.person.user_id in (None, user.pk)


def _kept_line(item: ActionItem, today: dt.date) -> TodoLine:
    """What the coordination reads of something owed by another: once its owner was told four times in vain, it is hers to take up."""
    last = relances(item.due_on)[-1]
    if today < last:
        return _line(item, _page_of_the_meeting(item))
    words = _("Reprendre avec %(owner)s, rappelée quatre fois : %(what)s") % {"owner": item.owner.name, "what": item.text}
    return _line(item, _page_of_the_meeting(item), words, calls=(last,))


def _line(item: ActionItem, url: str, words: str = "", calls: tuple[dt.date, ...] = ()) -> TodoLine:
    return TodoLine(
        text=words or _("Suivre : %(what)s (%(owner)s)") % {"what": item.text, "owner": item.owner.name},
        url=url,
        due_on=item.due_on,
        territory=item.meeting.territory,
        kind=_("Suite d’une réunion"),
        calls=calls,
    )


def _page_of_the_meeting(item: ActionItem) -> str:
    return reverse("network:meeting", args=[item.meeting.territory.slug, item.meeting_id]) + f"#suite-{item.pk}"


def _page(item: ActionItem) -> str:
    """Where association staff say that it is done."""
    return reverse("network:my_collective", args=[item.meeting.territory.slug, item.meeting.collective_id]) + "#suites"


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
        for one in meetings_to_close(kept_by(request.user), now=timezone.now())
    ]
