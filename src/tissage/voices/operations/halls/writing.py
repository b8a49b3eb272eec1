"""Writing what a device sends: once, whatever the network repeats, delays or reorders.

The copy with the highest revision wins, and nothing else matters: the same answers give the same rows in any order, any number of times.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from tissage.core.hall import MOST_ANSWERS, MOST_CARDS, is_language, tidy, why_refused
from tissage.voices.models import Batch, Criterion, Expression, Hall, Phone, Round

from .counting import leave_criteria, lock_with_criteria

# What became of an answer. The first two mean « kept: forget it »; `later` means « send it again »; the others « it will never be taken ».
STORED, ALREADY, LATER = "stored", "already", "later"
CLOSED, UNKNOWN, NOT_YOURS, TOO_MANY = "closed", "unknown_question", "not_yours", "too_many"


@dataclass(frozen=True, slots=True)
class Answer:
    """One short answer as a device sends it. `revision` grows with each change made there; `withdrawn` takes the words back."""

    uuid: UUID
    question_id: int
    text: str
    language: str = ""
    revision: int = 1
    withdrawn: bool = False
    french_text: str = ""  # beside words in another language; only the facilitator writes one


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an answer: `status`, and the revision that the server holds (-1 when it holds none)."""

    uuid: UUID
    status: str
    revision: int = -1

    @property
    def is_kept(self) -> bool:
        return self.status in (STORED, ALREADY)

    @property
    def is_for_later(self) -> bool:
        return self.status == LATER


@dataclass(slots=True)
class Writing:
    """One delivery from one device, inside one transaction. `phone` is None for the cards that the facilitator writes."""

    hall: Hall
    phone: Phone | None
    now: dt.datetime
    by_id: int | None = None
    language: str = "fr"
    fresh: dict[UUID, Expression] = field(default_factory=dict)
    known: dict[UUID, Expression] = field(default_factory=dict)
    changed: dict[UUID, Expression] = field(default_factory=dict)
    left: list[Expression] = field(default_factory=list)
    criteria: dict[int, Criterion] = field(default_factory=dict)
    rounds: dict[int, Round] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    room: int = 0

    def write(self, answers: Sequence[Answer]) -> list[Receipt]:
        """Raises `MovedMeanwhile`, or `IntegrityError` when another device wrote the same uuid at the same moment: try again."""
        self._gather(answers)
        receipts = [self._take(answer) for answer in answers]
        Expression.objects.bulk_create(list(self.fresh.values()))
        leave_criteria(self.left, self.criteria, now=self.now)
        for item in self.left:
            item.criterion = None
        Expression.objects.bulk_update(
            list(self.changed.values()), ["text", "language", "french_text", "revision", "withdrawn_at", "criterion", "batch"]
        )
        return receipts

    def _gather(self, answers: Sequence[Answer]) -> None:
        asked = {answer.question_id for answer in answers}
        self.rounds = {item.question_id: item for item in Round.objects.filter(hall=self.hall, question__in=asked).order_by("pk")}
        seen = list(Expression.objects.filter(uuid__in={answer.uuid for answer in answers}).order_by("pk"))
        if seen:
            locked, self.criteria = lock_with_criteria(seen)
            self.known = {item.uuid: item for item in locked if item.uuid is not None}
        if any(answer.uuid not in self.known for answer in answers):
            here = Expression.objects.filter(workshop=self.hall.workshop_id).order_by()
            if self.phone is not None:
                self.counts = Counter(dict(here.filter(phone=self.phone).values_list("question").annotate(Count("pk"))))
            self.room = MOST_CARDS - here.filter(question__in=[pk for pk in asked if pk in self.rounds] or [0]).count()

    def _take(self, answer: Answer) -> Receipt:
        text = tidy(answer.text)
        row = self.known.get(answer.uuid) or self.fresh.get(answer.uuid)
        if row is not None and not self._is_mine(row, answer):
            return Receipt(answer.uuid, NOT_YOURS)
        if row is not None and answer.revision <= row.revision:
            return Receipt(answer.uuid, ALREADY, row.revision)
        refusal = why_refused(text, answer.revision, withdrawn=answer.withdrawn) or self._why_not_now(answer, row)
        if refusal:
            return Receipt(answer.uuid, refusal, row.revision if row is not None else -1)
        if row is None:
            self._add(answer, text)
        else:
            self._change(row, answer, text)
        return Receipt(answer.uuid, STORED, answer.revision)

    def _is_mine(self, row: Expression, answer: Answer) -> bool:
        phone = self.phone.pk if self.phone is not None else None
        return (row.workshop_id, row.phone_id, row.question_id) == (self.hall.workshop_id, phone, answer.question_id)

    def _why_not_now(self, answer: Answer, row: Expression | None) -> str:
        round_ = self.rounds.get(answer.question_id)
        if round_ is None:
            return UNKNOWN
        if row is not None:
            return ""
        if self.phone is not None and round_.opened_at is None:
            return CLOSED
        too_many = self.phone is not None and self.counts[answer.question_id] >= MOST_ANSWERS
        return TOO_MANY if too_many or self.room <= 0 else ""

    def _add(self, answer: Answer, text: str) -> None:
        round_ = self.rounds[answer.question_id]
        workshop = self.hall.workshop
        self.fresh[answer.uuid] = Expression(
            uuid=answer.uuid,
            phone=self.phone,
            territory_id=workshop.territory_id,
            group_id=workshop.group_id,
            question_id=answer.question_id,
            workshop_id=workshop.pk,
            batch_id=self._batch_of(round_),
            text="" if answer.withdrawn else text,
            language=self._language_of(answer),
            french_text=self._french_of(answer),
            revision=answer.revision,
            recorded_at=self.now,
            withdrawn_at=self.now if answer.withdrawn else None,
            set_aside_at=self.phone.set_aside_at if self.phone is not None else None,
        )
        self.counts[answer.question_id] += 1
        self.room -= 1

    def _change(self, row: Expression, answer: Answer, text: str) -> None:
        """New words, or none. Words of a question that is open again are hidden again until it closes, unless a criterion holds them."""
        round_ = self.rounds[answer.question_id]
        if answer.withdrawn and row.criterion_id is not None and row not in self.left:
            self.left.append(row)
        held = self.criteria.get(row.criterion_id or 0)
        if not answer.withdrawn and held is not None and held.withdrawn_at is not None:
            row.criterion = None  # the group took that criterion back: new words do not bring it on the wall again
        if not answer.withdrawn and text != row.text:
            row.french_text = ""  # written by somebody for the earlier words
        if answer.withdrawn:
            row.text = row.french_text = ""
        else:
            row.text = text
            row.french_text = self._french_of(answer) or row.french_text
        row.withdrawn_at = self.now if answer.withdrawn else None
        row.language, row.revision = self._language_of(answer), answer.revision
        if round_.is_open and row.criterion_id is None:
            row.batch_id = self._batch_of(round_)
        if answer.uuid in self.known:
            self.changed[answer.uuid] = row

    def _batch_of(self, round_: Round) -> int:
        """The batch of the question. A card written on paper for a question never put in the hall has one too, seen at once."""
        if round_.batch_id is None:
            round_.batch = make_batch(self.hall, round_, state=Batch.State.APPLIED, by_id=self.by_id, now=self.now)
            round_.save(update_fields=["batch"])
        return int(round_.batch_id or 0)

    def _french_of(self, answer: Answer) -> str:
        return tidy(answer.french_text) if self.phone is None and not answer.withdrawn else ""

    def _language_of(self, answer: Answer) -> str:
        return answer.language if is_language(answer.language) else self.language


def make_batch(hall: Hall, round_: Round, *, state: str, by_id: int | None, now: dt.datetime) -> Batch:
    """The batch of one opening of a question in a hall: its words are seen once it is applied."""
    return Batch.objects.create(
        territory_id=hall.workshop.territory_id,
        kind=Batch.Kind.HALL,
        state=state,
        label=f"{hall.workshop} · {round_.question.code}"[:200],
        made_by_id=by_id,
        made_at=now,
        applied_at=now if state == Batch.State.APPLIED else None,
    )
