"""« Engagements » in the menu of a territory, for those who read them. Asks nothing of the database."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.people.models import Territory


def territory_network(request: HttpRequest, territory: Territory) -> SafeString | None:
    if not request.user.has_perm("commitments.read", territory):
        return None
    url = reverse("commitments:commitments", args=[territory.slug])
    context = {"url": url, "label": _("Engagements"), "icon": "check", "current": request.path.startswith(url)}
    return render_to_string("ui/nav_link.html", context)
