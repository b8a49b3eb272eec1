"""Organisations read from a table: what would be written is shown first, then written at once or not at all. Read again, it changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tissage.core.enterprise_number import SCHEME
from tissage.core.folding import fold
from tissage.core.messages import Message
from tissage.core.register_rows import FILLED, NUMBER, Known, Problem, Proposal, Row, bare, parents_to_make, propose, read_header, read_rows
from tissage.network.exchange.register_tables import read_table
from tissage.network.models import Identifier, Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .organizations import Circle, change_organization, create_organization, refuse_circle


class RegisterRefused(ValueError):
    """Why the table was not imported, in words for the user."""


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a file would do to the register. `broken`: lines that give no cells."""

    rows: tuple[Row, ...]
    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]
    broken: tuple[tuple[int, Message], ...]
    unknown_columns: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def new(self) -> list[Proposal]:
        return [one for one in self.proposals if one.is_new]

    @property
    def merges(self) -> list[Proposal]:
        return [one for one in self.proposals if one.merged]

    @property
    def parented(self) -> list[Proposal]:
        return [one for one in self.proposals if one.parent]

    @property
    def unchanged(self) -> list[Proposal]:
        return [one for one in self.proposals if not one.changes]

    @property
    def digest(self) -> str:
        """Changes when the file or what the register holds of it does."""
        said = [[one.name, one.known, one.fills, one.parent, one.parent_known, dict(one.values)] for one in self.proposals]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def kinds_in_words() -> dict[str, str]:
    """Folded code or French word → code of a kind of organisation."""
    return {fold(text): code for code, label in Organization.Kind.choices for text in (code, str(label))}


def read_register(*, territory: Territory, file_name: str, content: bytes) -> RegisterReading:
    """Reads a file and says what it would do; writes nothing. Raises `UnreadableFile`, `RegisterRefused`."""
    header, lines, broken = read_table(file_name, content)
    fields = read_header(header)
    if "name" not in fields:
        raise RegisterRefused(_("Aucune colonne ne dit le nom. Nommez-la « Nom » sur la première ligne, puis recommencez."))
    rows, problems = read_rows(fields, lines, kinds_in_words())
    unknown = tuple(cell for cell, field in zip(header, fields, strict=False) if not field and cell.strip())
    return _reading(territory, tuple(rows), tuple(problems), tuple(broken), unknown)


def read_again(*, territory: Territory, rows: Sequence[Row]) -> RegisterReading:
    """The same rows beside the register as it is now."""
    return _reading(territory, tuple(rows), (), (), ())


def _reading(
    territory: Territory,
    rows: tuple[Row, ...],
    problems: tuple[Problem, ...],
    broken: tuple[tuple[int, Message], ...],
    unknown: tuple[str, ...],
) -> RegisterReading:
    proposals = tuple(propose(rows, known_of(territory)))
    return RegisterReading(rows, proposals, problems, broken, unknown, tuple(parents_to_make(proposals)))


def known_of(territory: Territory) -> list[Known]:
    numbers = dict(Identifier.objects.filter(organization__territory=territory, scheme=SCHEME).values_list("organization", "value"))
    return [
        Known(one.pk, one.name, one.alternate_name, numbers.get(one.pk, ""), one.parent_id, {name: getattr(one, name) for name in FILLED})
        for one in Organization.objects.filter(territory=territory).order_by("pk")
    ]


@dataclass(frozen=True, slots=True)
class Imported:
    created: int
    filled: int
    parented: int
    unchanged: int


@transaction.atomic
def apply_register(
    *, territory: Territory, reading: RegisterReading, by: User | None, now: dt.datetime, without_parent: Collection[str] = ()
) -> Imported:
    """Writes what was shown. `without_parent`: names whose parent, read in the name, was refused.

    Raises `RegisterRefused` when the register changed since it was shown; nothing is written then.
    """
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    fresh = read_again(territory=territory, rows=reading.rows)
    if fresh.digest != reading.digest:
        raise RegisterRefused(_("Le registre a changé depuis que cette page a été montrée. Relisez ce qui serait fait, puis confirmez."))
    done: dict[str, Organization] = {}
    for name in fresh.parents:
        if any(one.name not in without_parent for one in fresh.proposals if bare(one.parent) == bare(name)):
            kind = Organization.Kind.CPAS if fold(name).startswith("cpas") else Organization.Kind.OTHER
            done[bare(name)] = create_organization(territory=territory, name=name, kind=kind, by=by, now=now)
    created = filled = parented = 0
    for one in fresh.proposals:
        organization, is_new, was_filled = _write(territory, one, by, now)
        done.setdefault(bare(one.name), organization)
        created, filled = created + is_new, filled + was_filled
    for one in fresh.proposals:
        if one.parent and one.name not in without_parent:
            parented += _hang(territory, one, done, by, now)
    counts = {"created": created, "filled": filled}
    record(verb="network.import_organizations", by=by, territory=territory, on=territory, numbers=counts, now=now)
    return Imported(created, filled, parented, len(fresh.unchanged))


def _write(territory: Territory, one: Proposal, by: User | None, now: dt.datetime) -> tuple[Organization, bool, bool]:
    details: dict[str, Any] = {name: one.values[name] for name in FILLED if one.values.get(name)}
    if one.known is None:
        kind = one.values.get("kind") or _kind_of(one)
        made = create_organization(
            territory=territory, name=one.name, kind=kind, enterprise_number=one.values.get(NUMBER, ""), by=by, now=now, **details
        )
        return made, True, False
    organization = Organization.objects.select_related("territory").get(pk=one.known)
    if one.fills:
        for name in one.fills:
            setattr(organization, name, details[name])
        organization.save(update_fields=list(one.fills))
        record(verb="network.change_organization", by=by, territory=territory, on=organization, fields=sorted(one.fills), now=now)
    return organization, False, bool(one.fills)


def _kind_of(one: Proposal) -> str:
    """What the name itself says: « ASBL » in it, or a service that hangs on a CPAS; otherwise unknown."""
    words = fold(one.name).split()
    if one.parent and fold(one.parent).startswith("cpas"):
        return Organization.Kind.CPAS_SERVICE
    if "asbl" in words:
        return Organization.Kind.ASBL
    return Organization.Kind.CPAS if words and words[0] == "cpas" else Organization.Kind.OTHER


def _hang(territory: Territory, one: Proposal, done: dict[str, Organization], by: User | None, now: dt.datetime) -> int:
    child = done[bare(one.name)]
    parent = done.get(bare(one.parent)) or Organization.objects.get(pk=one.parent_known or 0)
    if child.parent_id is not None or parent.pk == child.pk:
        return 0
    try:
        refuse_circle(child, parent)
    except Circle:
        return 0
    if by is None:
        Organization.objects.filter(pk=child.pk).update(parent=parent)
    else:
        change_organization(organization=child, by=by, now=now, parent=parent)
    return 1
