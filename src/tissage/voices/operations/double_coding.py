"""Double coding: drawing a sample for a second person, coding it blind, settling what differs.

A second code never changes a criterion, and figures are always read from the codes as they were given blind. Settling is a decision
taken afterwards: it may give the criterion a new current coding, it never touches either of the two codes that were compared.
"""

from __future__ import annotations

import datetime as dt
import math
import random

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.codes import Code
from tissage.core.sampling import draw_sample
from tissage.people.models import Membership, Territory, User
from tissage.people.operations import record
from tissage.voices.models import BlindCoding, Coding, DoubleCoding
from tissage.voices.queries.double_coding import code_of, differ, first_code, second_code, to_code_twice

from .codings import set_code

MOST = 5000
"""A sample is coded by hand by one person: more than that is a mistake of typing."""
TEAM = (Membership.Role.COORDINATOR, Membership.Role.FACILITATOR)


class NotInTheTeam(ValueError):
    """The second coder must belong to the team of the territory."""


class NothingToDraw(ValueError):
    """No criterion is left that this person has not coded or seen coded."""


class NotYours(ValueError):
    """Only the person for whom the sample was drawn codes it: another code would not be theirs."""


class AlreadyCoded(ValueError):
    """This criterion has its second code; it is taken back first, and never once settled."""


class NothingToSettle(ValueError):
    """There is no disagreement to settle here: not coded twice, alike, or settled already."""


def sample_size(available: int, *, number: int | None, percent: int | None) -> int:
    """How many criteria a sample holds: a number, or a share of those available rounded up; never more than there are."""
    wanted = number if number is not None else math.ceil(available * (percent or 0) / 100)
    return min(wanted, available, MOST)


@transaction.atomic
def draw_double_coding(
    *,
    territory: Territory,
    coder: User,
    label: str,
    draw: random.Random,
    by: User,
    now: dt.datetime,
    number: int | None = None,
    percent: int | None = None,
    by_dimension: bool = True,
) -> DoubleCoding:
    """Draws coded criteria for a second, blind coding by `coder`: `number` of them, or `percent` of those that may be drawn.

    May be drawn: live, coded criteria that this person never coded, and that no earlier sample showed them. `by_dimension` keeps
    the share of each dimension (proportional strata); otherwise any criterion has the same chance. The order is mixed, so that
    it betrays no code. Raises `NotInTheTeam`, `NothingToDraw`.
    """
    if not Membership.objects.open().filter(territory=territory, user=coder, role__in=TEAM).exists():
        raise NotInTheTeam(gettext("Cette personne ne code pas dans ce territoire : choisissez quelqu’un de l’équipe."))
    units: dict[str, list[tuple[int, int]]] = {}
    available = 0
    for criterion, coding, dimension in to_code_twice(territory, coder).values_list("criterion", "pk", "criterion__dimension"):
        units.setdefault(dimension if by_dimension else "", []).append((criterion, coding))
        available += 1
    size = sample_size(available, number=number, percent=percent)
    if size < 1:
        raise NothingToDraw(
            gettext(
                "Il n’y a aucun critère à faire coder une deuxième fois par %(name)s : tout ce qui est codé l’a été par cette personne."
            )
            % {"name": coder.name}
        )
    sample = DoubleCoding.objects.create(territory=territory, label=label, coder=coder, drawn_by=by, drawn_at=now)
    chosen = draw_sample(dict(sorted(units.items())), size, draw)
    BlindCoding.objects.bulk_create(
        [
            BlindCoding(sample=sample, criterion_id=criterion, first_id=coding, position=place)
            for place, (criterion, coding) in enumerate(chosen, 1)
        ],
        batch_size=500,
    )
    record(verb="voices.draw_double_coding", by=by, territory=territory, on=sample, numbers={"criteria": size}, now=now)
    return sample


@transaction.atomic
def code_blind(*, blind: BlindCoding, code: Code, by: User, now: dt.datetime, facet: str = "", memo: str = "") -> BlindCoding:
    """Gives a criterion of a sample its second code. The criterion keeps the code it has. Raises `NotYours`, `AlreadyCoded`."""
    locked = BlindCoding.objects.select_for_update(of=("self",)).select_related("sample__territory").get(pk=blind.pk)
    sample = locked.sample
    if sample.coder_id != by.pk:
        raise NotYours(gettext("Ce double codage est celui de quelqu’un d’autre."))
    if locked.coded_at is not None:
        raise AlreadyCoded(gettext("Vous avez déjà codé ce critère. Pour changer, reprenez d’abord votre dernier code."))
    locked.component, locked.sub_component, locked.sense, locked.beneficiary = code.object, code.sub_component, code.sense, code.beneficiary
    locked.facet, locked.memo, locked.coded_at = facet, memo.strip(), now
    locked.save(update_fields=["component", "sub_component", "sense", "beneficiary", "facet", "memo", "coded_at"])
    if not sample.codings.filter(coded_at__isnull=True).exists():
        sample.ended_at = now
        sample.save(update_fields=["ended_at"])
    record(verb="voices.code_blind", by=by, territory=sample.territory, on=sample, numbers={"position": locked.position}, now=now)
    return locked


@transaction.atomic
def take_back_blind(*, sample: DoubleCoding, by: User, now: dt.datetime) -> BlindCoding | None:
    """Takes the last second code of a sample back, to be given again; None when there is none. Raises `NotYours`, `AlreadyCoded`."""
    if sample.coder_id != by.pk:
        raise NotYours(gettext("Ce double codage est celui de quelqu’un d’autre."))
    coded = sample.codings.select_for_update(of=("self",)).filter(coded_at__isnull=False)
    last = coded.order_by("-coded_at", "-position", "-pk").first()
    if last is None:
        return None
    if last.settled_at is not None:
        raise AlreadyCoded(gettext("Ce désaccord a été tranché depuis : votre code reste tel que vous l’avez donné."))
    last.component = last.sub_component = last.sense = last.beneficiary = last.facet = last.memo = ""
    last.coded_at = None
    last.save(update_fields=["component", "sub_component", "sense", "beneficiary", "facet", "memo", "coded_at"])
    DoubleCoding.objects.filter(pk=sample.pk).update(ended_at=None)
    record(verb="voices.take_back_blind", by=by, territory=sample.territory, on=sample, numbers={"position": last.position}, now=now)
    return last


FIRST, SECOND, OTHER = "first", "second", "other"


@transaction.atomic
def settle_disagreement(
    *, blind: BlindCoding, choice: str, note: str, by: User, now: dt.datetime, code: Code | None = None, facet: str = ""
) -> BlindCoding:
    """Settles a disagreement: keeps the first code, takes the second, or gives another (`code`), with a note that says why.

    When that is not the code the criterion bears today, it becomes its current coding, with the note as memo. Neither of the two
    codes that were compared changes. Raises `NothingToSettle`.
    """
    locked = (
        BlindCoding.objects.select_for_update(of=("self",))
        .select_related("sample__territory", "first", "criterion__territory")
        .get(pk=blind.pk)
    )
    if locked.coded_at is None or locked.settled_at is not None or not differ(locked):
        raise NothingToSettle(gettext("Il n’y a plus de désaccord à trancher ici : il l’a été, ou les deux codes sont pareils."))
    chosen, its_facet = {
        FIRST: (first_code(locked), locked.first.facet),
        SECOND: (second_code(locked), locked.facet),
        OTHER: (code, facet),
    }[choice]
    if chosen is None:
        raise NothingToSettle(gettext("Donnez le code à retenir."))
    current = Coding.objects.filter(criterion=locked.criterion_id, superseded_at__isnull=True).first()
    if current is None or (code_of(current), current.facet) != (chosen, its_facet):
        locked.settled_coding = set_code(criterion=locked.criterion, code=chosen, facet=its_facet, memo=note.strip(), by=by, now=now)
    else:
        locked.settled_coding = current
    locked.settled_at, locked.settled_by, locked.settled_note = now, by, note.strip()
    locked.save(update_fields=["settled_at", "settled_by", "settled_note", "settled_coding"])
    record(verb="voices.settle_disagreement", by=by, territory=locked.sample.territory, on=locked.criterion, fields=[choice], now=now)
    return locked


@transaction.atomic
def reopen_disagreement(*, blind: BlindCoding, by: User, now: dt.datetime) -> BlindCoding:
    """Takes a decision back: the disagreement waits again. The criterion keeps the code it has until somebody settles anew."""
    locked = BlindCoding.objects.select_for_update(of=("self",)).select_related("sample__territory", "criterion").get(pk=blind.pk)
    if locked.settled_at is None:
        raise NothingToSettle(gettext("Ce désaccord n’est pas tranché."))
    locked.settled_at, locked.settled_by, locked.settled_note, locked.settled_coding = None, None, "", None
    locked.save(update_fields=["settled_at", "settled_by", "settled_note", "settled_coding"])
    record(verb="voices.reopen_disagreement", by=by, territory=locked.sample.territory, on=locked.criterion, now=now)
    return locked
