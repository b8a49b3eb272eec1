"""Writes on services: the sheet, its words, its history, the gate before strangers read it. Where and how to reach: `service_parts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.publication_gate import Gap, missing
from tissage.network.models import FieldChange, Organization, Service, ServiceTerm
from tissage.network.queries.services import TERM_KINDS, facts_of
from tissage.people.models import User
from tissage.people.operations import record

from .service_parts import add_contact, change_contact, place_service, remove_contact, take_from_place

__all__ = [
    "AlreadyThere",
    "NotReady",
    "ScopeWithoutEvidence",
    "add_contact",
    "archive_service",
    "assure_service",
    "change_contact",
    "change_service",
    "create_service",
    "place_service",
    "publish_service",
    "put_field_back",
    "remove_contact",
    "restore_service",
    "take_from_place",
]

Origin = FieldChange.Origin
EDITABLE = frozenset(
    [
        "name",
        "short_description",
        "description",
        "status",
        "area",
        "audience_note",
        "min_age",
        "max_age",
        "who_may_use",
        "contact_link",
        "application_process",
        "required_documents",
        "fee",
        "fee_note",
        "interpretation",
        "alert",
        "alert_until",
        "capacity",
        "capacity_on",
        "lgbtqi_scope",
        "evidence_award",
        "evidence_qualification",
        "evidence_document",
        "review_every",
        "assured_on",
        "noindex",
        "source",
        "source_id",
    ]
)
"""Columns that a form, an import or an answer may change; the rest moves by its own act."""


class AlreadyThere(ValueError):
    """The organisation already has a service of this name; `service` is that one."""

    def __init__(self, service: Service) -> None:
        super().__init__(_("Cette organisation a déjà un service « %(name)s ».") % {"name": service.name})
        self.service = service


class ScopeWithoutEvidence(ValueError):
    """« trained » asks for an award or a qualification of the organisation, in force on the day it is said."""

    def __init__(self) -> None:
        super().__init__(
            _("« Personnel formé » demande un label ou une qualification de cette organisation, en vigueur aujourd’hui. Notez-les d’abord.")
        )


class NotReady(ValueError):
    """The sheet may not be published yet; `gaps` says what it misses, in the order one fills it."""

    def __init__(self, gaps: list[Gap]) -> None:
        count = len(gaps)
        super().__init__(
            ngettext("Il manque encore %(count)s point avant de publier.", "Il manque encore %(count)s points avant de publier.", count)
            % {"count": count}
        )
        self.gaps = gaps


@transaction.atomic
def create_service(
    *,
    organization: Organization,
    name: str,
    by: User | None,
    now: dt.datetime,
    terms: Mapping[str, Iterable[str]] | None = None,
    origin: str = Origin.TEAM,
    publication: str = Service.Publication.DRAFT,
    **details: Any,
) -> Service:
    """A new sheet, a draft (or `suggested`) that strangers do not read. `terms`: {kind: codes}; `details`: columns of the table.

    Raises `AlreadyThere` when the organisation has one of this name, `ScopeWithoutEvidence`.
    """
    _known(details)
    name = " ".join(name.split())
    Organization.objects.select_for_update(of=("self",)).order_by("pk").get(pk=organization.pk)
    _refuse_twice(organization, name)
    made = Service(
        territory=organization.territory,
        organization=organization,
        name=name,
        publication=publication,
        created_at=now,
        modified_at=now,
        assured_by=by if details.get("assured_on") else None,
        **details,
    )
    _refuse_unproved(made, now)
    made.save()
    for kind, codes in (terms or {}).items():
        _replace_terms(made, kind, codes)
    _keep_change(made, "publication", "", publication, origin=origin, by=by, now=now)
    record(verb="network.create_service", by=by, territory=made.territory, on=made, now=now)
    return made


@transaction.atomic
def change_service(
    *,
    service: Service,
    by: User | None,
    now: dt.datetime,
    origin: str = Origin.TEAM,
    terms: Mapping[str, Iterable[str]] | None = None,
    **details: Any,
) -> list[str]:
    """Changes a sheet; gives the names of what changed, kinds of words included. Each change is kept with what stood before.

    `terms` replaces the words of the kinds it names, and of no other. Raises `AlreadyThere`, `ScopeWithoutEvidence`.
    """
    _known(details)
    locked = Service.objects.select_for_update(of=("self",)).order_by("pk").get(pk=service.pk)
    if "name" in details:
        details["name"] = " ".join(str(details["name"]).split())
        if details["name"] != locked.name:
            _refuse_twice(locked.organization, details["name"], but=locked)
    changed = []
    for name, value in details.items():
        before = getattr(locked, name)
        if before != value:
            changed.append(name)
            _keep_change(locked, name, as_text(before), as_text(value), origin=origin, by=by, now=now)
        setattr(locked, name, value)
    if {"lgbtqi_scope", "evidence_award", "evidence_qualification"} & set(changed):
        _refuse_unproved(locked, now)
    for kind, codes in (terms or {}).items():
        before, after = _replace_terms(locked, kind, codes)
        if before != after:
            changed.append(kind)
            _keep_change(locked, kind, before, after, origin=origin, by=by, now=now)
    if not changed:
        return []
    if "assured_on" in changed:
        locked.assured_by, locked.bounces = by, 0
    locked.modified_at = now
    locked.save()
    service.refresh_from_db()
    record(verb="network.change_service", by=by, territory=locked.territory, on=locked, fields=changed, now=now)
    return sorted(changed)


def _known(details: Mapping[str, Any]) -> None:
    if strange := sorted(set(details) - EDITABLE):
        raise TypeError(f"not a field of a sheet that one changes: {', '.join(strange)}")


def _refuse_twice(organization: Organization, name: str, but: Service | None = None) -> None:
    others = Service.objects.filter(organization=organization, name=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if (same := others.first()) is not None:
        raise AlreadyThere(same)


def _refuse_unproved(service: Service, now: dt.datetime) -> None:
    """The rule of `network.md` §6.7, for every door: nothing is inherited from a parent, and an award of another is no evidence."""
    if service.lgbtqi_scope != Service.Scope.TRAINED:
        return
    day = timezone.localdate(now)
    proofs = (service.evidence_award, service.evidence_qualification)
    if not any(one is not None and one.organization_id == service.organization_id and one.is_in_force(day) for one in proofs):
        raise ScopeWithoutEvidence


def _replace_terms(service: Service, kind: str, codes: Iterable[str]) -> tuple[str, str]:
    """Puts these words of a kind in place of those that stood; gives both as text."""
    if kind not in TERM_KINDS:
        raise TypeError(f"not a kind of words of a sheet: {kind}")
    wanted = {code for code in codes if code}
    standing = set(service.terms.filter(kind=kind).values_list("code", flat=True))
    service.terms.filter(kind=kind, code__in=standing - wanted).delete()
    ServiceTerm.objects.bulk_create(ServiceTerm(service=service, kind=kind, code=code) for code in sorted(wanted - standing))
    return ", ".join(sorted(standing)), ", ".join(sorted(wanted))


def as_text(value: Any) -> str:
    """A value as the history keeps it: empty for nothing, the number of a row, a date as it sorts."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bool):
        return "1" if value else ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _keep_change(service: Service, field: str, old: str, new: str, *, origin: str, by: User | None, now: dt.datetime) -> None:
    FieldChange.objects.create(service=service, field=field, old=old, new=new, origin=origin, by=by, at=now)


@transaction.atomic
def put_field_back(*, change: FieldChange, by: User | None, now: dt.datetime, origin: str = Origin.TEAM) -> list[str]:
    """Gives a field the value it had before a change; that is one more change, kept in turn. Gives what changed, nothing when it stands so already.

    Raises what `change_service` raises, `ValueError` when the old value no longer stands for anything.
    """
    service, field, old = change.service, change.field, change.old
    if field in TERM_KINDS:
        return change_service(service=service, by=by, now=now, origin=origin, terms={field: old.split(", ") if old else []})
    if field not in EDITABLE:
        raise ValueError(_("Ce changement ne se reprend pas d’ici."))
    column: Any = Service._meta.get_field(field)
    if isinstance(column, models.ForeignKey):
        model: Any = column.related_model
        row = model.objects.filter(pk=int(old)).first() if old else None
        if old and row is None:
            raise ValueError(_("Ce qui était noté là n’existe plus."))
        return change_service(service=service, by=by, now=now, origin=origin, **{field: row})
    value = None if old == "" and column.null else column.to_python(old or (False if isinstance(column, models.BooleanField) else ""))
    return change_service(service=service, by=by, now=now, origin=origin, **{field: value})


@transaction.atomic
def publish_service(*, service: Service, by: User | None, now: dt.datetime, origin: str = Origin.TEAM) -> None:
    """Lets strangers read it, once the sheet says what it must. Raises `NotReady`."""
    locked = Service.objects.select_for_update(of=("self",)).order_by("pk").get(pk=service.pk)
    if gaps := missing(facts_of(locked, timezone.localdate(now))):
        raise NotReady(gaps)
    _move(locked, Service.Publication.PUBLISHED, "network.publish_service", by=by, now=now, origin=origin)
    service.refresh_from_db()


@transaction.atomic
def archive_service(*, service: Service, by: User | None, now: dt.datetime, origin: str = Origin.TEAM) -> None:
    """Takes it out of the directory, for good or until `restore_service`; nothing of it is lost."""
    locked = Service.objects.select_for_update(of=("self",)).order_by("pk").get(pk=service.pk)
    _move(locked, Service.Publication.ARCHIVED, "network.archive_service", by=by, now=now, origin=origin)
    service.refresh_from_db()


@transaction.atomic
def restore_service(*, service: Service, by: User | None, now: dt.datetime, origin: str = Origin.TEAM) -> None:
    """Brings an archived sheet back, as a draft: it is read again before it is published."""
    locked = Service.objects.select_for_update(of=("self",)).order_by("pk").get(pk=service.pk)
    _move(locked, Service.Publication.DRAFT, "network.restore_service", by=by, now=now, origin=origin)
    service.refresh_from_db()


def _move(service: Service, to: str, verb: str, *, by: User | None, now: dt.datetime, origin: str) -> None:
    if service.publication == to:
        return
    _keep_change(service, "publication", service.publication, to, origin=origin, by=by, now=now)
    service.publication, service.modified_at = to, now
    service.save(update_fields=["publication", "modified_at"])
    record(verb=verb, by=by, territory=service.territory, on=service, now=now)


@transaction.atomic
def assure_service(*, service: Service, on: dt.date, by: User | None, now: dt.datetime, origin: str = Origin.TEAM) -> None:
    """Notes that somebody checked the whole sheet on a day: it is fresh again, and mails that came back are forgotten."""
    locked = Service.objects.select_for_update(of=("self",)).order_by("pk").get(pk=service.pk)
    _keep_change(locked, "assured_on", as_text(locked.assured_on), as_text(on), origin=origin, by=by, now=now)
    locked.assured_on, locked.assured_by, locked.bounces, locked.modified_at = on, by, 0, now
    locked.save(update_fields=["assured_on", "assured_by", "bounces", "modified_at"])
    service.refresh_from_db()
    record(verb="network.assure_service", by=by, territory=locked.territory, on=locked, now=now)
