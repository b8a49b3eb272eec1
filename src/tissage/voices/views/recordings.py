"""Questions read aloud for the phones: recorded in the browser or chosen as a file, heard, replaced, deleted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.core.answer_screen import is_right_to_left
from tissage.voices.forms.photos import RecordingForm
from tissage.voices.models import Recording, Round, Workshop
from tissage.voices.operations.recordings import delete_recording as remove
from tissage.voices.operations.recordings import keep_recording
from tissage.voices.queries.paper import hall_of
from tissage.voices.queries.recordings import readings_of, recording_for
from tissage.voices.queries.screens import screen_languages

from .doors import person, workshop_for

RIGHT = "voices.write_voices"


def recordings(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, RIGHT)
    hall = hall_of(found)
    readings = readings_of(hall, found) if hall is not None else []
    if request.method == "POST":
        return _keep(request, found, {(str(one.round.pk), each.language): one.round for one in readings for each in one.readings})
    context = {
        "territory": found.territory,
        "workshop": found,
        "group": found.group,
        "hall": hall,
        "readings": readings,
        "names": {language.code: language.name for language in screen_languages(found.territory)},
        "right_to_left": {each.language for one in readings for each in one.readings if is_right_to_left(each.language)},
    }
    return render(request, "voices/paper/recordings.html", context)


def _keep(request: HttpRequest, workshop: Workshop, places: dict[tuple[str, str], Round]) -> HttpResponse:
    """Keeps one recording for one of the places (round, language) of this hall; 404 for any other."""
    round = places.get((request.POST.get("round", ""), request.POST.get("language", "")))
    if round is None:
        raise Http404
    form = RecordingForm(request.POST, request.FILES)
    if form.is_valid():
        content, kind = form.cleaned_data["sound"]
        keep_recording(
            round=round,
            language=form.cleaned_data["language"],
            content=content,
            content_type=kind,
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, gettext("La lecture est gardée. Écoutez-la avant l’atelier."))
    else:
        for error in form.errors.get("sound", []):
            messages.error(request, str(error))
    return redirect("voices:recordings", workshop.territory.slug, workshop.pk)


def recording_of(request: HttpRequest, territory: str, workshop: int, uuid: UUID) -> Recording:
    found = workshop_for(request, territory, workshop, RIGHT)
    recording = get_object_or_404(
        Recording.objects.select_related("round__hall", "round__question"), uuid=uuid, round__hall__workshop=found
    )
    recording.round.hall.workshop = found
    return recording


@require_safe
def team_recording(request: HttpRequest, territory: str, workshop: int, recording: UUID) -> HttpResponse:
    """The sound, for the team; phones hear it at their own address."""
    found = recording_of(request, territory, workshop, recording)
    kept = recording_for(found.round.hall, found.uuid)
    if kept is None:
        raise Http404
    path, kind = kept
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": "private, no-store"})


def delete_recording(request: HttpRequest, territory: str, workshop: int, recording: UUID) -> HttpResponse:
    """Asks, then deletes."""
    found = recording_of(request, territory, workshop, recording)
    back = reverse("voices:recordings", args=[territory, workshop])
    if request.method == "POST":
        remove(recording=found, by=person(request), now=timezone.now())
        messages.success(request, gettext("La lecture est effacée."))
        return redirect(back)
    context = {
        "title": gettext("Effacer cette lecture ?"),
        "consequence": gettext(
            "La question %(code)s n’aura plus de voix enregistrée dans cette langue. Les téléphones la liront eux-mêmes."
        )
        % {"code": found.round.question.code},
        "submit": gettext("Effacer la lecture"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
