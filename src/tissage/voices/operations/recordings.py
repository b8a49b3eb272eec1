"""Questions read aloud by the team or an interpreter. They hold no participant's voice, and stay until the team deletes them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from tissage.people.exchange.kept_files import RECORDINGS, forget, forget_strays, keep, path_of
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Recording, Round


@transaction.atomic
def keep_recording(*, round: Round, language: str, content: bytes, content_type: str, by: User, now: dt.datetime) -> Recording:
    """Keeps a recording of a question in a language; one that was there goes. Its address is new, so that no phone plays the old one."""
    name = uuid.uuid4()
    keep(RECORDINGS, name, content)
    try:
        _remove(list(Recording.objects.select_for_update(of=("self",)).filter(round=round, language=language).order_by("pk")))
        made = Recording.objects.create(
            uuid=name,
            round=round,
            language=language,
            content_type=content_type,
            size=len(content),
            recorded_by=by,
            recorded_at=now,
        )
        workshop = round.hall.workshop
        record(verb="voices.keep_recording", by=by, territory=workshop.territory, on=workshop, fields=[language], now=now)
    except BaseException:
        path_of(RECORDINGS, name).unlink(missing_ok=True)
        raise
    return made


@transaction.atomic
def delete_recording(*, recording: Recording, by: User, now: dt.datetime) -> None:
    workshop = recording.round.hall.workshop
    record(verb="voices.delete_recording", by=by, territory=workshop.territory, on=workshop, fields=[recording.language], now=now)
    _remove([recording])


def delete_stray_recordings(*, now: dt.datetime) -> int:
    """By the clock: files whose row went with its workshop or its question; gives how many."""
    return forget_strays(RECORDINGS, list(Recording.objects.values_list("uuid", flat=True)), now=now)


def _remove(recordings: list[Recording]) -> None:
    for one in recordings:
        forget(RECORDINGS, one.uuid)
        one.delete()
