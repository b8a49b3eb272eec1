"""The nomenclature of a territory: the version it codes with, and choosing another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.frameworks import rules  # noqa: F401 - names the permissions asked below
from tissage.frameworks.models import FrameworkChoice, FrameworkVersion
from tissage.frameworks.operations import choose_version
from tissage.frameworks.queries import SPIRAL, chosen_version, difference, with_counts
from tissage.people.views.doors import person, territory_for


@require_safe
def territory_choice(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "frameworks.view_choice")
    current = chosen_version(place)
    published = with_counts(FrameworkVersion.objects.published().filter(framework__slug=SPIRAL)).order_by("-published_at", "-pk")
    context = {
        "territory": place,
        "current": current,
        "others": [version for version in published if current is None or version.pk != current.pk],
        "current_counts": next((version for version in published if current and version.pk == current.pk), None),
        "history": FrameworkChoice.objects.filter(territory=place).select_related("version__framework").order_by("-chosen_at", "-pk"),
        "may_choose": person(request).has_perm("frameworks.choose", place),
    }
    return render(request, "frameworks/territory_choice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, territory: str, version: int) -> HttpResponse:
    place = territory_for(request, territory, "frameworks.choose")
    published = FrameworkVersion.objects.published().filter(framework__slug=SPIRAL).select_related("framework")
    wanted = get_object_or_404(published, pk=version)
    if request.method == "POST":
        choose_version(territory=place, version=wanted, by=person(request), now=timezone.now())
        messages.success(
            request, _("%(territory)s code désormais avec la version « %(label)s ».") % {"territory": place, "label": wanted.label}
        )
        return redirect("frameworks:territory_choice", territory)
    current = chosen_version(place)
    context = {
        "title": _("Coder avec la version « %(label)s »") % {"label": wanted.label},
        "consequence": _(
            "Les prochains codages utiliseront cette version. Les codes déjà attribués restent tels quels : aucun n’est réécrit. Ceux que "
            "la nouvelle version ne connaît pas seront signalés, et chaque synthèse dit avec quelle version elle a été faite. Vous pourrez "
            "revenir à la version précédente."
        ),
        "items": _in_words(current, wanted),
        "submit": _("Choisir cette version"),
        "cancel_url": reverse("frameworks:territory_choice", args=[territory]),
    }
    return render(request, "ui/confirm.html", context)


def _in_words(current: FrameworkVersion | None, wanted: FrameworkVersion) -> list[str]:
    """What changes between the two, in counts."""
    if current is None or current.pk == wanted.pk:
        return []
    found = difference(current, wanted)
    added, changed, missing = len(found.added), len(found.changed), len(found.missing)
    return [
        ngettext("%(count)d code nouveau", "%(count)d codes nouveaux", added) % {"count": added},
        ngettext("%(count)d code dit autrement", "%(count)d codes dits autrement", changed) % {"count": changed},
        ngettext("%(count)d code absent de la nouvelle version", "%(count)d codes absents de la nouvelle version", missing)
        % {"count": missing},
    ]
