"""Survey statements: making one of several criteria, gathering criteria under it, taking them out. A criterion keeps its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext, ngettext

from tissage.core.propositions import Statement, accused
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Criterion, Proposition

from .changes import lock_criteria
from .criteria import correct_proposition


class PropositionRefusal(ValueError):
    """What was asked cannot be; the message says what to do."""


class WouldAccuse(ValueError):
    """The wording would have people accuse themselves who said something positive. `criteria`: the ids of what they said."""

    def __init__(self, criteria: Sequence[int]) -> None:
        super().__init__(
            ngettext(
                "Cette formulation négative ferait s’accuser la personne qui a dit ce critère, alors qu’elle parlait positivement.",
                "Cette formulation négative ferait s’accuser les personnes qui ont dit ces %(count)s critères, alors qu’elles parlaient positivement.",
                len(criteria),
            )
            % {"count": len(criteria)}
        )
        self.criteria = tuple(criteria)


@transaction.atomic
def make_proposition(*, text: str, criteria: Sequence[Criterion], by: User, now: dt.datetime, knowingly: bool = False) -> Proposition:
    """One survey statement for criteria of one component and one sense; they leave the one they had, if any.

    `knowingly`: the person read whom a negative wording would accuse, and keeps it. Raises `PropositionRefusal`, `WouldAccuse`.
    """
    wording = " ".join(text.split())
    chosen = _chosen(criteria)
    codes = {(item.component, item.sense) for item in chosen}
    if not wording:
        raise PropositionRefusal(gettext("Écrivez la formulation."))
    if len(codes) > 1 or not chosen[0].component:
        raise PropositionRefusal(gettext("Une formulation résume des critères d’une même composante et d’un même sens."))
    territory, (component, sense) = chosen[0].territory, codes.pop()
    if Proposition.objects.filter(territory=territory, component=component, sense=sense, text=wording).exists():
        raise PropositionRefusal(gettext("Cette formulation existe déjà pour ce code : rattachez-y les critères."))
    _check_accusation(wording, chosen, knowingly)
    made = Proposition.objects.create(territory=territory, component=component, sense=sense, text=wording)
    Criterion.objects.filter(pk__in=[item.pk for item in chosen]).update(proposition=made)
    record(verb="voices.make_proposition", by=by, territory=territory, on=made, numbers={"criteria": len(chosen)}, now=now)
    return made


@transaction.atomic
def attach_to_proposition(
    *, proposition: Proposition, criteria: Sequence[Criterion], by: User, now: dt.datetime, knowingly: bool = False
) -> Proposition:
    """Criteria of its component and sense join a survey statement. Raises `PropositionRefusal`, `WouldAccuse`."""
    chosen = _chosen(criteria)
    place = (proposition.territory_id, proposition.component, proposition.sense)
    if any((item.territory_id, item.component, item.sense) != place for item in chosen):
        raise PropositionRefusal(gettext("On rattache à une formulation des critères de sa composante et de son sens."))
    _check_accusation(str(proposition), chosen, knowingly)
    Criterion.objects.filter(pk__in=[item.pk for item in chosen]).update(proposition=proposition)
    numbers = {"criteria": len(chosen)}
    record(verb="voices.attach_to_proposition", by=by, territory=proposition.territory, on=proposition, numbers=numbers, now=now)
    return proposition


@transaction.atomic
def detach_from_proposition(*, proposition: Proposition, criteria: Sequence[Criterion], by: User, now: dt.datetime) -> Proposition:
    """Criteria leave a survey statement; they keep their words and their code. Raises `PropositionRefusal`."""
    chosen = [item for item in lock_criteria(criteria) if item.proposition_id == proposition.pk]
    if not chosen:
        raise PropositionRefusal(gettext("Choisissez au moins un critère de cette formulation."))
    Criterion.objects.filter(pk__in=[item.pk for item in chosen]).update(proposition=None)
    numbers = {"criteria": len(chosen)}
    record(verb="voices.detach_from_proposition", by=by, territory=proposition.territory, on=proposition, numbers=numbers, now=now)
    return proposition


@transaction.atomic
def reword_proposition(*, proposition: Proposition, text: str, by: User, now: dt.datetime, knowingly: bool = False) -> Proposition:
    """The corrected wording, beside the original; an empty one, or the original, takes the correction away. Raises `WouldAccuse`."""
    wording = " ".join(text.split())
    attached = list(Criterion.objects.live().filter(proposition=proposition).select_related("question").order_by("pk"))
    _check_accusation(wording or proposition.text, attached, knowingly)
    corrected = "" if wording == proposition.text else wording
    return correct_proposition(proposition=proposition, corrected_text=corrected, by=by, now=now)


@transaction.atomic
def delete_proposition(*, proposition: Proposition, by: User, now: dt.datetime) -> None:
    """A survey statement that no criterion feeds any more goes. Raises `PropositionRefusal`."""
    found = Proposition.objects.select_for_update(of=("self",)).select_related("territory").get(pk=proposition.pk)
    if Criterion.objects.filter(proposition=found).exists():
        raise PropositionRefusal(gettext("Des critères tiennent encore à cette formulation : détachez-les d’abord."))
    record(verb="voices.delete_proposition", by=by, territory=found.territory, on=found, now=now)
    found.delete()


def _chosen(criteria: Sequence[Criterion]) -> list[Criterion]:
    """The live ones among the chosen criteria, locked, with their question."""
    locked = lock_criteria(criteria)
    live = Criterion.objects.live().filter(pk__in=[item.pk for item in locked])
    found = list(live.select_related("territory", "question").order_by("pk"))
    if not found:
        raise PropositionRefusal(gettext("Choisissez au moins un critère."))
    if len(found) != len({item.pk for item in criteria}):
        raise PropositionRefusal(gettext("Un de ces critères n’est plus là : il a été fusionné, retiré ou annulé entre-temps."))
    return found


def _check_accusation(wording: str, criteria: Sequence[Criterion], knowingly: bool) -> None:
    if knowingly:
        return
    said = [Statement(item.pk, item.french_text or item.text, item.question.side) for item in criteria]
    if concerned := accused(wording, said):
        raise WouldAccuse(concerned)
