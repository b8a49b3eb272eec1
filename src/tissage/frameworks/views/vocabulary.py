"""The vocabulary of the directory and the agenda, read; and one word more, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.vocabulary import KINDS, THEME
from tissage.frameworks.forms import WordForm
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.operations import CodeExists, CodeRefused
from tissage.frameworks.operations.words import add_word
from tissage.frameworks.queries_vocabulary import vocabulary_of
from tissage.frameworks.vocabulary_words import FIXED, TITLES
from tissage.people.views.doors import person

from .doors import may_edit


def show_vocabulary_version(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """Each list with its words, families before the themes under them."""
    nodes = list(version.nodes.select_related("parent").order_by("position", "pk"))
    families = {node.pk: place for place, node in enumerate(nodes) if node.parent_id is None}
    nodes.sort(key=lambda node: (families.get(node.parent_id or node.pk, 0), node.parent_id is not None, node.position, node.pk))
    statuses = [node.status for node in nodes]
    context = {
        "version": version,
        "lists": [(kind, TITLES[kind], [node for node in nodes if node.kind == kind], kind not in FIXED) for kind in KINDS],
        "total": len(nodes),
        "statuses": {status: statuses.count(status) for status in ("confirmed", "partial", "unverified")},
        "may_edit": may_edit(request),
    }
    return render(request, "frameworks/vocabulary_version.html", context)


def add_to_vocabulary(request: HttpRequest, version: FrameworkVersion, kind: str) -> HttpResponse:
    if kind not in KINDS or kind in FIXED:
        raise Http404
    families = [(top.code, top.label) for top, _terms in vocabulary_of(version).families()] if kind == THEME else []
    form = WordForm(request.POST if request.method == "POST" else None, families=families)
    back = reverse("frameworks:version", args=[version.pk]) + f"#list-{kind}"
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            node = add_word(
                version=version,
                kind=kind,
                labels={"fr": given["label_fr"], "en": given["label_en"]},
                family=given.get("family", ""),
                external_uri=given["external_uri"],
                status=given["status"],
                source=given["source"],
                by=person(request),
                now=timezone.now(),
            )
        except (CodeExists, CodeRefused) as refusal:
            form.add_error("label_fr", str(refusal))
        else:
            messages.success(request, _("« %(label)s » est dans la liste.") % {"label": node.label})
            return redirect(back)
    return render(request, "frameworks/add.html", {"version": version, "kind": kind, "form": form, "back": back})
