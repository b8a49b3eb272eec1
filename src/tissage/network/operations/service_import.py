"""Services read from a table: shown first, then written at once as drafts or corrections. The same file again changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tissage.core.messages import Message
from tissage.core.register_rows import Problem, bare
from tissage.core.service_rows import (
    FEE,
    NAME,
    ORGANIZATION,
    TEXTS,
    KnownService,
    ServiceProposal,
    ServiceRow,
    propose,
    read_header,
    read_rows,
)
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.exchange.register_tables import read_table
from tissage.network.models import FieldChange, Organization, Service, ServiceContact, ServiceTerm
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .register_import import RegisterRefused
from .services import add_contact, change_service, create_service


@dataclass(frozen=True, slots=True)
class ServiceReading:
    rows: tuple[ServiceRow, ...]
    proposals: tuple[ServiceProposal, ...]
    problems: tuple[Problem, ...] = ()
    broken: tuple[tuple[int, Message], ...] = ()
    unknown_columns: tuple[str, ...] = ()

    @property
    def new(self) -> list[ServiceProposal]:
        return [one for one in self.proposals if one.is_new]

    @property
    def changed(self) -> list[ServiceProposal]:
        return [one for one in self.proposals if not one.is_new and not one.is_nothing]

    @property
    def digest(self) -> str:
        said = [[one.row.line, one.row.name, one.known, one.changes, one.adds_contact] for one in self.proposals]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read_services(*, territory: Territory, file_name: str, content: bytes) -> ServiceReading:
    """Reads a file and says what it would do; writes nothing. Raises `UnreadableFile`, `RegisterRefused`."""
    header, lines, broken = read_table(file_name, content)
    fields = read_header(header)
    if not {ORGANIZATION, NAME} <= set(fields):
        raise RegisterRefused(
            _("Il faut au moins deux colonnes : « Organisation » et « Service ». Nommez-les sur la première ligne, puis recommencez.")
        )
    rows, problems = read_rows(fields, lines, _organizations(territory), vocabulary())
    unknown = tuple(cell for cell, field in zip(header, fields, strict=False) if not field and cell.strip())
    return ServiceReading(tuple(rows), tuple(propose(rows, known_of(territory))), tuple(problems), tuple(broken), unknown)


def read_again(*, territory: Territory, rows: Sequence[ServiceRow]) -> ServiceReading:
    return ServiceReading(tuple(rows), tuple(propose(rows, known_of(territory))))


def _organizations(territory: Territory) -> dict[str, int]:
    """Bare name → number; an organisation's own name wins over another's other name."""
    open_ones = (
        Organization.objects.filter(territory=territory, closed_on__isnull=True).order_by("pk").values_list("pk", "name", "alternate_name")
    )
    found = {bare(other): pk for pk, _name, alternate in open_ones for other in alternate.split(" · ") if other}
    return found | {bare(name): pk for pk, name, _alternate in open_ones}


def known_of(territory: Territory) -> list[KnownService]:
    """Three queries."""
    terms: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for service, kind, code in ServiceTerm.objects.filter(service__territory=territory).values_list("service", "kind", "code"):
        terms[service][kind].append(code)
    reached = set(ServiceContact.objects.filter(service__territory=territory).values_list("service", flat=True))
    return [
        KnownService(
            one.pk,
            one.organization_id,
            one.name,
            {name: str(getattr(one, name)) for name in (*TEXTS, FEE) if getattr(one, name)},
            {kind: tuple(codes) for kind, codes in terms[one.pk].items()},
            one.pk in reached,
        )
        for one in Service.objects.filter(territory=territory).order_by("pk")
    ]


@transaction.atomic
def apply_services(*, territory: Territory, reading: ServiceReading, by: User, now: dt.datetime) -> tuple[int, int]:
    """Writes what was shown: (created, changed). New ones are drafts. Raises `RegisterRefused` when the directory changed meanwhile."""
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    fresh = read_again(territory=territory, rows=reading.rows)
    if fresh.digest != reading.digest:
        raise RegisterRefused(_("L’annuaire a changé depuis que cette page a été montrée. Relisez ce qui serait fait, puis confirmez."))
    organizations = (
        Organization.objects.select_related("territory").filter(territory=territory).in_bulk([row.organization for row in fresh.rows])
    )
    services = Service.objects.select_related("territory", "organization").in_bulk([one.known for one in fresh.changed if one.known])
    origin = FieldChange.Origin.IMPORT
    for one in (*fresh.new, *fresh.changed):
        row = one.row
        if one.known is None:
            service = create_service(
                organization=organizations[row.organization], name=row.name, by=by, now=now, terms=row.terms, origin=origin, **row.details
            )
        else:
            service = services[one.known]
            change_service(service=service, by=by, now=now, origin=origin, terms=row.terms, name=row.name, **row.details)
        if one.adds_contact:
            add_contact(service=service, by=by, now=now, **row.contact)
    counts = {"created": len(fresh.new), "changed": len(fresh.changed)}
    record(verb="network.import_services", by=by, territory=territory, on=territory, numbers=counts, now=now)
    return counts["created"], counts["changed"]
