"""What a phone may know: whether the workshop goes on, and the question that is open. Never what anybody wrote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from tissage.core.answer_screen import REFERENCE
from tissage.core.hall import read_code
from tissage.people.exchange.kept_files import RECORDINGS, path_of
from tissage.voices.models import Hall, Recording, WorkshopQuestion

from .halls import wordings_of


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a hall stands for the phones: the open question (its id) or None, and a mark that changes with anything they show."""

    hall: int
    workshop: int
    round: int | None
    question: int | None
    etag: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in one language. `is_chosen` is False when French, or another language, stands in its place."""

    question: int
    text: str
    language: str
    is_chosen: bool


def moment_of(code: str) -> Moment | None:
    """One query: what three hundred phones ask every few seconds. None when no workshop is open under this code."""
    read = read_code(code)
    if read is None:
        return None
    halls = Hall.objects.filter(code=read, workshop__closed_at__isnull=True).order_by("pk", "rounds__pk", "rounds__recordings__pk")
    rounds = ("rounds__pk", "rounds__question", "rounds__opened_at", "rounds__closed_at", "rounds__recordings__pk")
    rows = list(halls.values_list("pk", "workshop", *rounds))
    if not rows:
        return None
    hall, workshop = rows[0][:2]
    opened = [(opened_at, pk, question) for _, _, pk, question, opened_at, closed_at, _ in rows if opened_at and not closed_at]
    opened_at, round_, question = max(opened, default=(None, None, None))
    recordings = [row[-1] for row in rows if row[-1]]  # a voice recorded anew is another row
    mark = hashlib.sha256(f"{hall} {round_} {opened_at} {recordings}".encode()).hexdigest()[:20]
    return Moment(hall, workshop, round_, question, f'"phone-{_proof(read)}-{mark}"')


def followed_before(code: str, mark: str) -> bool:
    """Whether this mark (an ETag, changed since or not) was given for this very code: who shows it does not guess."""
    read, proof = read_code(code), mark.removeprefix("W/").strip('"').split("-")[1:2]
    return read is not None and bool(proof) and constant_time_compare(proof[0], _proof(read))


def _proof(code: str) -> str:
    return salted_hmac("tissage.phones.state", code).hexdigest()[:20]


def asked_now(moment: Moment) -> dict[str, Any] | None:
    """The open question as a phone receives it: its wordings by language, its recordings by language. Two queries."""
    if moment.question is None:
        return None
    wordings = WorkshopQuestion.objects.filter(workshop=moment.workshop, question=moment.question).order_by("position", "pk")
    recordings = Recording.objects.filter(round=moment.round).order_by("language")
    return {
        "id": moment.question,
        "wordings": {item.language: item.wording for item in wordings},
        "recordings": {item.language: str(item.uuid) for item in recordings},
    }


def wordings_in(hall: Hall, language: str) -> dict[int, Wording]:
    """Every question of a hall in one language, by the question's id; French, else the first one noted, where it lacks."""
    found = {}
    for question, items in wordings_of(hall).items():
        by_language = {item.language: item.wording for item in items}
        chosen = next((code for code in (language, REFERENCE) if code in by_language), items[0].language)
        found[question] = Wording(question, by_language[chosen], chosen, chosen == language)
    return found


def open_recording(code: str, uuid: UUID) -> Recording | None:
    """A recording of a question that is open now in this hall: before that, nobody hears what will be asked."""
    read = read_code(code)
    opened = Recording.objects.filter(
        uuid=uuid, round__hall__code=read, round__hall__workshop__closed_at__isnull=True, round__opened_at__isnull=False
    )
    return opened.first() if read else None


def recording_file(recording: Recording) -> Path:
    """Where the sound stands."""
    return path_of(RECORDINGS, recording.uuid)
