"""Reads of the hall: its door, its state (never a word), its wall."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, Sum

from tissage.core.folding import fold
from tissage.core.hall import is_token, read_code
from tissage.core.tokens import hash_token
from tissage.people.models import Territory
from tissage.voices.models import Event, Expression, Hall, Phone, Question, Round, WorkshopQuestion

_STANDS = Q(withdrawn_at__isnull=True, set_aside_at__isnull=True)


# --- The door ---------------------------------------------------------------------------------------------------


def hall_by_code(text: str) -> Hall | None:
    """The hall that a typed code opens, while its workshop is open. With its workshop, group and territory."""
    code = read_code(text)
    if code is None:
        return None
    halls = Hall.objects.select_related("workshop__group", "workshop__territory", "event")
    return halls.filter(code=code, workshop__closed_at__isnull=True).first()


def phone_by_token(hall: Hall, token: str) -> Phone | None:
    """The phone of this hall that made this token, or None."""
    return Phone.objects.filter(hall=hall, token_hash=hash_token(token)).first() if is_token(token) else None


def phone_at(code: str, token: str) -> Phone | None:
    """The phone that made this token, in the hall that this code opens while its workshop is open; one query, ready to write."""
    read = read_code(code)
    if read is None or not is_token(token):
        return None
    phones = Phone.objects.filter(token_hash=hash_token(token), hall__code=read, hall__workshop__closed_at__isnull=True)
    return phones.select_related("hall__workshop").order_by().first()


def phone_answers(phone: Phone) -> list[Expression]:
    """What this phone wrote and did not take back, in the order of writing: for its own screen only."""
    return list(Expression.objects.filter(phone=phone, withdrawn_at__isnull=True).order_by("pk"))


def hall_rounds(hall: Hall) -> list[Round]:
    """The questions of a hall in their order, with their question."""
    return list(Round.objects.filter(hall=hall).select_related("question").order_by("position", "pk"))


def wordings_of(hall: Hall) -> dict[int, list[WorkshopQuestion]]:
    """The exact wordings of each question (by its id), in the order they were noted; one a language."""
    found: dict[int, list[WorkshopQuestion]] = {}
    for item in WorkshopQuestion.objects.filter(workshop=hall.workshop_id).order_by("position", "pk"):
        found.setdefault(item.question_id, []).append(item)
    return found


# --- The state: who is in, how many answered, never what --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoundState:
    """A question as the conductor sees it. `answered` counts phones with at least one answer that stands, `cards` the answers.

    `is_next` marks the one act that the method calls for now: show what has just been written, else put the next question.
    """

    round: Round
    wording: str
    language: str
    answered: int
    cards: int
    on_wall: bool
    is_next: bool = False

    @property
    def state(self) -> str:
        """`waiting` (never put), `open`, `closed`."""
        if self.round.opened_at is None:
            return "waiting"
        return "open" if self.round.closed_at is None else "closed"


@dataclass(frozen=True, slots=True)
class HallState:
    hall: Hall
    rounds: tuple[RoundState, ...]
    phones: tuple[Phone, ...]

    @property
    def open_round(self) -> RoundState | None:
        return next((item for item in self.rounds if item.state == "open"), None)

    @property
    def present(self) -> int:
        """Phones that are in and not set aside."""
        return sum(phone.set_aside_at is None for phone in self.phones)

    @property
    def door_is_open(self) -> bool:
        return self.hall.door_closed_at is None


def hall_state(hall: Hall) -> HallState:
    """What the conductor's screen shows, in four queries however full the hall. Never any words."""
    counted = _counted(Q(workshop=hall.workshop_id), "question")
    wordings = wordings_of(hall)
    found = hall_rounds(hall)
    following = _next_round(found)
    rounds = []
    for round in found:
        answered, cards = counted.get(round.question_id, (0, 0))
        asked = wordings.get(round.question_id)
        wording, language = (asked[0].wording, asked[0].language) if asked else (round.question.wording or round.question.title, "fr")
        rounds.append(RoundState(round, wording, language, answered, cards, round.pk == hall.wall_round_id, round is following))
    return HallState(hall, tuple(rounds), tuple(Phone.objects.filter(hall=hall).order_by("number")))


def _next_round(rounds: list[Round]) -> Round | None:
    if any(item.is_open for item in rounds):
        return None
    unseen = [item for item in rounds if item.closed_at is not None and item.shown_at is None]
    return unseen[0] if unseen else next((item for item in rounds if item.opened_at is None), None)


def _counted(where: Q, by: str) -> dict[int, tuple[int, int]]:
    """Phones that answered, and answers, per value of a column of expressions."""
    rows = Expression.objects.filter(where & _STANDS).order_by().values_list(by).annotate(Count("phone", distinct=True), Count("pk"))
    return {key: (phones, cards) for key, phones, cards in rows}


def state_etag(hall: Hall) -> str:
    """Changes with anything that `hall_state` shows. `hall` is just read; three queries that only count."""
    sums = Round.objects.filter(hall=hall).aggregate(
        Count("pk"), Count("opened_at"), Count("closed_at"), Max("opened_at"), Max("closed_at"), Max("shown_at"), Sum("position")
    )
    words = Expression.objects.filter(workshop=hall.workshop_id).aggregate(
        Count("pk"), Sum("revision"), Count("withdrawn_at"), Count("set_aside_at")
    )
    phones = Phone.objects.filter(hall=hall).aggregate(Count("pk"), Max("pk"), Count("set_aside_at"), Max("set_aside_at"))
    return _etag("state", _plain(hall), sums, words, phones)


def rounds_etag(hall: Hall) -> str:
    """Changes with what the phones must know: questions opened or closed, the end. Not with each answer. One query."""
    rounds = Round.objects.filter(hall=hall).order_by("pk")
    return _etag("rounds", _plain(hall), list(rounds.values_list("pk", "question", "position", "opened_at", "closed_at")))


def _plain(hall: Hall) -> list[Any]:
    return [hall.pk, hall.mode, hall.languages, hall.door_closed_at, hall.wall_round_id, hall.event_id, hall.table_name]


def _etag(kind: str, *parts: Any) -> str:
    return f'"{kind}-{hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()[:24]}"'


# --- The wall ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """Words on the wall: the same words said `times` times are one card. `expressions` are their ids, the first one for acting."""

    expressions: tuple[int, ...]
    text: str
    language: str
    french_text: str

    @property
    def times(self) -> int:
        return len(self.expressions)


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards that a criterion gathered, under its words."""

    criterion: int
    text: str
    language: str
    french_text: str
    cards: tuple[Card, ...]

    @property
    def times(self) -> int:
        return sum(card.times for card in self.cards)


@dataclass(frozen=True, slots=True)
class Wall:
    """What the wall shows: nothing, or the question shown with its cards, grouped under their criteria or loose."""

    hall: Hall
    round: Round | None = None
    wordings: tuple[WorkshopQuestion, ...] = ()
    groups: tuple[CardGroup, ...] = ()
    loose: tuple[Card, ...] = ()
    hidden: tuple[Card, ...] = ()

    @property
    def is_dark(self) -> bool:
        return self.round is None

    @property
    def total(self) -> int:
        """How many expressions are on the wall."""
        return sum(card.times for card in self.loose) + sum(group.times for group in self.groups)


def wall_cards(hall: Hall) -> Wall:
    """The wall of a hall, in three queries. Only a closed question that the facilitator shows; cards that he or she hid stand apart."""
    round = _shown_round(hall)
    if round is None:
        return Wall(hall)
    wordings = WorkshopQuestion.objects.filter(workshop=hall.workshop_id, question=round.question_id).order_by("position", "pk")
    rows = list(_on_wall(hall, round).select_related("criterion"))
    by_criterion: dict[int, list[Expression]] = {}
    for row in rows:
        if row.criterion_id is not None and row.hidden_at is None:
            by_criterion.setdefault(row.criterion_id, []).append(row)
    groups = tuple(_group(items) for items in by_criterion.values())
    loose = _cards(row for row in rows if row.criterion_id is None and row.hidden_at is None)
    return Wall(hall, round, tuple(wordings), groups, loose, _cards(row for row in rows if row.hidden_at is not None))


def wall_etag(hall: Hall) -> str:
    """Changes with anything the wall shows, down to a corrected word. One query on the cards of one question, or none."""
    round = _shown_round(hall)
    if round is None:
        return _etag("wall", hall.pk, None)
    columns = ("pk", "text", "french_text", "language", "hidden_at", "criterion", "criterion__text", "criterion__french_text")
    return _etag("wall", hall.pk, round.pk, round.shown_at, list(_on_wall(hall, round).values_list(*columns)))


def _shown_round(hall: Hall) -> Round | None:
    if hall.wall_round_id is None:
        return None
    return Round.objects.filter(pk=hall.wall_round_id, closed_at__isnull=False).select_related("question").first()


def _on_wall(hall: Hall, round: Round) -> Any:
    return Expression.objects.live().filter(workshop=hall.workshop_id, question=round.question_id).order_by("pk")


def _group(rows: list[Expression]) -> CardGroup:
    criterion = rows[0].criterion
    assert criterion is not None
    return CardGroup(criterion.pk, criterion.text, criterion.language, criterion.french_text, _cards(rows))


def _cards(rows: Iterable[Expression]) -> tuple[Card, ...]:
    """Rows in the order of writing; the same words in the same language are one card, with the first French wording found."""
    same: dict[tuple[str, str], list[Expression]] = {}
    for row in rows:
        same.setdefault((row.language, fold(row.text)), []).append(row)
    return tuple(
        Card(
            tuple(item.pk for item in items),
            items[0].text,
            items[0].language,
            next((item.french_text for item in items if item.french_text), ""),
        )
        for items in same.values()
    )


# --- Events -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableState:
    """One table of an event: its hall, the question open there, how many answered it, how many phones are in."""

    hall: Hall
    open_round: Round | None
    answered: int
    present: int


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """A question that tables of an event have: at how many it may be put, and at how many it is open now."""

    question: Question
    tables: int
    opened: int


@dataclass(frozen=True, slots=True)
class EventState:
    event: Event
    tables: tuple[TableState, ...]
    questions: tuple[EventQuestion, ...]

    @property
    def any_open(self) -> bool:
        return any(table.open_round for table in self.tables)


def event_halls(event: Event) -> list[Hall]:
    """The tables of an event, by name."""
    halls = Hall.objects.filter(event=event).select_related("workshop__group", "workshop__territory")
    return list(halls.order_by("table_name", "pk"))


def event_state(event: Event) -> EventState:
    """Every table of an event at a glance, in four queries however many there are."""
    halls = event_halls(event)
    rounds = list(Round.objects.filter(hall__in=halls).select_related("question").order_by("hall", "position", "pk"))
    opened = {item.hall_id: item for item in rounds if item.is_open}
    answered = _open_answers([(hall.workshop_id, opened[hall.pk].question_id) for hall in halls if hall.pk in opened])
    present = dict(Phone.objects.filter(hall__in=halls, set_aside_at__isnull=True).order_by().values_list("hall").annotate(Count("pk")))
    tables = tuple(TableState(hall, opened.get(hall.pk), answered.get(hall.workshop_id, 0), present.get(hall.pk, 0)) for hall in halls)
    return EventState(event, tables, _event_questions(halls, rounds))


def _open_answers(open_at: list[tuple[int, int]]) -> dict[int, int]:
    where = Q(pk__in=[])
    for workshop, question in open_at:
        where |= Q(workshop=workshop, question=question)
    return {workshop: phones for workshop, (phones, _) in _counted(where, "workshop").items()}


def _event_questions(halls: list[Hall], rounds: list[Round]) -> tuple[EventQuestion, ...]:
    going = {hall.pk for hall in halls if hall.workshop.closed_at is None}
    found: dict[int, list[Round]] = {}
    for item in rounds:
        if item.hall_id in going:
            found.setdefault(item.question_id, []).append(item)
    ordered = sorted(found.values(), key=lambda items: (items[0].question.position, items[0].question.code))
    return tuple(EventQuestion(items[0].question, len(items), sum(item.is_open for item in items)) for items in ordered)


def events_held(territory: Territory) -> list[tuple[Event, int]]:
    """The events of a territory, the latest first, with how many tables each has."""
    tables = dict(Hall.objects.filter(event__territory=territory).order_by().values_list("event").annotate(Count("pk")))
    return [(event, tables.get(event.pk, 0)) for event in Event.objects.filter(territory=territory).order_by("-held_on", "-pk")]
