"""Organisations as the standard names them. No person, no mailbox: whoever wants to reach one reads the contacts of its services."""

from __future__ import annotations

from typing import Any

from tissage.core.enterprise_number import SCHEME, WrongEnterpriseNumber, parse_enterprise_number
from tissage.network.models import Organization

from .identities import made_from

Record = dict[str, Any]


def organization(row: Organization) -> Record:
    """One-to-one fields and the enterprise number. Expects the parent and the identifiers loaded."""
    here = str(row.uuid)
    record: Record = {"id": here, "name": row.name, "description": row.description}
    if row.alternate_name:
        record["alternate_name"] = row.alternate_name
    if row.website:
        record["website"] = row.website
    record["legal_status"] = str(Organization.Kind(row.kind).label)
    if row.parent:
        record["parent_organization_id"] = str(row.parent.uuid)
    if identifiers := [one for one in (_identifier(row, value.scheme, value.value) for value in row.identifiers.all()) if one]:
        record["organization_identifiers"] = identifiers
    elif not row.parent:
        record["x_identifier_missing"] = True
    return record


def _identifier(row: Organization, scheme: str, value: str) -> Record | None:
    """A number of the Belgian register whose check digits are right; others stay at home."""
    if scheme != SCHEME:
        return None
    try:
        number = parse_enterprise_number(value)
    except WrongEnterpriseNumber:
        return None
    return {
        "id": made_from(row.uuid, SCHEME),
        "organization_id": str(row.uuid),
        "identifier_scheme": SCHEME,
        "identifier_type": "Banque-Carrefour des Entreprises",
        "identifier": number,
    }
