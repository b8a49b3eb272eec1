"""Writes on actions: their sheet, their partners, their dated comments. Nothing of one colleague is lost by the save of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from tissage.frameworks.models import Node
from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, ActionComment, ActionPartner, ActionVersion, Plan

COLUMNS = (
    "sequence",
    "node",
    "title",
    "description",
    "basis",
    "target_groups",
    "lead_service",
    "pst_reference",
    "state",
    "health",
    "starts_on",
    "ends_on",
    "stop_reason",
    "is_pilot",
    "is_standing_service",
)
LISTS = ("objectives", "neighbourhoods")
State = Action.State


class ActionRefused(ValueError):
    """What was asked of an action cannot be; the message says what to do."""


class ChangedMeanwhile(Exception):
    """Somebody saved this sheet since it was opened. `action`: as it stands now, with who saved it and when."""

    def __init__(self, action: Action) -> None:
        self.action = action
        super().__init__(gettext("Cette fiche a été enregistrée par quelqu’un d’autre entre-temps."))


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation in an action, as a form or a file says it."""

    organization: Organization
    role: str = ActionPartner.Role.PARTNER
    note: str = ""
    since: dt.date | None = None


@transaction.atomic
def create_action(
    *,
    plan: Plan,
    title: str,
    by: User | None,
    now: dt.datetime,
    sequence: int | None = None,
    node: Node | None = None,
    basis: str = "",
    **details: Any,
) -> Action:
    """A new action at the end of the plan, or under the number asked. `details`: any of `COLUMNS` and `LISTS`. Raises `ActionRefused`."""
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)  # two new actions do not take the same number
    if sequence is None:
        sequence = (Action.objects.filter(plan=plan).aggregate(last=Max("sequence"))["last"] or 0) + 1
    lists = _taken(details, LISTS)
    _known(details)
    action = Action(plan=plan, title=title.strip(), sequence=sequence, node=node, basis=basis, changed_by=by, changed_at=now, **details)
    _check(action, **lists)
    action.save()
    for name, value in lists.items():
        getattr(action, name).set(value)
    record(verb="plan.create_action", by=by, territory=plan.territory, on=action, now=now)
    return action


@transaction.atomic
def change_action(*, action: Action, revision: int, by: User | None, now: dt.datetime, **details: Any) -> list[str]:
    """Saves the fields given over the sheet read at `revision`; gives the names of those that changed.

    Raises `ChangedMeanwhile` when the sheet was saved since, and nothing is written; `ActionRefused`.
    """
    lists = _taken(details, LISTS)
    _known(details)
    stored = _locked(action)
    if stored.revision != revision:
        raise ChangedMeanwhile(stored)
    before = stored.state
    changed = [name for name, value in details.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, details[name])
    if stored.state != State.STOPPED:
        stored.stop_reason = ""
    _check(stored, **lists)
    moved = [
        name for name, wanted in lists.items() if {one.pk for one in wanted} != set(getattr(stored, name).values_list("pk", flat=True))
    ]
    if changed or moved:
        _save(stored, by, now)
        for name in moved:
            getattr(stored, name).set(lists[name])
        verb = "plan.stop_action" if stored.state == State.STOPPED != before else "plan.change_action"
        record(verb=verb, by=by, territory=stored.territory, on=stored, fields=[*changed, *moved], now=now)
    action.refresh_from_db()
    return sorted([*changed, *moved])


@transaction.atomic
def comment_action(
    *, action: Action, text: str, on: dt.date, by: User | None, now: dt.datetime, state: str = "", health: str = ""
) -> ActionComment:
    """Writes a dated comment, which may change state and health. To stop an action, the comment is the reason; its dates end with it.

    Raises `ActionRefused` without words.
    """
    text = text.strip()
    if not text:
        raise ActionRefused(gettext("Écrivez quelques mots : un commentaire dit ce qui s’est passé, ou pourquoi l’action s’arrête."))
    stored = _locked(action)
    state, health = (state if state != stored.state else ""), (health if health != stored.health else "")
    fields = [name for name, value in (("state", state), ("health", health)) if value]
    if state:
        stored.state = state
        stored.stop_reason = text[:300] if state == State.STOPPED else ""
        if (
            state == State.STOPPED
            and (stored.ends_on is None or stored.ends_on > on)
            and (stored.starts_on is None or stored.starts_on <= on)
        ):
            stored.ends_on = on
            fields.append("ends_on")
    stored.health = health or stored.health
    if fields:
        _save(stored, by, now)
    comment = ActionComment.objects.create(action=stored, on=on, text=text, state=state, health=health, by=by, at=now)
    verb = "plan.stop_action" if state == State.STOPPED else "plan.comment_action"
    record(verb=verb, by=by, territory=stored.territory, on=stored, fields=fields, now=now)
    action.refresh_from_db()
    return comment


@transaction.atomic
def set_partners(*, action: Action, partners: Iterable[Partner], by: User | None, now: dt.datetime) -> list[str]:
    """The partners of today are these: new ones come in, the role of others is brought up to date, those not named end today.

    Gives the names of the organisations concerned. The same list twice changes nothing.
    """
    wanted = {one.organization.pk: one for one in partners}
    open_rows = {row.organization_id: row for row in _open_partners(action)}
    touched = []
    for key, row in open_rows.items():
        if key not in wanted:
            row.until = max(now.date(), row.since) if row.since else now.date()
            row.save(update_fields=["until"])
            touched.append(row.organization.name)
    for key, one in wanted.items():
        if _write_partner(action, open_rows.get(key), one):
            touched.append(one.organization.name)
    if touched:
        record(verb="plan.change_partners", by=by, territory=action.territory, on=action, numbers={"partners": len(touched)}, now=now)
    return touched


@transaction.atomic
def write_partner(*, action: Action, partner: Partner, by: User | None, now: dt.datetime) -> None:
    """Brings an organisation in, or corrects its role, its note and since when."""
    rows = {row.organization_id: row for row in _open_partners(action)}
    if partner.organization.territory_id != action.plan.territory_id:
        raise ActionRefused(gettext("Cette organisation n’est pas de ce territoire."))
    if _write_partner(action, rows.get(partner.organization.pk), partner):
        record(verb="plan.change_partners", by=by, territory=action.territory, on=action, numbers={"partners": 1}, now=now)


@transaction.atomic
def end_partner(*, partner: ActionPartner, until: dt.date, by: User | None, now: dt.datetime) -> None:
    """An organisation leaves an action on a day; the row stays as history. Raises `ActionRefused` when that is before it came."""
    if partner.since and until < partner.since:
        raise ActionRefused(gettext("Cette date vient avant l’arrivée du partenaire."))
    if ActionPartner.objects.filter(pk=partner.pk, until__isnull=True).update(until=until):
        action = partner.action
        record(verb="plan.change_partners", by=by, territory=action.territory, on=action, numbers={"partners": 1}, now=now)


@transaction.atomic
def remove_action(*, action: Action, by: User, now: dt.datetime) -> None:
    """Takes away an action that was never sent, with its indicators. One that was sent, or bears money or agreements, stops instead."""
    stored = _locked(action)
    if ActionVersion.objects.filter(action=stored, version__sent_on__isnull=False).exists():
        raise ActionRefused(
            gettext("Cette action figure dans une version envoyée : elle s’arrête, avec une raison, mais ne se retire pas.")
        )
    if stored.booking_splits.exists() or stored.allocations.exists() or stored.agreements.exists():
        raise ActionRefused(
            gettext("De l’argent ou une convention est rattaché à cette action : déplacez-le d’abord, ou arrêtez l’action.")
        )
    record(verb="plan.remove_action", by=by, territory=stored.territory, on=stored, now=now)
    ActionVersion.objects.filter(action=stored).delete()
    stored.delete()


def _locked(action: Action) -> Action:
    return Action.objects.select_for_update(of=("self",)).select_related("plan__territory", "changed_by").order_by("pk").get(pk=action.pk)


def _open_partners(action: Action) -> Iterable[ActionPartner]:
    rows = ActionPartner.objects.filter(action=action, until__isnull=True).select_related("organization")
    return rows.select_for_update(of=("self",)).order_by("pk")


def _write_partner(action: Action, row: ActionPartner | None, one: Partner) -> bool:
    if row is None:
        ActionPartner.objects.create(action=action, organization=one.organization, role=one.role, note=one.note, since=one.since)
        return True
    since = one.since or row.since
    if (row.role, row.note, row.since) == (one.role, one.note or row.note, since):
        return False
    row.role, row.note, row.since = one.role, one.note or row.note, since
    row.save(update_fields=["role", "note", "since"])
    return True


def _save(action: Action, by: User | None, now: dt.datetime) -> None:
    action.revision += 1
    action.changed_by, action.changed_at = by, now
    action.save()


def _taken(details: dict[str, Any], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: list(details.pop(name)) for name in names if name in details}


def _known(details: dict[str, Any]) -> None:
    if unknown := set(details) - set(COLUMNS):
        raise ValueError(f"Not a column of an action: {sorted(unknown)}")


def _check(action: Action, objectives: Iterable[Node] = (), neighbourhoods: Iterable[Any] = ()) -> None:
    """Refuses, in words, what the database would refuse, and what belongs to another plan's framework or another territory."""
    plan = action.plan
    if not action.title.strip():
        raise ActionRefused(gettext("Une action porte un titre."))
    if Action.objects.filter(plan=plan, sequence=action.sequence).exclude(pk=action.pk).exists():
        raise ActionRefused(gettext("Le numéro %(number)s est déjà celui d’une autre action du plan.") % {"number": action.sequence})
    if any(node.version_id != plan.framework_id for node in (*objectives, *([action.node] if action.node else []))):
        raise ActionRefused(gettext("Ce code n’est pas du référentiel de ce plan."))
    places = [*neighbourhoods, *([action.lead_service] if action.lead_service else [])]
    if any(one.territory_id != plan.territory_id for one in places):
        raise ActionRefused(gettext("Ce quartier ou ce service n’est pas de ce territoire."))
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        raise ActionRefused(gettext("La fin de l’action vient après son début."))
    if action.state == State.STOPPED and not action.stop_reason.strip():
        raise ActionRefused(gettext("Pour arrêter une action, dites pourquoi."))
