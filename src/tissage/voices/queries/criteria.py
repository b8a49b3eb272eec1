"""The criteria base: what a search asks, and stable pages over any number of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, overload

from django.db.models import F, Max, Value

from tissage.core.folding import fold
from tissage.people.models import Membership, Territory
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Question
from tissage.voices.models.criteria import CriterionQuerySet, ExpressionQuerySet

PER_PAGE = 50
CODED, UNCODED, IN_GENERAL = "coded", "uncoded", "general"
NO_SENSE = "none"
HEARD, NOT_HEARD = "yes", "no"
AT_RANDOM = 6  # how much slower a row is found through an index than in the order of the table

# Each order ends with the id, so that it is total and pages never shift; `-` reverses all of it.
SORTS: dict[str, tuple[str, ...]] = {
    "recent": ("id",),
    "date": ("said_on", "id"),
    "text": ("sort_key", "id"),
    "group": ("group__name", "group_id", "id"),
    "component": ("component", "id"),
    "count": ("expression_count", "id"),
}
DEFAULT_SORT = "-recent"


@dataclass(frozen=True, slots=True)
class Search:
    """What a person asks of the base. Empty values ask nothing; `letter` may be `none`, `state` one of the three above.

    `heard` is `yes` for what its group accepted when it was read back, `no` for what waits for that.
    """

    words: str = ""
    group: int | None = None
    question: int | None = None
    workshop: int | None = None
    dimension: str = ""
    component: str = ""
    letter: str = ""
    state: str = ""
    heard: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    sort: str = DEFAULT_SORT


def find_criteria(territory: Territory, search: Search) -> CriterionQuerySet:
    """The live criteria of a territory that answer a search, unordered. Every word must be there, accents and case aside."""
    words = fold(search.words).split()
    narrow = search.group or search.component
    found = Criterion.objects.live().filter(territory=territory) if narrow or not words else in_row_order([territory.pk])
    for word in words:
        found = found.filter(search__contains=word)
    exact: dict[str, Any] = {
        "group": search.group,
        "question": search.question,
        "workshop": search.workshop,
        "component": search.component,
        "said_on__gte": search.since,
        "said_on__lte": search.until,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if search.dimension:  # a range of components rather than the dimension: the index of the cube holds it
        found = found.filter(component__gte=search.dimension, component__lt=chr(ord(search.dimension) + 1))
    if search.letter:
        found = found.filter(letter="" if search.letter == NO_SENSE else search.letter)
    if search.heard:
        found = found.filter(group_validated_on__isnull=search.heard == NOT_HEARD)
    if search.state == CODED:
        return found.coded()
    if search.state == UNCODED:
        return found.uncoded()
    return found.in_general() if search.state == IN_GENERAL else found


def in_row_order(territories: Iterable[int]) -> CriterionQuerySet:
    """The live criteria of these territories, read in the way that looks for words fastest.

    Looking for words must read every row. Through an index of the territory the database reads them at random, about six times
    slower a row than the whole table from end to end: that is right only for territories that hold a small part of it.
    """
    territories = list(territories)
    everything = Criterion.objects.aggregate(last=Max("pk"))["last"] or 0
    if Criterion.objects.filter(territory__in=territories).count() * AT_RANDOM < everything:
        return Criterion.objects.live().filter(territory__in=territories)
    return Criterion.objects.live().annotate(place=F("territory_id") + Value(0)).filter(place__in=territories)


class OrderedCriteria:
    """Criteria in an order, for a paginator: ids of the page first, then only those rows with what a list shows."""

    def __init__(self, criteria: CriterionQuerySet, sort: str) -> None:
        self._criteria = criteria
        self._fields = SORTS.get(sort.removeprefix("-"), SORTS["recent"])
        self._backwards = sort.startswith("-")
        self._count: int | None = None

    def count(self) -> int:
        if self._count is None:
            self._count = self._criteria.order_by().count()
        return self._count

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Criterion]:
        return iter(self[:])

    @overload
    def __getitem__(self, wanted: int) -> Criterion: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Criterion]: ...
    def __getitem__(self, wanted: int | slice) -> Criterion | list[Criterion]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        ids = self._ids(wanted.start or 0, min(self.count(), self.count() if wanted.stop is None else wanted.stop))
        rows = Criterion.objects.select_related("group", "question").in_bulk(ids)
        return [rows[pk] for pk in ids if pk in rows]

    def _ids(self, start: int, stop: int) -> list[int]:
        """The ids of a page. In the second half they are counted from the end: the last page costs what the first does."""
        from_the_end = start > self.count() // 2
        order = [f"-{field}" for field in self._fields] if self._backwards != from_the_end else list(self._fields)
        ids = self._criteria.order_by(*order).values_list("pk", flat=True)
        if from_the_end:
            return list(ids[self.count() - stop : self.count() - start])[::-1]
        return list(ids[start:stop])


def team_criteria(user: Any) -> CriterionQuerySet:
    """What the team may open by its number: live criteria, and those merged into another, which keep their history."""
    if not getattr(user, "is_authenticated", False):
        return Criterion.objects.none()
    mine = Membership.objects.inside().filter(user=user).values("territory")
    return Criterion.objects.applied().filter(withdrawn_at__isnull=True, territory__in=mine)


def loose_expressions(
    territory: Territory, *, group: HomogeneousGroup | None = None, question: Question | None = None
) -> ExpressionQuerySet:
    """Expressions that no criterion stands for yet, by group and question, in the order they were written."""
    found = Expression.objects.loose().filter(territory=territory)
    if group is not None:
        found = found.filter(group=group)
    if question is not None:
        found = found.filter(question=question)
    return found.select_related("group", "question").order_by("group__name", "group", "question__position", "question", "pk")


def search_criteria(user: Any, words: str, most: int) -> list[Criterion]:
    """The criteria a person may see that hold every word, the latest first."""
    if not getattr(user, "is_authenticated", False):
        return []
    found = in_row_order(Membership.objects.inside().filter(user=user).values_list("territory", flat=True))
    for word in fold(words).split():
        found = found.filter(search__contains=word)
    return list(found.select_related("territory", "group", "question").order_by("-pk")[:most])
