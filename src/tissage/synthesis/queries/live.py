"""The live view of the team: what stands in the base now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page
from django.db import connection
from django.db.models import Count, QuerySet, Sum

from tissage.core.nomenclature import DIMENSION
from tissage.core.suppression import Suppression
from tissage.core.synthesis import Cell, Group, Overview, overview
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Question

from .ground import Ground, counts_by_group
from .pages import PAGE_SIZE, page_of
from .values import Line, QuestionValue

GroupIds = Sequence[int] | None
QuestionCodes = Sequence[str] | None


def questions_of(territory: Territory) -> tuple[QuestionValue, ...]:
    """The questions of a territory, in its own order."""
    rows = Question.objects.filter(territory=territory).order_by("position", "code")
    return tuple(QuestionValue(question.code, question.title, question.wording, question.side) for question in rows)


def groups_of(territory: Territory) -> tuple[Group, ...]:
    """The groups of a territory, heard or not, by name."""
    rows = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk").values_list("pk", "name")
    return tuple(Group(pk, name) for pk, name in rows)


def selected(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> QuerySet[Criterion]:
    """The criteria that count, for a selection; None or empty means all."""
    rows = Criterion.objects.live().filter(territory=territory)
    if groups:
        rows = rows.filter(group__in=list(groups))
    if questions:
        codes = dict(Question.objects.filter(territory=territory, code__in=list(questions)).values_list("code", "pk"))
        rows = rows.filter(question__in=list(codes.values()))
    return rows


def live_cube(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> list[Cell]:
    """Criteria and expressions by group, question, component and letter: one group-by on the index `criterion_cube` alone."""
    codes: dict[int, str] = dict(Question.objects.filter(territory=territory).values_list("pk", "code"))
    try:
        sql, parameters = cube_rows(territory, groups, questions).query.sql_with_params()
    except EmptyResultSet:  # only questions that this territory does not put
        return []
    with connection.cursor() as cursor:  # plain rows: tens of thousands of them gain nothing from converters
        cursor.execute(sql, parameters)
        return [Cell(group, codes[question], *rest) for group, question, *rest in cursor.fetchall()]


def cube_rows(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> QuerySet[Criterion, tuple[Any, ...]]:
    """The query of the cube, in the order of its index."""
    axes = ("group_id", "question_id", "component", "letter")
    rows = selected(territory, groups, questions).order_by(*axes).values_list(*axes)
    return rows.annotate(held=Count("*"), notes=Sum("expression_count"))


def live_overview(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> Overview:
    """The overview of what stands now, every group of the selection in it, heard or not."""
    cells = live_cube(territory, groups, questions)
    chosen = set(groups or ())
    known = [group for group in groups_of(territory) if not chosen or group.id in chosen]
    codes = [question.code for question in questions_of(territory) if not questions or question.code in questions]
    return overview(cells, known, codes, dimension_letters(territory))


def dimension_letters(territory: Territory) -> tuple[str, ...]:
    return tuple(term.code for term in territory_nomenclature(territory).of_kind(DIMENSION))


def loose_expressions(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> int:
    """Notes not yet tied to a criterion: counted apart, for they are in no criterion's count."""
    rows = Expression.objects.live().filter(territory=territory, criterion__isnull=True)
    if groups:
        rows = rows.filter(group__in=list(groups))
    if questions:
        rows = rows.filter(question__code__in=list(questions))
    return rows.count()


def component_lines(
    territory: Territory,
    component: str,
    *,
    groups: GroupIds = None,
    questions: QuestionCodes = None,
    letter: str = "",
    page: int | str = 1,
    size: int = PAGE_SIZE,
    count: int | None = None,
) -> Page[Line]:
    """Every criterion of a component (empty: not yet coded), in the order they were recorded.

    `count`, when an overview already holds it, saves counting again.
    """
    rows = selected(territory, groups, questions).filter(component=component)
    if letter:
        rows = rows.filter(letter=letter)
    return page_of(rows.select_related("group", "question").order_by("pk"), live_lines, page=page, size=size, count=count)


def live_lines(rows: Iterable[Any]) -> list[Line]:
    """Criteria, their group and question loaded, as the team reads them."""
    return [
        Line(
            id=row.pk,
            criterion=row.pk,
            group=row.group_id,
            group_name=row.group.name,
            question=row.question.code,
            component=row.component,
            code=row.code,
            letter=row.letter,
            text=row.text,
            language=row.language,
            french_text=row.french_text,
            expressions=row.expression_count,
        )
        for row in rows
    ]


def live_public_overview(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> tuple[Overview, Suppression]:
    """The live counts as a publication today would show them. No statement: nothing live was read for publication."""
    cells = live_cube(territory, groups, questions)
    decision = Ground.of(territory).decide(counts_by_group(cells), groups)
    codes = [question.code for question in questions_of(territory) if not questions or question.code in questions]
    return overview(decision.public_cells(cells), decision.groups, codes, dimension_letters(territory)), decision


def live_suppression(territory: Territory, groups: GroupIds = None, questions: QuestionCodes = None) -> Suppression:
    """What publishing today would show of the groups, and why it would leave some out."""
    return Ground.of(territory).decide(counts_by_group(live_cube(territory, groups, questions)), groups)
