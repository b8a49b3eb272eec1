"""The anonymous questionnaire of an activity, as its lead prepares and reads it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.agenda.documents.poster import poster_pdf
from tissage.agenda.forms.feedback import QuestionsForm, enumerate_words, proposed
from tissage.agenda.models import Activity, FeedbackAnswer, FeedbackForm
from tissage.agenda.operations.feedback import FeedbackRefused, close_feedback, prepare_feedback, read_comment
from tissage.agenda.queries.feedback import FROM, results_of

from .doors import activity_for, person
from .reports import COORDINATE, FILE, frame_of

LEADS = "agenda.see_registrations"


def _form_of(activity: Activity) -> FeedbackForm | None:
    return FeedbackForm.objects.filter(activity=activity).first()


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    """Questions, poster, results from five answers on, comments to read."""
    found = activity_for(request, territory, activity, FILE)
    user, known = person(request), _form_of(found)
    is_lead = user.has_perm(LEADS, found)
    form = QuestionsForm(request.POST or None, questions=known.questions if known else proposed())
    if request.method == "POST" and form.is_valid():
        try:
            prepare_feedback(activity=found, questions=form.questions(), by=user, now=timezone.now())
        except FeedbackRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le questionnaire est prêt : imprimez l’affiche, ou les billets."))
            return redirect(request.path)
    results = results_of(known, is_lead=is_lead) if known else None
    shown = [(one, _bars(one.kind, one.counts)) for one in results.questions] if results else []
    context = {
        "frame": frame_of(found),
        "territory": found.territory,
        "campaign": found.campaign,
        "activity": found,
        "known": known,
        "form": form,
        "results": results,
        "shown": shown,
        "from": FROM,
        "is_lead": is_lead,
        "coordinates": user.has_perm(COORDINATE, found.territory),
        "tab": "programme",
    }
    return render(request, "agenda/feedback.html", context)


def _bars(kind: str, counts: dict[int, int]) -> list[tuple[str, int]]:
    """Words of each answer and how many chose it, from most to least favourable."""
    return [(words, counts.get(value, 0)) for value, words in sorted(enumerate_words(kind), reverse=True)]


@require_safe
def poster(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    return _paper(request, territory, activity, slips=False)


@require_safe
def slips(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    return _paper(request, territory, activity, slips=True)


def _paper(request: HttpRequest, territory: str, activity: int, *, slips: bool) -> HttpResponse:
    known = _form_of(activity_for(request, territory, activity, FILE))
    if known is None:
        raise Http404
    name = f"avis-{activity}-{'billets' if slips else 'affiche'}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(poster_pdf(known, day=timezone.localdate(), slips=slips), content_type="application/pdf", headers=headers)


@require_POST
def toggle(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    """Closes the questionnaire, or opens it again."""
    known = _form_of(activity_for(request, territory, activity, FILE))
    if known is None:
        raise Http404
    close_feedback(form=known, is_open=known.closed_at is not None, by=person(request), now=timezone.now())
    return redirect("agenda:feedback", territory, activity)


@require_POST
def comment(request: HttpRequest, territory: str, activity: int, opinion: UUID) -> HttpResponse:
    """The lead shows a comment it read, or withdraws it."""
    found = activity_for(request, territory, activity, LEADS)
    answers = FeedbackAnswer.objects.select_related("form__activity__territory").exclude(comment="")
    answer = get_object_or_404(answers, uuid=opinion, form__activity=found)
    if results_of(answer.form, is_lead=True).answers is None:
        raise Http404
    read_comment(answer=answer, shows=request.POST.get("montrer") == "1", by=person(request), now=timezone.now())
    return redirect("agenda:feedback", territory, activity)
