"""What everybody reads of dates: pages, calendars read back by a second library, paper, and nothing of what is sensitive or not public."""

import datetime as dt
import io
import json
import re

import pytest
import vobject
from django.urls import reverse
from pypdf import PdfReader

from tests.agenda.campaigns import activity_of, campaign_of, date_of, open_to_strangers
from tissage.agenda.models import AgendaFeed, Occurrence
from tissage.agenda.operations.activities import refuse_activity
from tissage.agenda.operations.agenda_feeds import draw_agenda_feed, revoke_agenda_feed
from tissage.agenda.operations.campaigns import open_campaign, publish_campaign
from tissage.agenda.operations.occurrences import cancel_occurrence, move_occurrence
from tissage.network.operations.places import add_place

pytestmark = pytest.mark.django_db
SECRETS = ("Dépistage", "CANARI-description", "CANARI-salle", "CANARI-rue", "CANARI-lien", "CANARI-note", "CANARI-prix")


@pytest.fixture
def public(territory):
    open_to_strangers(territory)
    return territory


@pytest.fixture
def shown(public, chantecler, erin, now):
    place = add_place(
        organization=chantecler,
        name="Maison du Canal",
        address_visibility="public",
        street="Quai du Canal 1",
        postal_code="7000",
        public_area_label="Canal",
        by=erin,
        now=now,
    )
    activity = activity_of(
        public, chantecler, erin, now, title="Ciné-débat, et après ; échange", summary="Un film.", description="Ligne 1\nLigne 2"
    )
    return date_of(activity, erin, now, place=place, room="Salle 2")


@pytest.fixture
def hidden(public, chantecler, erin, now):
    place = add_place(
        organization=chantecler,
        name="CANARI-rue",
        address_visibility="public",
        street="CANARI-rue",
        postal_code="7000",
        public_area_label="Centre",
        by=erin,
        now=now,
    )
    activity = activity_of(
        public,
        chantecler,
        erin,
        now,
        title="Dépistage rapide",
        neutral_title="Rencontre santé",
        type="workshop",
        sensitivity="sensitive",
        summary="CANARI-description",
        description="CANARI-description",
        is_free=False,
        price_note="CANARI-prix",
    )
    return date_of(
        activity,
        erin,
        now,
        registration_mode="none",
        place=place,
        room="CANARI-salle",
        online_url="https://canari.example/CANARI-lien",
        status_note="CANARI-note",
    )


def events(answer):
    """The events of a feed by their title, read by another library than the one that wrote them."""
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"\r\n" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    calendar = vobject.readOne(answer.content.decode())
    assert calendar.vtimezone.tzid.value == "Europe/Brussels"
    return {event.summary.value: event for event in calendar.vevent_list}


def feed(client, territory):
    return client.get(reverse("agendas:territory", args=[territory.slug]))


def test_a_second_library_reads_the_dates_in_brussels_time_with_their_words(shown, client, public):
    event = events(feed(client, public))["Ciné-débat, et après ; échange"]
    assert event.dtstart.value.isoformat() == "2027-05-18T18:00:00+02:00"
    assert event.dtend.value - event.dtstart.value == dt.timedelta(hours=2)
    assert event.location.value == "Maison du Canal, Salle 2, Quai du Canal 1, 7000"
    assert event.description.value == "Un film.\n\nLigne 1\nLigne 2"
    assert event.uid.value.startswith(str(shown.uuid))
    assert "attendee" not in event.contents


def test_a_moved_then_cancelled_date_keeps_its_uid_and_its_number_rises(shown, client, public, erin, now):
    def said():
        (event,) = events(feed(client, public)).values()
        return event.uid.value, int(event.sequence.value), event.status.value

    uid, first, status = said()
    assert status == "CONFIRMED"
    move_occurrence(
        occurrence=shown, starts_at=shown.starts_at + dt.timedelta(days=1), ends_at=shown.ends_at + dt.timedelta(days=1), by=erin, now=now
    )
    assert said()[0] == uid
    second = said()[1]
    assert second > first
    cancel_occurrence(occurrence=Occurrence.objects.get(pk=shown.pk), by=erin, now=now)
    assert said()[0] == uid
    assert said()[2] == "CANCELLED"
    assert said()[1] > second


def test_a_refused_activity_is_cancelled_in_feeds_and_leaves_the_agenda(shown, client, public, erin, now):
    before = events(feed(client, public)).popitem()[1]
    refuse_activity(activity=shown.activity, note="Doublon", by=erin, now=now)
    after = events(feed(client, public)).popitem()[1]
    assert (after.uid.value, after.status.value) == (before.uid.value, "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)
    assert "Ciné-débat" not in client.get(reverse("diary:home", args=[public.slug])).content.decode()


def test_a_cancelled_date_leaves_feeds_a_month_after_its_day(shown, client, public, erin, now):
    cancel_occurrence(occurrence=shown, by=erin, now=now)
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=29)
    Occurrence.objects.filter(pk=shown.pk).update(starts_at=old - dt.timedelta(hours=2), ends_at=old)
    assert "VEVENT" in feed(client, public).content.decode()
    Occurrence.objects.filter(pk=shown.pk).update(starts_at=old - dt.timedelta(days=3), ends_at=old - dt.timedelta(days=2))
    assert "VEVENT" not in feed(client, public).content.decode()


def test_what_is_sensitive_says_its_neutral_title_its_area_and_its_hours_everywhere(hidden, shown, client, public, chantecler, erin, now):
    token = draw_agenda_feed(organization=chantecler, by=erin, now=now)
    page = reverse("diary:activity", args=[public.slug, hidden.activity.uuid])
    pages = [
        reverse("diary:home", args=[public.slug]),
        page,
        public.get_absolute_url(),
        reverse("agendas:territory", args=[public.slug]),
        reverse("agendas:organization", args=[chantecler.uuid]),
        reverse("agendas:private", args=[token]),
    ]
    for path in pages:
        answer = client.get(path)
        text = re.sub(r"\r\n ", "", answer.content.decode())
        assert "Rencontre santé" in text, path
        assert not [secret for secret in SECRETS if secret in text], path
    for path in (reverse("diary:poster", args=[public.slug]), reverse("diary:leaflet", args=[public.slug])):
        text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(client.get(path).content)).pages)
        assert "Rencontre santé" in text
        assert not [secret for secret in SECRETS if secret in text], path
    answer = client.get(page)
    assert "ld+json" not in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    audience = client.get(reverse("agendas:audience", args=[public.slug, "tous-publics"])).content.decode()
    assert "Rencontre santé" not in audience  # who comes would be told by the address
    assert "Ciné-débat" in audience


@pytest.mark.parametrize("visibility", ["by_invitation", "network", "private"])
def test_what_is_not_public_is_in_no_public_page_nor_feed(visibility, shown, client, public, chantecler, erin, now):
    shown.activity.visibility = visibility
    shown.activity.save(update_fields=["visibility"])
    for path in (reverse("diary:home", args=[public.slug]), reverse("agendas:territory", args=[public.slug])):
        assert "Ciné-débat" not in client.get(path).content.decode()
    assert client.get(reverse("diary:activity", args=[public.slug, shown.activity.uuid])).status_code == 404
    assert client.get(reverse("agendas:organization", args=[chantecler.uuid])).status_code == 404
    token = draw_agenda_feed(organization=chantecler, by=erin, now=now)
    assert "Ciné-débat" in client.get(reverse("agendas:private", args=[token])).content.decode()


def test_a_private_activity_of_another_is_not_in_my_feed(shown, client, public, erin, now):
    from tissage.network.operations.organizations import create_organization

    shown.activity.visibility = "private"
    shown.activity.save(update_fields=["visibility"])
    other = create_organization(territory=public, name="Autre", by=erin, now=now)
    token = draw_agenda_feed(organization=other, by=erin, now=now)
    assert "Ciné-débat" not in client.get(reverse("agendas:private", args=[token])).content.decode()


def test_a_closed_or_replaced_address_answers_as_one_that_never_was(shown, client, chantecler, erin, now):
    first = draw_agenda_feed(organization=chantecler, by=erin, now=now)
    second = draw_agenda_feed(organization=chantecler, by=erin, now=now)
    revoked = revoke_agenda_feed(organization=chantecler, by=erin, now=now)
    assert revoked
    for token in (first, second, "x" * 43):
        answer = client.get(reverse("agendas:private", args=[token]))
        assert answer.status_code == 404
        assert chantecler.name not in answer.content.decode()
    assert AgendaFeed.objects.filter(revoked_at__isnull=True).count() == 0


@pytest.mark.parametrize("level", ["area_only", "on_request", "never"])
def test_a_street_that_is_not_public_is_in_no_page_nor_feed(level, shown, client, public):
    shown.place.address_visibility = level
    shown.place.save(update_fields=["address_visibility"])
    for path in (
        reverse("diary:home", args=[public.slug]),
        reverse("diary:activity", args=[public.slug, shown.activity.uuid]),
        reverse("agendas:territory", args=[public.slug]),
    ):
        text = client.get(path).content.decode()
        assert "Ciné-débat" in text
        assert "Quai du Canal" not in text
        assert "Salle 2" not in text
    assert client.get(reverse("agendas:place", args=[shown.place_id])).status_code == 404


def test_a_search_engine_reads_an_event_and_its_change_of_date(shown, client, public, erin, now):
    before = shown.starts_at
    move_occurrence(
        occurrence=shown, starts_at=before + dt.timedelta(days=2), ends_at=shown.ends_at + dt.timedelta(days=2), by=erin, now=now
    )
    page = client.get(reverse("diary:activity", args=[public.slug, shown.activity.uuid])).content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S).group(1))
    assert said["@type"] == "Event"
    assert said["eventStatus"] == "https://schema.org/EventRescheduled"
    assert said["previousStartDate"] == "2027-05-18T18:00:00+02:00"
    assert said["location"]["address"]["streetAddress"] == "Quai du Canal 1"
    assert said["isAccessibleForFree"] is True


def test_the_agenda_finds_by_audience_and_never_by_who_is_concerned(public, client, chantecler, erin, now):
    terms = {"audience": ["professionnels"], "concerned_group": ["fsf"]}
    date_of(activity_of(public, chantecler, erin, now, title="La prise en charge des patientes FSF", terms=terms), erin, now)
    home = reverse("diary:home", args=[public.slug])
    assert "patientes FSF" in client.get(home, {"public": "professionnels"}).content.decode()
    offered = [code for code, _label in client.get(home).context["form"].fields["public"].choices]
    assert "fsf" not in offered
    assert client.get(reverse("agendas:audience", args=[public.slug, "fsf"])).status_code == 404


def test_a_campaign_shows_once_its_programme_is_published(public, client, chantecler, erin, now):
    campaign = campaign_of(public, chantecler, erin, now)
    open_campaign(campaign=campaign, by=erin, now=now)
    date_of(activity_of(public, chantecler, erin, now, campaign=campaign), erin, now)
    home, calendar = reverse("diary:home", args=[public.slug]), reverse("agendas:campaign", args=[campaign.uuid])
    assert "Ciné-débat" not in client.get(home).content.decode()
    assert client.get(calendar).status_code == 404
    publish_campaign(campaign=campaign, by=erin, now=now)
    assert "Ciné-débat" in client.get(home, {"campagne": str(campaign.uuid)}).content.decode()
    assert list(events(client.get(calendar))) == ["Ciné-débat"]


def test_a_calendar_that_did_not_change_is_not_sent_again(shown, client, public, erin, now):
    address = reverse("agendas:territory", args=[public.slug])
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    shown.place.address_visibility = "never"
    shown.place.save(update_fields=["address_visibility"])
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "Quai du Canal" not in again.content.decode()
    cancel_occurrence(occurrence=shown, by=erin, now=now)
    assert client.get(address, headers={"If-None-Match": again["ETag"]}).status_code == 200


def test_pages_ask_as_many_queries_with_three_dates_as_with_one(shown, client, public, chantecler, erin, now, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paths = [reverse("diary:home", args=[public.slug]), reverse("agendas:territory", args=[public.slug])]

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    before = [asked(path) for path in paths]
    for number in range(2):
        date_of(activity_of(public, chantecler, erin, now, title=f"Autre {number}"), erin, now, place=shown.place)
    assert [asked(path) for path in paths] == before
    assert before[0] <= 16


def test_only_somebody_of_an_organisation_draws_its_address(territory, chantecler, as_user, petra, erin, alice, carl):
    url = reverse("agenda:own_feeds", args=[territory.slug])
    assert as_user(petra).get(url).status_code == 200
    page = as_user(petra).post(url, {"organization": chantecler.pk}).content.decode()
    assert "/agendas/prive/" in page
    for user in (erin, alice, carl):
        assert as_user(user).post(url, {"organization": chantecler.pk}).status_code == 404


def test_a_territory_that_is_not_public_shows_its_agenda_to_its_members_only(
    territory, chantecler, erin, now, client, as_user, bob, charlie
):
    date_of(activity_of(territory, chantecler, erin, now), erin, now)
    home = reverse("diary:home", args=[territory.slug])
    assert client.get(home).status_code == 404
    assert as_user(charlie).get(home).status_code == 404
    assert "Ciné-débat" in as_user(bob).get(home).content.decode()
    assert client.get(reverse("agendas:territory", args=[territory.slug])).status_code == 404
