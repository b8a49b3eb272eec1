"""What the open interface says of itself is what it does: schemathesis asks every door what its description allows, and what it does not."""

from __future__ import annotations

import uuid

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from tests.network.listed import listed_service, organization_of, public_territory, received_at, whole_service
from tissage.network.api import openapi_document
from tissage.network.exchange.hsds.identities import taxonomy_id, term_id

KNOWN = {name: uuid.uuid5(uuid.NAMESPACE_URL, name) for name in ("service_id", "organization_id", "service_at_location_id")}
THERE = {
    **{name: str(value) for name, value in KNOWN.items()},
    "taxonomy_id": taxonomy_id("theme"),
    "taxonomy_term_id": term_id("theme", "sante"),
}
schema = schemathesis.openapi.from_dict(openapi_document())
schema.app = get_wsgi_application()


@schema.hook
def map_path_parameters(context, path_parameters):
    """Half of what is asked is there."""
    if not path_parameters:
        return path_parameters
    return {name: THERE[name] if str(value)[:1] in "01234567" else value for name, value in path_parameters.items()}


@schema.hook
def filter_case(context, case):
    """A distance is asked around a postal code: the description says so in words, its format cannot."""
    return "proximity" not in (case.query or {}) or "postcode" in case.query


@pytest.fixture
def one_connection():
    """The requests of a test run in its transaction, as those of Django's own client."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def services(db, one_connection):
    house = organization_of(public_territory(), uuid=KNOWN["organization_id"])
    service = whole_service(house, uuid=KNOWN["service_id"])
    service.at_places.update(uuid=KNOWN["service_at_location_id"])
    other = listed_service(house, terms={"theme": ["sante"]})
    for level in ("public", "area_only", "on_request", "never"):
        received_at(other, level, opening_hours="Tu 14:00-16:00")


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_the_interface_does_what_its_description_says(case, services):
    case.call_and_validate()
