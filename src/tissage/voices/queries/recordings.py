"""Recorded readings of the questions of a hall: for the team's page, and for the phones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tissage.people.exchange.kept_files import RECORDINGS, path_of
from tissage.voices.models import Hall, Recording, Round, Workshop, WorkshopQuestion


def recording_for(hall: Hall, uuid: UUID) -> tuple[Path, str] | None:
    """The file of a recording of this hall and its content type; None when it is not of this hall, or its file is gone."""
    kind = Recording.objects.filter(uuid=uuid, round__hall=hall).values_list("content_type", flat=True).first()
    path = path_of(RECORDINGS, uuid)
    return (path, kind) if kind is not None and path.is_file() else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One question in one language: its exact words in it (empty when nobody noted them), and its recording."""

    language: str
    wording: str
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class Readings:
    round: Round
    readings: tuple[Reading, ...]


def readings_of(hall: Hall, workshop: Workshop) -> list[Readings]:
    """Every question of a hall in each of its languages, in order. Three queries."""
    rounds = list(hall.rounds.select_related("question").order_by("position", "pk"))
    made = {
        (one.round_id, one.language): one
        for one in Recording.objects.filter(round__hall=hall).select_related("recorded_by").order_by("round", "language")
    }
    wordings = {
        (one.question_id, one.language): one.wording
        for one in WorkshopQuestion.objects.filter(workshop=workshop).order_by("position", "pk")
    }
    languages = list(dict.fromkeys(hall.languages or ["fr"]))
    return [
        Readings(
            one,
            tuple(
                Reading(language, wordings.get((one.question_id, language), ""), made.get((one.pk, language)))
                for language in dict.fromkeys([*languages, *(language for pk, language in made if pk == one.pk)])
            ),
        )
        for one in rounds
    ]
