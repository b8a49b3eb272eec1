"""What documents bring upstream: a tab of the plan."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.plan.models import Plan


def plan_menu(request: HttpRequest, plan: Plan) -> SafeString | None:
    """« Documents », for those who read them."""
    if not request.user.has_perm("reports.read_reports", plan):
        return None
    url = reverse("reports:reports", args=[plan.territory.slug, plan.pk])
    return render_to_string("ui/nav_link.html", {"url": url, "label": _("Documents"), "icon": "", "current": request.path.startswith(url)})
