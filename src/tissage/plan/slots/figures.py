"""« À faire »: figures a partner owes, figures handed in that wait to be read, partners past their deadline. On the sheet of an action: where its figures are filled in."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.people.models import User
from tissage.people.todo import TodoLine
from tissage.plan.models import Action
from tissage.plan.queries.figures import asked_of, own_organizations, usual_year
from tissage.plan.queries.reviewing import plans_with_figures_to_review, plans_with_late_partners


def todo_fill(request: HttpRequest) -> list[TodoLine]:
    """Figures not handed in yet, for a partner with an account."""
    if not isinstance(request.user, User):
        return []
    return [
        TodoLine(
            _("Remplir les chiffres %(year)s de %(name)s") % {"year": one.year, "name": one.name},
            reverse("plan:type_for_partner", args=[one.plan.territory.slug, one.plan.pk, one.year, one.organization]),
            territory=one.plan.territory,
            kind=_("Chiffres"),
        )
        for one in asked_of(request.user, timezone.localdate())
    ]


def todo_review(request: HttpRequest) -> list[TodoLine]:
    """What was handed in, for those who review."""
    if not isinstance(request.user, User):
        return []
    lines = []
    for one in plans_with_figures_to_review(request.user):
        told = ngettext("Relire %(n)s réponse de %(year)s", "Relire %(n)s réponses de %(year)s", one.count) % {
            "n": one.count,
            "year": one.year,
        }
        url = reverse("plan:review", args=[one.plan.territory.slug, one.plan.pk, one.year])
        lines.append(TodoLine(told, url, territory=one.plan.territory, kind=_("Chiffres")))
    return lines


def todo_late_partners(request: HttpRequest) -> list[TodoLine]:
    """Partners past their deadline, for those who remind them."""
    if not isinstance(request.user, User):
        return []
    today = timezone.localdate()
    lines = []
    for one in plans_with_late_partners(request.user, today):
        told = ngettext(
            "Rappeler %(n)s partenaire dont le délai est passé (%(year)s)",
            "Rappeler %(n)s partenaires dont le délai est passé (%(year)s)",
            one.count,
        ) % {"n": one.count, "year": one.year}
        url = reverse("plan:figures", args=[one.plan.territory.slug, one.plan.pk]) + f"?annee={one.year}"
        lines.append(TodoLine(told, url, due_on=today, territory=one.plan.territory, kind=_("Partenaires")))
    return lines


def action(request: HttpRequest, action: Action) -> SafeString | None:
    """On the sheet of an action: its figures for a partner of it; counting, and articles, for whoever follows it."""
    if not isinstance(request.user, User):
        return None
    user, today = request.user, timezone.localdate()
    year = usual_year(action.plan, today)
    mine = own_organizations(user, action) if user.has_perm("plan.read_own_actions", action) else []
    context = {
        "territory": action.plan.territory,
        "action": action,
        "year": str(year),
        "mine": mine,
        "counts": action.is_standing_service and user.has_perm("plan.fill_figures", action),
        "writes": action.is_pilot and user.has_perm("plan.follow_actions", action),
    }
    if not (mine or context["counts"] or context["writes"]):
        return None
    return render_to_string("plan/figures/slot_action.html", context, request)
