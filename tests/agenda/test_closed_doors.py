"""What an association, a reader or a stranger may not learn by a side door: places of others, words around a sensitive date, who helps carry it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.agenda.campaigns import activity_of, campaign_of, date_of, open_to_strangers
from tissage.agenda.models import ActivityPartner
from tissage.agenda.operations.agenda_feeds import draw_agenda_feed, revoke_agenda_feed
from tissage.network.models import Organization, Place

HIDDEN = {
    "sensitivity": "sensitive",
    "neutral_title": "Rencontre du jeudi",
    "title": "Groupe trans",
    "type": "discussion_group",
    "audience": ("jeunes",),
    "price_note": "PRIXCACHÉ",
    "is_free": False,
}


@pytest.fixture
def refuge(territory):
    """Another association, with a shelter whose address is never given and a hall that everybody knows."""
    made = Organization.objects.create(territory=territory, name="Le Refuge")
    Place.objects.create(
        territory=territory, organization=made, name="MAISONCACHÉE", kind="venue", street="Rue Tue 1", address_visibility="never"
    )
    Place.objects.create(
        territory=territory, organization=made, name="Grande salle", kind="venue", street="Place 1", address_visibility="public"
    )
    return made


def test_staff_of_an_association_is_offered_its_places_and_public_ones_alone(territory, chantecler, refuge, erin, petra, now, client):
    Place.objects.create(territory=territory, organization=chantecler, name="Notre local", kind="venue", address_visibility="on_request")
    date = date_of(activity_of(territory, chantecler, erin, now), erin, now)
    pages = (
        reverse("agenda:add_occurrence", args=["sormont", date.activity_id]),
        reverse("agenda:change_occurrence", args=["sormont", date.uuid]),
    )
    for page in pages:
        client.force_login(petra)
        said = client.get(page).content.decode()
        assert ("Notre local" in said, "Grande salle" in said, "MAISONCACHÉE" in said) == (True, True, False)
        client.force_login(erin)
        assert "MAISONCACHÉE" in client.get(page).content.decode()
    client.force_login(petra)
    chosen = {"place": Place.objects.get(name="MAISONCACHÉE").pk, "attendance_mode": "on_site", "registration_mode": "light"}
    client.post(pages[1], chosen)
    date.refresh_from_db()
    assert date.place is None


def test_a_place_that_the_coordination_chose_stays_chosen_when_staff_changes_the_rest(
    territory, chantecler, refuge, erin, petra, now, client
):
    hall = Place.objects.get(name="MAISONCACHÉE")
    date = date_of(activity_of(territory, chantecler, erin, now), erin, now, place=hall)
    client.force_login(petra)
    given = {"place": hall.pk, "capacity": "12", "attendance_mode": "on_site", "registration_mode": "light"}
    client.post(reverse("agenda:change_occurrence", args=["sormont", date.uuid]), given)
    date.refresh_from_db()
    assert (date.place, date.capacity) == (hall, 12)


def test_who_does_not_read_the_words_of_a_sensitive_activity_reads_none_around_it(
    territory, chantecler, refuge, erin, bob, petra, now, client
):
    campaign = campaign_of(territory, chantecler, erin, now)
    made = activity_of(territory, chantecler, erin, now, campaign=campaign, **HIDDEN)
    ActivityPartner.objects.create(activity=made, organization=refuge, role="host")
    date = date_of(made, erin, now)
    type(date).objects.filter(pk=date.pk).update(status_note="NOTECACHÉE")
    words = ("NOTECACHÉE", "Le Refuge", "Jeunes", "jeunes", "PRIXCACHÉ")
    pages = (reverse("agenda:activity", args=["sormont", made.pk]), reverse("agenda:campaign", args=["sormont", campaign.pk]))
    for page in pages:
        client.force_login(bob)
        answer = client.get(page)
        said = answer.content.decode().split("<main")[1]
        assert answer.status_code == 200
        assert "Rencontre du jeudi" in said
        assert [word for word in words if word in said] == []
    client.force_login(petra)
    said = client.get(pages[0]).content.decode()
    assert [word for word in words if word not in said and word not in ("Jeunes", "jeunes")] == []


def test_the_public_calendar_of_an_organisation_is_silent_on_the_sensitive_dates_it_helps_carry(
    territory, chantecler, refuge, erin, now, client
):
    open_to_strangers(territory)
    for details in ({"title": "Bal"}, HIDDEN):
        made = activity_of(territory, chantecler, erin, now, **details)
        ActivityPartner.objects.create(activity=made, organization=refuge, role="host")
        date_of(made, erin, now)
    feed = client.get(reverse("agendas:organization", args=[refuge.uuid])).content.decode()
    page = client.get(reverse("diary:home", args=["sormont"])).content.decode()
    assert ("Bal" in feed, "Rencontre du jeudi" in feed) == (True, False)
    assert "Rencontre du jeudi" in page


def test_the_secret_of_a_calendar_enters_no_log_when_it_opens_nothing_nor_when_it_does(territory, chantecler, erin, now, client, caplog):
    token = draw_agenda_feed(organization=chantecler, by=erin, now=now)
    address = reverse("agendas:private", args=[token])
    opened = client.get(address)
    assert (opened.status_code, opened.headers["Cache-Control"], opened.headers["Referrer-Policy"]) == (
        200,
        "private, no-store",
        "no-referrer",
    )
    revoke_agenda_feed(organization=chantecler, by=erin, now=now)
    assert client.get(address).status_code == 404
    assert token not in caplog.text
