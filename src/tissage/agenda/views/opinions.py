"""What the QR code of a poster opens, on the phone of a passer-by: no account, no cookie, no address, no hour."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tissage.agenda.forms.feedback import OpinionForm
from tissage.agenda.models import Activity, FeedbackForm
from tissage.agenda.operations.feedback import FeedbackRefused, answer_feedback
from tissage.network.queries.pauses import forms_paused
from tissage.plan.views.partners import View, quiet


def without_cookie(view: View) -> View:
    """The page around writes a token for forms of people who are signed in; here nobody is, and nothing is left on the phone."""

    @wraps(view)
    def answer_it(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        return response

    return answer_it


def _form(token: str) -> FeedbackForm:
    forms = FeedbackForm.objects.select_related("activity__territory", "activity__lead")
    return get_object_or_404(forms, token=token, activity__moderation=Activity.Moderation.ACCEPTED)


@csrf_exempt  # nobody is signed in here: no cookie is read, none is set
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@without_cookie
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """At most five questions, each of which may be left out."""
    found, now = _form(token), timezone.now()
    pause = forms_paused(found.territory, now)
    context = {"activity": found.activity, "paused": pause is not None, "closed": found.closed_at is not None}
    if pause is not None or found.closed_at is not None:
        return render(request, "agenda/opinion_closed.html", context, status=410 if found.closed_at else 503)
    form = OpinionForm(request.POST or None, questions=found.questions)
    if request.method == "POST" and form.is_valid():
        try:
            answer_feedback(form=found, scores=form.scores(), comment=form.cleaned_data["comment"], now=now)
        except FeedbackRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("opinions:thanks", token)
    return render(request, "agenda/opinion.html", {**context, "form": form})


@login_not_required
@require_safe
@quiet
@without_cookie
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "agenda/opinion_thanks.html", {"activity": _form(token).activity})
