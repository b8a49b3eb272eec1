"""The journal: one line an act, and the seals that show whether a line was altered or taken away."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from tissage.core.journal_chain import BEGINNING, line_hash, seal_hash
from tissage.people.models import Entry, Seal, Territory, User

BATCH = 200
SETTLING = dt.timedelta(minutes=10)
SCHEME = 2
SEALED = ("pk", "territory_id", "actor_id", "verb", "object_type", "object_id", "object_label", "fields", "numbers", "at")


def record(
    *,
    verb: str,
    by: User | None,
    territory: Territory | None,
    now: dt.datetime,
    on: models.Model | None = None,
    fields: Iterable[str] = (),
    numbers: dict[str, int] | None = None,
) -> Entry:
    """Writes one line of the journal: who did what, when, on what.

    `fields` names what changed, never its value; `numbers` holds counts only. Nothing of a participant is ever recorded.
    """
    return Entry.objects.create(
        verb=verb,
        actor=by,
        territory=territory,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=str(on.pk) if on is not None else "",
        object_label=journal_label(on),
        fields=sorted(fields),
        numbers=numbers or {},
        at=now,
    )


def journal_label(on: Any) -> str:
    """How the journal names an object: `journal_label` of the object where its text is a resident's words, else its str."""
    if on is None:
        return ""
    return str(getattr(on, "journal_label", on))[:160]


@dataclass(frozen=True, slots=True)
class Fault:
    """A run of lines that is not what was sealed: altered, added, or `missing` some."""

    first: int
    last: int
    missing: int

    def __str__(self) -> str:
        run = _("lignes %(first)s à %(last)s") % {"first": self.first, "last": self.last}
        if self.missing > 0:
            return _("%(run)s : il en manque %(missing)s") % {"run": run, "missing": self.missing}
        if self.missing < 0:
            return _("%(run)s : il y en a %(extra)s de trop") % {"run": run, "extra": -self.missing}
        return _("%(run)s : contenu ou ordre changé") % {"run": run}


@transaction.atomic
def seal_journal(*, now: dt.datetime, settling: dt.timedelta = SETTLING) -> int:
    """Seals the lines written since the last seal, in runs of 200 chained to each other. Gives how many lines were sealed.

    Lines younger than `settling` wait: on PostgreSQL a transaction still open may yet bring a line with a lower number.
    """
    last = Seal.objects.select_for_update().order_by("-pk").first()
    young = Entry.objects.filter(pk__gt=last.last_entry if last else 0, at__gt=now - settling).order_by("pk").values_list("pk", flat=True)
    waiting = Entry.objects.filter(pk__gt=last.last_entry if last else 0)
    if (first_young := young.first()) is not None:
        waiting = waiting.filter(pk__lt=first_young)
    previous, sealed = last.hash if last else BEGINNING, 0
    for run in _runs(waiting):
        digest = _hash(previous, run, SCHEME)
        Seal.objects.create(
            first_entry=run[0]["pk"],
            last_entry=run[-1]["pk"],
            count=len(run),
            previous_hash=previous,
            hash=digest,
            scheme=SCHEME,
            sealed_at=now,
        )
        previous, sealed = digest, sealed + len(run)
    return sealed


def verify_journal() -> Iterator[Fault]:
    """Compares every sealed run with its seal, oldest first; gives the runs that were altered or lost a line. Bounded memory."""
    previous, after = BEGINNING, 0
    for seal in Seal.objects.order_by("pk").iterator(chunk_size=500):
        run = list(Entry.objects.filter(pk__gt=after, pk__lte=seal.last_entry).order_by("pk").values(*SEALED))
        if seal.previous_hash != previous or _hash(previous, run, seal.scheme) != seal.hash:
            yield Fault(first=seal.first_entry, last=seal.last_entry, missing=seal.count - len(run))
        previous, after = seal.hash, seal.last_entry


def _runs(entries: models.QuerySet[Entry]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(entries.order_by("pk").values(*SEALED).iterator(chunk_size=BATCH))
    while run := list(islice(rows, BATCH)):
        yield run


def sealed_values(row: dict[str, Any]) -> dict[str, Any]:
    """A line as it is hashed: its moment in universal time."""
    return {**row, "at": row["at"].astimezone(dt.UTC).isoformat()}


def _hash(previous: str, run: list[dict[str, Any]], scheme: int) -> str:
    if scheme == SCHEME:
        return seal_hash(previous, [line_hash(sealed_values(row)) for row in run])
    digest = hashlib.sha256(previous.encode())
    for row in run:
        digest.update(json.dumps(sealed_values(row), sort_keys=True).encode())
    return digest.hexdigest()
