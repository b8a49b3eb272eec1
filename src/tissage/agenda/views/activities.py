"""Activities: mine, one, its form, who takes part, what it serves, its way through moderation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.agenda.forms.activities import ActivityForm, CoOrganizerForm, NoteForm, ServedActionForm
from tissage.agenda.models import Activity, Campaign
from tissage.agenda.operations import activities as operations
from tissage.agenda.operations import around
from tissage.agenda.queries.activities import own_activities, seen_activities, terms_of
from tissage.agenda.queries.activity_page import sheet_of
from tissage.agenda.queries.campaigns import lines_of
from tissage.network.models.organizations import organizations_of
from tissage.network.rules import organization_ids_of

from .doors import activity_for, person, territory_for

READ, PROPOSE, WRITE, COORDINATE = "agenda.read_agenda", "agenda.propose", "agenda.write_activity", "agenda.coordinate"
PAGE = 50


@require_safe
def my_activities(request: HttpRequest, territory: str) -> HttpResponse:
    """What the organisations I speak for carry or take part in."""
    place = territory_for(request, territory, PROPOSE)
    user = person(request)
    mine = own_activities(user, place).select_related("lead", "campaign").order_by("-modified_at", "-pk")
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    context = {"territory": place, "page": page, "lines": lines_of(list(page), reads_all=True, own=organization_ids_of(user))}
    return render(request, "agenda/activities/mine.html", context)


@require_safe
def moderation(request: HttpRequest, territory: str) -> HttpResponse:
    """What waits for an answer of the coordination, the oldest first."""
    place = territory_for(request, territory, COORDINATE)
    user = person(request)
    waiting = seen_activities(user, place).filter(moderation=Activity.Moderation.PROPOSED).select_related("lead", "campaign")
    page = Paginator(waiting.order_by("modified_at", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {"territory": place, "page": page, "lines": lines_of(list(page), reads_all=True, own=organization_ids_of(user))}
    return render(request, "agenda/activities/moderation.html", context)


@require_safe
def activity(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity)
    user = person(request)
    context = {
        "territory": found.territory,
        "activity": found,
        "writes": user.has_perm(WRITE, found),
        "coordinates": user.has_perm(COORDINATE, found.territory),
        "leads": user.has_perm("agenda.see_registrations", found),
        "reads_words": user.has_perm("agenda.read_words", found),
    }
    return render(request, "agenda/activities/activity.html", {**context, "sheet": sheet_of(found)})


def create_activity(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, PROPOSE)
    user = person(request)
    campaign = Campaign.objects.filter(
        territory=place, pk=request.GET.get("campagne", "0").strip()[:9] if _is_number(request) else 0
    ).first()
    leads = None if user.has_perm(COORDINATE, place) else organizations_of(user, place)
    only = list(leads[:2]) if leads is not None else []
    initial = {"lead": only[0]} if len(only) == 1 else {}
    form = ActivityForm(
        request.POST or None, territory=place, leads=leads, keeps_private=leads is not None, campaign=campaign, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_activity(territory=place, by=user, now=timezone.now(), **form.columns)
        except operations.ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’activité est en brouillon. Ajoutez ses dates, puis proposez-la."))
            return redirect("agenda:activity", place.slug, made.pk)
    return render(request, "agenda/activities/form.html", {"territory": place, "form": form, "activity": None})


def _is_number(request: HttpRequest) -> bool:
    given = request.GET.get("campagne", "")
    return given.isascii() and given.isdigit() and len(given) < 10


def change_activity(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, WRITE)
    user, place = person(request), found.territory
    leads = None if user.has_perm(COORDINATE, place) else organizations_of(user, place)
    is_mine = found.lead_id in organization_ids_of(user)
    form = ActivityForm(
        request.POST or None, territory=place, leads=leads, keeps_private=is_mine, activity=found, terms=terms_of([found.pk])[found.pk]
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_activity(activity=found, by=user, now=timezone.now(), **form.columns)
        except operations.ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if changed:
                messages.success(request, gettext("L’activité est à jour."))
            return redirect("agenda:activity", territory, found.pk)
    return render(request, "agenda/activities/form.html", {"territory": place, "form": form, "activity": found})


@require_POST
def moderate(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    """Propose, take back, accept, take the answer back: acts of one click. Refusing and asking for a change say why first."""
    act = request.POST.get("act", "")
    permission = COORDINATE if act in ("accept", "reconsider") else WRITE
    found = activity_for(request, territory, activity, permission)
    did: dict[str, Any] = {"activity": found, "by": person(request), "now": timezone.now()}
    acts = {
        "propose": (operations.propose_activity, gettext("L’activité est proposée : la coordination va la lire.")),
        "take_back": (operations.take_back, gettext("L’activité est de nouveau un brouillon.")),
        "accept": (operations.accept_activity, gettext("L’activité est au programme.")),
        "reconsider": (operations.reconsider, gettext("L’activité attend de nouveau une réponse.")),
    }
    if act not in acts:
        raise Http404
    operation, said = acts[act]
    try:
        operation(**did)
    except operations.ActivityRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("agenda:activity", territory, found.pk)


def refuse_activity(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, COORDINATE)
    consequence = gettext("Elle sort du programme ; l’organisation reçoit votre mot. Vous pourrez reprendre cette décision.")
    if found.was_published:
        consequence = gettext("Elle était publiée : elle reste dans les agendas, annulée, et les personnes inscrites sont prévenues.")
    words = {"title": gettext("Refuser cette activité ?"), "consequence": consequence, "submit": gettext("Refuser l’activité")}
    return _with_a_word(request, found, operations.refuse_activity, gettext("L’activité est refusée."), words)


def ask_change(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, COORDINATE)
    words = {
        "title": gettext("Demander un changement"),
        "consequence": gettext(
            "Elle redevient un brouillon chez l’organisation, avec votre mot, jusqu’à ce qu’elle la propose de nouveau."
        ),
        "submit": gettext("Renvoyer avec ce mot"),
    }
    return _with_a_word(request, found, operations.ask_change, gettext("L’activité est renvoyée avec votre mot."), words)


def _with_a_word(request: HttpRequest, found: Activity, operation: Any, said: str, words: dict[str, str]) -> HttpResponse:
    form = NoteForm(request.POST or None)
    back = reverse("agenda:activity", args=[found.territory.slug, found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            operation(activity=found, note=form.cleaned_data["note"], by=person(request), now=timezone.now())
        except operations.ActivityRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return redirect(back)
    return render(request, "ui/confirm.html", {**words, "form": form, "cancel_url": back})


def co_organizers(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, WRITE)
    did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
    if request.method == "POST" and "remove" in request.POST:
        gone = get_object_or_404(found.partners.select_related("activity__territory"), pk=_number(request, "remove"))
        around.remove_co_organizer(partner=gone, **did)
        messages.success(request, gettext("Cette organisation ne co-organise plus."))
        return redirect("agenda:activity", territory, found.pk)
    form = CoOrganizerForm(request.POST or None, activity=found)
    if request.method == "POST" and form.is_valid():
        try:
            around.add_co_organizer(activity=found, **form.cleaned_data, **did)
        except around.LeadTakesPart as refusal:
            form.add_error("organization", str(refusal))
        else:
            messages.success(request, gettext("La co-organisation est notée."))
            return redirect("agenda:activity", territory, found.pk)
    context = {"title": gettext("Ajouter une co-organisation"), "submit": gettext("Ajouter"), "form": form}
    return _part(request, found, context)


def served_actions(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, WRITE)
    did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
    if request.method == "POST" and "remove" in request.POST:
        gone = get_object_or_404(found.plan_actions.select_related("activity__territory"), pk=_number(request, "remove"))
        around.serve_no_more(served=gone, **did)
        messages.success(request, gettext("L’activité ne nourrit plus cette action."))
        return redirect("agenda:activity", territory, found.pk)
    form = ServedActionForm(request.POST or None, activity=found, user=person(request))
    if request.method == "POST" and form.is_valid():
        around.serve_action(activity=found, **form.cleaned_data, **did)
        messages.success(request, gettext("Le lien avec le plan est noté."))
        return redirect("agenda:activity", territory, found.pk)
    context = {"title": gettext("Relier à une action du plan"), "submit": gettext("Relier"), "form": form}
    return _part(request, found, context)


def _part(request: HttpRequest, found: Activity, context: dict[str, Any]) -> HttpResponse:
    return render(request, "agenda/activities/part_form.html", {**context, "territory": found.territory, "activity": found})


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise Http404
    return int(given)
