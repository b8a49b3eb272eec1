"""Campaigns and their dates in the secret world: what everybody may read of them by name, all the rest secret.

A sensitive activity says its neutral title and nothing more; what is by invitation, of the network, private, waiting or refused, of a
campaign in preparation, told in a report or asked by somebody who comes, says nothing at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Model

from tests.architecture.plan_world import Row, _write
from tests.conftest import NOW
from tissage.agenda import models as agenda
from tissage.network import models as network
from tissage.people.models import Territory

if TYPE_CHECKING:
    from tests.architecture.public_world import World

TODAY = NOW.date()
LATER = NOW + dt.timedelta(days=2000)  # still to come whenever these tests run
# Codes of the vocabulary, hashes, addresses, languages and zones that the site itself writes.
NOT_FREE_OF_GATHERINGS = {
    "CampaignPartner": {"email", "token_hash"},
    "Activity": {"type", "language"},
    "ActivityTerm": {"kind", "code"},
    "Occurrence": {"timezone"},
    "Registration": {"token_hash"},
    "SchoolBooking": {"token_hash"},
    "FeedbackForm": {"token"},
    "AgendaFeed": {"token_hash"},
}


def gathered_of(world: World, territory: Territory, *, told: Callable[[str], str]) -> None:
    """`told` gives the words that a public territory shows of its agenda, or secrets."""

    def write(model: type[Row], **given: Any) -> Row:
        row = _write(world, model, **{name: "" for name in NOT_FREE_OF_GATHERINGS.get(model.__name__, ()) if name not in given} | given)
        for argument in KEPT.get(model, ()):
            world.keep(argument, getattr(row, argument.rsplit("_", 1)[-1] if argument.endswith("uuid") else "pk"))
        return row

    here = {"territory": territory}
    house = write(network.Organization, **here, name=told("name of an organisation that gathers"), email="zqrassemble@example.org")
    world.keep("organization", house.pk)
    world.keep("organization_uuid", house.uuid)
    _around_services(world, write, territory, house)
    world.keep("audience", "tous-publics")
    _campaigns(world, write, territory, house, told)


KEPT: dict[type[Model], tuple[str, ...]] = {
    network.OrganizationMerge: ("merge",),
    agenda.Campaign: ("campaign", "campaign_uuid"),
    agenda.Activity: ("activity", "activity_uuid"),
    agenda.SchoolBooking: ("school_booking",),
}


def _campaigns(world: World, write: Any, territory: Territory, house: network.Organization, told: Callable[[str], str]) -> None:
    here = {"territory": territory}
    window = {"edition_year": 2032, "starts_on": LATER.date(), "ends_on": LATER.date(), "lead": house}
    announced = write(agenda.Campaign, **here, **window, name=told("name of a campaign"), status="published")
    prepared = write(agenda.Campaign, **here, **window)
    write(agenda.CampaignPartner, campaign=announced, organization=house, email="zqinvite@example.org", token_hash=f"k{announced.pk}")
    write(agenda.CampaignReport, campaign=announced, number=1)
    world.keep("campaign_report", 1)

    open_words = {name: told(f"{name} of an activity") for name in ("title", "summary", "description", "price_note")}
    known = {**here, "lead": house, "type": "workshop", "moderation": "accepted", "language": "fr"}
    shown = write(agenda.Activity, **known, campaign=announced, is_free=False, neutral_title="", **open_words)
    words = {name: told(f"{name} of a date") for name in ("room", "status_note")}
    date = _date(world, write, shown, place=None, registration_mode="light", **words)
    neutral = told("neutral title of a sensitive activity")
    refuge = network.Place.objects.filter(territory=territory, address_visibility="never").order_by("-pk").first()
    sensitive = write(agenda.Activity, **known, sensitivity="sensitive", neutral_title=neutral, is_free=False)
    _date(world, write, sensitive, place=refuge, registration_mode="light")
    _date(world, write, sensitive, place=refuge, status="cancelled", cancelled_at=NOW)
    for held_back in (
        {"visibility": "by_invitation"},
        {"visibility": "network"},
        {"visibility": "private"},
        {"moderation": "draft"},
        {"moderation": "proposed"},
        {"moderation": "refused"},
        {"campaign": prepared},
    ):
        _date(world, write, write(agenda.Activity, **{**known, **held_back}), place=refuge, registration_mode="school")

    for activity in (shown, sensitive):
        write(agenda.ActivityTerm, activity=activity, kind="audience", code="tous-publics")
        write(agenda.ActivityPartner, activity=activity, organization=house)
    comes = {"occurrence": date, "delete_after": TODAY}
    write(agenda.Registration, **comes, token_hash=f"i{date.pk}")
    write(agenda.SchoolBooking, **comes, level="primary", token_hash=f"e{date.pk}")
    report = write(agenda.OccurrenceReport, activity=shown, occurrence=date, held="yes", headcount=12, method="count")
    write(agenda.ReportComment, report=report, organization=house)
    form = write(agenda.FeedbackForm, activity=shown, token=f"f{shown.pk}")
    for state in ("new", "shown", "withdrawn"):
        answer = write(agenda.FeedbackAnswer, uuid=uuid4(), form=form, occurrence=date, comment_state=state)
        world.keep("opinion", answer.uuid)
    write(agenda.AgendaFeed, organization=house, token_hash=f"g{house.pk}")
    write(agenda.SensitiveYear, organization=house, year=2025, how="counted", persons=30, dates=3)


def _date(world: World, write: Any, activity: agenda.Activity, **given: Any) -> agenda.Occurrence:
    made: agenda.Occurrence = write(
        agenda.Occurrence, activity=activity, timezone="Europe/Brussels", starts_at=LATER, ends_at=LATER + dt.timedelta(hours=2), **given
    )
    world.keep("occurrence", made.uuid)
    return made


def _around_services(world: World, write: Any, territory: Territory, house: network.Organization) -> None:
    """Two sheets that were one, and the rows that addresses of the directory are about."""
    write(network.OrganizationMerge, territory=territory, kept=house, merged_uuid=uuid4())
    of_here = {"service__territory": territory}
    world.keep("at_place", *network.ServiceAtPlace.objects.filter(**of_here).values_list("uuid", flat=True))
    world.keep("service_contact", *network.ServiceContact.objects.filter(**of_here).values_list("pk", flat=True))
    world.keep("field_change", *network.FieldChange.objects.filter(**of_here).values_list("pk", flat=True))
