"""Two sheets of the register become one, and what hung on either hangs on it: nothing is lost, and it can be taken back.

Rows of any app that name the organisation are found through the tables themselves, so that nothing downstream is forgotten.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.network.models import CollectiveMembership, Identifier, NotTheSame, Organization, OrganizationMerge, Presence
from tissage.people.models import User
from tissage.people.operations import record

from .organizations import Circle, refuse_circle

FILLED = ("description", "website", "email", "phone")
_STATES = [Presence.State.UNKNOWN, Presence.State.ABSENT, Presence.State.EXCUSED, Presence.State.PRESENT]


class MergeRefused(ValueError):
    """Why the two stay two, and what to do."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A column of some table that names an organisation."""

    model: type[models.Model]
    column: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    def rows(self, organization: Organization) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.column: organization}).order_by("pk")


def hanging() -> Iterator[Hanging]:
    """Every column of the house that names an organisation, many-to-many tables included."""
    for relation in Organization._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            assert isinstance(relation, models.ForeignObjectRel)
            if relation.related_model is not OrganizationMerge:
                yield Hanging(relation.related_model, relation.field.name)


def weight_of(organization: Organization) -> dict[str, int]:
    """How many rows of each kind hang on a sheet, by their French name, what holds none left out."""
    counts: dict[str, int] = {}
    for one in hanging():
        if (count := one.rows(organization).count()) and not one.model._meta.auto_created:
            name = str(one.model._meta.verbose_name_plural)
            counts[name] = counts.get(name, 0) + count
    return dict(sorted(counts.items()))


@transaction.atomic
def merge_organizations(*, kept: Organization, merged: Organization, by: User, now: dt.datetime) -> OrganizationMerge:
    """`merged` becomes another name of `kept`. Raises `MergeRefused`, and then nothing moved."""
    found = {one.pk: one for one in Organization.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    if len(found) != 2 or kept.territory_id != merged.territory_id:
        raise MergeRefused(_("Ces deux fiches ne sont plus dans le même registre : rechargez la page."))
    kept, merged = found[kept.pk], found[merged.pk]
    _refuse_two_numbers(kept, merged)
    before = {name: getattr(kept, name) for name in (*FILLED, "alternate_name", "parent_id", "closed_on")}
    moved: dict[str, list[Any]] = {}
    dropped: list[Any] = [*_join_memberships(kept, merged), *_join_presences(kept, merged)]
    for one in hanging():
        for row in one.rows(merged):
            if one.model is Organization and row.pk == kept.pk:
                continue  # the kept one depended on the other: it takes its parent below
            _move(one, row, kept, moved, dropped)
    _take_over(kept, merged)
    NotTheSame.objects.filter(first=kept, second=kept).delete()
    state = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in before.items()}
    made = OrganizationMerge.objects.create(
        territory=kept.territory,
        kept=kept,
        merged_uuid=merged.uuid,
        merged_name=merged.name,
        merged={"sheet": _written([merged]), "kept_before": state, "dropped": dropped},
        moved=moved,
        by=by,
        at=now,
    )
    merged.delete()
    record(
        verb="network.merge_organizations",
        by=by,
        territory=kept.territory,
        on=kept,
        numbers={"rows": sum(map(len, moved.values()))},
        now=now,
    )
    return made


def _refuse_two_numbers(kept: Organization, merged: Organization) -> None:
    numbers = dict(Identifier.objects.filter(organization=kept).values_list("scheme", "value"))
    for scheme, value in Identifier.objects.filter(organization=merged).values_list("scheme", "value"):
        if numbers.get(scheme, value) != value:
            raise MergeRefused(
                _(
                    "Ces deux fiches ont deux numéros différents (%(first)s et %(second)s) : ce sont deux organisations, ou l’un est faux. Corrigez-le d’abord."
                )
                % {"first": numbers[scheme], "second": value}
            )


def _move(one: Hanging, row: models.Model, kept: Organization, moved: dict[str, list[Any]], dropped: list[Any]) -> None:
    """Hangs a row on the kept sheet; a row that says exactly what another says goes, and is kept aside for the way back."""
    try:
        with transaction.atomic():
            one.model._base_manager.filter(pk=row.pk).update(**{one.column: kept})
    except IntegrityError:
        if not _is_said_twice(one, row, kept):
            name = one.model._meta.verbose_name_plural
            raise MergeRefused(
                _(
                    "Les deux fiches ont chacune leur part de « %(name)s » et ne disent pas la même chose. Retirez ou corrigez l’une des deux, puis réunissez-les."
                )
                % {"name": name}
            ) from None
        dropped += _written([row])
        with transaction.atomic():
            row.delete()
        return
    moved.setdefault(one.key, []).append(row.pk if isinstance(row.pk, int) else str(row.pk))


def _is_said_twice(one: Hanging, row: models.Model, kept: Organization) -> bool:
    """Another row of the kept sheet says the same in every column but its number."""
    same = {
        field.attname: getattr(row, field.attname)
        for field in one.model._meta.concrete_fields
        if not field.primary_key and field.name not in (one.column, "uuid") and not isinstance(field, models.JSONField)
    }
    return one.model._base_manager.filter(**{**same, one.column: kept}).exists()


def _join_memberships(kept: Organization, merged: Organization) -> list[Any]:
    """Both sit in the same collective: one seat stays, from the earlier day, with the representatives and conflicts of both."""
    dropped: list[Any] = []
    open_ones = {row.collective_id: row for row in CollectiveMembership.objects.filter(organization=kept, until__isnull=True)}
    for row in CollectiveMembership.objects.filter(organization=merged, until__isnull=True).order_by("pk"):
        if (stays := open_ones.get(row.collective_id)) is None:
            continue
        dropped += _written([row])
        for relation in CollectiveMembership._meta.related_objects:
            relation.related_model._base_manager.filter(**{relation.field.name: row}).update(**{relation.field.name: stays})
        texts = dict.fromkeys(text for text in (stays.commitments_text, row.commitments_text) if text)
        stays.since, stays.commitments_text = min(stays.since, row.since), "\n".join(texts)
        stays.save(update_fields=["since", "commitments_text"])
        row.delete()
    return dropped


def _join_presences(kept: Organization, merged: Organization) -> list[Any]:
    """Both were noted at the same meeting: the fuller presence stays."""
    dropped: list[Any] = []
    noted = {row.meeting_id: row for row in Presence.objects.filter(organization=kept)}
    for row in Presence.objects.filter(organization=merged).order_by("pk"):
        if (stays := noted.get(row.meeting_id)) is None:
            continue
        dropped += _written([row])
        if _STATES.index(Presence.State(row.state)) > _STATES.index(Presence.State(stays.state)):
            stays.state = row.state
            stays.save(update_fields=["state"])
        row.delete()
    return dropped


def _take_over(kept: Organization, merged: Organization) -> None:
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(merged, name))
    names = [kept.alternate_name, merged.name, merged.alternate_name]
    others = {fold(name): name for name in names if name and fold(name) != fold(kept.name)}
    kept.alternate_name = " · ".join(others.values())[:200]
    if merged.closed_on is None:
        kept.closed_on = None
    if kept.parent_id == merged.pk:
        kept.parent_id = None
    if kept.parent_id is None and merged.parent_id not in (None, kept.pk) and merged.parent is not None:
        try:
            refuse_circle(kept, merged.parent)
        except Circle:
            pass
        else:
            kept.parent = merged.parent
    kept.save()


def _written(rows: list[Any]) -> list[Any]:
    written: list[Any] = json.loads(serializers.serialize("json", rows))
    return written


@transaction.atomic
def split_organizations(*, merge: OrganizationMerge, by: User, now: dt.datetime) -> Organization:
    """Takes a merge back: the sheet that went returns with its number, and what hung on it hangs on it again."""
    merge = OrganizationMerge.objects.select_for_update(of=("self",)).order_by("pk").get(pk=merge.pk)
    kept = Organization.objects.select_for_update(of=("self",)).order_by("pk").get(pk=merge.kept_id)
    for name, value in merge.merged["kept_before"].items():
        setattr(kept, name, dt.date.fromisoformat(value) if name == "closed_on" and value else value)
    kept.save()
    for sheet in serializers.deserialize("json", json.dumps(merge.merged["sheet"])):
        sheet.save()
    back = Organization.objects.get(uuid=merge.merged_uuid)
    back.save()  # its search column
    for one in hanging():
        if pks := merge.moved.get(one.key):
            one.model._base_manager.filter(pk__in=pks, **{one.column: kept}).update(**{one.column: back})
    try:
        for row in serializers.deserialize("json", json.dumps(merge.merged["dropped"])):
            with transaction.atomic():
                row.save()
    except IntegrityError:
        raise MergeRefused(
            _("Quelque chose a changé depuis : ces deux fiches ne peuvent plus être séparées d’un geste. Recréez la seconde à la main.")
        ) from None
    territory = merge.territory
    merge.delete()
    record(verb="network.split_organizations", by=by, territory=territory, on=back, now=now)
    return back


@transaction.atomic
def keep_apart(*, first: Organization, second: Organization, by: User, now: dt.datetime) -> None:
    """Says that two sheets are two organisations: they are not proposed again."""
    low, high = sorted((first, second), key=lambda one: one.pk)
    NotTheSame.objects.get_or_create(first=low, second=high, defaults={"by": by, "at": now})
    record(verb="network.keep_organizations_apart", by=by, territory=low.territory, on=low, now=now)
