"""What imports bring to pages upstream: their entries in the menu of a territory."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.people.models import Territory


def territory_files(request: HttpRequest, territory: Territory) -> SafeString | None:
    if not request.user.has_perm("voices.import_voices", territory):
        return None
    links = []
    for name, label, icon in (("voices:imports", _("Imports"), "upload"), ("voices:exports", _("Exporter"), "download")):
        url = reverse(name, args=[territory.slug])
        links.append(
            render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": icon, "current": request.path.startswith(url)})
        )
    return SafeString("".join(links))
