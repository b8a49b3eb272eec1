"""What happened on a date: told once by whoever carries it, corrected while the campaign is open, reminded twice; a campaign closes when all is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.agenda.happened import TOKEN, make_activity, make_campaign, make_date, make_link, make_organization, tell
from tissage.agenda.models import Campaign, CampaignPartner, OccurrenceReport, ReportReminder
from tissage.agenda.operations.report_reminders import remind_reports
from tissage.agenda.operations.reports import (
    AlreadyReported,
    NotReported,
    NotTheLead,
    ReportRefused,
    change_report,
    close_campaign,
    comment_report,
    file_report,
)
from tissage.agenda.queries.campaigns import LinkState, find_link, link_state
from tissage.core.tokens import hash_token
from tissage.people.models import Entry

SAID = {"held": "yes", "headcount": "42", "method": "count", "new_public": "half", "what_worked": "l’accueil", "incident": "none"}


@pytest.fixture
def ruche(territory):
    return make_organization(territory, "La Ruche")


@pytest.fixture
def refuge(territory):
    return make_organization(territory, "Le Refuge", email="info@refuge.example")


@pytest.fixture
def campaign(territory, chantecler, now):
    return make_campaign(territory, chantecler, now)


@pytest.fixture
def activity(campaign, chantecler, ruche, now):
    return make_activity(campaign, chantecler, now, helper=ruche)


@pytest.fixture
def occurrence(activity, now):
    return make_date(activity, now)


def address(occurrence):
    return f"/territoires/sormont/campagnes/dates/{occurrence.uuid}/compte-rendu/"


# --- One report a date ------------------------------------------------------------------------------------------------


def test_two_partners_cannot_report_the_same_date_and_the_co_organiser_only_comments(campaign, occurrence, ruche, petra, now):
    helper = make_link(campaign, ruche, now)
    with pytest.raises(NotTheLead, match="Chantecler"):
        file_report(occurrence=occurrence, by=None, link=helper, now=now, held="yes", headcount=3, method="count")
    report = tell(occurrence, 42, petra, now)
    with pytest.raises(AlreadyReported):
        tell(occurrence, 12, petra, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        OccurrenceReport.objects.create(activity=occurrence.activity, occurrence=occurrence, held="yes", filled_at=now, changed_at=now)
    comment_report(report=report, organization=ruche, text="La salle était froide.", by=petra, now=now)
    with pytest.raises(NotTheLead):
        comment_report(report=report, organization=make_organization(ruche.territory, "Passante"), text="Moi aussi", by=petra, now=now)
    assert OccurrenceReport.objects.get().headcount == 42
    assert [one.text for one in report.comments.all()] == ["La salle était froide."]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"held": ""}, "held"),
        ({"held": "no"}, "reason"),
        ({"held": "yes"}, "headcount"),
        ({"held": "yes", "headcount": 12}, "method"),
        ({"held": "changed", "headcount": 12, "method": "à l’œil"}, "method"),
        ({"held": "yes", "headcount": 3, "method": "count", "headcount_by_audience": {"jeunes": 2, "professionnels": 2}}, "headcount"),
    ],
)
def test_a_report_says_what_it_needs(campaign, chantecler, petra, now, said, field):
    date = make_date(make_activity(campaign, chantecler, now, audiences=("jeunes", "professionnels")), now)
    with pytest.raises(ReportRefused) as refusal:
        file_report(occurrence=date, by=petra, now=now, **said)
    assert refusal.value.field == field
    assert not OccurrenceReport.objects.exists()


def test_what_was_not_held_with_a_reason_is_a_report_without_number(occurrence, petra, now):
    report = file_report(occurrence=occurrence, by=petra, now=now, held="no", reason="orage", headcount=9, method="count")
    assert (report.headcount, report.method, report.headcount_by_audience, report.reason) == (None, "", {}, "orage")


def test_one_audience_takes_the_whole_count(occurrence, petra, now):
    assert tell(occurrence, 42, petra, now).headcount_by_audience == {"jeunes": 42}


def test_what_is_to_come_or_cancelled_is_not_told(activity, petra, now):
    with pytest.raises(ReportRefused, match="pas encore"):
        tell(make_date(activity, now, days_ago=-3), 4, petra, now)
    with pytest.raises(ReportRefused, match="annulée"):
        tell(make_date(activity, now, status="cancelled", cancelled_at=now), 4, petra, now)


def test_an_undated_output_says_what_was_made(campaign, chantecler, petra, now):
    podcast = make_activity(campaign, chantecler, now, title="Podcast", type="podcast", is_dated=False)
    with pytest.raises(ReportRefused, match="produit"):
        file_report(activity=podcast, by=petra, now=now, held="yes")
    report = file_report(activity=podcast, by=petra, now=now, held="yes", produced="trois épisodes")
    assert (report.occurrence, report.headcount, report.produced) == (None, None, "trois épisodes")
    with pytest.raises(AlreadyReported):
        file_report(activity=podcast, by=petra, now=now, held="yes", produced="quatre")


def test_a_correction_names_its_fields_in_the_journal_and_no_value(occurrence, petra, now):
    report = tell(occurrence, 4711, petra, now, what_worked="tout 4711")
    assert change_report(report=report, by=petra, now=now, headcount=4712, what_to_change="la salle 4711") == [
        "headcount",
        "headcount_by_audience",
        "what_to_change",
    ]
    assert change_report(report=report, by=petra, now=now, headcount=4712) == []
    lines = list(Entry.objects.filter(verb__startswith="agenda.").order_by("pk"))
    assert [line.verb for line in lines] == ["agenda.file_report", "agenda.change_report"]
    assert lines[1].fields == ["headcount", "headcount_by_audience", "what_to_change"]
    assert "471" not in "".join(f"{line.object_label}{line.fields}{line.numbers}" for line in lines)


# --- Closing ----------------------------------------------------------------------------------------------------------


def test_a_campaign_with_one_unreported_date_refuses_to_close_and_lists_it(campaign, activity, occurrence, petra, erin, client, now):
    late = make_date(activity, now, days_ago=4)
    make_date(activity, now, days_ago=5, status="cancelled", cancelled_at=now)
    podcast = make_activity(campaign, activity.lead, now, title="Podcast", is_dated=False)
    tell(occurrence, 10, petra, now)
    with pytest.raises(NotReported) as refusal:
        close_campaign(campaign=campaign, by=erin, now=now)
    assert [(due.activity, due.occurrence) for due in refusal.value.dues] == [(activity, late), (podcast, None)]
    client.force_login(erin)
    page = client.post(f"/territoires/sormont/campagnes/{campaign.pk}/clore/")
    assert page.status_code == 409
    assert address(late) in page.content.decode()
    assert f"/campagnes/activites/{podcast.pk}/compte-rendu/" in page.content.decode()
    assert address(occurrence) not in page.content.decode()
    tell(late, 0, petra, now)
    file_report(activity=podcast, by=petra, now=now, held="no", reason="plus de micro")
    close_campaign(campaign=campaign, by=erin, now=now)
    assert Campaign.objects.get().status == "closed"
    with pytest.raises(ReportRefused, match="close"):
        change_report(report=OccurrenceReport.objects.get(occurrence=late), by=petra, now=now, headcount=9)


# --- Who may ----------------------------------------------------------------------------------------------------------

PEOPLE = ("petra", "erin", "paul", "alice", "bob", "fiona", "carl", "mona", "charlie", "dora")


@pytest.mark.parametrize(
    ("sensitivity", "reads"),
    [("normal", {"petra", "erin", "paul", "alice", "bob"}), ("sensitive", {"petra"})],
)
def test_who_reads_a_report(campaign, chantecler, petra, client, now, request, sensitivity, reads):
    date = make_date(make_activity(campaign, chantecler, now, sensitivity=sensitivity), now)
    tell(date, 987, petra, now)
    for name in PEOPLE:
        client.force_login(request.getfixturevalue(name))
        page = client.get(address(date))
        assert (page.status_code == 200) == (name in reads), name
        assert ("<strong>987</strong>" in page.content.decode()) == (name in reads), name
        assert client.post(address(date), {**SAID, "headcount": "987"}).status_code == (
            302 if name in files_of(sensitivity) else 200 if name in reads else 404
        ), name


def files_of(sensitivity):
    return {"petra", "erin", "paul"} if sensitivity == "normal" else {"petra"}


def test_a_serious_incident_is_read_by_the_lead_and_the_coordination_only(occurrence, petra, erin, bob, client, now):
    tell(occurrence, 5, petra, now, incident="serious", incident_text="une agression canari")
    seen = {}
    for user in (petra, erin, bob):
        client.force_login(user)
        seen[user.name] = "agression canari" in client.get(address(occurrence)).content.decode()
    assert seen == {"Petra": True, "Erin": True, "Bob": False}


def test_a_co_organiser_reads_and_comments_but_its_post_files_nothing(campaign, chantecler, ruche, petra, client, now):
    date = make_date(make_activity(campaign, ruche, now, helper=chantecler), now)
    client.force_login(petra)
    assert client.get(address(date)).status_code == 404
    assert client.post(address(date), SAID).status_code == 404
    tell(date, 7, None, now)
    assert "Commenter" in client.get(address(date)).content.decode()
    assert client.post(address(date) + "commenter/", {"text": "Bel accueil"}).status_code == 302
    assert [one.organization for one in OccurrenceReport.objects.get().comments.all()] == [chantecler]


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_the_report_is_filed_from_the_page_and_a_refusal_keeps_what_was_typed(occurrence, petra, client):
    client.force_login(petra)
    page = client.post(address(occurrence), {**SAID, "method": ""}).content.decode()
    assert "comment vous avez compté" in page
    assert "l’accueil" in page
    assert client.post(address(occurrence), SAID).status_code == 302
    kept = OccurrenceReport.objects.get()
    assert (kept.headcount, kept.method, kept.new_public, kept.filled_by, kept.via_link) == (42, "count", "half", petra, False)
    assert client.post(address(occurrence) + "?corriger", {**SAID, "headcount": "43"}).status_code == 302
    assert OccurrenceReport.objects.get().headcount == 43


def test_the_list_costs_the_same_with_one_and_three_dates(campaign, activity, occurrence, erin, client, now):
    client.force_login(erin)
    url = f"/territoires/sormont/campagnes/{campaign.pk}/comptes-rendus/"
    client.get(url)
    counted = []
    for more in (0, 2):
        for number in range(more):
            make_date(make_activity(campaign, activity.lead, now, title=f"Autre {number}"), now, days_ago=20 + number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- By the link of a campaign ----------------------------------------------------------------------------------------


def test_a_link_reports_the_dates_of_its_organisation_and_meets_no_other(campaign, occurrence, refuge, client, now):
    own = make_date(make_activity(campaign, refuge, now, title="Permanence"), now)
    make_link(campaign, refuge, now)
    there = f"/proposer/{TOKEN}/compte-rendu/{own.uuid}/"
    assert there in client.get(f"/proposer/{TOKEN}/").content.decode()
    assert client.get(there).status_code == 200
    assert not OccurrenceReport.objects.exists()
    assert client.get(f"/proposer/{TOKEN}/compte-rendu/{occurrence.uuid}/").status_code == 404
    assert client.get(f"/proposer/inconnu/compte-rendu/{own.uuid}/").status_code == 404
    assert client.post(there, SAID).status_code == 302
    kept = OccurrenceReport.objects.get()
    assert (kept.occurrence, kept.via_link, kept.filled_by) == (own, True, None)
    assert there not in client.get(f"/proposer/{TOKEN}/").content.decode()
    answer = client.get(there)
    assert "C’est remis" in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("state", ["expires_at", "revoked_at"])
def test_a_dead_link_says_so_and_takes_nothing(campaign, refuge, client, now, state):
    own = make_date(make_activity(campaign, refuge, now, title="Permanence canari"), now)
    make_link(campaign, refuge, now, **{state: now - dt.timedelta(days=9)})
    for answer in (
        client.get(f"/proposer/{TOKEN}/compte-rendu/{own.uuid}/"),
        client.post(f"/proposer/{TOKEN}/compte-rendu/{own.uuid}/", SAID),
    ):
        assert answer.status_code == 410
        assert "canari" not in answer.content.decode()
    assert not OccurrenceReport.objects.exists()


# --- Reminders --------------------------------------------------------------------------------------------------------


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    def run(now):
        with django_capture_on_commit_callbacks(execute=True):
            return remind_reports(now=now)

    return run


def test_dates_are_reminded_at_two_and_seven_days_in_one_letter_and_never_twice(activity, petra, now, commits):
    first, second = make_date(activity, now, days_ago=2), make_date(activity, now, days_ago=3)
    make_date(activity, now, days_ago=1)
    make_date(activity, now, days_ago=5, status="cancelled", cancelled_at=now)
    assert commits(now) == 1
    assert commits(now) == 0
    assert [one.to for one in mail.outbox] == [["petra@example.org"]]
    assert all(address(one) in mail.outbox[0].body for one in (first, second))
    assert "2 dates à raconter" in mail.outbox[0].subject
    week = now + dt.timedelta(days=5)
    tell(second, 4, petra, week)
    assert commits(week) == 1
    assert sorted(ReportReminder.objects.filter(occurrence=first).values_list("days", flat=True)) == [2, 7]
    assert address(second) not in mail.outbox[-1].body
    assert commits(week + dt.timedelta(days=1)) == 1  # the date of yesterday is now seven days old, the two others were told
    assert commits(week + dt.timedelta(days=20)) == 0


def test_an_organisation_without_account_gets_one_letter_with_a_fresh_link(campaign, refuge, now, commits):
    dates = [make_date(make_activity(campaign, refuge, now, title=f"Soirée {days}", sensitivity="sensitive"), now, days) for days in (3, 4)]
    make_link(campaign, refuge, now)
    assert commits(now) == 1
    body = mail.outbox[0].body
    assert mail.outbox[0].to == ["lien@refuge.example"]
    assert "Soirée" not in body + mail.outbox[0].subject
    token = body.split("/proposer/")[1].split("/")[0]
    assert token != TOKEN
    assert CampaignPartner.objects.get().token_hash == hash_token(token)
    assert all(f"/proposer/{token}/compte-rendu/{one.uuid}/" in body for one in dates)
    assert link_state(find_link(token), now) == LinkState.OPEN
    assert find_link(TOKEN) is None


def test_a_link_that_was_closed_is_not_opened_again_by_a_reminder(campaign, refuge, now, commits):
    make_date(make_activity(campaign, refuge, now), now, 3)
    make_link(campaign, refuge, now, revoked_at=now)
    assert commits(now) == 0
    assert not mail.outbox
    assert not ReportReminder.objects.exists()
