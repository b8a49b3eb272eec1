"""Same text, same day, same channel, same reminders to every list: what a log of sendings says of it (`commitments.md` §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """A sending: to whom, which text (SHA-256), when, how, reminded when."""

    to: str
    text: str
    on: dt.date
    channel: str
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unequal:
    """What was not the same for all: `kind` is text, day, channel, reminders or missing; each group holds those who got the same."""

    kind: str
    groups: tuple[tuple[str, ...], ...]


def unequal(sendings: Iterable[Sent], expected: Iterable[str] = ()) -> list[Unequal]:
    """The alerts on a set. Nothing sent yet is nothing unequal; `expected` names every list that stands.

    >>> day = dt.date(2026, 4, 1)
    >>> [one.kind for one in unequal([Sent("1", "a", day, "email"), Sent("2", "a", dt.date(2026, 4, 2), "email")])]
    ['day']
    """
    sent = list(sendings)
    if not sent:
        return []
    seen = []
    kinds: tuple[tuple[str, Callable[[Sent], Hashable]], ...] = (
        ("text", lambda one: one.text),
        ("day", lambda one: one.on),
        ("channel", lambda one: one.channel),
        ("reminders", lambda one: one.reminders),
    )
    for kind, what in kinds:
        groups: dict[Hashable, list[str]] = {}
        for one in sent:
            groups.setdefault(what(one), []).append(one.to)
        if len(groups) > 1:
            seen.append(Unequal(kind, tuple(tuple(names) for names in groups.values())))
    reached = {one.to for one in sent}
    if forgotten := tuple(name for name in expected if name not in reached):
        seen.append(Unequal("missing", (forgotten,)))
    return seen
