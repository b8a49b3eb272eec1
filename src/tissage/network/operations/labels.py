"""Writes on labels and charters: the scheme, its versions, what each asks. A published version never changes (`network.md` §4.3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.network.models import LabelRequirement, LabelScheme, LabelVersion, Organization, Training
from tissage.people.models import Territory, User
from tissage.people.operations import record


class LabelRefused(ValueError):
    """What was asked does not fit the state of the label. The message says why and what to do."""


@transaction.atomic
def create_label(*, territory: Territory, name: str, owner: Organization, by: User, now: dt.datetime, **details: Any) -> LabelScheme:
    """A label and its first version, still a draft in force from today. `details`: columns of the scheme."""
    made = LabelScheme.objects.create(territory=territory, name=name, owner=owner, **details)
    LabelVersion.objects.create(scheme=made, number=1, valid_from=now.date())
    record(verb="network.create_label", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def change_label(*, scheme: LabelScheme, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is said of a label; awards that were given keep their dates. Gives the names of what changed."""
    changed = sorted(name for name, value in details.items() if getattr(scheme, name) != value)
    for name in changed:
        setattr(scheme, name, details[name])
    if changed:
        scheme.save(update_fields=changed)
        record(verb="network.change_label", by=by, territory=scheme.territory, on=scheme, fields=changed, now=now)
    return changed


@transaction.atomic
def draft_version(*, scheme: LabelScheme, by: User, now: dt.datetime) -> LabelVersion:
    """A draft of the next version, with the text and requirements of the last. Raises `LabelRefused` while another draft waits."""
    LabelScheme.objects.select_for_update(of=("self",)).order_by("pk").get(pk=scheme.pk)
    last = scheme.versions.order_by("-number").first()
    if last is not None and last.published_at is None:
        raise LabelRefused(_("La version %(number)s est encore en préparation : publiez-la d’abord.") % {"number": last.number})
    number, text = (last.number + 1, last.charter_text) if last else (1, "")
    made = LabelVersion.objects.create(scheme=scheme, number=number, charter_text=text, valid_from=now.date())
    for one in last.requirements.order_by("position", "pk") if last else ():
        LabelRequirement.objects.create(
            version=made, kind=one.kind, text=one.text, training_id=one.training_id, mandatory=one.mandatory, position=one.position
        )
    _record("network.draft_label_version", made, by, now)
    return made


@transaction.atomic
def change_version(*, version: LabelVersion, charter_text: str, valid_from: dt.date, by: User, now: dt.datetime) -> None:
    """Writes the text of a draft. Raises `LabelRefused` once it is published."""
    held = _draft(version)
    held.charter_text, held.valid_from = charter_text, valid_from
    held.save(update_fields=["charter_text", "valid_from"])
    _record("network.change_label_version", held, by, now)


@transaction.atomic
def add_requirement(
    *, version: LabelVersion, kind: str, text: str, training: Training | None = None, mandatory: bool = True, by: User, now: dt.datetime
) -> LabelRequirement:
    """What one must do to hold the label. A required training names the training. Raises `LabelRefused`."""
    held = _draft(version)
    if kind == LabelRequirement.Kind.TRAINING and training is None:
        raise LabelRefused(_("Dites quelle formation est demandée. Créez-la d’abord si elle n’est pas dans la liste."))
    last: int = held.requirements.aggregate(last=Max("position"))["last"] or 0
    made = LabelRequirement.objects.create(
        version=held,
        kind=kind,
        text=text,
        training=training if kind == LabelRequirement.Kind.TRAINING else None,
        mandatory=mandatory,
        position=last + 1,
    )
    _record("network.change_label_requirements", held, by, now)
    return made


@transaction.atomic
def remove_requirement(*, requirement: LabelRequirement, by: User, now: dt.datetime) -> None:
    """Takes a requirement out of a draft. Raises `LabelRefused` once it is published."""
    held = _draft(requirement.version)
    requirement.delete()
    _record("network.change_label_requirements", held, by, now)


@transaction.atomic
def publish_version(*, version: LabelVersion, by: User, now: dt.datetime) -> None:
    """From now on its text and requirements stand. Awards given under an older version stay under it. Raises `LabelRefused`."""
    held = _draft(version)
    if not held.charter_text.strip() and not held.requirements.exists():
        raise LabelRefused(_("Cette version ne dit encore rien : écrivez le texte de la charte, ou une exigence."))
    held.published_at = now
    held.save(update_fields=["published_at"])
    _record("network.publish_label_version", held, by, now)


def _draft(version: LabelVersion) -> LabelVersion:
    rows = LabelVersion.objects.select_for_update(of=("self",)).select_related("scheme__territory")
    held = rows.order_by("pk").get(pk=version.pk)
    if held.published_at is not None:
        raise LabelRefused(_("Cette version est publiée : elle ne change plus. Préparez la suivante."))
    return held


def _record(verb: str, version: LabelVersion, by: User, now: dt.datetime) -> None:
    record(verb=verb, by=by, territory=version.territory, on=version, now=now)
