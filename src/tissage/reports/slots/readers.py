"""What readers meet upstream: the way to adopted things, and the comments that wait for the team."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.people.models import Membership, Territory
from tissage.people.rules import reads_adopted_things
from tissage.people.todo import TodoLine
from tissage.plan.models import Plan
from tissage.reports.queries.readers import unanswered

Role = Membership.Role


def territory_menu(request: HttpRequest, territory: Territory) -> SafeString | None:
    """« Ce qui est adopté », for those whose part it is. The team finds it among the documents."""
    if not reads_adopted_things(request.user, territory):
        return None
    url = reverse("reports:adopted", args=[territory.slug])
    current = request.path.startswith(url)
    return render_to_string("ui/nav_link.html", {"url": url, "label": _("Ce qui est adopté"), "icon": "book", "current": current})


def todo_reading(request: HttpRequest) -> list[TodoLine]:
    """The way in for a member of the commission or of the council: they have nothing else to do here."""
    held = Membership.objects.open().filter(user=request.user.pk, role__in=(Role.COMMISSION, Role.COUNCILLOR))
    return [
        TodoLine(
            text=_("Lire ce qui est adopté, et le commenter"),
            url=reverse("reports:adopted", args=[membership.territory.slug]),
            territory=membership.territory,
            kind=membership.get_role_display(),
        )
        for membership in held.select_related("territory").order_by("territory__name", "pk")
    ]


def todo_comments(request: HttpRequest) -> list[TodoLine]:
    """Comments of readers that nobody answered, for those who keep the plan."""
    held = Membership.objects.open().filter(user=request.user.pk, role__in=(Role.COORDINATOR, Role.PLAN_MANAGER))
    territories = list(Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk"))
    waiting = unanswered(territories)
    return [
        TodoLine(
            text=ngettext("Répondre à %(count)s commentaire : %(plan)s", "Répondre à %(count)s commentaires : %(plan)s", waiting[plan.pk])
            % {"count": waiting[plan.pk], "plan": plan.name},
            url=reverse("reports:readers", args=[plan.territory.slug, plan.pk]) + "#written-title",
            territory=plan.territory,
            kind=_("Lecture"),
        )
        for plan in Plan.objects.filter(pk__in=waiting).select_related("territory").order_by("pk")
    ]


def plan(request: HttpRequest, plan: Plan) -> SafeString | None:
    """On the page of a plan: who reads it, and what anybody may read of it."""
    if not request.user.has_perm("reports.read_adopted", plan):
        return None
    context = {"territory": plan.territory, "plan": plan, "manages": request.user.has_perm("reports.manage_readers", plan)}
    return render_to_string("reports/readers/slot_plan.html", context, request)
