"""« À faire »: steps that are late or come soon, for those who keep the plan."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.people.models import Membership, User
from tissage.people.todo import TodoLine
from tissage.plan.models import Plan
from tissage.plan.queries.deadlines import DUE, Deadline, deadlines_of_all

SOON = dt.timedelta(days=30)
KEEPS = (Membership.Role.COORDINATOR, Membership.Role.PLAN_MANAGER)


def todo_obligations(request: HttpRequest) -> list[TodoLine]:
    """The next step of each obligation of last year and this one, when it is late or due within thirty days."""
    if not isinstance(request.user, User):
        return []
    today = timezone.localdate()
    mine = Membership.objects.open().filter(user=request.user, role__in=KEEPS).values("territory")
    plans = list(Plan.objects.filter(territory__in=mine).select_related("territory", "framework__framework").order_by("pk"))
    wanted = [(plan, year) for plan in plans for year in (today.year - 1, today.year) if year in plan.years]
    if not wanted:
        return []
    found = deadlines_of_all(wanted, today)
    lines = [_line(plan, one, today) for plan, year in wanted for one in found[plan.pk, year]]
    return [line for line in lines if line is not None]


def _line(plan: Plan, deadline: Deadline, today: dt.date) -> TodoLine | None:
    step = deadline.next_step()
    if step is None or step.on is None or step.on > today + SOON:
        return None
    obligation, year = deadline.obligation, deadline.row.year
    if deadline.is_provisional:
        text = _("Choisir la séance pour « %(obligation)s »") % {"obligation": obligation.label}
    elif step.code == DUE:
        text = _("Remplir : %(obligation)s") % {"obligation": obligation.label}
    else:
        text = _("%(step)s, pour « %(obligation)s »") % {"step": step.label, "obligation": obligation.label}
    url = reverse("plan:obligation", args=[plan.territory.slug, plan.pk, obligation.pk, year])
    return TodoLine(text, url, step.on, plan.territory, _("Échéance %(year)s") % {"year": year})
