"""A nomenclature in and out as CSV and as a REFI-QDA codebook. The preview writes nothing: the file travels in the page until it is applied."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tissage.core.nomenclature import compare
from tissage.frameworks.exchange.nomenclature_csv import read_nomenclature, write_nomenclature
from tissage.frameworks.exchange.refi_codebook import is_codebook, read_codebook, write_codebook
from tissage.frameworks.forms import ApplyForm, UploadForm
from tissage.frameworks.models import Framework
from tissage.frameworks.operations import import_version
from tissage.frameworks.queries import SPIRAL, latest_published, nomenclature_of
from tissage.people.views.doors import person, require

from .doors import nomenclature_for, version_for

BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that the text is UTF-8


@require_safe
def export_nomenclature(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    text = BYTE_ORDER_MARK + write_nomenclature(nomenclature_of(shown).terms)
    name = f"{shown.framework.purpose}-{slugify(shown.framework.slug)}-{slugify(shown.label) or shown.pk}.csv"
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def export_codebook(request: HttpRequest, version: int) -> HttpResponse:
    shown = nomenclature_for(request, version)
    name = f"nomenclature-{slugify(shown.framework.slug)}-{slugify(shown.label) or shown.pk}.qdc"
    body = write_codebook(nomenclature_of(shown))
    return HttpResponse(body, content_type="application/xml", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def import_nomenclature(request: HttpRequest) -> HttpResponse:
    require(person(request), "frameworks.edit")
    framework = get_object_or_404(Framework, slug=SPIRAL)
    applying = "apply" in request.POST
    base = latest_published()
    if request.method != "POST":
        return render(request, "frameworks/import.html", {"form": UploadForm(framework=framework), "base": base})
    form = ApplyForm(request.POST, framework=framework) if applying else UploadForm(request.POST, request.FILES, framework=framework)
    form.full_clean()
    if "file" not in form.cleaned_data:
        return render(request, "frameworks/import.html", {"form": form, "base": base})
    standing = nomenclature_of(base).terms if base else ()
    content = form.cleaned_data["file"]
    file = (read_codebook if is_codebook(content) else read_nomenclature)(content, standing)
    if applying and form.is_valid() and not file.problems:
        made = import_version(
            framework=framework,
            label=form.cleaned_data["label"],
            source=form.cleaned_data["source"],
            file=file,
            base=base,
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("Le brouillon « %(label)s » est prêt. Relisez-le, puis publiez-le.") % {"label": made.label})
        return redirect("frameworks:version", made.pk)
    if file.problems:
        return render(request, "frameworks/import.html", {"form": form, "base": base, "file": file})
    context = {
        "form": form if applying else ApplyForm.carrying(form),
        "base": base,
        "file": file,
        "difference": compare(standing, file.terms),
    }
    return render(request, "frameworks/preview.html", context)
