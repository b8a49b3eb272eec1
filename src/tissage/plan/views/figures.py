"""The figures of a plan in a year: who answered, what waits to be read, links and reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.network.models import Document
from tissage.plan.forms.figures import DeadlineForm, LinksForm, ReturnForm, next_deadline
from tissage.plan.models import PartnerLink, Plan
from tissage.plan.operations import partner_links as links
from tissage.plan.operations.figures import FiguresRefused, approve_figure, return_figure
from tissage.plan.queries.figures import actions_of_year, figures_of_year, usual_year
from tissage.plan.queries.partner_links import Standing, partners_of_year, standings
from tissage.plan.queries.reviewing import proof_of_plan, to_review

from .doors import person, plan_for
from .filling import given

READS, REVIEWS, REMINDS = "plan.read_plan", "plan.review_figures", "plan.remind_partners"
ACTIONS_A_PAGE = 30


def asked_year(request: HttpRequest, plan: Plan) -> int:
    """The year of the address; without one, the year that is being accounted for: the last one until June, then this one."""
    asked = request.GET.get("annee", "")
    if asked.isdecimal() and len(asked) == 4 and int(asked) in plan.years:
        return int(asked)
    today = timezone.localdate()
    return usual_year(plan, today)


def back_to(plan: Plan, year: int, name: str = "figures") -> HttpResponse:
    return redirect(reverse(f"plan:{name}", args=[plan.territory.slug, plan.pk]) + f"?annee={year}")


def shared(plan: Plan, year: int) -> dict[str, Any]:
    return {
        "territory": plan.territory,
        "plan": plan,
        "tab": "figures",
        "year": str(year),
        "before": str(year - 1),
        "years": [str(one) for one in plan.years],
    }


@require_safe
def figures(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Who has not answered, what waits, what is approved; and every figure, by action."""
    found = plan_for(request, territory, plan, READS)
    year, today, user = asked_year(request, found), timezone.localdate(), person(request)
    *partners, team = standings(found, year)
    read = figures_of_year(found, year)
    actions = [(action, read.by_action[action.pk]) for action in actions_of_year(found, year) if action.pk in read.by_action]
    page = Paginator(actions, ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    everybody = [*partners, team]
    context = {
        **shared(found, year),
        "partners": [(one, link_words(one, today), may_be_reminded(one, today)) for one in partners],
        "team": team,
        "silent": sum(one.waits_for > 0 for one in partners),
        "to_remind": sum(may_be_reminded(one, today) for one in partners),
        "waiting": sum(one.submitted for one in everybody),
        "progress": progress_words(everybody),
        "page": page,
        "reviews": user.has_perm(REVIEWS, found),
        "reminds": user.has_perm(REMINDS, found),
        "fills": user.has_perm("plan.fill_figures", found),
        "has_links": any(one.link for one in partners),
    }
    return render(request, "plan/figures/figures.html", context)


def progress_words(everybody: list[Standing]) -> str:
    """« 12 réponses demandées : 5 approuvées, 3 remises à relire, 1 renvoyée, 3 à venir. »"""
    asked = sum(one.asked for one in everybody)
    approved = sum(one.approved for one in everybody)
    submitted = sum(one.submitted for one in everybody)
    returned = sum(one.returned for one in everybody)
    if not asked:
        return gettext("Aucun chiffre n’est demandé pour cette année.")
    coming = asked - approved - submitted - returned
    told = [
        ngettext("%(n)s approuvée", "%(n)s approuvées", approved) % {"n": approved} if approved else "",
        ngettext("%(n)s à relire", "%(n)s à relire", submitted) % {"n": submitted} if submitted else "",
        ngettext("%(n)s renvoyée", "%(n)s renvoyées", returned) % {"n": returned} if returned else "",
        ngettext("%(n)s à venir", "%(n)s à venir", coming) % {"n": coming} if coming else "",
    ]
    head = ngettext("%(n)s réponse demandée", "%(n)s réponses demandées", asked) % {"n": asked}
    return gettext("%(head)s : %(parts)s.") % {"head": head, "parts": ", ".join(part for part in told if part)}


def link_words(one: Standing, today: dt.date) -> str:
    """What became of the link of a partner, in words."""
    link = one.link
    if link is None:
        return gettext("pas encore de lien") if one.email else gettext("pas d’adresse e-mail")
    day = date_format(link.deadline, "j F Y")
    if link.submitted_at is not None:
        return gettext("remis le %(day)s") % {"day": date_format(timezone.localtime(link.submitted_at), "j F Y")}
    return gettext("délai passé le %(day)s") % {"day": day} if link.deadline < today else gettext("à rendre pour le %(day)s") % {"day": day}


def may_be_reminded(one: Standing, today: dt.date) -> bool:
    """Owes something, has a link, and got no message today."""
    if one.link is None or not one.waits_for:
        return False
    last = one.link.reminded_at or one.link.sent_at
    return last is None or timezone.localtime(last).date() < today


@require_http_methods(["GET", "HEAD", "POST"])
def partner_links(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Opens links for all partners at once: who gets one, who has no address, by when."""
    found = plan_for(request, territory, plan, REMINDS)
    year = asked_year(request, found)
    partners = partners_of_year(found, year)
    ready = [one for one in partners if one.link is None and one.email]
    choices = [(str(one.organization.pk), f"{one.organization.name} · {one.email}") for one in ready]
    form = LinksForm(request.POST or None, choices=choices, initial={"deadline": next_deadline(timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in ready if str(one.organization.pk) in form.cleaned_data["partners"]]
        try:
            made = links.open_partner_links(
                plan=found, year=year, deadline=form.cleaned_data["deadline"], partners=chosen, by=person(request), now=timezone.now()
            )
        except links.LinksRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext("%(n)s lien est parti.", "%(n)s liens sont partis.", len(made)) % {"n": len(made)}
            messages.success(request, told)
            return back_to(found, year)
    context = {
        **shared(found, year),
        "form": form,
        "ready": ready,
        "without_address": [one for one in partners if one.link is None and not one.email],
        "opened": [one for one in partners if one.link is not None],
        "partners": partners,
        "deadline_form": DeadlineForm(prefix="tous"),
        "may_write_network": person(request).has_perm("network.write_network", found.territory),
    }
    return render(request, "plan/figures/partner_links.html", context)


@require_POST
def change_deadline(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    found = plan_for(request, territory, plan, REMINDS)
    form = DeadlineForm(request.POST, prefix="tous")
    if not form.is_valid():
        messages.error(request, gettext("Écrivez le jour comme 15/2/2027, ou choisissez-le."))
        return back_to(found, year, "partner_links")
    try:
        moved = links.change_deadline(plan=found, year=year, deadline=form.cleaned_data["deadline"], by=person(request), now=timezone.now())
    except links.LinksRefused as refusal:
        messages.error(request, str(refusal))
    else:
        day = date_format(form.cleaned_data["deadline"], "j F Y")
        told = ngettext("%(n)s lien reste ouvert jusqu’au %(day)s.", "%(n)s liens restent ouverts jusqu’au %(day)s.", moved)
        messages.success(request, told % {"n": moved, "day": day})
    return back_to(found, year, "partner_links")


@require_POST
def remind_partners(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """One partner (`organisation`), or all that owe something and got no message today."""
    found = plan_for(request, territory, plan, REMINDS)
    asked, today = request.POST.get("organisation", ""), timezone.localdate()
    owing = [one for one in standings(found, year) if one.link is not None and one.organization is not None]
    if asked:
        owing = [one for one in owing if str(one.organization.pk) == asked and one.waits_for]  # type: ignore[union-attr]
        if not owing:
            raise Http404
    else:
        owing = [one for one in owing if may_be_reminded(one, today)]
    sent = 0
    for one in owing:
        assert one.link is not None
        try:
            links.remind_partner(link=one.link, by=person(request), now=timezone.now())
            sent += 1
        except links.LinksRefused as refusal:
            messages.error(request, str(refusal))
    if sent:
        messages.success(request, ngettext("%(n)s rappel est parti.", "%(n)s rappels sont partis.", sent) % {"n": sent})
    elif not asked:
        messages.info(request, gettext("Aucun rappel à envoyer : tous ont répondu, ou ont déjà reçu un message aujourd’hui."))
    return back_to(found, year)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_partner_link(request: HttpRequest, territory: str, plan: int, year: int, organization: int) -> HttpResponse:
    """Asks, then closes the link of a partner."""
    found = plan_for(request, territory, plan, REMINDS)
    open_links = PartnerLink.objects.select_related("organization", "plan__territory").filter(revoked_at__isnull=True)
    link = get_object_or_404(open_links, plan=found, year=year, organization=organization)
    if request.method == "POST":
        links.revoke_partner_link(link=link, by=person(request), now=timezone.now())
        messages.success(request, gettext("Le lien est fermé."))
        return back_to(found, year, "partner_links")
    context = {
        "title": gettext("Fermer le lien de %(name)s ?") % {"name": link.organization.name},
        "consequence": gettext("Il n’ouvrira plus rien. Ce qui a été saisi reste ; vous pourrez en ouvrir un autre."),
        "submit": gettext("Fermer le lien"),
        "cancel_url": reverse("plan:partner_links", args=[territory, found.pk]) + f"?annee={year}",
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """One thing after another: approve it, or return it with a comment. By keyboard when one wants."""
    found = plan_for(request, territory, plan, REVIEWS)
    waiting = to_review(found, year)
    here = reverse("plan:review", args=[territory, found.pk, year])
    asked = request.POST.get("element") or request.GET.get("element") or ""
    place = next((number for number, one in enumerate(waiting) if one.key == asked), 0)
    form = ReturnForm(request.POST if request.POST.get("decision") == "renvoyer" else None)
    if request.method == "POST":
        if not waiting or waiting[place].key != asked:
            messages.info(request, gettext("C’était déjà relu par quelqu’un d’autre."))
            return redirect(here)
        if request.POST.get("decision") == "approuver" or form.is_valid():
            _decide(request, waiting[place].items, form)
            rest = [one for one in waiting if one.key != asked]
            following = rest[place] if place < len(rest) else (rest[0] if rest else None)
            return redirect(f"{here}?element={following.key}" if following else here)
    context = {
        **shared(found, year),
        "item": waiting[place] if waiting else None,
        "place": place + 1,
        "total": len(waiting),
        "previous": waiting[place - 1] if place > 0 else None,
        "following": waiting[place + 1] if place + 1 < len(waiting) else None,
        "form": form,
        "here": here,
    }
    return render(request, "plan/figures/review.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _decide(request: HttpRequest, items: Any, form: ReturnForm) -> None:
    by, now = person(request), timezone.now()
    try:
        for item in items:
            if request.POST.get("decision") == "approuver":
                approve_figure(figure=item, by=by, now=now)
            else:
                return_figure(figure=item, comment=form.cleaned_data["comment"], by=by, now=now)
    except FiguresRefused as refusal:
        messages.error(request, str(refusal))


@require_safe
def figure_proof(request: HttpRequest, territory: str, plan: int, document: UUID) -> HttpResponse:
    """A file beside a figure of this plan, for whoever reads the plan."""
    found = plan_for(request, territory, plan, READS)
    proof = proof_of_plan(found, Document.objects.filter(uuid=document, territory=found.territory))
    if proof is None:
        raise Http404
    return given(proof)
