"""« À faire »: dates to tell. On the sheet of an action: the activities that serve it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, ActivityAction
from tissage.agenda.queries.activities import seen_activities
from tissage.agenda.queries.reports import owed_by
from tissage.network.rules import organization_ids_of
from tissage.people.models import User
from tissage.people.todo import TodoLine
from tissage.plan.models import Action

KEPT = dt.timedelta(days=60)
"""Older dates stay « non évalué » in their balance without filling a person's list."""


def todo_reports(request: HttpRequest) -> list[TodoLine]:
    """Dates of one's own organisations that wait for their report. Without a day of their own: letters of their own remind of them."""
    if not isinstance(request.user, User):
        return []
    mine, now = organization_ids_of(request.user), timezone.now()
    if not mine:
        return []
    lines = []
    for due in owed_by(mine, now):
        territory, day = due.activity.territory, due.on
        if day is not None and now.date() - day > KEPT:
            continue
        if due.occurrence is not None and day is not None:
            url = reverse("agenda:report", args=[territory.slug, due.occurrence.uuid])
            text = _("Raconter : %(title)s, %(day)s") % {"title": due.activity.title, "day": date_format(day, "j F")}
        else:
            url = reverse("agenda:output_report", args=[territory.slug, due.activity.pk])
            text = _("Raconter : %(title)s") % {"title": due.activity.title}
        lines.append(TodoLine(text, url, territory=territory, kind=_("Compte rendu")))
    return lines


def action(request: HttpRequest, action: Action) -> SafeString | None:
    """The activities that serve an action, for whoever reads them; sensitive ones by their neutral title. One query, two for a partner."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("agenda.read_agenda", action.plan.territory):
        return None
    seen = seen_activities(user, action.plan.territory)
    links = ActivityAction.objects.filter(action=action, activity__in=seen, activity__moderation=Activity.Moderation.ACCEPTED)
    found = list(links.select_related("activity__lead", "indicator").order_by("activity__title", "activity"))
    if not found:
        return None
    return render_to_string("agenda/slot_action.html", {"territory": action.plan.territory, "links": found}, request)
