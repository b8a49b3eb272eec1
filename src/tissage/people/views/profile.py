"""A person's own page: the name they go by, their language, the way to their password, address and second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from tissage.people.adapters import remember_language
from tissage.people.forms import NameForm
from tissage.people.models import User
from tissage.people.operations import change_name, choose_language, choose_reminders
from tissage.people.queries import has_second_factor, my_memberships

from .doors import person


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if "reminders" in request.POST:
        wanted = request.POST["reminders"] == "yes"
        choose_reminders(user=user, wanted=wanted)
        messages.success(request, _("Vous recevrez les rappels.") if wanted else _("Vous ne recevrez plus de rappels."))
        return redirect("people:profile")
    form = NameForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        if "name" in form.changed_data:
            change_name(user=user, name=form.cleaned_data["name"], now=timezone.now())
        choose_language(user=user, language=form.cleaned_data["language"])
        translation.activate(user.language)
        messages.success(request, _("Votre profil est enregistré."))
        response = redirect("people:profile")
        remember_language(response, user.language)
        return response
    context = {"form": form, "memberships": my_memberships(user), "has_second_factor": has_second_factor(user)}
    return render(request, "people/profile.html", context)


@login_not_required
def set_screen_language(request: HttpRequest) -> HttpResponseBase:
    """Django's language switch, which a signed-in person's account also remembers."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.method == "POST" and isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    return response
