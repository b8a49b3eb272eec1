"""What labels bring to « À faire »: awards to confirm, labels that expire, reports to read or to answer."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.network.models import LabelAward, LabelReport
from tissage.network.operations.label_reports import answer_until
from tissage.network.queries.labels import awards_expiring, awards_to_confirm, reports_to_handle
from tissage.network.rules import organization_ids_of
from tissage.people.models import Membership, Territory, User
from tissage.people.todo import TodoLine

CONFIRM_WITHIN = dt.timedelta(days=14)
READ_WITHIN = dt.timedelta(days=7)


def todo_labels(request: HttpRequest) -> list[TodoLine]:
    """Awards proposed to those who confirm them; those that expire within sixty days to their holder and to those who keep the plan."""
    if not isinstance(request.user, User):
        return []
    kept, mine, today = _territories(request.user, "coordinator", "plan_manager"), organization_ids_of(request.user), timezone.localdate()
    if not kept and not mine:
        return []
    lines = [
        _line(one, _("Confirmer le label « %(label)s » de %(name)s"), one.asked_on + CONFIRM_WITHIN)
        for one in awards_to_confirm(territories=kept, owners=mine)
    ]
    for one in awards_expiring(territories=kept, holders=mine, day=today):
        words = _("Redemander le label « %(label)s », qui expire : %(name)s")
        lines.append(_line(one, words, one.valid_until, calls=tuple(_warnings(one.valid_until))))
    return lines


def todo_label_reports(request: HttpRequest) -> list[TodoLine]:
    """Reports of a breach: to read and to judge for the coordination, to answer for the holder that was told."""
    if not isinstance(request.user, User):
        return []
    handled, mine = _territories(request.user, "coordinator"), organization_ids_of(request.user)
    if not handled and not mine:
        return []
    return [_report_line(one, request.user) for one in reports_to_handle(territories=handled, holders=mine)]


def _report_line(report: LabelReport, user: User) -> TodoLine:
    territory = report.award.version.scheme.territory
    handles = user.has_perm("network.handle_label_reports", territory)
    if handles and report.told_holder_on is None:
        words, due_on = _("Lire un signalement"), timezone.localdate(report.received_at) + READ_WITHIN
    elif handles:
        words, due_on = _("Conclure un signalement"), answer_until(report.told_holder_on or timezone.localdate(report.received_at))
    else:
        due_on = answer_until(report.told_holder_on or timezone.localdate(report.received_at))
        words = _("Répondre à un signalement, avant le %(date)s") % {"date": date_format(due_on, "j F Y")}
    url = reverse("network:label_report", args=[territory.slug, report.pk])
    return TodoLine(text=words, url=url, due_on=due_on, territory=territory, kind=_("Label"))


def _line(award: LabelAward, words: str, due_on: dt.date | None, calls: tuple[dt.date, ...] = ()) -> TodoLine:
    territory = award.version.scheme.territory
    return TodoLine(
        text=words % {"label": award.version.scheme.name, "name": award.organization.name},
        url=reverse("network:award", args=[territory.slug, award.uuid]),
        due_on=due_on,
        territory=territory,
        kind=_("Label"),
        calls=calls,
    )


def _warnings(valid_until: dt.date | None) -> list[dt.date]:
    """A letter when it begins to expire, and one a fortnight before the end."""
    return [valid_until - dt.timedelta(days=days) for days in (60, 14)] if valid_until else []


def _territories(user: User, *roles: str) -> list[Territory]:
    held = Membership.objects.open().filter(user=user.pk, role__in=roles)
    return list(Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk"))
