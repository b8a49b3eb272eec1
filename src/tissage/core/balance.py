"""What happened in a campaign, from the report of each date: counts and estimates side by side, what nobody evaluated said apart (`agenda.md` §6).

Three rules hold everywhere. Persons are added within one way of counting only: 40 counted and 200 estimated are two lines, never 240. A date
without report is no zero: it waits, and after 21 days it is « non évalué ». Head counts, words and incidents of a sensitive activity are not
here at all: they leave their organisation as yearly totals only (`core.sensitive_years`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

METHODS = ("count", "tickets", "estimate")
"""Ways of counting, surest first."""
NEW_PUBLIC = ("most", "half", "few", "unknown")
NOT_EVALUATED_AFTER = dt.timedelta(days=21)


class Stand(StrEnum):
    """Where a date stands on a day."""

    HELD = "held"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"
    UPCOMING = "upcoming"
    WAITING = "waiting"  # over, its report may still come
    NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True)
class Told:
    """What the report of a date says. `by_audience`: {code: persons}; `headcount` None: nobody counted."""

    held: str
    headcount: int | None = None
    method: str = ""
    by_audience: Mapping[str, int] = field(default_factory=dict)
    new_public: str = "unknown"
    produced: str = ""
    partners: tuple[str, ...] = ()
    worked: str = ""
    to_change: str = ""
    reason: str = ""
    is_serious: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """One date, or an undated output (`on` None, due when the campaign ends). `title` is what its readers may read."""

    activity: int
    title: str
    type: str
    audiences: tuple[str, ...]
    lead: str
    is_sensitive: bool
    on: dt.date | None
    due: dt.date
    is_cancelled: bool = False
    told: Told | None = None


def stand_of(one: Date, day: dt.date) -> Stand:
    """Where a date stands. Cancelled wins over everything but a report; a date is over the day after."""
    if one.told is not None:
        return Stand.NOT_HELD if one.told.held == "no" else Stand.HELD
    if one.is_cancelled:
        return Stand.CANCELLED
    if day <= one.due:
        return Stand.UPCOMING
    return Stand.NOT_EVALUATED if day - one.due > NOT_EVALUATED_AFTER else Stand.WAITING


@dataclass(frozen=True, slots=True)
class Heads:
    """Persons counted one way, over so many dates."""

    method: str
    persons: int
    dates: int


@dataclass(frozen=True, slots=True)
class Line:
    """A type or an audience: activities, dates held, persons by way of counting. `sensitive`: how many of the activities show no count."""

    code: str
    activities: int
    held: int
    heads: tuple[Heads, ...]
    sensitive: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    on: dt.date | None
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    activities: int
    """Activities it led."""
    present: int
    """Dates where a report says that it was there."""


@dataclass(frozen=True, slots=True)
class Balance:
    activities: int
    sensitive: int
    stands: Mapping[str, int]
    heads: tuple[Heads, ...]
    uncounted: int
    """Dates held whose persons nobody counted."""
    by_type: tuple[Line, ...]
    by_audience: tuple[Line, ...]
    new_public: Mapping[str, int]
    partners: tuple[Partner, ...]
    produced: tuple[Lesson, ...]
    worked: tuple[Lesson, ...]
    to_change: tuple[Lesson, ...]
    not_held: tuple[Lesson, ...]
    not_evaluated: tuple[Lesson, ...]
    serious: tuple[Lesson, ...]
    """Where something serious happened, without what: the coordination asks the organisation."""

    @property
    def held(self) -> int:
        return self.stands.get(Stand.HELD, 0)

    def as_json(self) -> dict[str, Any]:
        made = asdict(self)
        for name in _LESSONS:
            for one in made[name]:
                one["on"] = one["on"].isoformat() if one["on"] else None
        return made

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Balance:
        lessons = {name: tuple(_lesson(one) for one in value[name]) for name in _LESSONS}
        return cls(
            activities=value["activities"],
            sensitive=value["sensitive"],
            stands=dict(value["stands"]),
            heads=_heads(value["heads"]),
            uncounted=value["uncounted"],
            by_type=tuple(_line(one) for one in value["by_type"]),
            by_audience=tuple(_line(one) for one in value["by_audience"]),
            new_public=dict(value["new_public"]),
            partners=tuple(Partner(**one) for one in value["partners"]),
            **lessons,
        )


_LESSONS = ("produced", "worked", "to_change", "not_held", "not_evaluated", "serious")


def _lesson(value: Mapping[str, Any]) -> Lesson:
    return Lesson(value["title"], dt.date.fromisoformat(value["on"]) if value["on"] else None, value["lead"], value["text"])


def _heads(values: Sequence[Mapping[str, Any]]) -> tuple[Heads, ...]:
    return tuple(Heads(**one) for one in values)


def _line(value: Mapping[str, Any]) -> Line:
    return Line(value["code"], value["activities"], value["held"], _heads(value["heads"]), value["sensitive"])


def heads_of(dates: Iterable[Date], audience: str = "") -> tuple[Heads, ...]:
    """Persons of ordinary dates by way of counting, surest first; those of one audience, as its reports split them, when it is given."""
    persons: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for one in dates:
        if one.is_sensitive or one.told is None or one.told.headcount is None:
            continue
        number = one.told.by_audience.get(audience) if audience else one.told.headcount
        if number is not None:
            persons[one.told.method] += number
            counted[one.told.method] += 1
    return tuple(Heads(method, persons[method], counted[method]) for method in METHODS if counted[method])


def balance_of(dates: Sequence[Date], activities: Sequence[Date], day: dt.date) -> Balance:
    """The balance on a day. `dates`: every date and undated output; `activities`: each activity once (its dates need not be said)."""
    stands = [(one, stand_of(one, day)) for one in dates]
    held = [one for one, stand in stands if stand == Stand.HELD]
    plain = [one for one in held if not one.is_sensitive]
    new = Counter(one.told.new_public for one in plain if one.told)
    return Balance(
        activities=len(activities),
        sensitive=sum(one.is_sensitive for one in activities),
        stands={stand.value: number for stand in Stand if (number := sum(found == stand for _one, found in stands))},
        heads=heads_of(plain),
        uncounted=sum(one.told is not None and one.told.headcount is None and one.on is not None for one in plain),
        by_type=_lines(activities, held, lambda one: (one.type,)),
        by_audience=_lines(activities, held, lambda one: one.audiences, by_audience=True),
        new_public={code: new[code] for code in NEW_PUBLIC if new[code]},
        partners=_partners(activities, plain),
        produced=_lessons(plain, "produced"),
        worked=_lessons(plain, "worked"),
        to_change=_lessons(plain, "to_change"),
        not_held=tuple(
            Lesson(one.title, one.on, one.lead, "" if one.is_sensitive or one.told is None else one.told.reason)
            for one, stand in stands
            if stand == Stand.NOT_HELD
        ),
        not_evaluated=tuple(Lesson(one.title, one.on, one.lead, "") for one, stand in stands if stand == Stand.NOT_EVALUATED),
        serious=tuple(Lesson(one.title, one.on, one.lead, "") for one in dates if one.told is not None and one.told.is_serious),
    )


def _lines(activities: Sequence[Date], held: Sequence[Date], codes_of: Any, *, by_audience: bool = False) -> tuple[Line, ...]:
    """A line a code, the most frequent first, then by code. Where the audience of a date is one, its head count is that audience's."""
    shown: defaultdict[str, list[Date]] = defaultdict(list)
    happened: defaultdict[str, list[Date]] = defaultdict(list)
    for one in activities:
        for code in codes_of(one):
            shown[code].append(one)
    for one in held:
        codes = set(codes_of(one)) | (set(one.told.by_audience) if by_audience and one.told and not one.is_sensitive else set())
        for code in codes:
            happened[code].append(one)
    lines = [
        Line(
            code,
            len(shown[code]),
            len(happened[code]),
            heads_of(happened[code], code if by_audience else ""),
            sum(one.is_sensitive for one in shown[code]),
        )
        for code in {*shown, *happened}
    ]
    return tuple(sorted(lines, key=lambda line: (-line.activities, -line.held, line.code)))


def _partners(activities: Sequence[Date], held: Sequence[Date]) -> tuple[Partner, ...]:
    led = Counter(one.lead for one in activities)
    present = Counter(name for one in held if one.told for name in one.told.partners)
    names = sorted({*led, *present}, key=lambda name: (-led[name], -present[name], name.casefold(), name))
    return tuple(Partner(name, led[name], present[name]) for name in names)


def _lessons(dates: Sequence[Date], name: str) -> tuple[Lesson, ...]:
    return tuple(Lesson(one.title, one.on, one.lead, text) for one in dates if one.told and (text := getattr(one.told, name).strip()))
