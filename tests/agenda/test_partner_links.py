"""A partner without account acts by its link: dead when expired or revoked, never by being opened; each click has its way back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.agenda.campaigns import activity_of, campaign_of
from tissage.agenda.models import Activity, CampaignPartner, Occurrence
from tissage.agenda.operations import activities, campaigns, partners
from tissage.core.tokens import hash_token
from tissage.network.models import FormsPause, Organization

GIVEN = {"title": "Atelier slam", "type": "workshop", "audience": ["tous-publics"], "visibility": "public", "language": "fr"}
GIVEN |= {"is_dated": "on", "is_free": "on"}


@pytest.fixture
def opened(territory, chantecler, erin, now):
    campaign = campaign_of(territory, chantecler, erin, now)
    campaigns.open_campaign(campaign=campaign, by=erin, now=now)
    return campaign


@pytest.fixture
def link(opened, chantecler, erin):
    return "/proposer/" + partners.invite_partner(
        campaign=opened, organization=chantecler, email="contact@chantecler.example", by=erin, now=timezone.now()
    )


def test_a_whole_proposal_by_the_link_and_back(link, client, chantecler, opened):
    made_at = client.post(f"{link}/nouvelle/", GIVEN)["Location"]
    activity = Activity.objects.get()
    assert (activity.lead, activity.campaign, activity.via_link, activity.moderation) == (chantecler, opened, True, "draft")
    client.post(f"{made_at}modifier/", GIVEN | {"title": "Atelier slam et écriture"})
    date = {"day": "2027-05-18", "begins": "18:00", "ends": "20:00", "attendance_mode": "on_site", "registration_mode": "none"}
    client.post(f"{made_at}dates/", date | {"every": "weekly", "times": "2"})
    first, second = Occurrence.objects.order_by("starts_at")
    client.post(f"{made_at}geste/", {"act": "remove", "date": second.pk})
    assert list(Occurrence.objects.all()) == [first]
    client.post(f"{made_at}geste/", {"act": "propose"})
    activity.refresh_from_db()
    assert (activity.title, activity.moderation) == ("Atelier slam et écriture", "proposed")
    assert client.get(f"{made_at}modifier/").status_code == 404  # it is with the coordination
    client.post(f"{made_at}geste/", {"act": "take_back"})
    activity.refresh_from_db()
    assert activity.moderation == "draft"
    assert "Atelier slam" in client.get(f"{link}/").content.decode()


def test_the_link_is_kept_as_a_hash_sent_once_and_opening_it_writes_nothing(link, client, mailoutbox):
    secret = link.rsplit("/", 1)[-1]
    row = CampaignPartner.objects.get()
    assert (row.token_hash, secret in str(vars(row))) == (hash_token(secret), False)
    before = list(CampaignPartner.objects.values())
    answer = client.get(f"{link}/")
    assert (answer.status_code, answer["Referrer-Policy"], answer["Cache-Control"]) == (200, "no-referrer", "private, no-store")
    assert list(CampaignPartner.objects.values()) == before


def test_nothing_of_another_organisation_is_behind_it(link, client, territory, opened, erin, now):
    other = Organization.objects.create(territory=territory, name="Autre maison")
    theirs = activity_of(territory, other, erin, now, campaign=opened, title="Secret des autres", accepted=False)
    elsewhere = activity_of(territory, CampaignPartner.objects.get().organization, erin, now, title="Hors campagne", accepted=False)
    page = client.get(f"{link}/").content.decode()
    assert "Secret des autres" not in page
    assert "Hors campagne" not in page
    for one in (theirs, elsewhere):
        paths = [f"{link}/{one.pk}/", f"{link}/{one.pk}/modifier/", f"{link}/{one.pk}/dates/"]
        assert [client.get(path).status_code for path in paths] == [404, 404, 404]
        assert client.post(f"{link}/{one.pk}/geste/", {"act": "propose"}).status_code == 404


def test_an_unknown_a_replaced_a_revoked_an_expired_and_a_closed_one(link, client, opened, chantecler, erin, now):
    partner = CampaignPartner.objects.get()
    assert client.get("/proposer/jamais-donne/").status_code == 404
    partners.revoke_link(partner=partner, by=erin, now=now)
    assert client.get(f"{link}/").status_code == 410
    assert client.post(f"{link}/nouvelle/", GIVEN).status_code == 410
    partners.reopen_link(partner=partner, by=erin, now=now)
    assert client.get(f"{link}/").status_code == 200
    CampaignPartner.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert "Recevoir un nouveau lien" in client.get(f"{link}/").content.decode()
    client.post(f"{link}/renouveler/")
    assert client.get(f"{link}/").status_code == 404  # a newer one took its place
    fresh = partners.invite_partner(campaign=opened, organization=chantecler, email=partner.email, by=erin, now=timezone.now())
    assert client.get(f"/proposer/{fresh}/").status_code == 200
    type(opened).objects.filter(pk=opened.pk).update(status="closed", closed_at=now)
    assert client.get(f"/proposer/{fresh}/").status_code == 410
    assert not Activity.objects.exists()


def test_forms_at_rest_are_read_and_not_written(link, client, territory, erin):
    now = timezone.now()
    FormsPause.objects.create(territory=territory, since=now, until=now + dt.timedelta(days=1), by=erin)
    assert "en pause" in client.get(f"{link}/").content.decode()
    client.post(f"{link}/nouvelle/", GIVEN)
    assert not Activity.objects.exists()


def test_what_was_accepted_is_no_longer_changed_by_the_link(link, client, territory, chantecler, opened, erin, now):
    accepted = activity_of(territory, chantecler, erin, now, campaign=opened)
    with pytest.raises(activities.ActivityRefused):
        activities.change_activity(activity=accepted, by=None, link=CampaignPartner.objects.get(), now=now, title="Autre chose")
    assert client.get(f"{link}/{accepted.pk}/modifier/").status_code == 404
