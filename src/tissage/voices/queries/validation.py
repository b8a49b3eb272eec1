"""What remains to be read back to a group: words it has not accepted, codes it has not heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tissage.core.codes import Code, format_code
from tissage.core.nomenclature import Nomenclature
from tissage.voices.models import Coding, Criterion, Expression, Workshop
from tissage.voices.models.criteria import CriterionQuerySet

OF_WORKSHOP, OF_GROUP = "atelier", "groupe"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A criterion as it is read to its group: its words, the cards they come from, its code in words, and where each stands."""

    criterion: Criterion
    coding: Coding | None
    code: str
    code_words: str
    cards: tuple[Expression, ...]

    @property
    def words_wait(self) -> bool:
        return self.criterion.group_validated_on is None

    @property
    def code_waits(self) -> bool:
        """A code is there and the group has said neither yes nor no."""
        return self.coding is not None and self.coding.group_validated_on is None and self.coding.group_disagreed_on is None

    @property
    def waits(self) -> bool:
        return self.words_wait or self.code_waits


def criteria_to_read(workshop: Workshop, scope: str) -> CriterionQuerySet:
    """The live criteria of the workshop, or all of its group's."""
    live = Criterion.objects.live()
    return live.filter(group=workshop.group_id) if scope == OF_GROUP else live.filter(workshop=workshop)


def waiting(criteria: CriterionQuerySet) -> CriterionQuerySet:
    """Those whose words or current code the group has not heard."""
    unheard = Coding.objects.filter(
        criterion=OuterRef("pk"), superseded_at__isnull=True, group_validated_on__isnull=True, group_disagreed_on__isnull=True
    )
    return criteria.filter(Q(group_validated_on__isnull=True) | Exists(unheard))


def in_reading_order(criteria: CriterionQuerySet) -> CriterionQuerySet:
    return criteria.select_related("question", "group").order_by("question__position", "question__code", "question", "pk")


def read_backs(criteria: Sequence[Criterion], nomenclature: Nomenclature, language: str) -> list[ReadBack]:
    """A page of criteria with what is read of each. Two queries."""
    codings = {coding.criterion_id: coding for coding in Coding.objects.filter(criterion__in=criteria, superseded_at__isnull=True)}
    cards: dict[int, list[Expression]] = {}
    for card in Expression.objects.live().filter(criterion__in=criteria).order_by("pk"):
        assert card.criterion_id is not None
        cards.setdefault(card.criterion_id, []).append(card)
    found = []
    for criterion in criteria:
        coding = codings.get(criterion.pk)
        code = Code(coding.component, coding.sub_component, coding.sense, coding.beneficiary) if coding else None
        words = nomenclature.explain(code, language) if code else ""
        found.append(ReadBack(criterion, coding, format_code(code) if code else "", words, tuple(cards.get(criterion.pk, ()))))
    return found


def validated_count(**where: Any) -> int:
    """How many live criteria their group accepted, of a workshop or a group."""
    return Criterion.objects.live().validated_by_group().filter(**where).count()
