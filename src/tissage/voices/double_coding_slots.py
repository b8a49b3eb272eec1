"""What double coding brings to pages upstream: its entry in the menu of a territory, and what waits for whoever codes a second time."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.people.models import Territory
from tissage.people.todo import TodoLine

from .queries.double_coding import waiting_for


def territory_coding(request: HttpRequest, territory: Territory) -> SafeString | None:
    if not request.user.has_perm("voices.write_voices", territory):
        return None
    url, *others = (reverse(f"voices:{name}", args=[territory.slug]) for name in ("double_codings", "agreement", "disagreements"))
    return render_to_string(
        "ui/nav_link.html", {"url": url, "label": _("Double codage"), "icon": "merge", "current": request.path.startswith((url, *others))}
    )


def todo_double_coding(request: HttpRequest) -> list[TodoLine]:
    """Samples drawn for this person that are not finished."""
    return [
        TodoLine(
            text=ngettext("Coder %(count)s critère à l’aveugle", "Coder %(count)s critères à l’aveugle", sample.left)
            % {"count": sample.left},
            url=reverse("voices:double_coding", args=[sample.territory.slug, sample.pk]),
            territory=sample.territory,
            kind=_("Codage"),
        )
        for sample in waiting_for(request.user)
    ]
