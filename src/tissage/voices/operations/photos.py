"""Photos of A0 sheets: kept beside the fast entry until their words are typed, then gone by themselves (`spiral.md` §16.8)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from tissage.people.exchange.kept_files import PHOTOS, forget, forget_strays, keep, path_of
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.exchange.photos import CleanPhoto
from tissage.voices.models import Question, SheetPhoto, Workshop

DAYS_KEPT = 30
MOST_DAYS = 180
MOST_PHOTOS = 60
"""Of one workshop: a sheet a question and a few closer looks."""


class PhotosRefused(ValueError):
    """Why nothing was changed, in words for the user."""


@transaction.atomic
def add_photos(
    *, workshop: Workshop, photos: Sequence[CleanPhoto], by: User, now: dt.datetime, question: Question | None = None
) -> list[SheetPhoto]:
    """Keeps photos of a workshop for thirty days. Raises `PhotosRefused` when it would hold more than sixty."""
    if SheetPhoto.objects.filter(workshop=workshop).count() + len(photos) > MOST_PHOTOS:
        raise PhotosRefused(
            gettext("Un atelier garde au plus %(most)s photos. Effacez celles qui sont déjà saisies.") % {"most": MOST_PHOTOS}
        )
    delete_on = timezone.localtime(now).date() + dt.timedelta(days=DAYS_KEPT)
    kept: list[SheetPhoto] = []
    try:
        for photo in photos:
            name = uuid.uuid4()
            keep(PHOTOS, name, photo.content)
            kept.append(
                SheetPhoto(
                    uuid=name,
                    workshop=workshop,
                    question=question,
                    width=photo.width,
                    height=photo.height,
                    added_by=by,
                    added_at=now,
                    delete_on=delete_on,
                )
            )
        SheetPhoto.objects.bulk_create(kept)
        record(verb="voices.add_photos", by=by, territory=workshop.territory, on=workshop, numbers={"photos": len(kept)}, now=now)
    except BaseException:
        for one in kept:
            path_of(PHOTOS, one.uuid).unlink(missing_ok=True)
        raise
    return kept


@transaction.atomic
def change_photo_date(*, photo: SheetPhoto, delete_on: dt.date, by: User, now: dt.datetime) -> SheetPhoto:
    """Another day of deletion, from tomorrow to half a year after today. Raises `PhotosRefused`."""
    today = timezone.localtime(now).date()
    if not today < delete_on <= today + dt.timedelta(days=MOST_DAYS):
        raise PhotosRefused(
            gettext("Choisissez un jour entre demain et dans %(days)s jours : une photo ne reste pas pour toujours.") % {"days": MOST_DAYS}
        )
    if photo.delete_on != delete_on:
        photo.delete_on = delete_on
        photo.save(update_fields=["delete_on"])
        record(
            verb="voices.change_photo_date",
            by=by,
            territory=photo.workshop.territory,
            on=photo.workshop,
            fields=["delete_on"],
            now=now,
        )
    return photo


@transaction.atomic
def erase_photo(*, photo: SheetPhoto, by: User, now: dt.datetime) -> None:
    """The photo and its file, at once and for good."""
    record(verb="voices.erase_photos", by=by, territory=photo.workshop.territory, on=photo.workshop, numbers={"photos": 1}, now=now)
    forget(PHOTOS, photo.uuid)
    photo.delete()


@transaction.atomic
def delete_old_photos(*, now: dt.datetime) -> int:
    """By the clock: photos whose day has come, file and row, whether the file is still there or not; gives how many went.

    Files that no row knows go too.
    """
    today = timezone.localtime(now).date()
    gone = list(SheetPhoto.objects.select_for_update().filter(delete_on__lte=today).order_by("pk"))
    SheetPhoto.objects.filter(pk__in=[photo.pk for photo in gone]).delete()
    for photo in gone:
        forget(PHOTOS, photo.uuid)
    forget_strays(PHOTOS, list(SheetPhoto.objects.values_list("uuid", flat=True)), now=now)
    return len(gone)


@transaction.atomic
def drop_lost_photos() -> int:
    """Rows whose file is not there: a backup holds no photo, so that none outlives its day; gives how many went."""
    lost = [photo.pk for photo in SheetPhoto.objects.order_by("pk") if not path_of(PHOTOS, photo.uuid).is_file()]
    SheetPhoto.objects.filter(pk__in=lost).delete()
    return len(lost)
