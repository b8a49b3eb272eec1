"""What the register brings upstream: the way to the plan on a territory's page and in its menu, the search box, « À faire »."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.people.models import Membership, Territory
from tissage.people.search import MOST_HITS, SearchHit
from tissage.people.todo import TodoLine
from tissage.plan.models import Action, Plan, PlanVersion
from tissage.plan.queries.plans import plans_of

Role = Membership.Role


def territory_menu(request: HttpRequest, territory: Territory) -> SafeString | None:
    """« Plan »: to the only one, or to the list. For a partner with an account: its own actions."""
    if request.user.has_perm("plan.read_plan", territory):
        plans = reverse("plan:plans", args=[territory.slug])
        only = list(Plan.objects.filter(territory=territory).order_by("pk").values_list("pk", flat=True)[:2])
        url = reverse("plan:plan", args=[territory.slug, only[0]]) if len(only) == 1 else plans
        here = request.resolver_match is not None and "plan" in request.resolver_match.kwargs  # pages downstream, too: its documents
        return _link(url, _("Plan"), current=here or request.path.startswith(plans))
    if request.user.has_perm("plan.read_own_actions", territory):
        url = reverse("plan:my_actions", args=[territory.slug])
        return _link(url, _("Mes actions"), current=request.path.startswith(reverse("plan:plans", args=[territory.slug])))
    return None


def _link(url: str, label: str, *, current: bool) -> SafeString:
    return render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": "list", "current": current})


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The plans, for those who read them; for a partner the way to its own actions. Nothing when there is none."""
    context: dict[str, object] = {"territory": territory, "lines": [], "own": 0}
    if request.user.has_perm("plan.read_plan", territory):
        context["lines"] = plans_of(territory, timezone.localdate())
    elif request.user.has_perm("plan.read_own_actions", territory):
        context["own"] = Action.objects.own_of(request.user).filter(plan__territory=territory).count()
    if not (context["lines"] or context["own"]):
        return None
    return render_to_string("plan/register/slot_territory.html", context, request)


def todo_versions(request: HttpRequest) -> list[TodoLine]:
    """Versions that wait to be sent, or for an answer, for those who keep the plan."""
    keepers = Membership.objects.open().filter(user=request.user.pk, role__in=(Role.COORDINATOR, Role.PLAN_MANAGER))
    waiting = PlanVersion.objects.filter(plan__territory__in=keepers.values("territory"), answer="").select_related("plan__territory")
    return [
        TodoLine(
            text=(
                _("Noter la réponse à la version %(number)s : %(plan)s")
                if one.sent_on
                else _("Voter et envoyer la version %(number)s : %(plan)s")
            )
            % {"number": one.number, "plan": one.plan.name},
            url=reverse("plan:version", args=[one.plan.territory.slug, one.plan_id, one.number]),
            territory=one.plan.territory,
            kind=_("Plan"),
        )
        for one in waiting.order_by("plan", "number")
    ]


def search_actions(request: HttpRequest, query: str) -> list[SearchHit]:
    """Actions that I may open, by number, title, code or partner."""
    wanted = fold(query)
    actions = Action.objects.visible_to(request.user).select_related("plan__territory", "node").order_by("plan", "sequence")
    return [
        SearchHit(
            str(action),
            reverse("plan:action", args=[action.plan.territory.slug, action.plan_id, action.pk]),
            _("action"),
            " · ".join(part for part in (action.plan.name, action.node.code if action.node else "") if part),
            action.plan.territory,
        )
        for action in actions
        if wanted in fold(f"{action.sequence} {action.title} {action.node.code if action.node else ''}")
    ][:MOST_HITS]
