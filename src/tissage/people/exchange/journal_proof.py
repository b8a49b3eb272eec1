"""The journal of a territory as a file that anybody can check: its own lines whole, those of others by their hash, each seal in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tissage.core.journal_chain import line_hash
from tissage.people.models import Entry, Seal, Territory
from tissage.people.operations.journal import SCHEME, SEALED, sealed_values


def journal_proof(territory: Territory) -> Iterator[str]:
    """One JSON object a line, run after run, in bounded memory; lines that no seal holds yet come last.

    Runs sealed before lines were hashed one by one are left out: they can be checked in the database only. Runs where this territory
    did nothing give hashes alone: without them the chain would break.
    """
    yield _json({"journal": "tissage", "territory": territory.slug, "name": territory.name})
    after = 0
    for seal in Seal.objects.order_by("pk").iterator(chunk_size=200):
        run = Entry.objects.filter(pk__gt=after, pk__lte=seal.last_entry).order_by("pk").values(*SEALED)
        after = seal.last_entry
        if seal.scheme == SCHEME:
            yield "".join(_line(row, territory) for row in run)
            yield _json({"seal": {"previous": seal.previous_hash, "hash": seal.hash, "sealed_at": seal.sealed_at.isoformat()}})
    unsealed = Entry.objects.filter(pk__gt=after, territory=territory).order_by("pk").values(*SEALED)
    for row in unsealed.iterator(chunk_size=500):
        yield _json({"line": sealed_values(row)})


def _line(row: dict[str, Any], territory: Territory) -> str:
    values = sealed_values(row)
    return _json({"line": values} if row["territory_id"] == territory.pk else {"hash": line_hash(values)})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
