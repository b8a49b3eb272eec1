"""Services and where they receive, as records of the standard. Nobody's name: a contact is a function, who assured is not said."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tissage.core.vocabulary import CONCERNED_GROUP, Term
from tissage.network.models import Organization, Service, ServiceAtPlace, ServiceContact
from tissage.network.queries.directory import freshness_of

from .identities import made_from, term_id
from .organizations import organization
from .places import location, location_id, schedules
from .terms import KINDS, Taxonomies

Record = dict[str, Any]
LANGUAGE = "language"
ISO_639 = re.compile(r"^[a-z]{2,3}$")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes records for one answer. `scope` and `score` say the scope that may be shown and the quality of a service on the day."""

    day: dt.date
    taxonomies: Taxonomies
    scope: Callable[[Service, dt.date], str]
    score: Callable[[Service, dt.date], float]

    def service(self, row: Service, *, full: bool, with_organization: bool = True) -> Record:
        here = str(row.uuid)
        codes = _codes(row)
        record: Record = {
            "id": here,
            "organization_id": str(row.organization.uuid),
            "name": row.name,
            "status": row.status,
            "last_modified": row.modified_at.isoformat(timespec="seconds"),
            "x_lgbtqi_scope": self.scope(row, self.day),
            "x_concerned_groups": codes[CONCERNED_GROUP],
            "x_freshness": self._freshness(row),
            "x_quality_score": self.score(row, self.day),
        }
        record |= {name: value for name, value in self._said(row) if value}
        if row.min_age is not None:
            record["minimum_age"] = row.min_age
        if row.max_age is not None:
            record["maximum_age"] = row.max_age
        if with_organization:
            record["organization"] = organization(row.organization)
        return record | (self._nested(row, codes) if full else {})

    def organization(self, row: Organization) -> Record:
        """With its listed services, loaded beforehand (`queries.hsds.with_own_services`)."""
        own: list[Service] = getattr(row, "own_services")  # noqa: B009 - an attribute that the query adds
        return organization(row) | {"services": [self.service(one, full=False, with_organization=False) for one in own]}

    def minimal(self, row: Service) -> Record:
        return {"id": str(row.uuid), "last_modified": row.modified_at.isoformat(timespec="seconds")}

    def at_location(self, at: ServiceAtPlace, *, full: bool, with_service: bool = True) -> Record:
        here = str(at.uuid)
        record: Record = {
            "id": here,
            "service_id": str(at.service.uuid),
            "location_id": location_id(at),
            "location": location(at, full=full),
        }
        if at.note and not record["location"]["x_redacted"]:
            record["description"] = at.note
        if full and (hours := schedules(at, self.day)):
            record["schedules"] = hours
        if with_service:
            record["service"] = self.service(at.service, full=False)
        return record

    def _said(self, row: Service) -> list[tuple[str, str]]:
        """Fields in words, in the order of the standard; empty ones are left out."""
        contact = next((one for one in _contacts(row) if one.email), None)
        alert = row.alert if row.alert_until is None or row.alert_until >= self.day else ""
        return [
            ("description", row.description or row.short_description),
            ("url", row.contact_link),
            ("email", contact.email if contact else ""),
            (
                "interpretation_services",
                "" if row.interpretation == Service.Interpretation.NONE else str(Service.Interpretation(row.interpretation).label),
            ),
            ("application_process", row.application_process),
            ("fees_description", " · ".join(part for part in (_fee(row), row.fee_note) if part)),
            ("wait_time", "" if row.capacity == Service.Capacity.UNKNOWN else str(Service.Capacity(row.capacity).label)),
            ("eligibility_description", " · ".join(part for part in (_who(row), row.audience_note) if part)),
            ("assured_date", row.assured_on.isoformat() if row.assured_on else ""),
            ("alert", alert),
        ]

    def _freshness(self, row: Service) -> Record:
        found = freshness_of(row, self.day)
        record = {"state": found.state.value}
        if found.since:
            record["assured_on"] = found.since.isoformat()
        if found.until:
            record["ask_again_after"] = found.until.isoformat()
        return record

    def _nested(self, row: Service, codes: dict[str, list[str]]) -> Record:
        here = str(row.uuid)
        nested: Record = {
            "phones": [phone for one in _contacts(row) for phone in _phones(row, one)],
            "contacts": [_contact(row, one) for one in _contacts(row)],
            "languages": [
                {"id": made_from(here, LANGUAGE, code), "service_id": here, "code": code} for code in codes[LANGUAGE] if ISO_639.match(code)
            ],
            "service_areas": [{"id": made_from(here, "area"), "service_id": here, "name": row.area}] if row.area else [],
            "service_at_locations": [self.at_location(at, full=True, with_service=False) for at in self._standing(row)],
            "attributes": [self._attribute(row, kind, code) for kind in KINDS for code in codes[kind]],
        }
        if row.required_documents:
            nested["required_documents"] = [{"id": made_from(here, "documents"), "service_id": here, "document": row.required_documents}]
        if (cost := _cost(row)) is not None:
            nested["cost_options"] = [cost]
        return nested

    def _standing(self, row: Service) -> list[ServiceAtPlace]:
        return [at for at in row.at_places.all() if at.place.ended_on is None or at.place.ended_on > self.day]

    def _attribute(self, row: Service, kind: str, code: str) -> Record:
        term = self.taxonomies.vocabulary.get(kind, code) or Term(kind, code, code)
        return {
            "id": made_from(row.uuid, kind, code),
            "link_id": str(row.uuid),
            "link_entity": "service",
            "link_type": kind,
            "taxonomy_term_id": term_id(kind, code),
            "taxonomy_term": self.taxonomies.record(term),
        }


def _codes(row: Service) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for one in row.terms.all():
        codes[one.kind].append(one.code)
    return codes


def _contacts(row: Service) -> list[ServiceContact]:
    """Those everybody may read."""
    return [one for one in row.contacts.all() if one.visibility == ServiceContact.Visibility.PUBLIC]


def _contact(row: Service, one: ServiceContact) -> Record:
    record: Record = {"id": made_from("contact", one.pk), "service_id": str(row.uuid)}
    if one.label:
        record["title"] = one.label
    if one.email:
        record["email"] = one.email
    return record


def _phones(row: Service, one: ServiceContact) -> list[Record]:
    if not one.phone:
        return []
    here = made_from("phone", one.pk)
    record: Record = {"id": here, "service_id": str(row.uuid), "contact_id": made_from("contact", one.pk), "number": one.phone}
    if one.label:
        record["description"] = one.label
    if one.languages:
        record["languages"] = [
            {"id": made_from(here, code), "phone_id": here, "code": code} for code in one.languages if ISO_639.match(code)
        ]
    return [record]


def _fee(row: Service) -> str:
    return "" if row.fee == Service.Fee.UNKNOWN else str(Service.Fee(row.fee).label)


def _who(row: Service) -> str:
    return str(Service.WhoMayUse(row.who_may_use).label) if row.who_may_use else ""


def _cost(row: Service) -> Record | None:
    if row.fee == Service.Fee.UNKNOWN:
        return None
    record: Record = {"id": made_from(row.uuid, "cost"), "service_id": str(row.uuid), "option": _fee(row), "currency": "EUR"}
    if row.fee == Service.Fee.FREE:
        record["amount"] = 0
    if row.fee_note:
        record["amount_description"] = row.fee_note
    return record
