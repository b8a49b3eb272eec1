"""The door of the party assessed: a secret link, no password. Opening it does nothing; its button replies, once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tissage.commitments.forms.assessments import ReplyForm
from tissage.commitments.operations import assessments as operations
from tissage.commitments.queries.proposals import behind_the_link
from tissage.plan.views.partners import quiet


@csrf_exempt  # no ambient authority: the secret stands in the address, and no cookie is read
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def assessment(request: HttpRequest, token: str) -> HttpResponse:
    found = behind_the_link(token)
    if found is None:
        raise Http404
    context = {"proposal": found, "territory": found.territory, "words": operations.words_of(operations.subject_of(found))}
    if not operations.may_reply(found, timezone.localdate()):
        return render(request, "commitments/reply_closed.html", context, status=410)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reply_by_link(token=token, now=timezone.now(), **form.cleaned_data)
        except operations.LinkIsDead:
            return render(request, "commitments/reply_closed.html", context, status=410)
        except operations.AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            found.refresh_from_db()
            return render(request, "commitments/reply_done.html", context)
    evidence = list(found.evidence.order_by("fact_on", "pk"))
    return render(request, "commitments/reply.html", {**context, "form": form, "evidence": evidence})
