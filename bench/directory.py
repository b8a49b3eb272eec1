"""Public pages of the directory at 5,000 services: server time, processor, bytes and queries, beside the page that says it is empty.

Fails when a page makes more queries than in a directory of 50.
"""

from __future__ import annotations

import sys

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.base import seconds, show, size
from bench.directory_data import directory_of
from bench.hsds import processor
from tissage.network.queries.directory import listed_services
from tissage.people.models import Territory

PAGES = {
    "home": "",
    "results, first 20": "recherche/",
    "results, last page": "recherche/?page=last",
    "a need of two words": "recherche/?q=aide+juridique",
    "a theme": "recherche/?theme=sante",
    "an audience": "recherche/?public=femmes",
    "within 25 km of 1000": "recherche/?cp=1000&km=25",
    "labels in force": "lieux-labellises/",
}


def main() -> int:
    empty, _ = Territory.objects.get_or_create(slug="annuaire-vide", defaults={"name": "Vide", "visibility": Territory.Visibility.PUBLIC})
    small, large = directory_of(50), directory_of(size(5_000))
    client = Client(SERVER_NAME="127.0.0.1")
    baseline = seconds(lambda: client.get(pages_of(empty)["home"]))
    few, many = pages_of(small), pages_of(large)
    grown = []
    for label, address in many.items():
        before, after = (asked(client, one) for one in (few[label], address))
        size_of_it = len(client.get(address).content)
        took = seconds(lambda address=address: client.get(address))
        said = f"{label}, {size_of_it:,} bytes, {after} queries, processor {processor(client, address):.0f} ms"
        show(said, took, baseline, "empty home")
        if after > before:
            grown.append(f"{label}: {before} queries of 50 services, {after} of {size(5_000)}")
    for line in grown:
        print(f"GROWS  {line}", flush=True)
    return 1 if grown else 0


def pages_of(territory: Territory) -> dict[str, str]:
    root = reverse("directory:home", args=[territory.slug])
    pages = {label: root + path for label, path in PAGES.items()} | {"every territory": reverse("directories:home") + "?region=wallonie"}
    service = listed_services(territory, timezone.localdate()).first()
    if service is not None:
        pages["sheet"] = reverse("directory:service", args=[territory.slug, service.uuid])
        pages["organisation"] = reverse("directory:organization", args=[territory.slug, service.organization_id])
    return pages


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200, address
    return len(seen)


if __name__ == "__main__":
    sys.exit(main())
