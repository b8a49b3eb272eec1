"""What becomes of each code from a version to the next."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tissage.frameworks.exchange.nomenclature_csv import protect
from tissage.frameworks.forms import MappingForm
from tissage.frameworks.models import Crosswalk, FrameworkVersion, Node
from tissage.frameworks.operations import UnknownTarget, map_code
from tissage.frameworks.queries import crosswalk_rows
from tissage.people.views.doors import person

from .doors import may_edit, node_for, version_for
from .exchanging import BYTE_ORDER_MARK

CROSSWALK_COLUMNS = (
    "from_version",
    "kind",
    "code",
    "label_fr",
    "to_version",
    "target",
    "target_label_fr",
    "state",
    "note",
    "author",
    "made_at",
)


class Row(NamedTuple):
    """A code of the older version and what was said of it; `first` carries the author and the date."""

    node: Node
    said: list[Crosswalk]

    @property
    def first(self) -> Crosswalk | None:
        return self.said[0] if self.said else None

    @property
    def state(self) -> str:
        """`unmapped`, `abandoned`, `same` or `mapped`."""
        if self.first is None:
            return "unmapped"
        if self.first.target is None:
            return "abandoned"
        return "same" if len(self.said) == 1 and self.first.target.code == self.node.code else "mapped"


def rows_to(version: FrameworkVersion) -> list[Row]:
    return [Row(node, said) for node, said in crosswalk_rows(version.previous, version)] if version.previous else []


@require_safe
def crosswalk(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    rows = rows_to(shown)
    context = {
        "version": shown,
        "waiting": [row for row in rows if row.state == "unmapped"],
        "decided": [row for row in rows if row.state in ("mapped", "abandoned") or (row.first and row.first.author_id)],
        "same": [row for row in rows if row.state == "same" and row.first and not row.first.author_id],
        "total": len(rows),
        "may_edit": may_edit(request),
    }
    return render(request, "frameworks/crosswalk.html", context)


@require_safe
def export_crosswalk(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    if shown.previous is None:
        raise Http404
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CROSSWALK_COLUMNS)
    for row in rows_to(shown):
        several: list[Crosswalk | None] = [*row.said] or [None]
        for said in several:
            writer.writerow(map(protect, _cells(shown, row, said)))
    headers = {"Content-Disposition": f'attachment; filename="correspondances-{shown.pk}.csv"'}
    return HttpResponse(BYTE_ORDER_MARK + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _cells(version: FrameworkVersion, row: Row, said: Crosswalk | None) -> tuple[str, ...]:
    target = said.target if said else None
    return (
        version.previous.label if version.previous else "",
        row.node.kind,
        row.node.code,
        row.node.labels.get("fr", ""),
        version.label,
        target.code if target else "",
        target.labels.get("fr", "") if target else "",
        row.state,
        said.note if said else "",
        said.author.name if said and said.author else "",
        timezone.localtime(said.made_at).isoformat(timespec="minutes") if said else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def map_one(request: HttpRequest, version: int, kind: str, code: str) -> HttpResponse:
    shown = version_for(request, version, to_edit=True)
    if shown.previous is None:
        raise Http404
    node = node_for(shown.previous, kind, code)
    said = list(Crosswalk.objects.filter(source=node, to_version=shown).select_related("target").order_by("pk"))
    initial = {
        "targets": ", ".join(one.target.code for one in said if one.target),
        "abandoned": any(one.target is None for one in said),
        "note": said[0].note if said else "",
    }
    form = MappingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            map_code(source=node, to_version=shown, targets=given["targets"], note=given["note"], by=person(request), now=timezone.now())
        except UnknownTarget as refusal:
            form.add_error("targets", str(refusal))
        else:
            messages.success(request, _("La correspondance de %(code)s est notée.") % {"code": code})
            return redirect("frameworks:crosswalk", version)
    candidates = shown.nodes.filter(kind=kind).order_by("position", "pk")
    return render(request, "frameworks/map_code.html", {"version": shown, "node": node, "form": form, "candidates": candidates})
