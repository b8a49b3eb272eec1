"""Groups and workshops with what was heard there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, Sum

from tissage.people.models import Territory
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Question, Workshop


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard somewhere: criteria, the expressions they stand for, and notes that stand alone yet."""

    criteria: int = 0
    expressions: int = 0
    loose: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.criteria or self.loose)


@dataclass(frozen=True, slots=True)
class GroupHeard:
    group: HomogeneousGroup
    heard: Heard
    workshops: int = 0
    last_held_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class QuestionHeard:
    """The criteria of one group under one question, the first of them to read."""

    question: Question
    heard: Heard
    criteria: list[Criterion] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.heard.criteria - len(self.criteria)


def heard_by(column: str, **where: Any) -> dict[Any, Heard]:
    """Counts of live criteria and loose expressions per value of a column (`group`, `question`, `workshop`…). Two queries."""
    counted = Criterion.objects.live().filter(**where).order_by().values_list(column).annotate(Count("pk"), Sum("expression_count"))
    loose = dict(Expression.objects.loose().filter(**where).order_by().values_list(column).annotate(Count("pk")))
    found = {key: Heard(criteria, expressions, loose.pop(key, 0)) for key, criteria, expressions in counted}
    return found | {key: Heard(loose=count) for key, count in loose.items()}


def groups_heard(territory: Territory) -> list[GroupHeard]:
    """Every group of a territory, by name, with what was heard from it."""
    heard = heard_by("group", territory=territory)
    held = {
        group: (count, last)
        for group, count, last in Workshop.objects.filter(territory=territory)
        .order_by()
        .values_list("group")
        .annotate(Count("pk"), Max("held_on"))
    }
    groups = HomogeneousGroup.objects.live().filter(territory=territory).select_related("participants_stated_by").order_by("name", "pk")
    return [GroupHeard(group, heard.get(group.pk, Heard()), *held.get(group.pk, (0, None))) for group in groups]


def questions_heard(group: HomogeneousGroup, first: int = 8) -> list[QuestionHeard]:
    """What a group said, question by question, with the first criteria of each. A question nobody answered stays in the list."""
    heard = heard_by("question", group=group)
    answers = []
    for question in Question.objects.filter(territory=group.territory_id).order_by("position", "code"):
        here = heard.get(question.pk, Heard())
        answers.append(QuestionHeard(question, here))
    criteria = first_criteria(group, [answer.question.pk for answer in answers if answer.heard.criteria], first)
    return [QuestionHeard(answer.question, answer.heard, criteria.get(answer.question.pk, [])) for answer in answers]


def first_criteria(group: HomogeneousGroup, questions: Iterable[int], first: int) -> dict[int, list[Criterion]]:
    """The first criteria of a group under each question, in one query."""
    parts = [
        Criterion.objects.live().filter(group=group, question=question).order_by("pk").values_list("pk", flat=True)[:first]
        for question in questions
    ]
    ids = [pk for part in parts for pk in part]
    found: dict[int, list[Criterion]] = {}
    for criterion in Criterion.objects.filter(pk__in=ids).order_by("pk"):
        found.setdefault(criterion.question_id, []).append(criterion)
    return found


def silent_workshops(territories: Iterable[Territory], before: dt.date) -> list[Workshop]:
    """Workshops held before a day of which nothing was written down, the oldest first."""
    return list(
        Workshop.objects.filter(territory__in=territories, held_on__lt=before)
        .exclude(pk__in=Criterion.objects.live().filter(territory__in=territories, workshop__isnull=False).values("workshop"))
        .exclude(pk__in=Expression.objects.live().filter(territory__in=territories, workshop__isnull=False).values("workshop"))
        .select_related("group", "territory")
        .order_by("held_on", "pk")
    )


def uncoded_by_territory(territories: Iterable[Territory]) -> dict[int, int]:
    """How many live criteria wait for a code, per territory that has some."""
    waiting = Criterion.objects.live().uncoded().filter(territory__in=list(territories))
    return dict(waiting.order_by().values_list("territory").annotate(Count("pk")))


def unstated_groups(territories: Iterable[Territory]) -> list[HomogeneousGroup]:
    """Groups without a number of participants, or whose consent was never recorded, by name."""
    unknown = Q(participants_count__isnull=True) | Q(consent=HomogeneousGroup.Consent.NONE, consent_recorded_on__isnull=True)
    groups = HomogeneousGroup.objects.live().filter(unknown, territory__in=list(territories))
    return list(groups.select_related("territory").order_by("territory__name", "name", "pk"))
