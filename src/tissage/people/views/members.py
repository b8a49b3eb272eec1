"""The people of a territory and their roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tissage.people.forms import RoleForm
from tissage.people.models import Territory
from tissage.people.operations import (
    LastCoordinator,
    NoSecondFactor,
    NotYourOwnSecondFactor,
    end_role,
    grant_role,
    reset_second_factor,
)
from tissage.people.queries import members_of, pending_invitations

from .doors import membership_for, person, territory_for

PAGE = 50


@require_safe
def members(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "people.view_territory_team")
    manages = person(request).has_perm("people.manage_territory", place)
    now = timezone.now()
    invitations = [{"invitation": one, "is_open": one.is_open(now)} for one in pending_invitations(place)] if manages else []
    page = Paginator(members_of(place), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/members.html", {"territory": place, "page": page, "manages": manages, "invitations": invitations})


@require_http_methods(["GET", "HEAD", "POST"])
def change_role(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    membership = membership_for(request, territory, pk, "people.change_membership")
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        try:
            granted = grant_role(user=membership.user, territory=membership.territory, role=role, by=person(request), now=timezone.now())
        except LastCoordinator as refusal:
            form.add_error("role", str(refusal))
        else:
            words = {"name": membership.user.name, "role": granted.get_role_display()}
            messages.success(request, _("%(name)s a maintenant le rôle « %(role)s ».") % words)
            return _back(request, territory)
    return render(request, "people/change_role.html", {"territory": membership.territory, "membership": membership, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def leave_role(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    membership = membership_for(request, territory, pk, "people.change_membership")
    words = {"name": membership.user.name, "territory": membership.territory.name}
    if request.method == "POST":
        try:
            end_role(membership=membership, by=person(request), now=timezone.now())
        except LastCoordinator as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(name)s ne fait plus partie de %(territory)s.") % words)
        return _back(request, territory)
    return render(
        request,
        "ui/confirm.html",
        {
            "title": _("%(name)s : mettre fin au rôle") % words,
            "consequence": _(
                "%(name)s ne verra plus les pages de %(territory)s. Ce qui a été fait garde son nom. Une nouvelle invitation rouvre l’accès."
            )
            % words,
            "submit": _("Mettre fin au rôle"),
            "cancel_url": reverse("people:members", args=[territory]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reset_factor(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    membership = membership_for(request, territory, pk, "people.reset_second_factor")
    name = {"name": membership.user.name}
    if request.method == "POST":
        try:
            reset_second_factor(user=membership.user, by=person(request), territory=membership.territory, now=timezone.now())
        except (NoSecondFactor, NotYourOwnSecondFactor) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(name)s : deuxième facteur réinitialisé. Un e-mail l’annonce à cette personne.") % name)
        return _back(request, territory)
    return render(
        request,
        "ui/confirm.html",
        {
            "title": _("%(name)s : réinitialiser le deuxième facteur") % name,
            "consequence": _(
                "%(name)s pourra se connecter avec son seul mot de passe, puis réglera un nouveau deuxième facteur. "
                "Assurez-vous de vive voix que la demande vient bien de cette personne. Un e-mail l’en avertit et le journal le garde."
            )
            % name,
            "submit": _("Réinitialiser le deuxième facteur"),
            "cancel_url": reverse("people:members", args=[territory]),
            "danger": True,
        },
    )


def _back(request: HttpRequest, territory: str) -> HttpResponse:
    """The page of people; « À faire » for somebody who has just left the territory."""
    still_there = Territory.objects.of(request.user).filter(slug=territory).exists()
    return redirect("people:members", territory) if still_there else redirect("people:todo")
