"""What the desk remembers of a person's sitting, in their session: what they skipped, and what they coded, to undo it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest

from tissage.people.models import Territory

MOST = 200  # skipped, or undone one after the other, in one sitting


@dataclass(slots=True)
class Sitting:
    """`skipped`: criteria, the first skipped first. `done`: (coding, criterion) of each act, the last one last."""

    skipped: list[int] = field(default_factory=list)
    done: list[tuple[int, int]] = field(default_factory=list)

    @property
    def handled(self) -> list[int]:
        return [criterion for _coding, criterion in self.done]

    def skip(self, criterion: int) -> None:
        """To the end of the queue, behind what was skipped before."""
        self.skipped = [*(pk for pk in self.skipped if pk != criterion), criterion][-MOST:]

    def note(self, coding: int, criterion: int) -> None:
        self.done = [*self.done, (coding, criterion)][-MOST:]
        self.skipped = [pk for pk in self.skipped if pk != criterion]


def _name(territory: Territory) -> str:
    return f"desk-{territory.pk}"


def sitting_of(request: HttpRequest, territory: Territory) -> Sitting:
    kept = request.session.get(_name(territory), {})
    return Sitting(list(kept.get("skipped", [])), [(coding, criterion) for coding, criterion in kept.get("done", [])])


def keep_sitting(request: HttpRequest, territory: Territory, sitting: Sitting) -> None:
    request.session[_name(territory)] = {"skipped": sitting.skipped, "done": sitting.done}
