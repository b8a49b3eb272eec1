"""What anyone proposes without an account, how often, what the team makes of it; and public forms at rest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.network.listed import listed_service, organization_of, public_territory
from tissage.network.models import ChangeSuggestion, FormsPause
from tissage.network.operations.pauses import PauseRefused, pause_forms, resume_forms
from tissage.network.operations.suggestions import MOST_BY_ADDRESS, SuggestionRefused, suggest_change
from tissage.network.queries.pauses import forms_paused
from tissage.people.models import Entry, Membership, Territory

TEXT = "Le numéro a changé : 065 11 22 33"


@pytest.fixture(autouse=True)
def nobody_wrote_yet(db):
    cache.clear()


@pytest.fixture
def mons(territory):
    territory.visibility = Territory.Visibility.PUBLIC
    territory.save()
    return territory


@pytest.fixture
def service(mons):
    return listed_service(organization_of(mons, name="Maison Claire"), name="Écoute")


@pytest.fixture
def page(mons, service):
    return reverse("directory:suggest", args=[mons.slug, service.uuid])


@pytest.fixture
def told(mons, service, now):
    return suggest_change(territory=mons, service=service, field="contact", text=TEXT, address="192.0.2.7", now=now)


def test_anyone_proposes_a_correction_and_nothing_of_them_is_kept(client, page, service, mons):
    assert client.post(page, {"field": "contact", "text": TEXT}, REMOTE_ADDR="192.0.2.7").status_code == 302
    made = ChangeSuggestion.objects.get()
    assert (made.service, made.text, made.field, made.origin, made.status) == (service, TEXT, "contact", "anonymous", "new")
    kept = [str(value) for row in ChangeSuggestion.objects.values() for value in row.values()] + [
        str(row) for row in Entry.objects.values()
    ]
    assert [one for one in kept if "192.0.2" in one] == []
    assert [one for one in Entry.objects.values_list("object_label", flat=True) if "numéro" in one] == []
    service.refresh_from_db()
    assert service.name == "Écoute"


def test_somebody_of_the_house_is_said_to_be_of_it(as_user, mons, chantecler, petra):
    own = listed_service(chantecler)
    as_user(petra).post(reverse("directory:suggest", args=[mons.slug, own.uuid]), {"field": "other", "text": TEXT})
    assert ChangeSuggestion.objects.get().origin == "member"


def test_a_missing_service_is_named_without_an_account(client, mons):
    page = reverse("directory:suggest_missing", args=[mons.slug])
    assert client.get(page).status_code == 200
    assert client.post(page, {"text": ""}).status_code == 422
    assert client.post(page, {"text": "Un vestiaire"}).status_code == 302
    assert ChangeSuggestion.objects.get().service is None


def test_one_address_proposes_ten_times_an_hour_and_another_still_may(mons, now):
    for _ in range(MOST_BY_ADDRESS):
        suggest_change(territory=mons, text=TEXT, address="192.0.2.7", now=now)
    with pytest.raises(SuggestionRefused):
        suggest_change(territory=mons, text=TEXT, address="192.0.2.7", now=now)
    suggest_change(territory=mons, text=TEXT, address="198.51.100.1", now=now)
    suggest_change(territory=mons, text=TEXT, address="192.0.2.7", now=now + dt.timedelta(hours=1))
    assert ChangeSuggestion.objects.count() == MOST_BY_ADDRESS + 2


def test_who_proposes_too_often_keeps_what_they_typed(client, page):
    for _ in range(MOST_BY_ADDRESS):
        client.post(page, {"field": "other", "text": "encore"})
    answer = client.post(page, {"field": "other", "text": TEXT})
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not ChangeSuggestion.objects.filter(text=TEXT).exists()


def test_a_service_that_is_not_listed_takes_no_proposal(client, mons, service, page):
    service.publication = "draft"
    service.save()
    assert client.get(page).status_code == 404
    assert client.post(page, {"field": "other", "text": TEXT}).status_code == 404
    assert ChangeSuggestion.objects.count() == 0


def test_the_team_takes_a_proposal_over_and_reads_it_beside_the_form(as_user, erin, mons, service, told):
    client = as_user(erin)
    assert TEXT in client.get(reverse("network:suggestions", args=[mons.slug])).content.decode()
    assert "Lire 1 proposition" in client.get(reverse("people:todo")).content.decode()
    answer = client.post(reverse("network:accept_suggestion", args=[mons.slug, told.uuid]))
    assert answer.url == reverse("network:service", args=[mons.slug, service.uuid])
    assert TEXT in client.get(answer.url).content.decode()
    assert TEXT in client.get(reverse("network:service_reach", args=[mons.slug, service.uuid])).content.decode()
    told.refresh_from_db()
    assert (told.status, told.decided_by) == ("accepted", erin)
    assert "Lire 1 proposition" not in client.get(reverse("people:todo")).content.decode()


def test_a_proposal_is_refused_with_a_reason_and_may_be_read_again(as_user, erin, paul, mons, told):
    client = as_user(erin)
    refuse = reverse("network:refuse_suggestion", args=[mons.slug, told.uuid])
    assert client.post(refuse, {"reason": " "}).status_code == 422
    client.post(refuse, {"reason": "déjà exact"})
    told.refresh_from_db()
    assert (told.status, told.reason) == ("refused", "déjà exact")
    as_user(paul).post(reverse("network:accept_suggestion", args=[mons.slug, told.uuid]))
    told.refresh_from_db()
    assert told.status == "refused"
    client.post(reverse("network:reopen_suggestion", args=[mons.slug, told.uuid]))
    told.refresh_from_db()
    assert (told.status, told.reason, told.decided_by) == ("new", "", None)


@pytest.mark.parametrize("name", ["accept_suggestion", "refuse_suggestion", "reopen_suggestion"])
def test_nobody_else_decides_of_a_proposal(as_user, mons, told, alice, bob, dora, petra, name):
    address = reverse(f"network:{name}", args=[mons.slug, told.uuid])
    assert [as_user(user).post(address, {"reason": "x"}).status_code for user in (alice, bob, dora, petra)] == [404] * 4
    told.refresh_from_db()
    assert told.status == "new"


def test_a_proposal_of_another_territory_is_not_there(as_user, erin, mons, now):
    other = suggest_change(territory=public_territory("gent", "Gent"), text=TEXT, address="192.0.2.7", now=now)
    assert as_user(erin).get(reverse("network:suggestion", args=[mons.slug, other.uuid])).status_code == 404


@pytest.mark.parametrize("decided", ["", "1"])
def test_the_list_of_proposals_asks_as_much_of_one_as_of_three(
    as_user, erin, mons, service, now, nobody_downstream, django_assert_num_queries, django_assert_max_num_queries, decided
):
    client, address = as_user(erin), reverse("network:suggestions", args=[mons.slug]) + f"?lues={decided}"

    def add(number: int) -> None:
        for _ in range(number):
            made = suggest_change(territory=mons, service=service, text=TEXT, address="192.0.2.7", now=now)
            if decided:
                ChangeSuggestion.objects.filter(pk=made.pk).update(status="accepted", decided_at=now, decided_by=erin)

    add(1)
    client.get(address)
    with django_assert_max_num_queries(15) as first:
        client.get(address)
    add(2)
    with django_assert_num_queries(len(first)):
        client.get(address)


# --- Public forms at rest -------------------------------------------------------------------------------------


def test_a_pause_holds_until_its_moment_or_until_it_is_lifted(mons, erin, now):
    hour = dt.timedelta(hours=1)
    made = pause_forms(territory=mons, until=now + 2 * hour, reason=" Congés  d’été ", by=erin, now=now)
    assert made.reason == "Congés d’été"
    assert forms_paused(mons, now) == made
    assert forms_paused(mons, now + 2 * hour) is None
    again = pause_forms(territory=mons, until=now + 5 * hour, by=erin, now=now + hour)
    assert forms_paused(mons, now + 3 * hour) == again
    assert resume_forms(territory=mons, by=erin, now=now + 2 * hour)
    assert forms_paused(mons, now + 3 * hour) is None
    assert not resume_forms(territory=mons, by=erin, now=now + 3 * hour)
    assert FormsPause.objects.filter(ended_at__isnull=True).count() == 0
    assert pause_forms(territory=mons, until=now + 9 * hour, by=erin, now=now + 4 * hour)


def test_a_pause_that_ended_by_itself_leaves_room_for_another(mons, erin, now):
    first = pause_forms(territory=mons, until=now + dt.timedelta(hours=1), by=erin, now=now)
    pause_forms(territory=mons, until=now + dt.timedelta(days=3), by=erin, now=now + dt.timedelta(days=2))
    first.refresh_from_db()
    assert first.ended_at == first.until


@pytest.mark.parametrize("ago", [dt.timedelta(0), dt.timedelta(seconds=-1), dt.timedelta(days=400)])
def test_a_pause_ends_in_a_time_to_come_and_within_a_year(mons, erin, now, ago):
    with pytest.raises(PauseRefused):
        pause_forms(territory=mons, until=now + ago, by=erin, now=now)


def test_while_forms_rest_pages_stay_and_take_nothing(as_user, client, mons, service, page, erin):
    until = timezone.localtime() + dt.timedelta(days=2)
    team = as_user(erin)
    answer = team.post(
        reverse("network:pause", args=[mons.slug]), {"until": until.strftime("%Y-%m-%dT%H:%M"), "reason": "Équipe en congé."}
    )
    assert answer.status_code == 302
    for address in (
        page,
        reverse("directory:suggest_missing", args=[mons.slug]),
        reverse("directory:service", args=[mons.slug, service.uuid]),
    ):
        said = client.get(address).content.decode()
        assert "Équipe en congé." in said
        assert "<textarea" not in said
    client.post(page, {"field": "other", "text": TEXT})
    assert ChangeSuggestion.objects.count() == 0
    team.post(reverse("network:resume", args=[mons.slug]))
    client.post(page, {"field": "other", "text": TEXT})
    assert ChangeSuggestion.objects.count() == 1


def test_a_pause_is_of_one_territory(as_user, mons, dora, other_territory, now):
    page = reverse("network:pause", args=[mons.slug])
    until = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert as_user(dora).post(page, {"until": until}).status_code == 404
    assert FormsPause.objects.count() == 0
    assert Membership.objects.filter(user=dora, territory=other_territory).exists()
