"""The coding desk: which criteria wait, how many, which comes next, and what is offered for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.translation import get_language, gettext

from tissage.core.nomenclature import COMPONENT, Nomenclature
from tissage.frameworks.queries import chosen_version, find_components
from tissage.people.models import Territory
from tissage.voices.models import Coding, Criterion, WorkshopQuestion
from tissage.voices.models.criteria import CriterionQuerySet

from .suggestions import Reason, second_opinions, suggest

UNCODED, IMPORTED, PROPOSED = "", "imported", "proposed"
HELD_SECONDS = 180  # after that a criterion left open is offered to others again
AHEAD = 30  # how far one looks for a criterion that nobody else has open
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """What a person chose to code. `state` is one of the three above; None asks nothing."""

    group: int | None = None
    question: int | None = None
    workshop: int | None = None
    state: str = UNCODED


@dataclass(frozen=True, slots=True)
class Progress:
    """`left` criteria wait among the `total` that the same filters hold."""

    left: int
    total: int

    @property
    def done(self) -> int:
        return self.total - self.left


@dataclass(frozen=True, slots=True)
class Offer:
    """A component to choose from. `percent` is a calibrated probability, or None before there is one; `reasons` are sentences."""

    code: str
    label: str
    status: str
    key: str
    percent: int | None = None
    reasons: tuple[str, ...] = ()

    @property
    def dimension(self) -> str:
        return self.code[:1]


@dataclass(frozen=True, slots=True)
class Offers:
    """What the local model offers, best first; empty when it cannot. `note` says what is missing."""

    offers: tuple[Offer, ...] = ()
    unsure: bool = False
    note: str = ""


def in_scope(territory: Territory, queue: Queue) -> CriterionQuerySet:
    """Every live criterion that the filters of a queue hold, coded or not. Unordered."""
    asked = {"group": queue.group, "question": queue.question, "workshop": queue.workshop}
    return Criterion.objects.live().filter(territory=territory, **{name: value for name, value in asked.items() if value})


def waiting(territory: Territory, queue: Queue) -> CriterionQuerySet:
    """Those of them that wait for the act of this queue: a code, a second look at an import, a validation. Unordered."""
    found = in_scope(territory, queue)
    if queue.state == UNCODED:
        return found.uncoded()
    return found.coded().filter(codings__superseded_at__isnull=True, codings__status=queue.state)


def progress_of(territory: Territory, queue: Queue, *, handled: Sequence[int] = ()) -> Progress:
    """Two counts. `handled` are criteria of this sitting that stay in the queue by their state, and are done all the same."""
    if queue.state == UNCODED:
        both = in_scope(territory, queue).aggregate(left=Count("pk", filter=Q(component="")), total=Count("pk"))
        return Progress(**both)
    left = waiting(territory, queue).exclude(pk__in=handled)
    return Progress(left.count(), in_scope(territory, queue).count())


def next_criterion(
    territory: Territory, queue: Queue, *, person: int, after: int = 0, skipped: Sequence[int] = (), handled: Sequence[int] = ()
) -> Criterion | None:
    """The next one to code, in the order they were said: after the one just done, then from the start, then those that were skipped.

    What another person opened in the last minutes comes after the rest, so that people who code together stay apart.
    """
    left = waiting(territory, queue).order_by("pk")
    if queue.state != UNCODED:
        left = left.exclude(pk__in=handled)
    fresh = left.exclude(pk__in=skipped)
    for candidates in (fresh.filter(pk__gt=after), fresh.filter(pk__lte=after), left.filter(pk__in=skipped)):
        ids = list(candidates.values_list("pk", flat=True)[:AHEAD])
        if ids:
            place = {pk: number for number, pk in enumerate(skipped)}
            chosen = _first_free(sorted(ids, key=lambda pk: (place.get(pk, -1), pk)), person)
            found = with_place(left.filter(pk=chosen)).first()
            # Coded by somebody else since the line above: shown as it is now, it would be coded over as if knowingly.
            return found or next_criterion(territory, queue, person=person, after=after, skipped=skipped, handled=handled)
    return None


def _first_free(ids: Sequence[int], person: int) -> int:
    """The first one that this person can hold; the very first when others hold them all."""
    taken = held_by_others(ids, person)
    return next((pk for pk in ids if pk not in taken and hold(pk, person)), ids[0])


def with_place(criteria: CriterionQuerySet) -> CriterionQuerySet:
    return criteria.select_related("territory", "group", "question", "workshop", "proposition").order_by("pk")


def _held(pk: int) -> str:
    return f"desk:{pk}"


def hold(pk: int, person: int) -> bool:
    """Remembers for a few minutes that somebody has this criterion before them; False when another was first.

    A courtesy, not a lock: saving checks again.
    """
    return cache.add(_held(pk), person, HELD_SECONDS) or cache.get(_held(pk)) == person


def held_by_others(ids: Sequence[int], person: int) -> set[int]:
    found = cache.get_many([_held(pk) for pk in ids])
    return {pk for pk in ids if found.get(_held(pk), person) != person}


def current_coding(criterion: Criterion) -> Coding | None:
    if not criterion.component:  # operations keep the columns and the current coding equal
        return None
    return criterion.codings.filter(superseded_at__isnull=True).select_related("coder").first()


def wording_of(criterion: Criterion) -> tuple[str, str]:
    """The question as it was put, and its language: the exact wording of the workshop, else the usual one."""
    if criterion.workshop_id:
        asked = WorkshopQuestion.objects.filter(workshop=criterion.workshop_id, question=criterion.question_id)
        exact = asked.order_by("position", "pk").first()
        if exact is not None:
            return exact.wording, exact.language
    return criterion.question.wording, "fr"


def offers_for(criterion: Criterion, nomenclature: Nomenclature) -> Offers:
    """The five most probable components of a criterion, in words, with why. What is missing is said, and the search stays."""
    place, text = criterion.territory, criterion.french_text or criterion.text
    own = second_opinions(place, [criterion.pk], prompt=True) if criterion.component else {}  # its own code is no reason for itself
    suggested = own.get(criterion.pk) or suggest(place, text, criterion.question.code, prompt=True)
    found = tuple(
        offer(nomenclature, one.code, probability=one.probability, reasons=reasons_in_words(one.reasons)) for one in suggested.components
    )
    return Offers(found, bool(found) and suggested.unsure, suggested.note)


def reasons_in_words(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Why a component is offered: what was coded so nearby, a phrase or words of the key."""
    words = {
        "criterion": gettext("codé ainsi : « %(text)s »"),
        "phrase": gettext("phrase de la clé : « %(text)s »"),
        "words": gettext("mots de la clé : %(text)s"),
    }
    return tuple(words[reason.kind] % {"text": reason.text} for reason in reasons if reason.kind in words)


def offer(nomenclature: Nomenclature, code: str, *, probability: float | None = None, reasons: tuple[str, ...] = ()) -> Offer:
    language = (get_language() or "fr").split("-")[0]
    term = nomenclature.get(COMPONENT, code)
    return Offer(
        code,
        nomenclature.label_of(code, language),
        term.status if term else "unknown",
        term.key(language) if term else "",
        None if probability is None else round(probability * 100),
        reasons,
    )


def found_by_words(territory: Territory, nomenclature: Nomenclature, words: str) -> list[Offer]:
    """The components that a few words speak of: names, keys and phrases, `x00` last when all else is equal."""
    version = chosen_version(territory)
    if version is None or not words.strip():
        return []
    return [
        offer(
            nomenclature, match.term.code, reasons=(gettext("comme : « %(phrase)s »") % {"phrase": match.phrase},) if match.phrase else ()
        )
        for match in find_components(version, words, MOST_FOUND)
    ]


def of_dimension(nomenclature: Nomenclature, dimension: str) -> list[Offer]:
    """The components of a dimension, `x00` last: it is chosen in doubt only."""
    return [offer(nomenclature, term.code) for term in nomenclature.components_of(dimension)]
