"""Double coding: what may be drawn, how far each sample is, what waits, what differs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from tissage.core.codes import Code
from tissage.people.models import Membership, Territory, User
from tissage.voices.models import BlindCoding, Coding, Criterion, DoubleCoding

COMPONENT, DIMENSION, CODE = "component", "dimension", "code"
LEVELS = (COMPONENT, DIMENSION, CODE)
"""What must be the same for two codings to be alike: the component, its dimension, or the component with its letter of sense."""


def code_of(coding: Any) -> Code:
    """The code of anything that bears its four columns."""
    return Code(coding.component, coding.sub_component, coding.sense, coding.beneficiary)


def differ(blind: BlindCoding) -> bool:
    """True when the two codes name another component or another letter of sense."""
    return (blind.component, blind.sense[:1]) != (blind.first.component, blind.first.sense[:1])


def first_code(blind: BlindCoding) -> Code:
    return code_of(blind.first)


def second_code(blind: BlindCoding) -> Code:
    return code_of(blind)


def to_code_twice(territory: Territory, coder: User) -> QuerySet[Coding]:
    """Current codings of live criteria that this person never coded and met in no earlier sample, in a stable order."""
    theirs = Coding.objects.filter(coder=coder, criterion__territory=territory).values("criterion")
    met = BlindCoding.objects.filter(sample__coder=coder, sample__territory=territory).values("criterion")
    live = Criterion.objects.live().coded().filter(territory=territory).exclude(pk__in=theirs).exclude(pk__in=met)
    return Coding.objects.filter(superseded_at__isnull=True, criterion__in=live).order_by("criterion")


def may_code_twice(territory: Territory) -> list[tuple[User, int]]:
    """The people of the team by name, each with the number of criteria that could be drawn for them.

    Four queries whatever the number of people; one person's own criteria are counted in Python.
    """
    team = [
        membership.user
        for membership in Membership.objects.open()
        .filter(territory=territory, role__in=(Membership.Role.COORDINATOR, Membership.Role.FACILITATOR), user__is_active=True)
        .select_related("user")
        .order_by("user__name", "user")
    ]
    coded = Criterion.objects.live().coded().filter(territory=territory)
    total = coded.count()
    mine: dict[int, set[int]] = {}
    known = Coding.objects.filter(criterion__in=coded, coder__in=team).values_list("coder", "criterion")
    met = BlindCoding.objects.filter(criterion__in=coded, sample__coder__in=team).values_list("sample__coder", "criterion")
    for pairs in (known.order_by().distinct(), met.order_by().distinct()):
        for person, criterion in pairs:
            mine.setdefault(person, set()).add(criterion)
    return [(person, total - len(mine.get(person.pk, ()))) for person in team]


def live_blind(territory: Territory) -> QuerySet[BlindCoding]:
    """What was drawn and still counts: a criterion that was merged, withdrawn or undone since leaves samples and figures."""
    return BlindCoding.objects.filter(sample__territory=territory, criterion__in=Criterion.objects.live().filter(territory=territory))


def samples_of(territory: Territory) -> QuerySet[DoubleCoding]:
    """The samples, latest first, with `criteria` (that still count) and `coded`."""
    live = Q(codings__criterion__in=Criterion.objects.live().filter(territory=territory))
    return (
        DoubleCoding.objects.filter(territory=territory)
        .select_related("coder", "drawn_by")
        .annotate(criteria=Count("codings", filter=live), coded=Count("codings", filter=live & Q(codings__coded_at__isnull=False)))
        .order_by("-drawn_at", "-pk")
    )


def next_blind(sample: DoubleCoding, after: int = 0) -> BlindCoding | None:
    """The next criterion of a sample to code: after this position, then from the start, so that what was skipped comes back last."""
    waiting = live_blind(sample.territory).filter(sample=sample, coded_at__isnull=True).order_by("position", "pk")
    waiting = waiting.select_related("criterion__group", "criterion__question", "criterion__workshop")
    return waiting.filter(position__gt=after).first() or waiting.first()


def coded_twice(territory: Territory) -> QuerySet[BlindCoding]:
    return live_blind(territory).filter(coded_at__isnull=False)


def disagreements_of(territory: Territory, level: str = CODE) -> QuerySet[BlindCoding]:
    """Criteria coded twice whose codes differ at this level, in the order they were coded; settled or not.

    A code that only says more (digits of a sense, sub-component, beneficiary) does not differ.
    """
    differs = {
        COMPONENT: ~Q(component=F("first__component")),
        DIMENSION: ~Q(dimension_here=F("dimension_there")),
        CODE: ~Q(component=F("first__component")) | ~Q(letter_here=F("letter_there")),
    }[level]
    named = coded_twice(territory).annotate(
        dimension_here=Substr("component", 1, 1),
        dimension_there=Substr("first__component", 1, 1),
        letter_here=Substr("sense", 1, 1),
        letter_there=Substr("first__sense", 1, 1),
    )
    related = ("sample__coder", "first__coder", "criterion__group", "criterion__question", "settled_by", "settled_coding")
    return named.filter(differs).select_related(*related).order_by("coded_at", "pk")


def waiting_for(user: Any) -> list[Any]:
    """The unfinished samples drawn for this person where they are still in the team, the oldest first, with `left` (more than 0)."""
    teams = Membership.objects.open().filter(user=user.pk, role__in=(Membership.Role.COORDINATOR, Membership.Role.FACILITATOR))
    left = Count("codings", filter=Q(codings__coded_at__isnull=True, codings__criterion__in=Criterion.objects.live()))
    mine = DoubleCoding.objects.filter(coder=user.pk, ended_at__isnull=True, territory__in=teams.values("territory"))
    return list(mine.select_related("territory").annotate(left=left).filter(left__gt=0).order_by("drawn_at", "pk"))
