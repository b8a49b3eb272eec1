"""What agreements ask of somebody: renewing, deciding on proofs."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.network.models import Agreement
from tissage.people.models import Membership
from tissage.people.todo import TodoLine
from tissage.plan.models import AgreementAction
from tissage.plan.queries.agreements import agreement_lines

Role = Membership.Role
WHO = (Role.COORDINATOR, Role.PLAN_MANAGER, Role.FINANCE)


def todo_agreements(request: HttpRequest) -> list[TodoLine]:
    """Agreements that lapse soon, or whose proofs wait, in the territories where this person keeps them."""
    mine = Membership.objects.open().filter(user=request.user.pk, role__in=WHO).values("territory")
    served = AgreementAction.objects.filter(action__plan__territory__in=mine).order_by("pk").values_list("agreement", "action__plan")
    plans = dict(served)
    found = Agreement.objects.filter(pk__in=plans).exclude(status__in=("ended", "terminated")).select_related("territory").order_by("pk")
    lines = []
    for line in agreement_lines(found, today=timezone.localdate()):
        one = line.agreement
        url = reverse("plan:agreement", args=[one.territory.slug, plans[one.pk], one.pk])
        if line.warning is not None:
            says = {
                "lapsed": _("Noter la fin ou renouveler la convention échue « %(title)s »"),
                "soon": _("Renouveler ou laisser finir la convention « %(title)s »"),
                "notice": _("Décider du préavis de la convention « %(title)s »"),
            }[line.warning.kind]
            lines.append(TodoLine(says % {"title": one.title}, url, line.warning.on, one.territory, _("Convention")))
        if line.proofs_waiting:
            text = ngettext("Décider de %(count)s justificatif", "Décider de %(count)s justificatifs", line.proofs_waiting)
            lines.append(TodoLine(f"{text % {'count': line.proofs_waiting}} : {one.title}", url, None, one.territory, _("Convention")))
    return lines
