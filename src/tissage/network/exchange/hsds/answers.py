"""Answers of the interface: pages of results, an imprint so that nothing is sent twice, and refusals in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from tissage.core.folding import fold

Record = dict[str, Any]
Load = Callable[[list[int]], QuerySet[Any]]
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which page, from 1, and how many items it holds."""

    page: int
    size: int


def page_of(rows: QuerySet[Any] | Sequence[Any], listing: Listing, write: Callable[[Any], Record], load: Load | None = None) -> Record:
    """A page of results as the standard shapes it. A page past the last one is empty. `size` is what this page holds.

    `load` gives the rows of a page by their keys with all they say: the database then sorts keys, not wide rows.
    """
    total = rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)
    first = (listing.page - 1) * listing.size
    part = slice(first, first + listing.size)
    contents: list[Record] = []
    if first < total and load is not None and isinstance(rows, QuerySet):
        keys = list(rows.values_list("pk", flat=True)[part])
        found = {row.pk: row for row in load(keys)}
        contents = [write(found[key]) for key in keys]
    elif first < total:
        contents = [write(row) for row in rows[part]]
    pages = -(-total // listing.size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": listing.page,
        "size": len(contents),
        "first_page": listing.page == 1,
        "last_page": listing.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def matching(records: list[Record], search: str) -> list[Record]:
    """Those whose name or code holds every word."""
    words = fold(search).split()
    return [one for one in records if all(word in fold(f"{one['name']} {one.get('code', '')}") for word in words)]


def answer(request: HttpRequest, record: Record) -> HttpResponse:
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    imprint = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=JSON, headers={"ETag": imprint})
    return get_conditional_response(request, etag=imprint, response=response) or response


def problem(status: int, detail: str, where: Sequence[str] = ()) -> HttpResponse:
    said = {"detail": detail} | ({"where": list(where)} if where else {})
    return HttpResponse(json.dumps(said, ensure_ascii=False).encode(), status=status, content_type=JSON)
