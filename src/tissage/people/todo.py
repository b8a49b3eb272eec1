"""« À faire »: what waits for a person. Each app gives providers, registered under the slot "todo" of `config/slots.py`.

A provider is `(request) -> list[TodoLine]`. It gives what waits for `request.user` and nothing else, in few queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from .models import Territory
from .queries import closed_for_want_of_second_factor

NEVER = dt.date.max


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One act that waits. `text` starts with a verb; `url` is where it is done; `due_on` is a local date or None;
    `kind` is a short word shown before the text (« Relecture »). `calls`: the only days on which this line asks for a letter, in order,
    when it is not each time it is near or late; a week after the last one it leaves letters and stays on the page."""

    text: str
    url: str
    due_on: dt.date | None = None
    territory: Territory | None = None
    kind: str = ""
    calls: tuple[dt.date, ...] = ()

    def is_late(self, today: dt.date) -> bool:
        return self.due_on is not None and self.due_on < today


def collect(request: HttpRequest) -> list[TodoLine]:
    """Every line of every app, earliest deadline first, lines without one last.

    Lines of a territory that waits for the person's second factor are left out, as its pages are.
    """
    closed = closed_for_want_of_second_factor(request.user)
    lines = [line for provider in providers("todo") for line in provider(request)]
    return sorted(
        (line for line in lines if line.territory is None or line.territory.pk not in closed),
        key=lambda line: (line.due_on or NEVER, line.territory.name if line.territory else "", line.kind, line.text),
    )


def providers(slot: str) -> list[Callable[..., list[Any]]]:
    """The functions registered under a slot, those named by their path imported."""
    table = import_string(settings.TISSAGE_SLOTS)
    return [import_string(one) if isinstance(one, str) else one for one in table[slot]]
