"""Checking services by mail: when it leaves, what a link opens and does, and what the coordinator sees (`network.md` §6.5)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.conftest import NOW
from tests.network.listed import listed_service, organization_of, public_territory, received_at
from tissage.config.schedule import SCHEDULE, ask_in_the_morning
from tissage.network.models import ChangeSuggestion, FieldChange, ReviewAnswer, ReviewRequest, ServiceContact
from tissage.network.operations.pauses import pause_forms
from tissage.network.operations.reviews import ReviewRefused, ask_again, forget_bounces, note_bounce, send_reviews
from tissage.network.operations.services import assure_service, change_service
from tissage.network.queries.directory import listed_services
from tissage.network.queries.reviews import find_review

WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)
LONG_AGO = dt.date(2026, 5, 1)  # due on 1 November


@pytest.fixture
def house(territory):
    return organization_of(territory, name="Maison Claire", email="maison@exemple.be")


@pytest.fixture
def services(house):
    made = [listed_service(house, name=name, assured_on=LONG_AGO) for name in ("Écoute", "Juriste", "Rencontres")]
    listed_service(house, name="Frais")
    return made


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Sends what is due at a moment; gives the letters that left."""

    def send(now: dt.datetime) -> list:
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            send_reviews(now=now)
        return mailoutbox[before:]

    return send


def token_of(letter) -> str:
    return re.search(r"/verification/([^/\s]+)/", letter.body)[1]


def outcomes(house) -> dict[str, str]:
    return {one.service.name: one.outcome for one in ReviewAnswer.objects.filter(request__organization=house).select_related("service")}


def press(client, name: str, token: str, service, **data):
    return client.post(reverse(f"reviews:{name}", args=[token, service.uuid]), data)


@pytest.fixture
def link(services, sent, monkeypatch) -> str:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    [letter] = sent(NOW)
    return token_of(letter)


# --- Mails ----------------------------------------------------------------------------------------------------


def test_one_mail_asks_an_organisation_about_all_that_is_due_and_names_no_service_in_its_subject(services, house, sent):
    [letter] = sent(NOW)
    assert letter.to == ["maison@exemple.be"]
    assert "Maison Claire" in letter.subject
    assert outcomes(house) == {"Écoute": "waiting", "Juriste": "waiting", "Rencontres": "waiting"}
    assert sent(NOW) == []
    assert ReviewRequest.objects.get().token_hash not in letter.body


def test_mails_leave_at_0_2_4_6_weeks_then_the_review_ends_in_silence_and_is_not_begun_again(services, house, sent):
    days = [day for day in range(120) if sent(NOW + day * DAY)]
    assert days == [0, 14, 28, 42]
    assert set(outcomes(house).values()) == {"silent"}
    assert ReviewRequest.objects.get().ended_at is not None


def test_a_clock_that_slept_does_not_send_two_mails_at_once(services, sent):
    sent(NOW)
    assert len(sent(NOW + 5 * WEEK)) == 1
    assert sent(NOW + 5 * WEEK + DAY) == []
    assert len(sent(NOW + 6 * WEEK + DAY)) == 1


def test_what_was_checked_meanwhile_is_no_longer_asked_and_what_became_due_joins(services, house, sent, erin):
    sent(NOW)
    assure_service(service=services[0], on=NOW.date(), by=erin, now=NOW)
    listed_service(house, name="Nouveau dû", assured_on=dt.date(2026, 5, 30))
    sent(NOW + 2 * WEEK)
    assert outcomes(house) == {"Juriste": "waiting", "Rencontres": "waiting", "Nouveau dû": "waiting"}


def test_an_organisation_without_an_address_is_asked_by_the_account_that_speaks_for_it(territory, chantecler, petra, sent):
    chantecler.email = ""
    chantecler.save()
    listed_service(chantecler, assured_on=LONG_AGO)
    listed_service(organization_of(territory, name="Sans adresse"), assured_on=LONG_AGO)
    assert [letter.to for letter in sent(NOW)] == [["petra@example.org"]]


def test_a_demonstration_writes_to_nobody(territory, services, sent):
    territory.is_demonstration = True
    territory.save()
    assert sent(NOW) == []


def test_the_clock_asks_on_working_mornings(services, mailoutbox):
    sunday, monday = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
    assert "ask organisations whether their services are still right" in {act.name for act in SCHEDULE}
    assert ask_in_the_morning(now=sunday) == 0
    assert ask_in_the_morning(now=monday + dt.timedelta(hours=6)) == 0
    assert ask_in_the_morning(now=monday) == 1


# --- The link -------------------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_tells_nobody_where_it_was(client, link, services):
    before = [(one.assured_on, one.status, one.publication) for one in services]
    answer = client.get(reverse("reviews:review", args=[link]))
    for one in services:
        client.get(reverse("reviews:correct", args=[link, one.uuid]))
        one.refresh_from_db()
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert all(word in answer.content.decode() for word in ("Écoute", "Juriste", "Rencontres", "Toujours exact"))
    assert "Frais" not in answer.content.decode()
    assert [(one.assured_on, one.status, one.publication) for one in services] == before
    assert [
        client.get(reverse(f"reviews:{name}", args=[link, services[0].uuid])).status_code for name in ("confirm", "close", "take_back")
    ] == [405] * 3


def test_confirming_is_a_check_of_today_and_can_be_taken_back(client, link, services, house):
    press(client, "confirm", link, services[0])
    services[0].refresh_from_db()
    assert (services[0].assured_on, outcomes(house)["Écoute"]) == (NOW.date(), "confirmed")
    press(client, "take_back", link, services[0])
    services[0].refresh_from_db()
    assert (services[0].assured_on, outcomes(house)["Écoute"]) == (LONG_AGO, "waiting")


def test_a_closed_service_leaves_the_pages_until_the_team_looks_and_can_be_taken_back(client, link, services, territory):
    press(client, "close", link, services[1])
    services[1].refresh_from_db()
    assert (services[1].status, services[1].publication) == ("defunct", "draft")
    assert services[1] not in listed_services(territory, NOW.date(), of_members=True)
    press(client, "take_back", link, services[1])
    services[1].refresh_from_db()
    assert (services[1].status, services[1].publication) == ("active", "published")
    assert set(FieldChange.objects.filter(service=services[1]).values_list("origin", flat=True)) == {"review"}


def test_a_correction_is_a_check_keeps_what_was_and_goes_back_whole(client, link, services, house):
    service = services[2]
    contact = ServiceContact.objects.create(service=service, phone="065 00 00 00")
    hidden = ServiceContact.objects.create(service=service, phone="065 99 99 99", visibility="hidden")
    form = client.get(reverse("reviews:correct", args=[link, service.uuid])).content.decode()
    assert "065 00 00 00" in form
    assert "065 99 99 99" not in form
    given = {
        "short_description": "Le jeudi",
        "fee": "free",
        "capacity": "open",
        f"phone-{contact.pk}": "065 11 11 11",
        "other": "Nouvelle adresse",
    }
    assert press(client, "correct", link, service, **given, **{f"phone-{hidden.pk}": "0"}).status_code == 302
    service.refresh_from_db()
    contact.refresh_from_db()
    hidden.refresh_from_db()
    assert (service.short_description, service.fee, service.assured_on, contact.phone) == ("Le jeudi", "free", NOW.date(), "065 11 11 11")
    assert hidden.phone == "065 99 99 99"
    told = ChangeSuggestion.objects.get()
    assert (told.origin, told.text, told.status) == ("member", "Nouvelle adresse", "new")
    assert outcomes(house)["Rencontres"] == "edited"
    press(client, "take_back", link, service)
    service.refresh_from_db()
    contact.refresh_from_db()
    assert (service.short_description, service.fee, service.assured_on, contact.phone) == ("", "unknown", LONG_AGO, "065 00 00 00")
    assert ChangeSuggestion.objects.count() == 0


def test_a_correction_keeps_one_way_to_reach_the_service(client, link, services):
    contact = ServiceContact.objects.create(service=services[0], phone="065 00 00 00")
    answer = press(client, "correct", link, services[0], fee="free", capacity="open")
    assert answer.status_code == 422
    assert "Gardez un téléphone" in answer.content.decode()
    contact.refresh_from_db()
    assert contact.phone == "065 00 00 00"


def test_an_answer_is_not_taken_back_over_what_the_team_wrote_since(client, link, services, erin):
    press(client, "confirm", link, services[0])
    change_service(service=services[0], by=erin, now=NOW + DAY, short_description="Corrigé par l’équipe")
    answer = press(client, "take_back", link, services[0])
    assert answer.status_code == 409
    services[0].refresh_from_db()
    assert services[0].short_description == "Corrigé par l’équipe"
    assert services[0].assured_on == NOW.date()


def test_once_all_is_answered_the_link_offers_its_way_back_and_nothing_else(client, link, services, house):
    for one in services:
        press(client, "confirm", link, one)
    said = client.get(reverse("reviews:review", args=[link])).content.decode()
    assert "Toujours exact" not in said
    assert said.count("Reprendre ma réponse") == 3
    assert press(client, "close", link, services[0]).status_code == 409
    services[0].refresh_from_db()
    assert services[0].status == "active"
    assert ReviewRequest.objects.get().ended_at == NOW
    press(client, "take_back", link, services[0])
    assert ReviewRequest.objects.get().ended_at is None


def test_a_link_past_its_day_is_dead_and_one_nobody_drew_is_not_there(client, link, services, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 8 * WEEK)
    pages = [client.get(reverse("reviews:review", args=[link])), press(client, "confirm", link, services[0])]
    assert [page.status_code for page in pages] == [410, 410]
    assert "Écoute" not in pages[0].content.decode()
    assert client.get(reverse("reviews:review", args=["inconnu"])).status_code == 404
    services[0].refresh_from_db()
    assert services[0].assured_on == LONG_AGO


def test_the_mail_before_the_last_still_opens_the_page_and_an_older_one_no_more(services, sent):
    tokens = [token_of(letter) for day in (0, 14, 28) for letter in sent(NOW + day * DAY)]
    assert [find_review(token) is not None for token in tokens] == [False, True, True]


def test_a_link_answers_for_the_services_of_its_own_review_alone(client, link, services, territory):
    other = listed_service(organization_of(territory, name="Autre"), assured_on=LONG_AGO)
    assert press(client, "close", link, other).status_code == 409
    assert client.get(reverse("reviews:correct", args=[link, other.uuid])).status_code == 404
    other.refresh_from_db()
    assert other.status == "active"


def test_the_page_of_a_link_lets_no_street_out(client, link, services):
    received_at(services[0], "on_request", street="rue du Refuge 99", name="Chez Alix")
    said = client.get(reverse("reviews:review", args=[link])).content.decode()
    assert "Refuge 99" not in said
    assert "Alix" not in said


def test_while_forms_rest_a_link_takes_no_answer(client, link, services, territory, erin):
    pause_forms(territory=territory, until=NOW + DAY, reason="Revenez demain.", by=erin, now=NOW)
    answer = press(client, "confirm", link, services[0])
    assert answer.status_code == 503
    assert "Revenez demain." in answer.content.decode()
    assert "Toujours exact" not in answer.content.decode()
    services[0].refresh_from_db()
    assert services[0].assured_on == LONG_AGO


# --- The coordinator ------------------------------------------------------------------------------------------


def test_two_bounces_hide_the_services_asked_about_and_a_good_address_brings_them_back(services, house, sent, territory, erin):
    sent(NOW)
    note_bounce(organization=house, by=erin, now=NOW)
    day = NOW.date()
    assert len(listed_services(territory, day, of_members=True)) == 4
    note_bounce(organization=house, by=erin, now=NOW)
    assert [one.name for one in listed_services(territory, day, of_members=True)] == ["Frais"]
    assert set(outcomes(house).values()) == {"bounced"}
    assert sent(NOW + 3 * WEEK) == []
    with pytest.raises(ReviewRefused):
        note_bounce(organization=house, by=erin, now=NOW)
    forget_bounces(organization=house, by=erin, now=NOW)
    assert len(listed_services(territory, day, of_members=True)) == 4
    assert len(sent(NOW + 3 * WEEK)) == 1


def test_the_coordinator_asks_again_after_silence_and_at_most_once_a_day(services, house, sent, erin):
    for week in (0, 2, 4, 6, 8):
        sent(NOW + week * WEEK)
    later = NOW + 9 * WEEK
    made = ask_again(organization=house, by=erin, now=later)
    assert made.answers.count() == 3
    with pytest.raises(ReviewRefused):
        ask_again(organization=house, by=erin, now=later + dt.timedelta(hours=3))
    house.email = ""
    house.save()
    with pytest.raises(ReviewRefused):
        ask_again(organization=house, by=erin, now=later + 2 * DAY)


@pytest.mark.parametrize(
    ("who", "status"), [("erin", 200), ("paul", 200), ("alice", 404), ("bob", 404), ("petra", 404), ("dora", 404), (None, 302)]
)
@pytest.mark.parametrize("name", ["to_check", "suggestions", "pause"])
def test_keeping_the_directory_is_for_those_who_moderate(request, as_user, territory, petra, who, status, name):
    user = request.getfixturevalue(who) if who else None
    assert as_user(user).get(reverse(f"network:{name}", args=[territory.slug])).status_code == status


def test_the_page_of_what_to_check_asks_as_much_of_one_house_as_of_three(
    as_user, erin, territory, nobody_downstream, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = as_user(erin), reverse("network:to_check", args=[territory.slug])

    def add(number: int) -> None:
        for _ in range(number):
            listed_service(organization_of(territory, email="a@exemple.be"), assured_on=LONG_AGO)

    add(1)
    client.get(address)
    with django_assert_max_num_queries(16) as first:
        client.get(address)
    add(2)
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_buttons_of_the_coordinator_act_and_stay_in_their_territory(as_user, erin, dora, services, house, territory):
    pages = {name: reverse(f"network:{name}", args=[territory.slug, house.pk]) for name in ("ask_again", "note_bounce", "forget_bounces")}
    assert [as_user(dora).post(page).status_code for page in pages.values()] == [404] * 3
    client = as_user(erin)
    assert client.get(pages["ask_again"]).status_code == 405
    client.post(pages["ask_again"])
    assert ReviewRequest.objects.get().organization == house
    client.post(pages["note_bounce"])
    services[0].refresh_from_db()
    assert services[0].bounces == 1
    stranger = organization_of(public_territory(), name="Ailleurs")
    assert client.post(reverse("network:ask_again", args=[territory.slug, stranger.pk])).status_code == 404
