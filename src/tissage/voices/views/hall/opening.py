"""Opening a hall, changing it, its questions in other languages, closing it with its workshop."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.people.models import User
from tissage.voices.forms.halls import HallForm, WordingsForm
from tissage.voices.models import Event, Hall, HomogeneousGroup, Workshop
from tissage.voices.operations import halls as operations
from tissage.voices.operations.groups import change_group
from tissage.voices.operations.workshops import WorkshopClosed, close_workshop, translate_questions
from tissage.voices.queries.halls import hall_state
from tissage.voices.queries.screens import screen_languages
from tissage.voices.views.doors import workshop_for

from .doors import hall_for, person


def open_hall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if found.closed_at is not None:
        messages.error(request, str(WorkshopClosed()))
        return redirect("voices:workshop", territory, found.pk)
    if Hall.objects.filter(workshop=found).exists():
        return redirect("voices:conduct", territory, found.pk)
    form = _hall_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            _open(found, form, person(request))
        except operations.HallRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("La salle est ouverte. Montrez le code aux participant·e·s."))
            return redirect("voices:conduct", territory, found.pk)
    return _hall_page(request, found, form, None)


def change_hall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    hall = hall_for(request, territory, workshop, "voices.write_voices")
    if hall.workshop.closed_at is not None:
        messages.error(request, str(WorkshopClosed()))
        return redirect("voices:workshop", territory, workshop)
    form = _hall_form(request, hall.workshop, hall)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            operations.change_hall(hall=hall, by=person(request), now=timezone.now(), **form.details)
            _state_participants(hall.workshop.group, form, person(request))
        messages.success(request, gettext("La salle est à jour."))
        return redirect("voices:conduct", territory, workshop)
    return _hall_page(request, hall.workshop, form, hall)


def _hall_form(request: HttpRequest, workshop: Workshop, hall: Hall | None = None) -> HallForm:
    offered = screen_languages(workshop.territory)
    may_state = person(request).has_perm("voices.state_group", workshop.group)
    form = HallForm(request.POST or None, group=workshop.group, offered=offered, may_state=may_state, hall=hall)
    if hall is None:
        wanted = request.GET.get("evenement", "")
        form.initial["event"] = Event.objects.filter(
            territory=workshop.territory, pk=wanted if wanted.isdecimal() and len(wanted) < 10 else 0
        ).first()
    return form


def _hall_page(request: HttpRequest, workshop: Workshop, form: HallForm, hall: Hall | None) -> HttpResponse:
    context = {
        "territory": workshop.territory,
        "workshop": workshop,
        "group": workshop.group,
        "hall": hall,
        "form": form,
        "asked": workshop.questions.exists(),
        "may_state": "participants_count" in form.fields,
    }
    return render(request, "voices/hall/hall_form.html", context)


@transaction.atomic
def _open(workshop: Workshop, form: HallForm, by: User) -> None:
    operations.open_hall(workshop=workshop, by=by, now=timezone.now(), **form.details)
    _state_participants(workshop.group, form, by)


def _state_participants(group: HomogeneousGroup, form: HallForm, by: User) -> None:
    """The number of participants is the group's; only who may state it was asked."""
    stated = form.cleaned_data.get("participants_count")
    if stated is not None:
        change_group(group=group, by=by, now=timezone.now(), participants_count=stated)


def wordings(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """The questions of a workshop in one other language at a time (`?langue=`)."""
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if found.closed_at is not None:
        messages.error(request, str(WorkshopClosed()))
        return redirect("voices:workshop", territory, found.pk)
    languages = screen_languages(found.territory)
    written = {item.language for item in found.questions.all()}
    chosen = next((one for one in languages if one.code == request.GET.get("langue")), None)
    chosen = chosen or next((one for one in languages if one.code not in written), languages[0])
    form = WordingsForm(request.POST or None, workshop=found, language=chosen.code, direction=chosen.direction)
    if request.method == "POST" and form.is_valid():
        translate_questions(workshop=found, language=chosen.code, wordings=form.wordings, by=person(request), now=timezone.now())
        messages.success(request, gettext("Les questions sont notées : %(language)s.") % {"language": chosen.name})
        return redirect("voices:conduct" if Hall.objects.filter(workshop=found).exists() else "voices:workshop", territory, found.pk)
    context = {
        "territory": found.territory,
        "workshop": found,
        "form": form,
        "chosen": chosen,
        "languages": [(one, one.code in written) for one in languages],
    }
    return render(request, "voices/hall/wordings.html", context)


def close_hall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """What closing does, and to how many; then the workshop closes, and its hall with it."""
    hall = hall_for(request, territory, workshop, "voices.write_voices")
    if request.method == "POST":
        close_workshop(workshop=hall.workshop, by=person(request), now=timezone.now())
        messages.success(request, gettext("L’atelier est clos. Rien ne reste des téléphones."))
        return redirect("voices:workshop", territory, workshop)
    if hall.workshop.closed_at is not None:
        return redirect("voices:workshop", territory, workshop)
    context = {"territory": hall.workshop.territory, "workshop": hall.workshop, "hall": hall, "consequences": _consequences(hall)}
    return render(request, "voices/hall/close.html", context)


def _consequences(hall: Hall) -> list[str]:
    state = hall_state(hall)
    phones = len(state.phones)
    said = [
        ngettext(
            "%(count)s téléphone sort : il n’écrit, ne change et ne retire plus rien, et rien n’est gardé de lui.",
            "%(count)s téléphones sortent : ils n’écrivent, ne changent et ne retirent plus rien, et rien n’est gardé d’eux.",
            phones,
        )
        % {"count": phones}
    ]
    if state.open_round is not None:
        said.append(gettext("La question encore ouverte se ferme ; ses réponses deviennent lisibles par l’équipe."))
    waiting = sum(item.state == "waiting" for item in state.rounds)
    if waiting:
        said.append(
            ngettext("%(count)s question n’a pas été posée.", "%(count)s questions n’ont pas été posées.", waiting) % {"count": waiting}
        )
    if hall.wall_round_id is not None:
        said.append(gettext("Le mur s’éteint."))
    said.append(gettext("Seule la coordination peut rouvrir l’atelier. Les téléphones devront alors entrer de nouveau."))
    return said
