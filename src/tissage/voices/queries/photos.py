"""Photos of the sheets of a workshop, in the order of its questions."""

from __future__ import annotations

from django.db.models import F

from tissage.people.models import Territory
from tissage.voices.models import SheetPhoto


def photos_of(territory: Territory, workshop: int) -> list[SheetPhoto]:
    """The photos of a workshop of this territory, those of no question last. One query."""
    photos = SheetPhoto.objects.filter(workshop=workshop, workshop__territory=territory).select_related("question", "added_by")
    return list(photos.order_by(F("question__position").asc(nulls_last=True), "question__code", "added_at", "pk"))
