"""Signing in without a password: a code by e-mail, and the town's own door. What allauth does, with our letters and one button before anything is written."""

from __future__ import annotations

from typing import Any

from allauth.account.views import RequestLoginCodeView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from tissage.people.mail import send_letter


@method_decorator(login_not_required, name="dispatch")
class AskForCode(RequestLoginCodeView):  # type: ignore[misc]  # allauth gives no types
    """The same page for every address. An account that needs more than a mailbox gets a letter that says so, instead of a code."""

    def form_valid(self, form: Any) -> HttpResponse:
        if (user := form.kept_back) is not None:
            send_letter("code_kept_back", to=user.email, language=user.language, person=user)
        answer: HttpResponse = super().form_valid(form)
        return answer


ask_for_code = AskForCode.as_view()


@login_not_required
@require_safe
def leave_for_town(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the town's own page."""
    _refuse_unknown(request, provider_id)
    answer: HttpResponse = openid.login(request, provider_id)
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def back_from_town(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Coming back: a page with one button, for a reading writes nothing; the button signs in."""
    _refuse_unknown(request, provider_id)
    if request.method == "POST" or "error" in request.GET or "code" not in request.GET:
        answer: HttpResponse = openid.callback(request, provider_id)
        return answer
    return render(request, "people/back_from_town.html")


def _refuse_unknown(request: HttpRequest, provider_id: str) -> None:
    try:
        get_adapter().get_app(request, provider_id)
    except SocialApp.DoesNotExist as absent:
        raise Http404 from absent
