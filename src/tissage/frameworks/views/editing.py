"""Writing, for administrators: codes one by one, publication, abandoning a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tissage.core.nomenclature import BENEFICIARY, COMPONENT, KINDS, SENSE, SENSE_LETTER
from tissage.frameworks.forms import AddForm, CorrectForm
from tissage.frameworks.models import Framework, FrameworkVersion
from tissage.frameworks.operations import (
    CodeExists,
    CodeRefused,
    EmptyVersion,
    add_code,
    correct_code,
    discard_draft,
    publish_version,
    remove_code,
)
from tissage.people.views.doors import person

from .doors import node_for, nomenclature_for, version_for
from .vocabulary import add_to_vocabulary


def place_of(version: FrameworkVersion, kind: str, code: str = "") -> str:
    """Where a code is shown."""
    if kind == COMPONENT and code:
        return reverse("frameworks:component", args=[version.pk, code])
    if kind in (SENSE, SENSE_LETTER):
        return reverse("frameworks:senses", args=[version.pk])
    if kind == BENEFICIARY:
        return reverse("frameworks:beneficiaries", args=[version.pk])
    return reverse("frameworks:version", args=[version.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, version: int, kind: str, code: str) -> HttpResponse:
    shown = version_for(request, version, to_edit=True)
    node = node_for(shown, kind, code)
    form = CorrectForm(request.POST if request.method == "POST" else None, node=node)
    back = place_of(shown, kind, code)
    if request.method == "POST" and form.is_valid():
        correct_code(
            node=node,
            labels=form.texts("label"),
            keys=form.texts("key"),
            status=form.cleaned_data["status"],
            source=form.cleaned_data["source"],
            phrases=form.phrases(),
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("Le code %(code)s est corrigé.") % {"code": code})
        return redirect(back)
    return render(request, "frameworks/correct.html", {"version": shown, "node": node, "form": form, "back": back})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, version: int, kind: str) -> HttpResponse:
    found = version_for(request, version, to_edit=True)
    if found.framework.purpose == Framework.Purpose.VOCABULARY:
        return add_to_vocabulary(request, found, kind)
    shown = nomenclature_for(request, version, to_edit=True)
    if kind not in KINDS:
        raise Http404
    form = AddForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            node = add_code(
                version=shown,
                kind=kind,
                code=form.cleaned_data["code"],
                labels=form.texts("label"),
                keys={language: text for language, text in form.texts("key").items() if text},
                status=form.cleaned_data["status"],
                source=form.cleaned_data["source"],
                by=person(request),
                now=timezone.now(),
            )
        except (CodeExists, CodeRefused) as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Le code %(code)s est ajouté.") % {"code": node.code})
            return redirect(place_of(shown, kind, node.code))
    return render(request, "frameworks/add.html", {"version": shown, "kind": kind, "form": form, "back": place_of(shown, kind)})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, version: int, kind: str, code: str) -> HttpResponse:
    shown = version_for(request, version, to_edit=True)
    if not shown.is_draft:
        raise Http404
    node = node_for(shown, kind, code)
    children = list(node.children.order_by("position", "pk"))
    if request.method == "POST":
        remove_code(node=node, by=person(request), now=timezone.now())
        messages.success(request, _("Le code %(code)s est retiré du brouillon.") % {"code": code})
        return redirect(place_of(shown, kind))
    context = {
        "title": _("Retirer %(code)s du brouillon") % {"code": node.code},
        "consequence": _("Le code, son libellé et ses phrases disparaissent de ce brouillon. Les autres versions gardent le leur."),
        "items": [str(child) for child in children],
        "count_text": (
            ngettext("Un code en dépend et part avec lui.", "%(count)d codes en dépendent et partent avec lui.", len(children))
            % {"count": len(children)}
            if children
            else ""
        ),
        "submit": _("Retirer ce code"),
        "cancel_url": place_of(shown, kind, code),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version, to_edit=True)
    if not shown.is_draft:
        raise Http404
    back = reverse("frameworks:version", args=[version])
    if request.method == "POST":
        try:
            publish_version(version=shown, by=person(request), now=timezone.now())
        except EmptyVersion as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("La version « %(label)s » est publiée.") % {"label": shown.label})
        return redirect(back)
    codes = shown.nodes.count()
    of_a_plan = shown.framework.purpose == Framework.Purpose.PLAN
    context = {
        "title": _("Publier la version « %(label)s »") % {"label": shown.label},
        "consequence": _(
            "Ses codes et ses obligations ne pourront plus être retirés ; les prochains plans pourront s’appuyer sur elle. Ceux qui existent "
            "gardent leur version."
        )
        if of_a_plan
        else _(
            "Ses codes ne pourront plus être ni changés ni retirés ; libellés, clés, statuts et sources resteront corrigeables, et "
            "des codes pourront s’ajouter. Les nouveaux territoires commenceront avec elle. Les territoires existants gardent leur "
            "version jusqu’à ce que leur coordination en choisisse une autre. Aucun code déjà attribué ne change."
        ),
        "count_text": ngettext("%(count)d code", "%(count)d codes", codes) % {"count": codes},
        "submit": _("Publier cette version"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version, to_edit=True)
    if not shown.is_draft:
        raise Http404
    if request.method == "POST":
        discard_draft(version=shown, by=person(request), now=timezone.now())
        messages.success(request, _("Le brouillon « %(label)s » est abandonné.") % {"label": shown.label})
        return redirect("frameworks:versions")
    codes = shown.nodes.count()
    context = {
        "title": _("Abandonner le brouillon « %(label)s »") % {"label": shown.label},
        "consequence": _("Le brouillon, ses codes et ses correspondances disparaissent. Les versions publiées ne bougent pas."),
        "count_text": ngettext("%(count)d code", "%(count)d codes", codes) % {"count": codes},
        "submit": _("Abandonner ce brouillon"),
        "cancel_url": reverse("frameworks:version", args=[version]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
