"""Campaigns: copied, moved a step, proposed to, moderated; who may what (`agenda.md` §2, §3, §10)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.campaigns import activity_of, campaign_of, date_of
from tissage.agenda.models import Activity, ActivityTerm, Campaign, FeedbackForm, Occurrence, OccurrenceReport, Registration
from tissage.agenda.operations import activities, around, campaigns, partners, registrations
from tissage.agenda.queries.activities import public_activities, seen_activities
from tissage.agenda.queries.campaigns import programme
from tissage.config.slots import SLOTS
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization
from tissage.people.models import Entry

HERE = "/territoires/sormont/campagnes"


@pytest.fixture
def campaign(territory, chantecler, erin, now):
    return campaign_of(territory, chantecler, erin, now, lessons=["Réserver la salle en janvier."], objectives=["Dix écoles"])


@pytest.fixture
def opened(campaign, erin, now):
    campaigns.open_campaign(campaign=campaign, by=erin, now=now)
    return campaign


def test_a_copied_edition_takes_partners_words_and_lessons_never_dates_figures_registrations_or_feedback(
    opened, territory, chantecler, erin, now
):
    partners.invite_partner(campaign=opened, organization=chantecler, email="contact@chantecler.example", by=erin, now=now)
    shared = {"campaign": opened, "resources": ["CPAS : la salle"], "terms": {"audience": ["professionnels"], "concerned_group": ["fsf"]}}
    given = activity_of(territory, chantecler, erin, now, **shared)
    helper = Organization.objects.create(territory=territory, name="Maison des jeunes")
    around.add_co_organizer(activity=given, organization=helper, role="host", by=erin, now=now)
    activities.refuse_activity(
        activity=activity_of(territory, chantecler, erin, now, accepted=False, campaign=opened, title="Refusée"),
        note="non",
        by=erin,
        now=now,
    )
    date = date_of(given, erin, now)
    registrations.register(occurrence=date, now=now, headcount=4)
    OccurrenceReport.objects.create(
        activity=given, occurrence=date, held="yes", headcount=40, method="count", filled_at=now, changed_at=now
    )
    FeedbackForm.objects.create(activity=given, token="jeton")
    window = {"starts_on": dt.date(2028, 5, 8), "ends_on": dt.date(2028, 5, 28)}
    made = campaigns.copy_campaign(campaign=opened, edition_year=2028, by=erin, now=now, **window)
    [copy] = made.activities.all()
    assert (made.status, made.copied_from, made.lessons, made.objectives) == ("draft", opened, opened.lessons, opened.objectives)
    assert (copy.title, copy.moderation, copy.resources, copy.was_published) == ("Ciné-débat", "draft", ["CPAS : la salle"], False)
    assert {(one.kind, one.code) for one in copy.terms.all()} == {("audience", "professionnels"), ("concerned_group", "fsf")}
    assert [(one.organization, one.role) for one in copy.partners.all()] == [(helper, "host")]
    [partner] = made.partners.all()
    assert (partner.organization, partner.email, partner.token_hash) == (chantecler, "contact@chantecler.example", None)
    of_copy = {"activity__campaign": made}
    assert not Occurrence.objects.filter(**of_copy).exists()
    assert not Registration.objects.filter(occurrence__activity__campaign=made).exists()
    assert not OccurrenceReport.objects.filter(**of_copy).exists()
    assert not FeedbackForm.objects.filter(**of_copy).exists()
    with pytest.raises(campaigns.CampaignRefused, match="2028"):
        campaigns.copy_campaign(campaign=opened, edition_year=2028, by=erin, now=now, **window)


def test_a_campaign_goes_a_step_at_a_time_and_comes_back(campaign, territory, chantecler, erin, now):
    accepted = activity_of(territory, chantecler, erin, now, campaign=campaign)
    with pytest.raises(campaigns.CampaignRefused):
        campaigns.publish_campaign(campaign=campaign, by=erin, now=now)
    campaigns.open_campaign(campaign=campaign, by=erin, now=now)
    accepted.refresh_from_db()
    assert not accepted.was_published
    campaigns.publish_campaign(campaign=campaign, by=erin, now=now)
    accepted.refresh_from_db()
    assert accepted.was_published
    with pytest.raises(campaigns.CampaignRefused):  # it begins in six months
        campaigns.move_campaign(campaign=campaign, to="running", by=erin, now=now)
    campaigns.move_campaign(campaign=campaign, to="open_for_proposals", by=erin, now=now)
    Campaign.objects.filter(pk=campaign.pk).update(status="closed", closed_at=now)
    with pytest.raises(campaigns.CampaignRefused):
        campaigns.move_campaign(campaign=campaign, to="evaluating", by=erin, now=now)


def test_strangers_find_what_is_accepted_once_its_campaign_is_published(opened, territory, chantecler, erin, now):
    territory.visibility = "public"
    territory.save()
    inside = activity_of(territory, chantecler, erin, now, campaign=opened)
    alone = activity_of(territory, chantecler, erin, now, title="Toute l’année")
    activity_of(territory, chantecler, erin, now, title="Proposée", accepted=False)
    assert set(public_activities(territory)) == {alone}
    campaigns.publish_campaign(campaign=opened, by=erin, now=now)
    assert set(public_activities(territory)) == {alone, inside}


def test_the_session_on_fsf_patients_is_for_professionals_and_not_a_meeting_of_patients(territory, chantecler, erin, now):
    session = activity_of(
        territory, chantecler, erin, now, type="training", title="Accueillir les patientes FSF",
        terms={"audience": ["professionnels"], "concerned_group": ["fsf"]},
    )  # fmt: skip

    def found(kind, code):
        return {one.activity for one in ActivityTerm.objects.filter(kind=kind, code=code)}

    assert (found("audience", "professionnels"), found("concerned_group", "fsf")) == ({session}, {session})
    assert found("audience", "fsf") == set()
    assert "fsf" in vocabulary().codes("concerned_group")
    assert "fsf" not in vocabulary().codes("audience")  # nobody can choose it there


def test_the_form_asks_both_and_says_why_and_a_sensitive_one_needs_a_neutral_title(territory, petra, erin, chantecler, now, as_user):
    page = as_user(petra).get(f"{HERE}/activites/nouvelle/").content.decode()
    assert 'name="audience"' in page
    assert 'name="concerned_group"' in page
    assert "une réunion de patientes" in page
    given = {"title": "Groupe du jeudi", "type": "discussion_group", "lead": chantecler.pk, "audience": ["personnes-concernees"]}
    given |= {"sensitive": "on", "visibility": "public", "language": "fr", "is_dated": "on", "is_free": "on"}
    refused = as_user(petra).post(f"{HERE}/activites/nouvelle/", given)
    assert "titre neutre" in refused.content.decode()
    assert not Activity.objects.exists()
    as_user(petra).post(f"{HERE}/activites/nouvelle/", given | {"neutral_title": "Rencontre"})
    made = Activity.objects.get()
    assert (made.moderation, made.sensitivity, made.lead, made.public_title) == ("draft", "sensitive", chantecler, "Rencontre")
    assert str(made.journal_label) == "Rencontre"
    assert not Entry.objects.filter(object_label__contains="jeudi").exists()


def test_moderation_answers_with_a_word_and_can_be_taken_back(opened, territory, chantecler, petra, erin, now, mailoutbox, as_user):
    activity = activity_of(territory, chantecler, petra, now, accepted=False, campaign=opened)
    state = f"{HERE}/activites/{activity.pk}/etat/"
    as_user(petra).post(state, {"act": "propose"})
    assert "Ciné-débat" in as_user(erin).get(f"{HERE}/activites/a-moderer/").content.decode()
    as_user(erin).post(f"{HERE}/activites/{activity.pk}/demander/", {"note": "Précisez la salle."})
    activity.refresh_from_db()
    assert (activity.moderation, activity.moderation_note) == ("draft", "Précisez la salle.")
    as_user(petra).post(state, {"act": "propose"})
    assert as_user(petra).post(state, {"act": "accept"}).status_code == 404
    as_user(erin).post(f"{HERE}/activites/{activity.pk}/refuser/", {"note": ""})
    activity.refresh_from_db()
    assert activity.moderation == "proposed"  # a refusal says why
    as_user(erin).post(f"{HERE}/activites/{activity.pk}/refuser/", {"note": "Hors du cadre."})
    as_user(erin).post(state, {"act": "reconsider"})
    as_user(erin).post(state, {"act": "accept"})
    activity.refresh_from_db()
    assert (activity.moderation, activity.was_published) == ("accepted", False)  # its campaign is not published yet


def test_the_programme_says_what_clashes_and_where_nothing_is(opened, territory, chantecler, erin, now):
    def at(title, hour, audience, **details):
        return date_of(activity_of(territory, chantecler, erin, now, title=title, audience=audience, campaign=opened), erin, now, hour=hour)

    at("Un", 14, ("professionnels",))
    at("Deux", 17, ("professionnels",))
    at("Trois", 17, ("eleves-primaire",))
    read = programme(opened, erin, reads_all=True, own=frozenset())
    assert [(one.first.line.title, one.second.line.title) for one in read.clashes] == [("Un", "Deux")]
    assert [(gap.first.day, gap.last.day) for gap in read.gaps] == [(10, 17), (19, 30)]


@pytest.fixture
def everybody(alice, bob, erin, paul, fiona, carl, mona, petra, dora, charlie):
    people = (alice, bob, erin, paul, fiona, carl, mona, petra, dora, charlie)
    return {person.name: person for person in people}


COORDINATION = {"Erin", "Paul"}
READERS = {"Alice", "Bob", "Erin", "Paul", "Fiona", "Carl", "Mona", "Petra"}


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("agenda.read_agenda", READERS),
        ("agenda.coordinate", COORDINATION),
        ("agenda.propose", {*COORDINATION, "Petra"}),
        ("agenda.write_activity", {*COORDINATION, "Petra"}),
        ("agenda.read_words", {*COORDINATION, "Petra"}),
        ("agenda.see_registrations", {"Petra"}),
    ],
)
def test_who_may_what_with_a_sensitive_activity_of_chantecler(permission, who, everybody, territory, chantecler, erin, now):
    hidden = activity_of(territory, chantecler, erin, now, sensitivity="sensitive", neutral_title="Rencontre")
    of_territory = ("agenda.read_agenda", "agenda.coordinate", "agenda.propose")
    thing = territory if permission in of_territory else hidden
    assert {name for name, person in everybody.items() if person.has_perm(permission, thing)} == who


@pytest.mark.parametrize(
    ("details", "accepted", "who"),
    [
        ({}, True, READERS),
        ({}, False, {*COORDINATION, "Petra"}),
        ({"visibility": "network"}, True, READERS),
        ({"visibility": "by_invitation"}, True, READERS - {"Carl", "Mona"}),
        ({"visibility": "private"}, True, {"Petra"}),
    ],
)
def test_who_finds_which_activity(details, accepted, who, everybody, territory, chantecler, erin, now, as_user):
    found = activity_of(territory, chantecler, erin, now, accepted=accepted, **details)
    seen = {name for name, person in everybody.items() if name in READERS and seen_activities(person, territory).filter(pk=found.pk)}
    assert seen == who
    answers = {name: as_user(person).get(f"{HERE}/activites/{found.pk}/").status_code for name, person in everybody.items()}
    assert {name for name, status in answers.items() if status == 200} == who


def test_others_read_of_a_sensitive_activity_what_strangers_read(territory, chantecler, erin, now, as_user, bob, carl, petra):
    hidden = {"sensitivity": "sensitive", "neutral_title": "Rencontre", "title": "Groupe migration", "description": "Mots cachés"}
    activity = activity_of(territory, chantecler, erin, now, **hidden)
    date_of(activity, erin, now, room="Salle cachée")
    for person in (bob, carl):
        page = as_user(person).get(f"{HERE}/activites/{activity.pk}/").content.decode()
        assert "Rencontre" in page
        assert not re.search("migration|Mots cachés|Salle cachée", page)
    assert "Groupe migration" in as_user(petra).get(f"{HERE}/activites/{activity.pk}/").content.decode()


@pytest.fixture
def nobody_in_the_menus(monkeypatch):
    """What other rooms say in menus is counted by their own tests."""
    for name in [name for name in SLOTS if name == "menu" or name.startswith("territory_")]:
        monkeypatch.setitem(SLOTS, name, [])


QUERIES = {"campaigns": 7, "programme": 14, "partners": 9, "moderation": 12, "activity": 16, "mine": 12}


@pytest.mark.usefixtures("nobody_in_the_menus")
@pytest.mark.parametrize("many", [1, 3])
def test_lists_ask_the_same_whatever_they_hold(many, opened, territory, chantecler, erin, petra, now, as_user):
    for number in range(many):
        name = {"name": f"Autre {number}", "edition_year": 2027}
        campaign_of(territory, chantecler, erin, now, **name)
        organization = Organization.objects.create(territory=territory, name=f"Asbl {number}")
        partners.add_partner(campaign=opened, organization=organization, email=f"un{number}@exemple.example", by=erin, now=now)
        for state in (True, False):
            made = activity_of(territory, chantecler, erin, now, campaign=opened, title=f"Activité {number} {state}", accepted=state)
            if not state:
                activities.propose_activity(activity=made, by=erin, now=now)
            for hour in range(10, 10 + many):
                date_of(made, erin, now, hour=hour)
    pages = {
        "campaigns": (erin, f"{HERE}/"),
        "programme": (erin, f"{HERE}/{opened.pk}/"),
        "partners": (erin, f"{HERE}/{opened.pk}/partenaires/"),
        "moderation": (erin, f"{HERE}/activites/a-moderer/"),
        "activity": (erin, f"{HERE}/activites/{made.pk}/"),
        "mine": (petra, f"{HERE}/activites/miennes/"),
    }
    vocabulary()  # kept in memory once read
    asked = {}
    for name, (person, url) in pages.items():
        client = as_user(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked[name] = len(queries)
    assert asked == QUERIES
