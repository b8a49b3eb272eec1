"""The score of a received set as it stands: which assessment speaks for each ask (docs/decisions/0017), and what leaves the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tissage.commitments.models import Ask, AskCategory, AskSet, Assessment, Commitment, Completion, Scorecard
from tissage.core.scorecard import NO_EVIDENCE, VALUES, Card, Category, Item, Number, Score, printed, scorecard
from tissage.people.models import Territory

from .assessed import answering, standing

NOT_VERIFIABLE, NOT_COMPETENT = "not_verifiable", "not_competent"


@dataclass(frozen=True, slots=True)
class AskLine:
    """An ask and what stands for it: its own latest assessment, else that of the one commitment that answers it. `why_not`: out of both sums, and why."""

    ask: Ask
    assessment: Assessment | None
    commitments: tuple[int, ...]
    from_commitment: bool
    why_not: str

    @property
    def completion(self) -> str:
        return self.assessment.completion if self.assessment else NO_EVIDENCE

    @property
    def completion_word(self) -> str:
        return str(Completion(self.completion).label)

    @property
    def applies(self) -> bool:
        return not self.why_not


def lines_of(ask_set: AskSet, *, until: dt.date | None = None) -> list[AskLine]:
    """Every ask in its order. Three queries. `until`: as it stood at the end of that day, for what moved since."""
    asks = list(ask_set.asks.select_related("category").order_by("category__position", "category", "position", "pk"))
    answered = answering([ask.pk for ask in asks])
    every = {commitment for held in answered.values() for commitment in held}
    if until is None:
        today = standing(commitments=every, asks=[ask.pk for ask in asks])
        by_commitment, by_ask = today.commitments, today.asks
    else:
        by_commitment, by_ask = _as_of(every, [ask.pk for ask in asks], until)
    lines = []
    for ask in asks:
        held = tuple(answered.get(ask.pk, []))
        own = by_ask.get(ask.pk)
        theirs = by_commitment.get(held[0]) if own is None and len(held) == 1 else None
        lines.append(AskLine(ask, own or theirs, held, theirs is not None, why_not_scored(ask, ask_set.counted_competences)))
    return lines


def _as_of(commitments: Iterable[int], asks: Iterable[int], day: dt.date) -> tuple[dict[int, Assessment], dict[int, Assessment]]:
    rows = Assessment.objects.filter(validated_on__lte=day).order_by("validated_on", "pk")
    by_commitment = {row.commitment_id: row for row in rows.filter(commitment__in=list(commitments)) if row.commitment_id is not None}
    by_ask = {row.ask_id: row for row in rows.filter(ask__in=list(asks)) if row.ask_id is not None}
    return by_commitment, by_ask


def why_not_scored(ask: Ask, counted: list[str]) -> str:
    """An ask is published in every case. It is in the sums when it can be verified and a counted competence is among its own."""
    if not ask.is_verifiable:
        return NOT_VERIFIABLE
    return "" if ask.concerns(counted) else NOT_COMPETENT


def categories_of(ask_set: AskSet) -> list[AskCategory]:
    return list(ask_set.categories.order_by("position", "pk"))


def card_of(categories: Iterable[AskCategory], lines: Iterable[AskLine], values: Mapping[str, Number] = VALUES) -> Card:
    return scorecard(
        [Category(one.code, one.label, one.weight) for one in categories],
        [Item(line.ask.code, line.ask.category.code, line.completion, line.ask.weight, line.applies) for line in lines],
        values,
    )


def as_numbers(score: Score) -> dict[str, float | None]:
    """A score as the command writes it: one decimal, null where nothing applies."""
    told = {"headline": score.headline, "ceiling": score.ceiling, "coverage": score.coverage}
    return {name: None if value is None else float(printed(value) or 0) for name, value in told.items()}


def scorecard_as_json(ask_set: AskSet) -> dict[str, object]:
    """{"headline", "ceiling", "coverage", "by_category": [{"code", "weight", "headline", "ceiling", "coverage"}]}."""
    card = card_of(categories_of(ask_set), lines_of(ask_set))
    rows = [{"code": one.category.code, "weight": float(one.category.weight), **as_numbers(one.score)} for one in card.by_category]
    return {**as_numbers(card.total), "by_category": rows}


@dataclass(frozen=True, slots=True)
class Counts:
    """What comes before any percentage: of the asks that are scored, how many stand at each completion."""

    scored: int
    beside: int
    by_completion: Mapping[str, int]

    @property
    def kept(self) -> int:
        return self.by_completion[Completion.COMPLETE]

    @property
    def unknown(self) -> int:
        return self.by_completion[Completion.NO_EVIDENCE]

    @property
    def between(self) -> int:
        return self.scored - self.kept - self.unknown


def counts_of(lines: Iterable[AskLine]) -> Counts:
    rows = list(lines)
    scored = [line for line in rows if line.applies]
    return Counts(len(scored), len(rows) - len(scored), {one: sum(line.completion == one for line in scored) for one in Completion.values})


def versions_of(ask_set: AskSet) -> list[Scorecard]:
    return list(ask_set.scorecards.select_related("made_by").order_by("-version"))


def received_sets(territory: Territory) -> list[AskSet]:
    return list(AskSet.objects.of_territory().filter(territory=territory).select_related("owner").order_by("-created_at", "-pk"))


def commitments_by_ask(lines: Iterable[AskLine]) -> dict[int, list[Commitment]]:
    """The live published commitments behind each ask. One query."""
    rows = list(lines)
    wanted = {one for line in rows for one in line.commitments}
    found = Commitment.objects.filter(pk__in=wanted).select_related("organization", "owner").in_bulk()
    return {line.ask.pk: [found[one] for one in line.commitments] for line in rows}
