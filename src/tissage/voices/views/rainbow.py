"""Rainbow groups and their workshops: members read, the team writes, the coordination reopens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from tissage.core.nomenclature import COMPONENT
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.views.doors import require
from tissage.voices.forms.rainbow import RainbowForm, RainbowWorkshopForm, WordingForm
from tissage.voices.models import CommonWording, RainbowGroup, RainbowMark, RainbowWorkshop
from tissage.voices.operations import rainbow as operations
from tissage.voices.queries.rainbow import UNCODED, board_criteria, left_out, parts_of, rainbows_of, represented_groups, shelves_of

from .doors import next_page, person, territory_for

WHOLE = "toutes"


def _rainbow_for(request: HttpRequest, territory: str, pk: int, permission: str) -> RainbowGroup:
    found: QuerySet[RainbowGroup] = RainbowGroup.objects.visible_to(request.user).select_related("territory")
    rainbow = get_object_or_404(found, pk=pk, territory__slug=territory)
    require(person(request), permission, rainbow)
    return rainbow


def _workshop_for(request: HttpRequest, territory: str, pk: int, permission: str) -> RainbowWorkshop:
    found: QuerySet[RainbowWorkshop] = RainbowWorkshop.objects.visible_to(request.user).select_related("territory", "rainbow")
    workshop = get_object_or_404(found, pk=pk, territory__slug=territory)
    require(person(request), permission, workshop)
    return workshop


def _wording_for(request: HttpRequest, territory: str, pk: int) -> CommonWording:
    """A wording of a workshop that is still open, for whoever may write."""
    found = CommonWording.objects.select_related("workshop__territory", "workshop__rainbow")
    visible = RainbowWorkshop.objects.visible_to(request.user).order_by().values("pk")
    wording = get_object_or_404(found, pk=pk, workshop__in=visible, workshop__territory__slug=territory)
    require(person(request), "voices.write_voices", wording.workshop)
    return wording


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def rainbows(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.read_voices")
    context = {
        "territory": place,
        "rainbows": rainbows_of(place),
        "writes": person(request).has_perm("voices.write_voices", place),
    }
    return render(request, "voices/rainbow/list.html", context)


def create_rainbow(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.write_voices")
    form = RainbowForm(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_rainbow_group(territory=place, by=person(request), now=timezone.now(), **_group_of(form))
        except operations.RainbowRefusal as refusal:
            form.add_error("name" if isinstance(refusal, operations.NameTaken) else "groups", str(refusal))
        else:
            messages.success(request, gettext("Le groupe arc-en-ciel est créé. Notez maintenant sa rencontre."))
            return redirect("voices:create_rainbow_workshop", territory, made.pk)
    return render(request, "voices/rainbow/form.html", {"territory": place, "form": form, "rainbow": None})


def edit_rainbow(request: HttpRequest, territory: str, rainbow: int) -> HttpResponse:
    found = _rainbow_for(request, territory, rainbow, "voices.write_voices")
    form = RainbowForm(request.POST or None, territory=found.territory, rainbow=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_rainbow_group(rainbow=found, by=person(request), now=timezone.now(), **_group_of(form))
        except operations.RainbowRefusal as refusal:
            form.add_error("name" if isinstance(refusal, operations.NameTaken) else "groups", str(refusal))
        else:
            messages.success(request, gettext("Le groupe arc-en-ciel est à jour."))
            return redirect("voices:rainbows", territory)
    return render(request, "voices/rainbow/form.html", {"territory": found.territory, "form": form, "rainbow": found})


def _group_of(form: RainbowForm) -> dict[str, Any]:
    return {"name": form.cleaned_data["name"], "groups": list(form.cleaned_data["groups"])}


def create_rainbow_workshop(request: HttpRequest, territory: str, rainbow: int) -> HttpResponse:
    found = _rainbow_for(request, territory, rainbow, "voices.write_voices")
    form = RainbowWorkshopForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = operations.create_rainbow_workshop(rainbow=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return redirect("voices:rainbow_workshop", territory, made.pk)
    context = {"territory": found.territory, "form": form, "rainbow": found, "workshop": None}
    return render(request, "voices/rainbow/workshop_form.html", context)


def edit_rainbow_workshop(request: HttpRequest, territory: str, rainbow_workshop: int) -> HttpResponse:
    found = _workshop_for(request, territory, rainbow_workshop, "voices.write_voices")
    form = RainbowWorkshopForm(request.POST or None, workshop=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_rainbow_workshop(workshop=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.RainbowClosed as refusal:
            messages.error(request, str(refusal))
        return redirect("voices:rainbow_workshop", territory, found.pk)
    context = {"territory": found.territory, "form": form, "rainbow": found.rainbow, "workshop": found}
    return render(request, "voices/rainbow/workshop_form.html", context)


def rainbow_workshop(request: HttpRequest, territory: str, rainbow_workshop: int) -> HttpResponse:
    """The board: one dimension at a time, so that it can be read on a wall; `dimension=toutes` shows it whole."""
    found = _workshop_for(request, territory, rainbow_workshop, "voices.read_voices")
    nomenclature, language = territory_nomenclature(found.territory), _language()
    everything = request.GET.get("tous") == "1"
    criteria = board_criteria(found, everything=everything)
    parts = parts_of(criteria, nomenclature, language)
    wanted = request.GET.get("dimension", "")
    part = next((one for one in parts if one.slug == wanted), parts[0] if parts else None)
    whole = wanted == WHOLE
    dimension = None if whole or part is None else part.code
    asked = {"dimension": wanted, "tous": "1" if everything else ""}
    own = urlencode({name: value for name, value in asked.items() if value})
    user = person(request)
    context = {
        "territory": found.territory,
        "workshop": found,
        "groups": represented_groups(found.rainbow),
        "parts": parts,
        "part": part,
        "whole": whole,
        "everything": everything,
        "shelves": shelves_of(found, criteria, nomenclature, language, dimension),
        "left_out": 0 if everything else left_out(found),
        "marks": RainbowMark.Mark.choices,
        "writes": user.has_perm("voices.write_voices", found) and found.closed_at is None,
        "reopens": user.has_perm("voices.reopen_workshop", found),
        "own_url": f"{request.path}?{own}" if own else request.path,
    }
    return render(request, "voices/rainbow/workshop.html", context)


def rainbow_result(request: HttpRequest, territory: str, rainbow_workshop: int) -> HttpResponse:
    """What the workshop gave, whole, to print."""
    found = _workshop_for(request, territory, rainbow_workshop, "voices.read_voices")
    nomenclature, language = territory_nomenclature(found.territory), _language()
    criteria = board_criteria(found, everything=False)
    context = {
        "territory": found.territory,
        "workshop": found,
        "groups": represented_groups(found.rainbow),
        "shelves": shelves_of(found, criteria, nomenclature, language),
        "left_out": left_out(found),
        "writes": False,
        "version": nomenclature.name,
    }
    return render(request, "voices/rainbow/result.html", context)


@require_POST
def mark_criterion(request: HttpRequest, territory: str, rainbow_workshop: int, criterion: int) -> HttpResponse:
    """One click marks, changes the mark, or takes it away (an empty mark)."""
    found = _workshop_for(request, territory, rainbow_workshop, "voices.write_voices")
    one = get_object_or_404(board_criteria(found, everything=True), pk=criterion)
    mark, note = request.POST.get("mark", ""), request.POST.get("note")
    did: dict[str, Any] = {"workshop": found, "criterion": one, "by": person(request), "now": timezone.now()}
    try:
        if mark:
            operations.mark_criterion(mark=mark, note=note, **did)
        else:
            operations.unmark_criterion(**did)
    except operations.RainbowRefusal as refusal:
        messages.error(request, str(refusal))
    back = next_page(request, reverse("voices:rainbow_workshop", args=[territory, found.pk]))
    return redirect(f"{back}#c{one.pk}")


def agree_wording(request: HttpRequest, territory: str, rainbow_workshop: int, component: str) -> HttpResponse:
    """A common wording of one component, beside the originals."""
    found = _workshop_for(request, territory, rainbow_workshop, "voices.write_voices")
    code = "" if component == UNCODED else component
    criteria = board_criteria(found, everything=request.GET.get("tous") == "1").filter(component=code)
    if not criteria.exists():
        raise Http404
    form = WordingForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        try:
            operations.agree_wording(
                workshop=found,
                component=code,
                text=form.cleaned_data["text"],
                criteria=list(form.cleaned_data["criteria"]),
                by=person(request),
                now=timezone.now(),
            )
        except operations.RainbowRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_shelf_url(found, code))
    return _wording_page(request, found, code, form, None)


def edit_wording(request: HttpRequest, territory: str, wording: int) -> HttpResponse:
    found = _wording_for(request, territory, wording)
    criteria = board_criteria(found.workshop, everything=True).filter(component=found.component)
    form = WordingForm(request.POST or None, criteria=criteria, wording=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_wording(
                wording=found,
                text=form.cleaned_data["text"],
                criteria=list(form.cleaned_data["criteria"]),
                by=person(request),
                now=timezone.now(),
            )
        except operations.RainbowRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_shelf_url(found.workshop, found.component))
    return _wording_page(request, found.workshop, found.component, form, found)


def _wording_page(
    request: HttpRequest, workshop: RainbowWorkshop, code: str, form: WordingForm, wording: CommonWording | None
) -> HttpResponse:
    term = territory_nomenclature(workshop.territory).get(COMPONENT, code) if code else None
    context = {
        "territory": workshop.territory,
        "workshop": workshop,
        "form": form,
        "wording": wording,
        "code": code,
        "dimension": code[:1],
        "label": term.label(_language()) if term else "",
        "back_url": _shelf_url(workshop, code),
    }
    return render(request, "voices/rainbow/wording_form.html", context)


def _shelf_url(workshop: RainbowWorkshop, code: str) -> str:
    """Where a component stands on the board."""
    url = reverse("voices:rainbow_workshop", args=[workshop.territory.slug, workshop.pk])
    return f"{url}?dimension={code[:1] or UNCODED}#k{code or UNCODED}"


def remove_wording(request: HttpRequest, territory: str, wording: int) -> HttpResponse:
    """Says what goes and what stays, then asks."""
    found = _wording_for(request, territory, wording)
    back = _shelf_url(found.workshop, found.component)
    if request.method == "POST":
        try:
            operations.remove_wording(wording=found, by=person(request), now=timezone.now())
        except operations.RainbowClosed as refusal:
            messages.error(request, str(refusal))
        return redirect(back)
    context = {
        "title": gettext("Retirer cette formulation commune"),
        "consequence": gettext("La formulation s’efface. Les critères qu’elle réunissait et leurs marques restent tels qu’ils sont."),
        "items": [f"«\u00a0{found.text}\u00a0»"],
        "submit": gettext("Retirer la formulation"),
        "cancel_url": back,
        "danger": True,
        "territory": found.workshop.territory,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def close_rainbow_workshop(request: HttpRequest, territory: str, rainbow_workshop: int) -> HttpResponse:
    found = _workshop_for(request, territory, rainbow_workshop, "voices.write_voices")
    try:
        operations.close_rainbow_workshop(workshop=found, by=person(request), now=timezone.now())
    except operations.RainbowClosed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("L’atelier est clos : ses marques et ses formulations ne changent plus."))
    return redirect("voices:rainbow_workshop", territory, found.pk)


@require_POST
def reopen_rainbow_workshop(request: HttpRequest, territory: str, rainbow_workshop: int) -> HttpResponse:
    found = _workshop_for(request, territory, rainbow_workshop, "voices.reopen_workshop")
    operations.reopen_rainbow_workshop(workshop=found, by=person(request), now=timezone.now())
    messages.success(request, gettext("L’atelier est rouvert."))
    return redirect("voices:rainbow_workshop", territory, found.pk)
