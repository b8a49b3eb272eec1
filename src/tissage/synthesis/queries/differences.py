"""How two versions differ: the database finds the lines that do, `core.comparison` says how."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from tissage.core.comparison import ComparedLine, Comparison, compare
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import chosen_version, translate
from tissage.synthesis.models import Synthesis, SynthesisLine
from tissage.voices.models import Criterion

from .live import live_cube, selected
from .versions import code_of, version_cells

CODE = ("component", "sub_component", "sense", "beneficiary")


def compare_versions(older: Synthesis, newer: Synthesis) -> Comparison:
    """What `newer` adds, no longer holds, codes or words otherwise."""
    before, after = _lines(older), _lines(newer)
    same = {"criterion": OuterRef("criterion"), "text": OuterRef("text"), **{name: OuterRef(name) for name in CODE}}
    return compare(
        _compared(before.exclude(Exists(after.filter(**same)))),
        _compared(after.exclude(Exists(before.filter(**same)))),
        before=version_cells(older),
        after=version_cells(newer),
        mapping=_mapping(older, newer.nomenclature),
    )


def compare_with_live(older: Synthesis) -> Comparison:
    """What stands in the base now beside a version, for the same selection."""
    before = _lines(older)
    groups, questions = older.selection.get("groups") or None, older.selection.get("questions") or None
    after = selected(older.territory, groups, questions)
    codes = {name: OuterRef(name) for name in CODE}
    return compare(
        _compared(before.exclude(Exists(after.filter(pk=OuterRef("criterion"), text=OuterRef("text"), **codes)))),
        _compared_live(after.exclude(Exists(before.filter(criterion=OuterRef("pk"), text=OuterRef("text"), **codes)))),
        before=version_cells(older),
        after=live_cube(older.territory, groups, questions),
        mapping=_mapping(older, chosen_version(older.territory)),
    )


def _lines(synthesis: Synthesis) -> QuerySet[SynthesisLine]:
    return SynthesisLine.objects.filter(synthesis=synthesis).order_by()


def _compared(rows: QuerySet[SynthesisLine]) -> Iterable[ComparedLine]:
    return [_compared_line(row, row.criterion_id, row.question) for row in rows.order_by("criterion")]


def _compared_live(rows: QuerySet[Criterion]) -> Iterable[ComparedLine]:
    return [_compared_line(row, row.pk, row.asked) for row in rows.annotate(asked=F("question__code")).order_by("pk")]


def _compared_line(row: Any, criterion: int, question: str) -> ComparedLine:
    return ComparedLine(criterion, row.group_id, question, code_of(row), row.component, row.text, row.expression_count)


def _mapping(older: Synthesis, newer: FrameworkVersion | None) -> dict[str, str] | None:
    """The newer code of each component the older version uses, or None when both follow the same nomenclature.

    A component that became several, or that nobody mapped, is left out: the comparison then says that it cannot tell.
    """
    if newer is None or newer.pk == older.nomenclature_id:
        return None
    used = sorted({cell.component for cell in version_cells(older) if cell.component})
    found = {code: translate(code, older.nomenclature, newer).codes for code in used}
    return {code: codes[0] for code, codes in found.items() if len(codes) == 1}
