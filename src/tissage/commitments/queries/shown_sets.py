"""A received set as its pages show it: counts in words, three percentages, categories, each ask with what stands for it, lists compared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.commitments.models import Answer, AskCategory, AskSet, Commitment, Completion, Contestant, Evidence, EvidenceLink
from tissage.core.scorecard import Score, printed
from tissage.ui.templatetags.tissage import figure

from .scorecards import NOT_COMPETENT, NOT_VERIFIABLE, AskLine, Counts, card_of, categories_of, commitments_by_ask, counts_of, lines_of

SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score ready to print: one decimal in tables, integers in the sentence; empty where nothing applies."""

    score: Score

    @property
    def applies(self) -> bool:
        return self.score.headline is not None

    @property
    def headline(self) -> str:
        return _printed(self.score.headline)

    @property
    def coverage(self) -> str:
        return _printed(self.score.coverage)

    @property
    def ceiling(self) -> str:
        return _printed(self.score.ceiling)

    @property
    def headline_width(self) -> str:
        return _width(self.score.headline)

    @property
    def ceiling_width(self) -> str:
        return _width(self.score.ceiling)

    @property
    def sentence(self) -> str:
        """« 41 % prouvé (59 % documenté, jusqu’à 82 %) », always the three together."""
        if not self.applies:
            return _("sans objet : aucune demande ne compte ici")
        told = {name: _printed(getattr(self.score, name), 0) for name in ("headline", "coverage", "ceiling")}
        return _("%(headline)s prouvé (%(coverage)s documenté, jusqu’à %(ceiling)s)") % told


@dataclass(frozen=True, slots=True)
class ShownAsk:
    line: AskLine
    commitments: list[Commitment]
    evidence: list[Evidence]
    before: str
    """What it was at the date looked back to; empty when it did not move, or when no date was given."""

    @property
    def before_word(self) -> str:
        return str(Completion(self.before).label) if self.before else ""


@dataclass(frozen=True, slots=True)
class ShownCategory:
    category: AskCategory
    score: ShownScore
    asks: list[ShownAsk]


@dataclass(frozen=True, slots=True)
class ShownSet:
    ask_set: AskSet
    counts: Counts
    score: ShownScore
    categories: list[ShownCategory]

    @property
    def sentence(self) -> str:
        return counts_in_words(self.counts)

    @property
    def beside(self) -> list[AskLine]:
        """What is published and in no sum."""
        return [shown.line for category in self.categories for shown in category.asks if not shown.line.applies]

    @property
    def moved(self) -> list[ShownAsk]:
        return [shown for category in self.categories for shown in category.asks if shown.before]


def shown_set(ask_set: AskSet, *, public: bool, since: dt.date | None = None) -> ShownSet:
    """`public`: validated evidence that may be shown, and nothing else. Seven queries, nine with a date."""
    lines, categories = lines_of(ask_set), categories_of(ask_set)
    before = {line.ask.pk: line.completion for line in lines_of(ask_set, until=since)} if since else {}
    card = card_of(categories, lines)
    held = commitments_by_ask(lines)
    proofs = _evidence(lines, public=public)
    shown: dict[int, list[ShownAsk]] = defaultdict(list)
    for line in lines:
        former = before.get(line.ask.pk, line.completion)
        moved = former if former != line.completion else ""
        shown[line.ask.category_id].append(ShownAsk(line, held[line.ask.pk], proofs[line.ask.pk], moved))
    return ShownSet(
        ask_set,
        counts_of(lines),
        ShownScore(card.total),
        [
            ShownCategory(category, ShownScore(scored.score), shown[category.pk])
            for category, scored in zip(categories, card.by_category, strict=True)
        ],
    )


def counts_in_words(counts: Counts) -> str:
    """« sur 12 demandes vérifiables, 4 tenues avec preuve, 3 sans information ». Counts before any percentage."""
    if not counts.scored:
        return _("Aucune demande vérifiable de la compétence de la commune.")
    asked = ngettext("Sur %(n)s demande vérifiable", "Sur %(n)s demandes vérifiables", counts.scored) % {"n": counts.scored}
    kept = ngettext("%(n)s tenue avec preuve", "%(n)s tenues avec preuve", counts.kept) % {"n": counts.kept}
    between = ngettext("%(n)s en chemin ou pas commencée", "%(n)s en chemin ou pas commencées", counts.between) % {"n": counts.between}
    unknown = _("%(n)s sans information") % {"n": counts.unknown}
    return f"{asked}, {kept}, {between}, {unknown}." if counts.between else f"{asked}, {kept}, {unknown}."


def why_in_words(line: AskLine) -> str:
    return {
        NOT_VERIFIABLE: _("publiée, hors score : telle qu’elle est écrite, on ne peut pas la vérifier"),
        NOT_COMPETENT: _("publiée, hors score : ce n’est pas une compétence qui compte ici"),
    }.get(line.why_not, "")


def _evidence(lines: Iterable[AskLine], *, public: bool) -> dict[int, list[Evidence]]:
    """Validated pieces by ask: its own, and those of the commitments that answer it. The latest fact first."""
    rows = list(lines)
    behind: dict[int, list[int]] = defaultdict(list)
    for line in rows:
        for commitment in line.commitments:
            behind[commitment].append(line.ask.pk)
    links = EvidenceLink.objects.filter(Q(ask__in=[line.ask.pk for line in rows]) | Q(commitment__in=behind))
    links = links.filter(evidence__state=Evidence.State.VALIDATED)
    if public:
        links = links.filter(evidence__is_public=True)
    found: dict[int, dict[int, Evidence]] = {line.ask.pk: {} for line in rows}
    ordered = links.select_related("evidence__issuer", "evidence__archived_copy").order_by("-evidence__fact_on", "-evidence", "pk")
    for link in ordered:
        for ask in [link.ask_id] if link.ask_id is not None else behind[link.commitment_id or 0]:
            found[ask][link.evidence_id] = link.evidence
    return {ask: list(pieces.values()) for ask, pieces in found.items()}


@dataclass(frozen=True, slots=True)
class ComparedAsk:
    """An ask and what each list answered, in the order of the lists; None is « pas de réponse », and never a no."""

    line: AskLine
    answers: list[tuple[Contestant, Answer | None]]

    @property
    def is_answered(self) -> bool:
        return any(answer is not None for _list, answer in self.answers)


def compared(ask_set: AskSet) -> tuple[list[Contestant], list[ComparedAsk]]:
    """Published answers, lists by ballot number then name: no score, no ranking. Three queries more than the asks."""
    if ask_set.election is None:
        return [], []
    lists = list(ask_set.election.contestants.order_by(F("list_number").asc(nulls_last=True), "name", "pk"))
    answers = {
        (answer.ask_id, answer.contestant_id): answer
        for answer in Answer.objects.filter(ask__ask_set=ask_set, published_on__isnull=False, contestant__in=lists).order_by("pk")
    }
    return lists, [ComparedAsk(line, [(one, answers.get((line.ask.pk, one.pk))) for one in lists]) for line in lines_of(ask_set)]


def _printed(value: Fraction | None, places: int = 1) -> str:
    if value is None:
        return ""
    rounded = printed(value, places)
    whole = f"{rounded:.{places}f}".replace(".", ",") if places else figure(rounded)
    return f"{whole}{SPACE}%"


def _width(value: Fraction | None) -> str:
    """Of a bar of 400 units, between its two edges."""
    return f"{float(value or 0) * 3.99:.2f}"
