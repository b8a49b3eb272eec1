"""Photos of A0 sheets: taken or chosen, looked at beside the fast entry, gone on their day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.people.exchange.kept_files import PHOTOS, path_of
from tissage.people.views.doors import territory_for
from tissage.voices.exchange.photos import CONTENT_TYPE
from tissage.voices.forms.photos import PhotoDateForm, PhotosForm
from tissage.voices.models import SheetPhoto
from tissage.voices.operations import photos as operations
from tissage.voices.queries.photos import photos_of

from .doors import person, workshop_for

RIGHT = "voices.write_voices"


def photo_for(request: HttpRequest, territory: str, workshop: int, uuid: UUID) -> SheetPhoto:
    found = workshop_for(request, territory, workshop, RIGHT)
    photo = get_object_or_404(SheetPhoto.objects.select_related("question"), uuid=uuid, workshop=found)
    photo.workshop = found
    return photo


def photos(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, RIGHT)
    sent = request.method == "POST"
    form = PhotosForm(request.POST if sent else None, request.FILES if sent else None, workshop=found)
    if sent and form.is_valid():
        try:
            kept = operations.add_photos(
                workshop=found, photos=form.photos, question=form.cleaned_data["question"], by=person(request), now=timezone.now()
            )
        except operations.PhotosRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext("%(count)s photo est gardée", "%(count)s photos sont gardées", len(kept)) % {"count": len(kept)}
            day = date_format(kept[0].delete_on, "j F Y")
            messages.success(request, gettext("%(told)s jusqu’au %(date)s, puis s’efface.") % {"told": told, "date": day})
            return redirect("voices:photos", territory, found.pk)
    kept_photos = photos_of(found.territory, found.pk)
    context = {
        "territory": found.territory,
        "workshop": found,
        "group": found.group,
        "form": form,
        "photos": kept_photos,
        "count": ngettext("%(count)s photo", "%(count)s photos", len(kept_photos)) % {"count": len(kept_photos)},
    }
    return render(request, "voices/paper/photos.html", context)


@require_safe
def photo(request: HttpRequest, territory: str, workshop: int, photo: UUID) -> HttpResponse:
    """The picture itself, for the team alone; nobody's cache keeps it."""
    found = photo_for(request, territory, workshop, photo)
    try:
        content = path_of(PHOTOS, found.uuid).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=CONTENT_TYPE, headers={"Cache-Control": "private, no-store"})


@require_POST
def change_photo_date(request: HttpRequest, territory: str, workshop: int, photo: UUID) -> HttpResponse:
    found = photo_for(request, territory, workshop, photo)
    form = PhotoDateForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Écrivez le jour comme 3/2/2026, ou choisissez-le."))
        return redirect("voices:photos", territory, workshop)
    try:
        operations.change_photo_date(photo=found, delete_on=form.cleaned_data["delete_on"], by=person(request), now=timezone.now())
    except operations.PhotosRefused as refusal:
        messages.error(request, str(refusal))
    else:
        day = date_format(found.delete_on, "j F Y")
        messages.success(request, gettext("La photo s’effacera le %(date)s.") % {"date": day})
    return redirect("voices:photos", territory, workshop)


def erase_photo(request: HttpRequest, territory: str, workshop: int, photo: UUID) -> HttpResponse:
    """Asks, then erases at once."""
    found = photo_for(request, territory, workshop, photo)
    back = reverse("voices:photos", args=[territory, workshop])
    if request.method == "POST":
        operations.erase_photo(photo=found, by=person(request), now=timezone.now())
        messages.success(request, gettext("La photo est effacée."))
        return redirect(back)
    context = {
        "title": gettext("Effacer cette photo maintenant ?"),
        "consequence": gettext("La photo ajoutée le %(date)s disparaît tout de suite. Les paroles déjà saisies restent.")
        % {"date": date_format(timezone.localtime(found.added_at), "j F Y, H:i")},
        "submit": gettext("Effacer la photo"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_safe
def entry_photos(request: HttpRequest, territory: str) -> HttpResponse:
    """The photos of the workshop chosen in the fast entry, as a part of that page."""
    place = territory_for(request, territory, RIGHT)
    workshop = request.GET.get("workshop", "")
    found = photos_of(place, int(workshop)) if workshop.isdecimal() and len(workshop) < 19 else []
    return render(request, "voices/paper/entry_photos.html", {"territory": place, "photos": found})
