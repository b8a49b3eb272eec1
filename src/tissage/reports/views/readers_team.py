"""Who reads by a link, and what readers wrote: the plan's team gives, closes, reads and answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.plan.views.doors import person, plan_for
from tissage.reports.forms.readers import AnswerCommentForm, GiveLinkForm
from tissage.reports.models import ReaderComment, ReaderLink
from tissage.reports.operations import readers as operations
from tissage.reports.queries.readers import comments_of, links_of

MANAGES = "reports.manage_readers"


@require_safe
def readers(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, MANAGES)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "reports",
        "links": links_of(found, timezone.localdate()),
        "written": comments_of(found),
        "answer_form": AnswerCommentForm(),
    }
    return render(request, "reports/readers/readers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give_link(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The link goes by mail; the page that follows shows it once, to hand over when mail does not arrive."""
    found = plan_for(request, territory, plan, MANAGES)
    form = GiveLinkForm(request.POST or None, plan=found, today=timezone.localdate())
    context = {"territory": found.territory, "plan": found, "tab": "reports", "form": form}
    if request.method == "POST" and form.is_valid():
        said, by, now = form.cleaned_data, person(request), timezone.now()
        try:
            reader = said["person"] or operations.inscribe_reader(plan=found, name=said["name"], email=said["email"], by=by, now=now)
            given = operations.give_link(plan=found, person=reader, role=said["role"], expires_on=said["expires_on"], by=by, now=now)
        except operations.ReaderRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "reports/readers/given.html", {**context, "given": given})
    return render(request, "reports/readers/give.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_link(request: HttpRequest, territory: str, plan: int, reader: int) -> HttpResponse:
    found = plan_for(request, territory, plan, MANAGES)
    link = get_object_or_404(ReaderLink.objects.select_related("person", "plan__territory"), pk=reader, plan=found)
    words = {"name": link.person.display_name}
    if request.method == "POST":
        if operations.revoke_link(link=link, by=person(request), now=timezone.now()):
            messages.success(request, gettext("Le lien de %(name)s est fermé.") % words)
        return redirect("reports:readers", territory, plan)
    context = {
        "title": gettext("Fermer le lien de %(name)s") % words,
        "consequence": gettext("%(name)s ne lira plus rien par ce lien. Ses commentaires restent ; un nouveau lien rouvre l’accès.")
        % words,
        "submit": gettext("Fermer le lien"),
        "cancel_url": reverse("reports:readers", args=[territory, plan]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def answer_comment(request: HttpRequest, territory: str, plan: int, reader_comment: int) -> HttpResponse:
    found = plan_for(request, territory, plan, MANAGES)
    stored = get_object_or_404(ReaderComment, pk=reader_comment, plan=found)
    form = AnswerCommentForm(request.POST)
    if form.is_valid():
        operations.answer_comment(comment=stored, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Votre réponse est notée : elle se lit sous le commentaire."))
    else:
        messages.error(request, gettext("Écrivez quelques mots pour répondre."))
    return redirect(reverse("reports:readers", args=[territory, plan]) + f"#comment-{stored.pk}")
