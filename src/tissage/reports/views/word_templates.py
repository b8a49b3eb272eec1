"""A municipality's own Word files: deposit, what each asks for, the fields there are, a sample."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.network.operations.documents import DocumentRefused
from tissage.reports.documents.fields import FIELDS
from tissage.reports.documents.own_sample import sample_form
from tissage.reports.documents.own_word import FormRefused
from tissage.reports.forms.reports import WordTemplateForm
from tissage.reports.models import WordTemplate
from tissage.reports.operations.word_templates import keep_word_template, read_word_template, retire_word_template

from .doors import READS, person, template_for, territory_for
from .files import attachment
from .years import ISSUES


def templates(request: HttpRequest, territory: str) -> HttpResponse:
    """The Word files of a territory, and the way to deposit one."""
    found = territory_for(request, territory, READS)
    may_issue = person(request).has_perm(ISSUES, found)
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_issue:
            raise Http404
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = keep_word_template(
                    territory=found,
                    kind=form.cleaned_data["kind"],
                    label=form.cleaned_data["label"],
                    upload_name=file.name or "",
                    content=file.read(),
                    by=person(request),
                    now=timezone.now(),
                )
            except (FormRefused, DocumentRefused) as refusal:
                form.add_error("file", str(refusal))
            else:
                unknown = sum(not one["known"] for one in kept.fields)
                if unknown:
                    messages.warning(request, gettext("Le modèle est gardé. Des champs ne sont pas connus : voyez la liste."))
                else:
                    messages.success(request, gettext("Le modèle est gardé, tous ses champs sont connus."))
                return redirect("reports:templates", territory)
    kept_templates = WordTemplate.objects.filter(territory=found).select_related("added_by").order_by("kind", "-number")
    context = {"territory": found, "templates": list(kept_templates), "form": form, "may_issue": may_issue}
    return render(request, "reports/templates.html", context)


@require_safe
def fields(request: HttpRequest, territory: str) -> HttpResponse:
    """Every field a Word file may ask for."""
    found = territory_for(request, territory, READS)
    lists = [
        (field, [one for one in FIELDS if one.inside == field.name]) for field in FIELDS if any(one.inside == field.name for one in FIELDS)
    ]
    names = {field.name for field, _items in lists}
    top = [field for field in FIELDS if not field.inside and field.name not in names]
    return render(request, "reports/fields.html", {"territory": found, "top": top, "lists": lists})


@require_safe
def sample(request: HttpRequest, territory: str) -> HttpResponse:
    territory_for(request, territory, READS)
    return attachment(sample_form(), "docx", "modele-exemple.docx")


@require_safe
def template_file(request: HttpRequest, territory: str, word_template: UUID) -> HttpResponse:
    """The Word file as it was given."""
    found = template_for(request, territory, word_template, READS)
    try:
        content = read_word_template(found)
    except FileNotFoundError:
        raise Http404 from None
    return attachment(content, "docx", found.file_name)


@require_POST
def retire_template(request: HttpRequest, territory: str, word_template: UUID) -> HttpResponse:
    found = template_for(request, territory, word_template, ISSUES)
    retire_word_template(template=found, by=person(request), now=timezone.now())
    messages.success(request, gettext("Le modèle n’est plus proposé. Les documents émis avec lui restent."))
    return redirect("reports:templates", territory)
