"""Writes on activities: written, proposed, moderated. Their dates are written in `occurrences`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, ActivityAction, ActivityPartner, ActivityTerm, Campaign, CampaignPartner, Occurrence
from tissage.agenda.queries.activities import SHOWN_CAMPAIGNS
from tissage.core.activity_kinds import allowed_mode
from tissage.network.models import Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.plan.models import Action, Indicator

from .letters import write_quietly
from .occurrences import tell_registrants
from .registrations import make_discreet

Moderation = Activity.Moderation


class ActivityRefused(ValueError):
    """What was asked does not fit the state of the activity. The message says why and what to do."""


@transaction.atomic
def create_activity(
    *,
    territory: Territory,
    title: str,
    type: str,
    lead: Organization,
    by: User | None,
    now: dt.datetime,
    campaign: Campaign | None = None,
    terms: Mapping[str, Iterable[str]] | None = None,
    partners: Iterable[tuple[Organization, str]] = (),
    actions: Iterable[tuple[Action, Indicator | None, str]] = (),
    link: CampaignPartner | None = None,
    **details: Any,
) -> Activity:
    """A draft. `terms`: {"audience": codes, "concerned_group": codes, "theme": codes}; `details`: columns of the table.

    `link`: the partner's link it came by; the lead is its organisation and the campaign its own. Raises `ActivityRefused`.
    """
    if link is not None:
        lead, campaign = link.organization, link.campaign
    if campaign is not None and campaign.status == Campaign.Status.CLOSED:
        raise ActivityRefused(_("Cette campagne est close : rien ne s’y ajoute plus."))
    made = Activity(
        territory=territory, campaign=campaign, title=" ".join(title.split()), type=type, lead=lead, added_by=by,
        via_link=link is not None, created_at=now, modified_at=now, **details,
    )  # fmt: skip
    refuse_without_neutral_title(made)
    made.save()
    _write_terms(made, terms or {})
    for organization, role in partners:
        ActivityPartner.objects.get_or_create(activity=made, organization=organization, role=role)
    for action, indicator, feeds in actions:
        ActivityAction.objects.create(activity=made, action=action, indicator=indicator, feeds=feeds)
    _record("agenda.create_activity", made, by, now)
    return made


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    by: User | None,
    now: dt.datetime,
    terms: Mapping[str, Iterable[str]] | None = None,
    link: CampaignPartner | None = None,
    **details: Any,
) -> list[str]:
    """Changes an activity; gives the names of what changed. The title that calendars show changed: its dates rise a number.

    By a partner's link, a draft alone is changed. Raises `ActivityRefused`.
    """
    if link is not None:
        _hold(activity)
    if link is not None and activity.moderation != Moderation.DRAFT:
        raise ActivityRefused(_("Cette activité est partie à la coordination. Reprenez-la d’abord pour la modifier."))
    shown, was_sensitive = activity.public_title, activity.is_sensitive
    refuse_to_disclose(activity, details)
    changed = sorted(name for name, value in details.items() if getattr(activity, name) != value)
    for name in changed:
        setattr(activity, name, details[name])
    refuse_without_neutral_title(activity)
    if changed:
        activity.modified_at = now
        activity.save(update_fields=[*changed, "modified_at"])
    if terms is not None and _write_terms(activity, terms):
        changed = sorted([*changed, "terms"])
    if activity.is_sensitive != was_sensitive or activity.public_title != shown:
        _raise_sequences(activity, now)
    if activity.is_sensitive and not was_sensitive:
        make_discreet(activity)
    if "type" in changed:
        _keep_to_the_rules(activity, now)
    if changed:
        _record("agenda.change_activity", activity, by, now, fields=changed)
    return changed


@transaction.atomic
def propose_activity(*, activity: Activity, by: User | None, now: dt.datetime) -> None:
    """A draft goes to the coordination. Raises `ActivityRefused`."""
    _hold(activity)
    if activity.moderation != Moderation.DRAFT:
        raise ActivityRefused(_("Cette activité est déjà partie à la coordination."))
    if activity.campaign is not None and activity.campaign.status in (Campaign.Status.DRAFT, Campaign.Status.CLOSED):
        raise ActivityRefused(_("La campagne ne reçoit pas de propositions en ce moment. L’activité reste en brouillon."))
    if not activity.terms.filter(kind="audience").exists():
        raise ActivityRefused(_("Dites d’abord à qui elle s’adresse : qui sera dans la salle."))
    _moderate(activity, Moderation.PROPOSED, "agenda.propose_activity", by, now)


@transaction.atomic
def take_back(*, activity: Activity, by: User | None, now: dt.datetime) -> None:
    """Undoes a proposal that nobody answered yet: it is a draft again."""
    _hold(activity)
    if activity.moderation != Moderation.PROPOSED:
        raise ActivityRefused(_("Elle n’attend plus de réponse : voyez avec la coordination."))
    _moderate(activity, Moderation.DRAFT, "agenda.take_back", by, now)


@transaction.atomic
def accept_activity(*, activity: Activity, by: User, now: dt.datetime) -> None:
    """It is in the programme; published at once when its campaign is, or when it is of none."""
    _hold(activity)
    if activity.moderation == Moderation.ACCEPTED:
        return
    comes_back = activity.was_published
    if activity.campaign is None or activity.campaign.status in SHOWN_CAMPAIGNS:
        activity.was_published = True
    _moderate(activity, Moderation.ACCEPTED, "agenda.accept_activity", by, now)
    if comes_back:
        _raise_sequences(activity, now)
    _tell_lead(activity, "accepted")


@transaction.atomic
def refuse_activity(*, activity: Activity, note: str, by: User, now: dt.datetime) -> None:
    """Refused, with a word for who proposed it. What calendars already carried is cancelled there, and those who registered are told."""
    _hold(activity)
    if activity.moderation == Moderation.REFUSED:
        return
    if not note.strip():
        raise ActivityRefused(_("Dites en un mot pourquoi : l’organisation le lira."))
    was_shown = activity.was_published and activity.moderation == Moderation.ACCEPTED
    _moderate(activity, Moderation.REFUSED, "agenda.refuse_activity", by, now, note=note)
    if was_shown:
        _raise_sequences(activity, now)
        for one in activity.occurrences.exclude(status=Occurrence.Status.CANCELLED).filter(ends_at__gt=now).order_by("pk"):
            tell_registrants(one, "cancelled", now=now)
    _tell_lead(activity, "refused")


@transaction.atomic
def ask_change(*, activity: Activity, note: str, by: User, now: dt.datetime) -> None:
    """Sent back to its draft with what should change."""
    _hold(activity)
    if activity.moderation != Moderation.PROPOSED:
        raise ActivityRefused(_("On demande un changement à ce qui est proposé."))
    if not note.strip():
        raise ActivityRefused(_("Dites ce qui devrait changer."))
    _moderate(activity, Moderation.DRAFT, "agenda.ask_change", by, now, note=note)
    _tell_lead(activity, "change")


@transaction.atomic
def reconsider(*, activity: Activity, by: User, now: dt.datetime) -> None:
    """Undoes an answer: it waits for one again. In calendars, what was accepted and published is cancelled meanwhile."""
    _hold(activity)
    if activity.moderation not in (Moderation.ACCEPTED, Moderation.REFUSED):
        raise ActivityRefused(_("Elle n’a pas encore de réponse."))
    was_shown = activity.was_published and activity.moderation == Moderation.ACCEPTED
    _moderate(activity, Moderation.PROPOSED, "agenda.reconsider", by, now)
    if was_shown:
        _raise_sequences(activity, now)


def _hold(activity: Activity) -> None:
    """Waits for its turn, and reads how it stands now: two answers at once are not both given."""
    held = Activity.objects.select_for_update(of=("self",)).order_by("pk").get(pk=activity.pk)
    activity.moderation, activity.was_published = held.moderation, held.was_published


def _moderate(activity: Activity, to: str, verb: str, by: User | None, now: dt.datetime, *, note: str = "") -> None:
    activity.moderation, activity.modified_at = to, now
    activity.moderation_note = note[:300] if to in (Moderation.REFUSED, Moderation.DRAFT) else ""
    activity.save(update_fields=["moderation", "moderation_note", "was_published", "modified_at"])
    _record(verb, activity, by, now)


def refuse_without_neutral_title(activity: Activity) -> None:
    if activity.is_sensitive and not activity.neutral_title.strip():
        raise ActivityRefused(_("Une activité sensible a besoin d’un titre neutre : le seul que liront les inconnus."))


def refuse_to_disclose(activity: Activity, details: Mapping[str, Any]) -> None:
    """The counts of a sensitive activity stay with who carried it: once told, it stays sensitive and keeps its lead."""
    opened = details.get("sensitivity", activity.sensitivity) != activity.sensitivity
    given = "lead" in details and details["lead"].pk != activity.lead_id
    if activity.is_sensitive and (opened or given) and activity.reports.exists():
        raise ActivityRefused(
            _("Des dates de cette activité sont déjà racontées : elle reste sensible et à l’organisation qui l’a portée.")
        )


def _write_terms(activity: Activity, terms: Mapping[str, Iterable[str]]) -> bool:
    """Puts the words of each kind given in place of those there; kinds not given are left alone. Says whether anything changed."""
    wanted = {(kind, code) for kind, codes in terms.items() for code in codes}
    held = {(one.kind, one.code): one for one in ActivityTerm.objects.filter(activity=activity, kind__in=list(terms)).order_by("pk")}
    gone = [one.pk for key, one in held.items() if key not in wanted]
    new = sorted(wanted - set(held))
    ActivityTerm.objects.filter(pk__in=gone).delete()
    ActivityTerm.objects.bulk_create(ActivityTerm(activity=activity, kind=kind, code=code) for kind, code in new)
    return bool(gone or new)


def _raise_sequences(activity: Activity, now: dt.datetime) -> None:
    activity.occurrences.update(sequence=F("sequence") + 1, modified_at=now)


def _keep_to_the_rules(activity: Activity, now: dt.datetime) -> None:
    """A kind that allows no registration closes those of its dates."""
    for one in activity.occurrences.order_by("pk"):
        if (mode := allowed_mode(activity.type, one.registration_mode)) != one.registration_mode:
            one.registration_mode, one.modified_at = mode, now
            one.save(update_fields=["registration_mode", "modified_at"])


def _tell_lead(activity: Activity, answer: str) -> None:
    """A word to the organisation that carries it, at the address of its link or its own; neutral for a sensitive activity."""
    link = (
        CampaignPartner.objects.filter(campaign=activity.campaign_id, organization=activity.lead_id).first()
        if activity.campaign_id
        else None
    )
    if to := (link.email if link else "") or activity.lead.email:
        write_quietly("activity_answer", to=to, activity=activity, answer=answer, note=activity.moderation_note)


def _record(verb: str, activity: Activity, by: User | None, now: dt.datetime, *, fields: list[str] | None = None) -> None:
    record(verb=verb, by=by, territory=activity.territory, on=activity, fields=fields or [], now=now)
