"""Statements that may say the same thing, proposed together; a person accepts or splits. Never opposites, nothing merged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from tissage.people.models import Territory
from tissage.voices.learning.duplicates import Said, groups_of
from tissage.voices.models import Criterion, Expression

from .suggesters import territory_store


def near_duplicates(criteria: Iterable[Criterion]) -> list[list[int]]:
    """Groups of ids of criteria, two or more each, in a fixed order. Without the model: identical spelling only. One query a territory."""
    rows = [(one.territory_id, Said(one.pk, one.french_text or one.text, str(one.question_id), one.component)) for one in criteria]
    return _by_territory(rows)


def near_duplicate_expressions(expressions: Iterable[Expression]) -> list[list[int]]:
    """As `near_duplicates`, for raw notes that no criterion stands for yet: ids of expressions."""
    return _by_territory([(one.territory_id, Said(one.pk, one.french_text or one.text, str(one.question_id))) for one in expressions])


def territory_duplicates(territory: Territory) -> list[list[int]]:
    """`near_duplicates` of every live criterion of a territory, whatever their number: ids of criteria."""
    found = Criterion.objects.live().filter(territory=territory).order_by("pk")
    columns = found.values_list("pk", "text", "french_text", "question_id", "component")
    return _groups(territory, [Said(pk, french or text, str(question), code) for pk, text, french, question, code in columns.iterator()])


def _by_territory(rows: Sequence[tuple[int, Said]]) -> list[list[int]]:
    groups: list[list[int]] = []
    for territory_id, part in groupby(sorted(rows, key=lambda row: (row[0], row[1].key)), key=lambda row: row[0]):
        groups += _groups(Territory(pk=territory_id), [said for _territory, said in part])
    return groups


def _groups(territory: Territory, said: Sequence[Said]) -> list[list[int]]:
    store = territory_store(territory)
    return groups_of(said, store.get([one.text for one in said]) if store is not None and len(said) > 1 else None)
