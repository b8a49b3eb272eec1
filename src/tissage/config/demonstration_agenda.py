"""The two yearly campaigns of the invented town: every kind of activity of the field, their dates, what was counted. Dates and counts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tissage.agenda.models import Activity, Campaign
from tissage.agenda.operations.activities import accept_activity, create_activity, propose_activity
from tissage.agenda.operations.balances import issue_campaign_report
from tissage.agenda.operations.campaigns import copy_campaign, create_campaign, move_campaign, open_campaign, publish_campaign
from tissage.agenda.operations.occurrences import add_occurrence
from tissage.agenda.operations.partners import add_partner
from tissage.agenda.operations.reports import begin_evaluation, close_campaign, file_report
from tissage.network.models import Organization, Place
from tissage.network.operations.places import add_place
from tissage.people.models import Territory, User
from tissage.plan.models import Plan

from .demonstration_network import COORDINATOR

LEFT_TO_REPORT = "Ciné-débat au Plaza"
"""The date that waits for its report, so that one sees what a campaign lacks before it closes."""


@dataclass(frozen=True, slots=True)
class AgendaRows:
    campaigns: list[dict[str, str]]
    activities: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where dates are held: one everybody may know, one whose address is given to those who ask."""

    open: Place
    discreet: Place


def make_agenda(territory: Territory, rows: AgendaRows, known: dict[str, Organization], plan: Plan, *, by: User, now: dt.datetime) -> None:
    places = make_places(known[COORDINATOR], by=by, now=now)
    campaigns = {row["name"]: make_campaign(territory, row, known, by=by) for row in rows.campaigns}
    serves = plan.actions.filter(title__icontains="rencontre").order_by("sequence").first()
    later = iter((12, 19, 26))
    for row in rows.activities:
        activity = make_activity(territory, row, campaigns.get(row["campaign"]), known, by=by, now=now)
        if serves is not None and row["campaign"] and row["type"] in ("film_debate", "after_work"):
            activity.plan_actions.create(action=serves)
        give_date(activity, row, places, by=by, now=now, later=later)
    spring, autumn = (campaigns[row["name"]] for row in rows.campaigns)
    for campaign in (spring, autumn):
        publish_campaign(campaign=campaign, by=by, now=now)
        move_campaign(campaign=campaign, to=Campaign.Status.RUNNING, by=by, now=now)
        begin_evaluation(campaign=campaign, by=by, now=now)
    close_campaign(campaign=spring, by=by, now=now)
    issue_campaign_report(campaign=spring, narrative="Une édition plus large que la précédente, avec deux lieux nouveaux.", by=by, now=now)
    spring.refresh_from_db()
    copy_campaign(
        campaign=spring,
        edition_year=spring.edition_year + 1,
        starts_on=dt.date(spring.edition_year + 1, 5, 10),
        ends_on=dt.date(spring.edition_year + 1, 5, 23),
        by=by,
        now=now,
    )


def make_places(service: Organization, *, by: User, now: dt.datetime) -> Places:
    did: dict[str, Any] = {"organization": service, "kind": Place.Kind.PHYSICAL, "postal_code": "7000", "by": by, "now": now}
    public, asked = Place.Visibility.PUBLIC, Place.Visibility.AREA_ONLY
    room = add_place(
        name="Salle du Canal", street="Quai du Canal 1", public_area_label="Quartier du Canal", address_visibility=public, **did
    )
    quiet = add_place(name="Local du jeudi", street="Rue des Foulons 12", public_area_label="Centre", address_visibility=asked, **did)
    return Places(room, quiet)


def make_campaign(territory: Territory, row: dict[str, str], known: dict[str, Organization], *, by: User) -> Campaign:
    """Prepared three months before it begins, opened to partners, published, run."""
    starts_on, ends_on = dt.date.fromisoformat(row["starts_on"]), dt.date.fromisoformat(row["ends_on"])
    began = timezone.make_aware(dt.datetime.combine(starts_on, dt.time(9)))
    campaign = create_campaign(
        territory=territory,
        name=row["name"],
        kind=row["kind"],
        edition_year=int(row["year"]),
        starts_on=starts_on,
        ends_on=ends_on,
        lead=known[COORDINATOR],
        objectives=row["objectives"].split("|"),
        lessons=["Prévoir l’accueil des écoles plus tôt", "Dire la salle dans la confirmation seulement, pour les rencontres discrètes"],
        by=by,
        now=began - dt.timedelta(days=90),
    )
    open_campaign(campaign=campaign, by=by, now=began - dt.timedelta(days=80))
    return campaign


def make_activity(
    territory: Territory, row: dict[str, str], campaign: Campaign | None, known: dict[str, Organization], *, by: User, now: dt.datetime
) -> Activity:
    partners = [(known[name], role) for name, _colon, role in (each.rpartition(":") for each in row["partners"].split("|") if each)]
    lead = known[row["lead"]]
    if campaign is not None and not campaign.partners.filter(organization=lead).exists() and lead != campaign.lead:
        add_partner(campaign=campaign, organization=lead, by=by, now=now)
    terms = {"audience": row["audiences"].split("|"), "concerned_group": [code for code in row["concerned"].split("|") if code]}
    sensitive = row["sensitive"] == "yes"
    activity = create_activity(
        territory=territory,
        title=row["title"],
        neutral_title=row["neutral_title"],
        type=row["type"],
        lead=lead,
        campaign=campaign,
        summary=row["summary"],
        is_dated=row["dated"] == "yes",
        sensitivity=Activity.Sensitivity.SENSITIVE if sensitive else Activity.Sensitivity.NORMAL,
        visibility=Activity.Visibility.PUBLIC,
        terms=terms,
        partners=partners,
        by=by,
        now=now,
    )
    propose_activity(activity=activity, by=by, now=now)
    accept_activity(activity=activity, by=by, now=now)
    return activity


def give_date(activity: Activity, row: dict[str, str], places: Places, *, by: User, now: dt.datetime, later: Any) -> None:
    """Its date and its report; what has no figure yet is to come, some days from now. What is not dated is reported by what it produced."""
    told: dict[str, Any] = {"held": row["held"], "method": row["method"], "produced": row["produced"]}
    told["headcount"] = int(row["headcount"]) if row["headcount"] else None
    if row["held"] == "no":
        told |= {"reason": "La salle n’était pas libre ; remise à l’an prochain.", "method": ""}
    else:
        told |= {"what_worked": "L’accueil, à deux, dès la porte.", "what_to_change": "Commencer un quart d’heure plus tard."}
    if not activity.is_dated:
        file_report(activity=activity, by=by, now=now, **told)
        return
    starts = timezone.make_aware(dt.datetime.fromisoformat(row["starts"]))
    if not row["held"]:
        day = timezone.localdate(now) + dt.timedelta(days=next(later))
        starts = timezone.make_aware(dt.datetime.combine(day, timezone.localtime(starts).time()))
    details: dict[str, Any] = {"registration_mode": row["registration"], "capacity": 20 if row["registration"] == "light" else None}
    if row["registration"] == "external":
        details["registration_url"] = "https://inscription.example/"
    occurrence = add_occurrence(
        activity=activity,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=int(row["minutes"])),
        place=places.discreet if activity.is_sensitive else places.open,
        by=by,
        now=now,
        **details,
    )
    if row["held"] and row["title"] != LEFT_TO_REPORT:
        file_report(occurrence=occurrence, by=by, now=now, **told)
