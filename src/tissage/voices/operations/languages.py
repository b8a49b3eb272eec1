"""Languages of the answering screen that a town fills in or corrects itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import ScreenLanguage, ScreenSentence
from tissage.voices.queries.screens import shipped_sheet


@transaction.atomic
def fill_language(
    *,
    territory: Territory,
    code: str,
    name: str,
    is_right_to_left: bool,
    texts: Mapping[str, str],
    reviewed_by: str,
    by: User,
    now: dt.datetime,
) -> ScreenLanguage:
    """Makes these sentences (by key) those of the town in this language; what it had said before and is not here goes.

    A sentence equal to the shipped one is kept only when somebody who speaks the language read it again (`reviewed_by`).
    """
    language, _ = ScreenLanguage.objects.update_or_create(
        territory=territory,
        code=code,
        defaults={"name": name, "is_right_to_left": is_right_to_left, "filled_by": by, "filled_at": now},
    )
    shipped = shipped_sheet().texts_in(code)
    kept = {key: text for key, text in texts.items() if reviewed_by or shipped.get(key) != text}
    ScreenSentence.objects.filter(language=language).delete()
    ScreenSentence.objects.bulk_create(
        ScreenSentence(language=language, key=key, text=text, reviewed_by=reviewed_by) for key, text in kept.items()
    )
    record(verb="voices.fill_language", by=by, territory=territory, on=language, numbers={"sentences": len(kept)}, now=now)
    return language


@transaction.atomic
def remove_language(*, territory: Territory, code: str, by: User, now: dt.datetime) -> None:
    """Takes the town's own sentences away: the shipped ones come back, and a language that only the town had is no longer offered."""
    language = ScreenLanguage.objects.select_for_update().filter(territory=territory, code=code).first()
    if language is None:
        return
    record(verb="voices.remove_language", by=by, territory=territory, on=language, now=now)
    language.delete()
