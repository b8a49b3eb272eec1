"""Pages of lines: real pagination over a query, values out, a count already known not asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PAGE_SIZE = 50


class LinePaginator(Paginator[Any]):
    """Turns the rows of one page into values. `known` is the count, when an overview holds it."""

    def __init__(self, rows: QuerySet[Any], size: int, known: int | None, values: Callable[[Iterable[Any]], list[Any]]) -> None:
        super().__init__(rows, size)
        self.rows = rows
        self.known = known
        self.values = values

    @cached_property
    def count(self) -> int:
        return self.rows.count() if self.known is None else self.known

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        page.object_list = self.values(page.object_list)
        return page


def page_of(
    rows: QuerySet[Any],
    values: Callable[[Iterable[Any]], list[Any]],
    *,
    page: int | str = 1,
    size: int = PAGE_SIZE,
    count: int | None = None,
) -> Page[Any]:
    """One page of values. A number out of range gives the nearest page."""
    return LinePaginator(rows, size, count, values).get_page(page)
