"""The one search box. Each app gives providers, registered under the slot "search" of `config/slots.py`.

A provider is `(request, query) -> list[SearchHit]`: what `request.user` may see and what matches `query` (trimmed, as typed;
fold it before comparing), best first, at most `MOST_HITS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from .models import Territory
from .queries import closed_for_want_of_second_factor
from .todo import providers

MOST_HITS = 20
SHORTEST_QUERY = 2


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found. `kind` is a word of the trade in the singular (« groupe »); `excerpt` is plain text, never HTML."""

    title: str
    url: str
    kind: str
    excerpt: str = ""
    territory: Territory | None = None


def find(request: HttpRequest, query: str) -> list[SearchHit]:
    """What every app found, in the order of the river. Nothing of a territory that waits for the person's second factor."""
    query = query.strip()
    if len(query) < SHORTEST_QUERY:
        return []
    closed = closed_for_want_of_second_factor(request.user)
    hits = [hit for provider in providers("search") for hit in provider(request, query)[:MOST_HITS]]
    return [hit for hit in hits if hit.territory is None or hit.territory.pk not in closed]
