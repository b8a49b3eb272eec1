"""A campaign with everything: partners, an activity with its people and its plan, dates, somebody who comes, a school."""

from __future__ import annotations

from pathlib import Path


def agenda_world(territory, by, now, canary: str) -> dict[str, object]:
    """The value of every argument that an address of campaigns, activities and places asks."""
    import datetime as dt

    from django.conf import settings

    from tissage.agenda.operations import activities, around, campaigns, occurrences, partners, registrations, school_bookings
    from tissage.network.models import Organization, Place
    from tissage.people.cipher import ensure_key_ring
    from tissage.plan.models import Indicator

    ensure_key_ring(Path(settings.TISSAGE_HOME))
    did = {"by": by, "now": now}
    house = Organization.objects.get(territory=territory, name__startswith="Maison")
    friend = Organization.objects.create(territory=territory, name=f"Amie {canary}")
    today = dt.date(2027, 5, 10)
    window = {"starts_on": today, "ends_on": today + dt.timedelta(days=20), "kind": "may17", "edition_year": 2027}
    said = {"objectives": [canary], "lessons": [canary]}
    campaign = campaigns.create_campaign(territory=territory, name=f"Campagne {canary}", lead=house, **window, **said, **did)
    campaigns.open_campaign(campaign=campaign, **did)
    indicator = Indicator.objects.filter(action__plan__territory=territory).select_related("action").order_by("pk").first()
    activity = activities.create_activity(
        territory=territory,
        title=f"Activité {canary}",
        type="workshop",
        lead=house,
        campaign=campaign,
        terms={"audience": ["tous-publics"], "concerned_group": ["lgbtqia"]},
        partners=[(friend, "host")],
        summary=canary,
        description=canary,
        price_note=canary,
        resources=[canary],
        **did,
    )
    if indicator is not None:
        around.serve_action(activity=activity, action=indicator.action, indicator=indicator, feeds="dates", **did)
    activities.accept_activity(activity=activity, **did)
    campaigns.publish_campaign(campaign=campaign, **did)
    starts = now + dt.timedelta(days=2000)  # still to come whenever these tests run
    place = Place.objects.filter(territory=territory, kind="neighbourhood").order_by("pk").first()
    told = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=2), "place": place, "room": canary, "status_note": canary}
    occurrence = occurrences.add_occurrence(activity=activity, registration_mode="light", **told, **did)
    _made, own = registrations.register(occurrence=occurrence, now=now, pseudonym=canary[:60], needs=canary)
    classes = occurrences.add_occurrence(activity=activity, registration_mode="school", **told, **did)
    asked = {"level": "primary", "class_count": 1, "pupils_count": 20, "contact_email": "ecole@example.org", "contact_function": canary}
    booking, _token = school_bookings.book_classes(occurrence=classes, school_name=canary, remark=canary, now=now, **asked)
    type(booking).objects.filter(pk=booking.pk).update(occurrence=occurrence)
    link = partners.invite_partner(campaign=campaign, organization=house, email="maison@example.org", **did)
    return {
        "campaign": campaign.pk,
        "campaign_uuid": campaign.uuid,
        "activity_uuid": activity.uuid,
        "organization_uuid": house.uuid,
        "audience": "tous-publics",
        "activity": activity.pk,
        "occurrence": occurrence.uuid,
        "school_booking": booking.pk,
        "proposal_token": link,
        "booking_token": own,
    }
