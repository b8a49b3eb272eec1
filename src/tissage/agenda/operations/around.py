"""Writes on what stands around an activity: who takes part and how, which actions of the plan it serves, who lends what."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, ActivityAction, ActivityPartner
from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Indicator


class LeadTakesPart(ValueError):
    """The lead is no co-organiser: it carries the activity."""

    def __init__(self) -> None:
        super().__init__(_("Elle porte déjà l’activité : choisissez une autre organisation, ou un rôle pour une autre."))


@transaction.atomic
def add_co_organizer(*, activity: Activity, organization: Organization, role: str, by: User, now: dt.datetime) -> ActivityPartner:
    """A co-organiser and its part. The same part twice is nothing new. Raises `LeadTakesPart`."""
    if organization.pk == activity.lead_id:
        raise LeadTakesPart
    found, made = ActivityPartner.objects.get_or_create(activity=activity, organization=organization, role=role)
    if made:
        record(verb="agenda.change_partners", by=by, territory=activity.territory, on=activity, now=now)
    return found


@transaction.atomic
def remove_co_organizer(*, partner: ActivityPartner, by: User, now: dt.datetime) -> None:
    activity = partner.activity
    partner.delete()
    record(verb="agenda.change_partners", by=by, territory=activity.territory, on=activity, now=now)


@transaction.atomic
def serve_action(
    *, activity: Activity, action: Action, indicator: Indicator | None, feeds: str, by: User, now: dt.datetime
) -> ActivityAction:
    """The action of the plan that an activity serves, and the figure its reports propose to. Asked again, the figure is the new one."""
    if indicator is None:
        feeds = ActivityAction.Feeds.NOTHING
    found, _made = ActivityAction.objects.update_or_create(
        activity=activity, action=action, defaults={"indicator": indicator, "feeds": feeds}
    )
    record(verb="agenda.change_actions", by=by, territory=activity.territory, on=activity, now=now)
    return found


@transaction.atomic
def serve_no_more(*, served: ActivityAction, by: User, now: dt.datetime) -> None:
    activity = served.activity
    served.delete()
    record(verb="agenda.change_actions", by=by, territory=activity.territory, on=activity, now=now)
