"""Organisations that come from a table, sheets that look alike, and making one of two."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tissage.core.likeness import NEAR_NAME, SAME_EMAIL, SAME_NAME, SAME_PHONE
from tissage.frameworks.queries import explain
from tissage.network.forms.register import RegisterApplyForm, RegisterFileForm, carried
from tissage.network.models import Organization, OrganizationMerge
from tissage.network.operations import merges
from tissage.network.operations.register_import import RegisterReading, RegisterRefused, apply_register, read_again, read_register
from tissage.network.queries.duplicates import merges_of, pairs_of
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory

from .doors import organization_for, person, territory_for

WRITE = "network.write_network"
COLUMNS = {
    "alternate_name": _("autre nom"),
    "description": _("description"),
    "website": _("site"),
    "email": _("adresse e-mail"),
    "phone": _("téléphone"),
}
WHY = {
    SAME_NAME: _("le même nom"),
    NEAR_NAME: _("presque le même nom"),
    SAME_EMAIL: _("la même adresse e-mail"),
    SAME_PHONE: _("le même téléphone"),
}


def import_organizations(request: HttpRequest, territory: str) -> HttpResponse:
    """The file, then what it would do; nothing is written before « Importer »."""
    place = territory_for(request, territory, WRITE)
    if request.method == "POST" and "rows" in request.POST:
        return _apply(request, place)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.upload
        try:
            reading = read_register(territory=place, file_name=upload.name or "", content=upload.read())
        except UnreadableFile as refused:
            form.add_error("file", explain(refused.message))
        except RegisterRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _preview(request, place, reading)
    return render(request, "network/register/ask.html", {"territory": place, "form": form})


def _apply(request: HttpRequest, place: Territory) -> HttpResponse:
    form = RegisterApplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Ce qui a été lu s’est perdu en route. Déposez le fichier à nouveau."))
        return redirect("network:import_organizations", place.slug)
    reading = read_again(territory=place, rows=form.cleaned_data["rows"])
    if reading.digest != form.cleaned_data["seen"]:
        messages.warning(
            request, gettext("Le registre a changé depuis que cette page a été montrée. Relisez ce qui serait fait, puis confirmez.")
        )
        return _preview(request, place, reading)
    wanted = set(request.POST.getlist("keep"))
    refused = [one.name for one in reading.parented if one.parent_is_read_in_the_name and one.name not in wanted]
    done = apply_register(territory=place, reading=reading, by=person(request), now=timezone.now(), without_parent=refused)
    words = ngettext("%(count)s organisation nouvelle", "%(count)s organisations nouvelles", done.created) % {"count": done.created}
    more = gettext("%(words)s ; fiches complétées : %(filled)s ; rattachements : %(parented)s ; inchangées : %(unchanged)s.")
    counts = {"words": words, "filled": done.filled, "parented": done.parented, "unchanged": done.unchanged}
    messages.success(request, more % counts)
    return redirect("network:organizations", place.slug)


def _preview(request: HttpRequest, place: Territory, reading: RegisterReading) -> HttpResponse:
    context = {
        "territory": place,
        "reading": reading,
        "lines": [(one, [COLUMNS[name] for name in one.fills], [COLUMNS[name] for name in one.kept]) for one in reading.proposals],
        "rows": carried(reading.rows),
        "problems": [(one, explain(one.message)) for one in reading.problems]
        + [(None, f"{line} : {explain(words)}") for line, words in reading.broken],
        "nothing": not any(one.changes for one in reading.proposals),
    }
    return render(request, "network/register/preview.html", context)


@require_safe
def duplicates(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    pairs = [(first, second, WHY[why]) for first, second, why in pairs_of(place)]
    return render(request, "network/register/duplicates.html", {"territory": place, "pairs": pairs, "merges": merges_of(place)})


def _two(request: HttpRequest, territory: str, organization: int) -> tuple[Organization, Organization]:
    kept = organization_for(request, territory, organization, WRITE)
    other = (request.POST.get("autre") or request.GET.get("autre") or "").strip()
    if not other.isdecimal() or int(other) == kept.pk:
        raise Http404
    return kept, organization_for(request, territory, int(other), WRITE)


def merge_organizations(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    """What would hang on the kept sheet, then one button."""
    kept, merged = _two(request, territory, organization)
    if request.method == "POST":
        try:
            merges.merge_organizations(kept=kept, merged=merged, by=person(request), now=timezone.now())
        except merges.MergeRefused as refused:
            messages.error(request, str(refused))
            return redirect("network:duplicates", territory)
        words = gettext("« %(merged)s » est maintenant un autre nom de « %(kept)s ». Vous pouvez séparer les deux depuis cette page.")
        messages.success(request, words % {"merged": merged.name, "kept": kept.name})
        return redirect("network:duplicates", territory)
    context = {
        "title": gettext("Réunir en une seule fiche : « %(name)s » ?") % {"name": kept.name},
        "consequence": gettext(
            "La fiche « %(name)s » disparaît ; son nom reste comme autre nom, et tout ce qui s’y rattache passe à la fiche gardée. Rien n’est perdu, et vous pourrez les séparer à nouveau."
        )
        % {"name": merged.name},
        "items": [f"{name} : {count}" for name, count in merges.weight_of(merged).items()],
        "submit": gettext("Réunir les deux fiches"),
        "cancel_url": reverse("network:duplicates", args=[territory]),
        "action": f"{request.path}?autre={merged.pk}",
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def keep_apart(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    first, second = _two(request, territory, organization)
    merges.keep_apart(first=first, second=second, by=person(request), now=timezone.now())
    messages.success(request, gettext("Noté : ce sont deux organisations. Elles ne seront plus proposées ensemble."))
    return redirect("network:duplicates", territory)


@require_POST
def split_organizations(request: HttpRequest, territory: str, merge: int) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    found = get_object_or_404(OrganizationMerge.objects.filter(territory=place), pk=merge)
    try:
        back = merges.split_organizations(merge=found, by=person(request), now=timezone.now())
    except merges.MergeRefused as refused:
        messages.error(request, str(refused))
        return redirect("network:duplicates", territory)
    messages.success(request, gettext("« %(name)s » a retrouvé sa fiche et ce qui s’y rattachait.") % {"name": back.name})
    return redirect("network:duplicates", territory)
