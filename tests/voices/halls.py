"""A hall to try things in: its workshop, two questions, phones that come in."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from tests.conftest import NOW
from tissage.people.models import Territory, User
from tissage.voices.models import Event, Hall, HomogeneousGroup, Phone, Question, Round
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import Wording, create_workshop

LATER = NOW + dt.timedelta(minutes=5)


def token(name: str) -> str:
    return f"{name}-".ljust(24, "x")


@dataclass
class Room:
    """What a test needs of an open hall; `by` conducts it."""

    hall: Hall
    by: User

    @property
    def first(self) -> Round:
        return Round.objects.filter(hall=self.hall).order_by("position").first()  # type: ignore[return-value]

    @property
    def second(self) -> Round:
        return Round.objects.filter(hall=self.hall).order_by("position")[1]

    def phone(self, name: str = "one", language: str = "fr") -> Phone:
        return halls.join(hall=self.hall, token=token(name), language=language, now=NOW)

    def open(self, round_: Round | None = None) -> Round:
        return halls.open_round(round=round_ or self.first, by=self.by, now=NOW)

    def close(self, round_: Round | None = None) -> Round:
        return halls.close_round(round=round_ or self.first, by=self.by, now=NOW)

    def answer(self, text: str, round_: Round | None = None, **details: object) -> halls.Answer:
        values: dict[str, object] = {"uuid": uuid.uuid4(), "question_id": (round_ or self.first).question_id, "language": "fr"}
        return halls.Answer(text=text, **{**values, **details})  # type: ignore[arg-type]

    def say(self, phone: Phone, *texts: str) -> list[halls.Answer]:
        said = [self.answer(text) for text in texts]
        receipts = halls.write_answers(phone=phone, answers=said, now=NOW)
        assert [receipt.status for receipt in receipts] == ["stored"] * len(texts)
        return said


def open_room(territory: Territory, by: User, name: str = "Jeunes de la gare", event: Event | None = None, mode: str = "both") -> Room:
    group, _ = HomogeneousGroup.objects.get_or_create(territory=territory, name=name, defaults={"language": "fr"})
    questions = list(Question.objects.filter(territory=territory, code__in=["WB", "IB"]).order_by("position"))
    workshop = create_workshop(
        group=group,
        held_on=NOW.date(),
        wordings=[Wording(question, f"Mot pour mot {question.code} ?") for question in questions],
        by=by,
        now=NOW,
    )
    hall = halls.open_hall(
        workshop=workshop,
        mode=mode,
        languages=["fr", "ar"],
        consent_text="Vos mots restent anonymes.",
        by=by,
        now=NOW,
        event=event,
        table_name=f"Table {name}" if event else "",
    )
    return Room(hall, by)
