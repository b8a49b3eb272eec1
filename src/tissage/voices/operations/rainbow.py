"""Rainbow groups: one representative a group, who mark what is shared, proper or contested, and agree on common wordings.

Nothing here changes or deletes a criterion: the originals stay as they were said (`spiral.md` §5.6, §14).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import CommonWording, Criterion, HomogeneousGroup, RainbowGroup, RainbowMark, RainbowWorkshop

FEWEST_GROUPS = 2


class RainbowRefusal(ValueError):
    """What was asked cannot be done; the message says why."""


class RainbowClosed(RainbowRefusal):
    """A closed rainbow workshop says what it said."""

    def __init__(self) -> None:
        super().__init__(
            gettext("Cet atelier arc-en-ciel est clos : ses marques et ses formulations ne changent plus. La coordination peut le rouvrir.")
        )


class TooFewGroups(RainbowRefusal):
    def __init__(self) -> None:
        super().__init__(gettext("Un groupe arc-en-ciel réunit des représentant·e·s d’au moins deux groupes."))


class NameTaken(RainbowRefusal):
    def __init__(self) -> None:
        super().__init__(gettext("Un groupe arc-en-ciel porte déjà ce nom dans ce territoire."))


class NotRepresented(RainbowRefusal):
    def __init__(self) -> None:
        super().__init__(gettext("Ce critère n’est pas, ou plus, celui d’un groupe représenté ici."))


@transaction.atomic
def create_rainbow_group(
    *, territory: Territory, name: str, groups: Sequence[HomogeneousGroup], by: User, now: dt.datetime
) -> RainbowGroup:
    """Raises `TooFewGroups`, `NameTaken`."""
    _check_group(territory, name, groups)
    rainbow = RainbowGroup.objects.create(territory=territory, name=name, created_at=now)
    rainbow.groups.set(groups)
    record(verb="voices.create_rainbow_group", by=by, territory=territory, on=rainbow, numbers={"groups": len(groups)}, now=now)
    return rainbow


@transaction.atomic
def change_rainbow_group(
    *, rainbow: RainbowGroup, name: str, groups: Sequence[HomogeneousGroup], by: User, now: dt.datetime
) -> RainbowGroup:
    """Renames it, or changes which groups it represents. A group with marks in an open or closed workshop stays represented.

    Raises `TooFewGroups`, `NameTaken`, `RainbowRefusal`.
    """
    _check_group(rainbow.territory, name, groups, but=rainbow)
    left = rainbow.groups.exclude(pk__in=[group.pk for group in groups])
    if RainbowMark.objects.filter(workshop__rainbow=rainbow, criterion__group__in=left).exists() or (
        CommonWording.objects.filter(workshop__rainbow=rainbow, criteria__group__in=left).exists()
    ):
        raise RainbowRefusal(gettext("Un groupe dont des critères ont été marqués ou réunis reste représenté."))
    fields = {"name"} if rainbow.name != name else set()
    if set(rainbow.groups.values_list("pk", flat=True)) != {group.pk for group in groups}:
        fields.add("groups")
    rainbow.name = name
    rainbow.save(update_fields=["name"])
    rainbow.groups.set(groups)
    record(verb="voices.change_rainbow_group", by=by, territory=rainbow.territory, on=rainbow, fields=fields, now=now)
    return rainbow


def _check_group(territory: Territory, name: str, groups: Sequence[HomogeneousGroup], but: RainbowGroup | None = None) -> None:
    if len({group.pk for group in groups if group.territory_id == territory.pk}) < FEWEST_GROUPS:
        raise TooFewGroups
    if RainbowGroup.objects.filter(territory=territory, name=name).exclude(pk=but.pk if but else None).exists():
        raise NameTaken


@transaction.atomic
def create_rainbow_workshop(*, rainbow: RainbowGroup, by: User, now: dt.datetime, **details: Any) -> RainbowWorkshop:
    """`details`: `held_on`, `place`, `note`."""
    workshop = RainbowWorkshop.objects.create(territory=rainbow.territory, rainbow=rainbow, **details)
    record(verb="voices.create_rainbow_workshop", by=by, territory=rainbow.territory, on=workshop, now=now)
    return workshop


@transaction.atomic
def change_rainbow_workshop(*, workshop: RainbowWorkshop, by: User, now: dt.datetime, **details: Any) -> RainbowWorkshop:
    """Raises `RainbowClosed`."""
    here = _open(workshop)
    changed = {name for name, value in details.items() if getattr(here, name) != value}
    for name in changed:
        setattr(here, name, details[name])
    here.save(update_fields=sorted(changed))
    record(verb="voices.change_rainbow_workshop", by=by, territory=here.territory, on=here, fields=changed, now=now)
    return here


def _open(workshop: RainbowWorkshop) -> RainbowWorkshop:
    """The workshop as it stands, held until the end of the transaction. Raises `RainbowClosed`."""
    here: RainbowWorkshop = (
        RainbowWorkshop.objects.select_for_update(of=("self",)).select_related("territory", "rainbow").get(pk=workshop.pk)
    )
    if here.closed_at is not None:
        raise RainbowClosed
    return here


def _represented(workshop: RainbowWorkshop, criteria: Sequence[Criterion]) -> list[Criterion]:
    """These criteria as they stand, when every one is live and said by a group represented here. Raises `NotRepresented`."""
    ids = {criterion.pk for criterion in criteria}
    found = list(Criterion.objects.live().filter(pk__in=ids, group__in=workshop.rainbow.groups.order_by().values("pk")).order_by("pk"))
    if len(found) != len(ids):
        raise NotRepresented
    return found


@transaction.atomic
def mark_criterion(
    *, workshop: RainbowWorkshop, criterion: Criterion, mark: str, by: User, now: dt.datetime, note: str | None = None
) -> RainbowMark:
    """Shared, proper to one group, or contested; marked again, it changes. `note` None leaves the note as it is.

    Raises `RainbowClosed`, `NotRepresented`.
    """
    here = _open(workshop)
    [criterion_now] = _represented(here, [criterion])
    if mark not in RainbowMark.Mark.values:
        raise RainbowRefusal(gettext("Choisissez une des trois marques."))
    values: dict[str, Any] = {"mark": mark, "marked_by": by, "marked_at": now}
    if note is not None:
        values["note"] = note.strip()[:300]
    made, _created = RainbowMark.objects.update_or_create(workshop=here, criterion=criterion_now, defaults=values)
    record(verb="voices.mark_criterion", by=by, territory=here.territory, on=criterion_now, fields=[mark], now=now)
    return made


@transaction.atomic
def unmark_criterion(*, workshop: RainbowWorkshop, criterion: Criterion, by: User, now: dt.datetime) -> None:
    """Takes a mark away, with its note. Raises `RainbowClosed`."""
    here = _open(workshop)
    if RainbowMark.objects.filter(workshop=here, criterion=criterion).delete()[0]:
        record(verb="voices.unmark_criterion", by=by, territory=here.territory, on=criterion, now=now)


@transaction.atomic
def agree_wording(
    *, workshop: RainbowWorkshop, component: str, text: str, criteria: Sequence[Criterion], by: User, now: dt.datetime
) -> CommonWording:
    """A wording agreed beside the originals that it brings together. Raises `RainbowClosed`, `NotRepresented`, `RainbowRefusal`."""
    here = _open(workshop)
    found = _for_wording(here, component, text, criteria)
    made = CommonWording.objects.create(workshop=here, component=component, text=text.strip(), agreed_by=by, agreed_at=now)
    made.criteria.set(found)
    record(verb="voices.agree_wording", by=by, territory=here.territory, on=made, numbers={"criteria": len(found)}, now=now)
    return made


@transaction.atomic
def change_wording(*, wording: CommonWording, text: str, criteria: Sequence[Criterion], by: User, now: dt.datetime) -> CommonWording:
    """Other words, or other criteria. Same errors as `agree_wording`."""
    here = _open(wording.workshop)
    found = _for_wording(here, wording.component, text, criteria)
    wording.text, wording.agreed_by, wording.agreed_at = text.strip(), by, now
    wording.save(update_fields=["text", "agreed_by", "agreed_at"])
    wording.criteria.set(found)
    record(verb="voices.change_wording", by=by, territory=here.territory, on=wording, numbers={"criteria": len(found)}, now=now)
    return wording


def _for_wording(workshop: RainbowWorkshop, component: str, text: str, criteria: Sequence[Criterion]) -> list[Criterion]:
    if not text.strip():
        raise RainbowRefusal(gettext("Écrivez la formulation commune."))
    if not criteria:
        raise RainbowRefusal(gettext("Cochez les critères que cette formulation réunit."))
    found = _represented(workshop, criteria)
    if any(criterion.component != component for criterion in found):
        raise RainbowRefusal(gettext("Une formulation commune réunit des critères d’une même composante."))
    return found


@transaction.atomic
def remove_wording(*, wording: CommonWording, by: User, now: dt.datetime) -> None:
    """Takes a common wording away; its criteria stay. Raises `RainbowClosed`."""
    here = _open(wording.workshop)
    record(verb="voices.remove_wording", by=by, territory=here.territory, on=wording, now=now)
    wording.delete()


@transaction.atomic
def close_rainbow_workshop(*, workshop: RainbowWorkshop, by: User, now: dt.datetime) -> RainbowWorkshop:
    """From now on its marks and wordings stay as they are."""
    here = _open(workshop)
    here.closed_at = now
    here.save(update_fields=["closed_at"])
    record(verb="voices.close_rainbow_workshop", by=by, territory=here.territory, on=here, now=now)
    return here


@transaction.atomic
def reopen_rainbow_workshop(*, workshop: RainbowWorkshop, by: User, now: dt.datetime) -> RainbowWorkshop:
    here: RainbowWorkshop = (
        RainbowWorkshop.objects.select_for_update(of=("self",)).select_related("territory", "rainbow").get(pk=workshop.pk)
    )
    if here.closed_at is not None:
        here.closed_at = None
        here.save(update_fields=["closed_at"])
        record(verb="voices.reopen_rainbow_workshop", by=by, territory=here.territory, on=here, now=now)
    return here
