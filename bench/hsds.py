"""The open interface at 5,000 services: server time, bytes and queries of lists and searches, beside the vocabulary's list, which reads one row."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.base import seconds, show, size
from bench.directory_data import directory_of
from tissage.network.exchange.hsds.identities import term_id
from tissage.network.models import Service


def counting(queries: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    return note


def processor(client: Client, address: str) -> float:
    """Milliseconds of this process, the median of five: what a busy machine does not change."""
    spent = []
    for _ in range(5):
        start = time.process_time()
        client.get(address)
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def main() -> None:
    settings.TISSAGE_HSDS_PER_MINUTE = 1_000_000
    directory_of(size(5_000))
    client = Client(SERVER_NAME="127.0.0.1")
    service = Service.objects.order_by("pk")[size(5_000) // 2]
    term = term_id("audience", "femmes")
    addresses = {
        "about (bare baseline)": "/hsds/",
        "taxonomies": "/hsds/taxonomies",
        "services, first 50": "/hsds/services",
        "services, last 50": f"/hsds/services?page={size(5_000) // 50}",
        "services, 50, whole": "/hsds/services?full=true",
        "services, 500": "/hsds/services?per_page=500",
        "services, all, minimal": "/hsds/services?minimal=true&per_page=5000",
        "search of two words": "/hsds/services?search=aide+juridique",
        "search and term": f"/hsds/services?search=juridique&taxonomy_term_id={term}",
        "one service": f"/hsds/services/{service.uuid}",
        "organizations, first 50": "/hsds/organizations",
        "places within 10 km of 7000": "/hsds/service_at_locations?postcode=7000&proximity=10000",
    }
    baseline = seconds(lambda: client.get("/hsds/"))
    for label, address in addresses.items():
        queries: list[str] = []
        with connection.execute_wrapper(counting(queries)):
            answer = client.get(address)
        assert answer.status_code == 200, (label, answer.status_code)
        took = seconds(lambda address=address: client.get(address))
        said = f"{label}, {len(answer.content):,} bytes, {len(queries)} queries, processor {processor(client, address):.0f} ms"
        show(said, took, baseline, "bare answer")


if __name__ == "__main__":
    main()
