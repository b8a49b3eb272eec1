"""Labels: what is asked, proposed, confirmed; in force by the date alone; reports handled in private; who sees and does what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.network.labels import DAY, awarded, label_of, staff_of
from tissage.network.models import FormsPause, LabelAward, LabelReport, LabelVersion, Organization, Place, Qualification
from tissage.network.operations import awards, label_reports, labels, trainings
from tissage.network.operations.labels import LabelRefused
from tissage.network.queries.labels import public_list
from tissage.people.cipher import ensure_key_ring
from tissage.people.models import Entry

ROOT = "/territoires/sormont/reseau/"
LATER = dt.timedelta(days=15)


@pytest.fixture
def did(erin, now):
    ensure_key_ring(Path(settings.TISSAGE_HOME))
    return {"by": erin, "now": now}


@pytest.fixture
def label(territory, did):
    return label_of(territory, did["by"], did["now"])


@pytest.fixture
def award(label, chantecler, did):
    return awarded(label, chantecler, did["by"], did["now"])


@pytest.fixture
def report(award, now):
    return label_reports.report_breach(award=award, value="charter_breach", text="mal reçu", contact="0470 11 22 33", now=now)


def opened(territory):
    territory.visibility = "public"
    territory.save()


def test_a_published_version_changes_no_more_and_the_next_upgrades_nobody(label, award, did):
    version = label.scheme.versions.get()
    with pytest.raises(LabelRefused, match="ne change plus"):
        labels.change_version(version=version, charter_text="Autre", valid_from=DAY, **did)
    with pytest.raises(LabelRefused, match="ne change plus"):
        labels.add_requirement(version=version, kind="display", text="Afficher", **did)
    with pytest.raises(LabelRefused, match="ne change plus"):
        labels.remove_requirement(requirement=label.signs, **did)
    second = labels.draft_version(scheme=label.scheme, **did)
    assert [one.text for one in second.requirements.all()] == ["Suivre la séance", "Signer la charte"]
    with pytest.raises(LabelRefused, match="encore en préparation"):
        labels.draft_version(scheme=label.scheme, **did)
    labels.publish_version(version=second, **did)
    award.refresh_from_db()
    assert award.version.number == 1
    assert LabelVersion.objects.get(number=1).charter_text == "Nous accueillons."


def test_an_empty_version_is_not_published_and_an_unpublished_label_is_not_asked(territory, chantecler, did):
    scheme = labels.create_label(territory=territory, name="Vide", owner=chantecler, **did)
    with pytest.raises(LabelRefused, match="ne dit encore rien"):
        labels.publish_version(version=scheme.versions.get(), **did)
    with pytest.raises(LabelRefused, match="Aucune version"):
        awards.ask_award(scheme=scheme, organization=chantecler, **did)


def test_a_session_followed_proposes_the_label_and_its_owner_confirms_once_all_is_met(label, chantecler, did):
    trainings.note_attendance(session=label.session, organization=chantecler, headcount=3, **did)
    award = LabelAward.objects.get()
    assert (award.status, award.organization, award.list_publicly, award.valid_until) == ("proposed", chantecler, False, None)
    assert [one.requirement_id for one in award.fulfilments.all()] == [label.follows.pk]
    with pytest.raises(awards.NotFulfilled, match="Signer la charte"):
        awards.confirm_award(award=award, on=DAY, list_publicly=True, note="", **did)
    awards.fulfil_requirement(award=award, requirement=label.signs, met_on=DAY, evidence="signée", **did)
    with pytest.raises(LabelRefused, match="future"):
        awards.confirm_award(award=award, on=DAY + LATER, list_publicly=True, note="", **did)
    awards.confirm_award(award=award, on=DAY, list_publicly=True, note="", **did)
    award.refresh_from_db()
    assert (award.status, award.granted_on, award.valid_until) == ("active", DAY, dt.date(2028, 11, 22))
    with pytest.raises(LabelRefused, match="déjà décidée"):
        awards.confirm_award(award=award, on=DAY, list_publicly=True, note="", **did)


def test_a_request_moves_with_what_it_meets_and_counts_sessions_followed_before(label, chantecler, territory, did):
    asked = awards.ask_award(scheme=label.scheme, organization=chantecler, **did)
    assert asked.status == "applied"
    with pytest.raises(LabelRefused, match="déjà demandé"):
        awards.ask_award(scheme=label.scheme, organization=chantecler, **did)
    signed = awards.fulfil_requirement(award=asked, requirement=label.signs, met_on=DAY, **did)
    asked.refresh_from_db()
    assert asked.status == "in_training"
    attendance = trainings.note_attendance(session=label.session, organization=chantecler, headcount=1, **did)
    asked.refresh_from_db()
    assert (asked.status, LabelAward.objects.count()) == ("proposed", 1)
    awards.take_fulfilment_back(fulfilment=signed, **did)
    trainings.remove_attendance(attendance=attendance, **did)
    asked.refresh_from_db()
    assert (asked.status, asked.fulfilments.count(), Qualification.objects.count()) == ("applied", 0, 0)
    late = Organization.objects.create(territory=territory, name="Tardive")
    trainings.note_attendance(session=label.session, organization=late, headcount=1, **did)
    LabelAward.objects.filter(organization=late).delete()
    assert awards.ask_award(scheme=label.scheme, organization=late, **did).status == "proposed"


def test_an_award_expires_by_the_date_whatever_is_stored(award):
    """Acceptance 3: the stored status stays « active », the day says the rest."""
    until = award.valid_until
    days = {0: "expiring", 1: "expired", -59: "expiring", -60: "active", 4000: "expired"}
    assert {shift: award.state_on(until + dt.timedelta(days=shift)).value for shift in days} == days
    assert award.status == "active"
    assert (award.is_in_force(until), award.is_in_force(until + dt.timedelta(days=1))) == (True, False)


def test_an_expired_label_leaves_the_public_list_and_may_be_asked_anew(label, award, chantecler, erin):
    assert [one.name for one in public_list(label.scheme, award.valid_until)] == ["Chantecler"]
    assert public_list(label.scheme, award.valid_until + dt.timedelta(days=1)) == []
    with pytest.raises(LabelRefused, match="déjà ce label"):
        awards.ask_award(scheme=label.scheme, organization=chantecler, by=erin, now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    again = awards.ask_award(scheme=label.scheme, organization=chantecler, by=erin, now=dt.datetime(2028, 11, 1, tzinfo=dt.UTC))
    assert again.pk != award.pk


def test_leaving_the_public_list_is_one_post_by_the_holder_at_once(award, label, petra, territory, as_user):
    client, url = as_user(petra), f"{ROOT}labels/attributions/{award.uuid}/"
    assert "Retirer de la liste publique" in client.get(url).content.decode()
    assert public_list(label.scheme, DAY) != []
    assert client.post(f"{url}liste/").status_code == 302
    assert public_list(label.scheme, DAY) == []


def test_a_suspended_label_leaves_the_list_and_a_withdrawn_one_never_comes_back(award, label, did):
    awards.suspend_award(award=award, note="à revoir", **did)
    assert public_list(label.scheme, DAY) == []
    with pytest.raises(LabelRefused, match="en vigueur"):
        awards.list_award(award=award, publicly=True, **did)
    awards.resume_award(award=award, **did)
    awards.list_award(award=award, publicly=True, **did)
    awards.withdraw_award(award=award, note="fermé", **did)
    award.refresh_from_db()
    assert (award.status, award.list_publicly) == ("withdrawn", False)
    for act in (awards.withdraw_award, awards.suspend_award):
        with pytest.raises(LabelRefused):
            act(award=award, note="", **did)


@pytest.mark.parametrize("level", ["public", "area_only", "on_request", "never"])
def test_the_public_list_shows_of_a_place_what_its_level_lets_out(level, label, chantecler, territory, did, as_user):
    place = Place.objects.create(
        territory=territory, organization=chantecler, name="Le refuge", street="rue Cachée 7", postal_code="7000", address_visibility=level
    )
    award = awards.ask_award(scheme=label.scheme, organization=chantecler, place=place, **did)
    for one in awards.unmet(award):
        awards.fulfil_requirement(award=award, requirement=one, met_on=DAY, **did)
    awards.confirm_award(award=award, on=DAY, list_publicly=True, note="", **did)
    opened(territory)
    for url in (f"labels/{label.scheme.pk}/liste/", f"labels/attributions/{award.uuid}/signaler/"):
        page = as_user(None).get(ROOT + url).content.decode()
        assert "Chantecler" in page
        assert ("rue Cachée 7" in page, "Le refuge" in page and level != "public") == (level == "public", False)


def test_a_stranger_reports_in_private_and_nothing_is_counted(award, label, territory, did, as_user, now):
    url = f"{ROOT}labels/attributions/{award.uuid}/signaler/"
    said = {"value": "charter_breach", "text": "mal reçu à l’accueil", "contact": "0470 11 22 33"}
    assert as_user(None).get(url).status_code == 404  # a territory for its members only
    opened(territory)
    assert "n’en est publié" in as_user(None).post(url, said).content.decode()
    made = LabelReport.objects.get()
    assert ("0470" in made.contact, label_reports.contact_of(made)) == (False, "0470 11 22 33")
    assert made.award == award
    public = as_user(None).get(f"{ROOT}labels/{label.scheme.pk}/liste/").content.decode()
    assert ("mal reçu" in public, "signalement" in public) == (False, False)
    assert not Entry.objects.filter(verb__contains="report").exists()
    awards.list_award(award=award, publicly=False, **did)
    assert as_user(None).get(url).status_code == 404


def test_a_pause_of_the_public_forms_takes_no_report(award, territory, erin, as_user):
    opened(territory)
    moment = timezone.now()
    FormsPause.objects.create(territory=territory, since=moment, until=moment + dt.timedelta(days=1), by=erin)
    said = {"value": "other", "text": "pendant la pause"}
    page = as_user(None).post(f"{ROOT}labels/attributions/{award.uuid}/signaler/", said).content.decode()
    assert ("en pause" in page, LabelReport.objects.count()) == (True, 0)


def test_the_holder_answers_before_any_decision(report, did, now, erin):
    judged = {"founded": True, "resolution": "Rappel de la charte", "report": report, "by": erin}
    with pytest.raises(LabelRefused, match="Dites-le d’abord"):
        label_reports.judge_report(**judged, now=now)
    with pytest.raises(LabelRefused):
        label_reports.reply_to_report(report=report, reply="On ne nous a rien dit", **did)
    label_reports.tell_holder(report=report, **did)
    with pytest.raises(LabelRefused, match="peut encore répondre"):
        label_reports.judge_report(**judged, now=now + dt.timedelta(days=13))
    label_reports.reply_to_report(report=report, reply="Un remplaçant ce jour-là", **did)
    label_reports.judge_report(**judged, now=now)
    report.refresh_from_db()
    assert (report.status, report.reply, report.contact, report.resolved_by) == ("founded", "Un remplaçant ce jour-là", "", erin)
    assert report.award.status == "active"
    with pytest.raises(LabelRefused):
        label_reports.reply_to_report(report=report, reply="Trop tard", **did)


def test_without_an_answer_a_fortnight_is_enough_and_a_joke_is_closed_at_once(report, award, did, now, erin):
    label_reports.tell_holder(report=report, **did)
    label_reports.judge_report(report=report, founded=True, resolution="Rappel", by=erin, now=now + LATER)
    joke = label_reports.report_breach(award=award, value="other", text="lol", contact="", now=now)
    label_reports.judge_report(report=joke, founded=False, resolution="Sans objet", **did)
    assert list(LabelReport.objects.order_by("pk").values_list("status", flat=True)) == ["founded", "unfounded"]


WHO_READS = {
    # who: (the award, the report before the holder is told, the report once told, the list of reports)
    "erin": (200, 200, 200, 200),
    "paul": (200, 404, 404, 404),
    "alice": (200, 404, 404, 404),
    "fiona": (200, 404, 404, 404),
    "petra": (200, 404, 200, 404),
    "owner": (200, 404, 404, 404),
    "other": (404, 404, 404, 404),
    "carl": (404, 404, 404, 404),
    "dora": (404, 404, 404, 404),
}


@pytest.mark.parametrize("who", WHO_READS)
def test_who_reads_an_award_and_its_reports(who, request, label, award, report, territory, did, now, as_user):
    petra = request.getfixturevalue("petra")
    people = {
        "owner": lambda: staff_of(label.owner, "Odile", now),
        "other": lambda: staff_of(Organization.objects.create(territory=territory, name="Autre"), "Oscar", now),
        "petra": lambda: petra,
    }
    client = as_user(people[who]() if who in people else request.getfixturevalue(who))
    first, second = f"{ROOT}labels/attributions/{award.uuid}/", f"{ROOT}labels/signalements/{report.pk}/"
    seen = [client.get(first).status_code, client.get(second).status_code]
    label_reports.tell_holder(report=report, **did)
    page = client.get(second)
    assert (*seen, page.status_code, client.get(f"{ROOT}labels/signalements/").status_code) == WHO_READS[who]
    assert ("0470 11 22 33" in page.content.decode()) == (who == "erin")
    assert "mal reçu" not in client.get(f"{ROOT}labels/{label.scheme.pk}/").content.decode()


WHO_ACTS = {
    "erin": (True, True),
    "paul": (True, True),
    "owner": (True, True),
    "petra": (False, True),
    "alice": (False, False),
    "other": (False, False),
}


@pytest.mark.parametrize("who", WHO_ACTS)
def test_who_confirms_and_who_takes_off_the_list(who, request, label, award, territory, now):
    people = {
        "owner": lambda: staff_of(label.owner, "Odile", now),
        "other": lambda: staff_of(Organization.objects.create(territory=territory, name="Autre"), "Oscar", now),
    }
    user = people[who]() if who in people else request.getfixturevalue(who)
    assert (user.has_perm("network.confirm_award", award), user.has_perm("network.list_award", award)) == WHO_ACTS[who]


def test_an_organisation_asks_on_screen_and_the_owner_confirms_on_screen(label, petra, chantecler, territory, now, as_user):
    Organization.objects.create(territory=territory, name="Voisine")
    asks = as_user(petra)
    page = asks.get(f"{ROOT}labels/{label.scheme.pk}/demander/").content.decode()
    assert ("Chantecler" in page, "Voisine" in page) == (True, False)
    asks.post(f"{ROOT}labels/{label.scheme.pk}/demander/", {"organization": chantecler.pk})
    made = LabelAward.objects.get()
    url = f"{ROOT}labels/attributions/{made.uuid}/"
    assert asks.get(f"{url}confirmer/").status_code == 404
    owner = as_user(staff_of(label.owner, "Odile", now))
    for requirement in (label.follows, label.signs):
        owner.post(f"{url}exigences/{requirement.pk}/", {"met_on": DAY.isoformat(), "evidence": "vu"})
    assert "Confirmer l’attribution" in owner.get(url).content.decode()
    owner.post(f"{url}confirmer/", {"on": DAY.isoformat(), "list_publicly": "on", "note": ""})
    made.refresh_from_db()
    assert (made.status, made.list_publicly) == ("active", True)
    assert "Voisine" not in asks.get(f"{ROOT}labels/{label.scheme.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_labels_cost_the_same_with_one_and_with_three(count, territory, chantecler, erin, did, now, as_user, nobody_downstream):
    for number in range(count):
        label = label_of(territory, erin, now, name=f"Label {number}")
        holder = Organization.objects.create(territory=territory, name=f"Porteuse {number}")
        made = awarded(label, holder, erin, now)
        label_reports.report_breach(award=made, value="other", text="x", contact="", now=now)
        labels.draft_version(scheme=label.scheme, **did)
    for number in range(count):
        awarded(label, Organization.objects.create(territory=territory, name=f"Autre {number}"), erin, now)
    opened(territory)
    client = as_user(erin)
    client.get(ROOT + "labels/")
    counted = {"labels/": 9, f"labels/{label.scheme.pk}/": 11, "labels/signalements/": 7, f"labels/{label.scheme.pk}/liste/": 8}
    asked = {}
    for url in counted:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOT + url).status_code == 200
        asked[url] = len(queries)
    assert asked == counted


def test_what_waits_is_said_to_who_may_do_it(label, chantecler, petra, territory, erin, paul, did, now, as_user):
    made = awarded(label, chantecler, erin, now, on=timezone.localdate() - dt.timedelta(days=700))
    LabelAward.objects.filter(pk=made.pk).update(valid_until=timezone.localdate() + dt.timedelta(days=30))
    owner = staff_of(label.owner, "Odile", now)
    late = Organization.objects.create(territory=territory, name="Postulante")
    LabelAward.objects.create(version=made.version, organization=late, status="proposed", asked_on=DAY)
    told = label_reports.report_breach(award=made, value="other", text="x", contact="", now=now)
    label_reports.tell_holder(report=told, **did)
    label_reports.report_breach(award=made, value="other", text="y", contact="", now=now)
    words = ["Confirmer le label", "Redemander le label", "Lire un signalement", "Conclure un signalement", "Répondre à un signalement"]

    def seen(user):
        page = as_user(user).get("/a-faire/").content.decode()
        return [word in page for word in words]

    assert seen(erin) == [True, True, True, True, False]
    assert seen(paul) == [True, True, False, False, False]
    assert seen(owner) == [True, False, False, False, False]
    assert seen(petra) == [False, True, False, False, True]
