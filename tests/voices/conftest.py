"""A group, a question and a few criteria to work on."""

from __future__ import annotations

import pytest

from tissage.voices.models import Criterion, HomogeneousGroup, Question
from tissage.voices.operations.entry import Statement, enter_criteria


@pytest.fixture
def group(territory) -> HomogeneousGroup:
    return HomogeneousGroup.objects.create(territory=territory, name="Jeunes de la gare", public_name="Jeunes", language="fr")


@pytest.fixture
def question(territory) -> Question:
    return Question.objects.get(territory=territory, code="WB")


@pytest.fixture
def enter(group, question, alice, now):
    """Enters statements by fast entry: `enter("un toit", ("être écouté", 3, Code("F01")))` gives the criteria in order."""

    def enter(*statements, group=group, question=question, by=alice, workshop=None) -> list[Criterion]:
        batch = enter_criteria(
            group=group,
            question=question,
            workshop=workshop,
            statements=[Statement(item) if isinstance(item, str) else Statement(*item) for item in statements],
            by=by,
            now=now,
        )
        return list(Criterion.objects.filter(batch=batch).order_by("pk"))

    return enter
