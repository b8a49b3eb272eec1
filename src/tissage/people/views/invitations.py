"""Inviting, and answering an invitation: the link opens a page with one button, opening it changes nothing."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tissage.people.forms import InviteForm, JoinForm
from tissage.people.models import Invitation, Territory, User, fold_email
from tissage.people.operations import (
    AlreadyMember,
    InvitationClosed,
    LastCoordinator,
    accept_invitation,
    find_invitation,
    invite,
    join_with_new_account,
    resend_invitation,
    revoke_invitation,
)

from .doors import person, require, territory_for


@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "people.manage_territory")
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite(**form.cleaned_data, territory=place, by=person(request), now=timezone.now())
        except AlreadyMember as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("L’invitation est partie à %(email)s.") % {"email": invited.invitation.email})
            return redirect("people:members", territory)
    return render(request, "people/invite.html", {"territory": place, "form": form})


def _pending(request: HttpRequest, territory: str, pk: int) -> Invitation:
    invitations = Invitation.objects.visible_to(request.user).pending().select_related("territory")
    invitation = get_object_or_404(invitations, pk=pk, territory__slug=territory)
    require(person(request), "people.manage_territory", invitation)
    return invitation


@require_POST
def resend(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    invited = resend_invitation(invitation=_pending(request, territory, pk), by=person(request), now=timezone.now())
    messages.success(request, _("Un nouveau lien est parti à %(email)s ; l’ancien ne s’ouvre plus.") % {"email": invited.invitation.email})
    return redirect("people:members", territory)


@require_POST
def revoke(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    invitation = _pending(request, territory, pk)
    revoke_invitation(invitation=invitation, by=person(request), now=timezone.now())
    messages.success(request, _("L’invitation de %(email)s est retirée ; son lien ne s’ouvre plus.") % {"email": invitation.email})
    return redirect("people:members", territory)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
@login_not_required
def answer_invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        raise Http404
    if not invitation.is_open(timezone.now()):
        return render(request, "people/invitation_closed.html", {"invitation": invitation}, status=410)
    if request.user.is_authenticated:
        return _answer_as_member(request, invitation)
    if User.objects.filter(email=invitation.email).exists():
        return render(request, "people/invitation_sign_in.html", {"invitation": invitation})
    return _answer_as_newcomer(request, invitation)


def _answer_as_member(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user = person(request)
    is_mine = fold_email(user.email) == invitation.email
    if request.method == "POST" and is_mine:
        try:
            accept_invitation(invitation=invitation, user=user, now=timezone.now())
        except InvitationClosed:
            return render(request, "people/invitation_closed.html", {"invitation": invitation}, status=410)
        except LastCoordinator as refusal:
            messages.error(request, str(refusal))
            return redirect("people:todo")
        _welcome(request, invitation.territory)
        return redirect("people:todo")
    return render(request, "people/invitation_accept.html", {"invitation": invitation, "is_mine": is_mine})


def _answer_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = join_with_new_account(invitation=invitation, **form.cleaned_data, now=timezone.now())
        except InvitationClosed:
            return render(request, "people/invitation_closed.html", {"invitation": invitation}, status=410)
        record_authentication(request, user, method="password", email=user.email)
        response: HttpResponse = perform_login(request, user)
        _welcome(request, invitation.territory)
        return response
    return render(request, "people/invitation_join.html", {"invitation": invitation, "form": form})


def _welcome(request: HttpRequest, territory: Territory | None) -> None:
    if territory is not None:
        messages.success(request, _("Vous faites maintenant partie de %(territory)s.") % {"territory": territory.name})
