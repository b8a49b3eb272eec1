"""A set followed in public: its score by the rule of decision 0017, what a stranger reads and does not, the picture, the command, the nightly reading."""

from __future__ import annotations

import datetime as dt
import io
import json
import struct
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commitments.promised import agreement, answer, ask, judge, piece, promise, received_set
from tissage.commitments.models import AskSet, Contestant, Evidence, Scorecard
from tissage.commitments.operations import evidence, promises
from tissage.commitments.operations.scorecards import freeze_scorecard
from tissage.commitments.queries.scorecards import card_of, categories_of, lines_of
from tissage.commitments.queries.shown_sets import shown_set
from tissage.people.models import Territory

COMPLETIONS = {"S1": "complete", "F1": "complete", "F2": "complete", "F3": "limited", "P1": "substantial", "P2": "not_started"}


@pytest.fixture
def public(territory):
    Territory.objects.filter(pk=territory.pk).update(visibility="public")
    territory.refresh_from_db()
    return territory


@pytest.fixture
def judged(public, erin, paul, now):
    """The worked example of the method, lived: six asks judged on a piece each, three about which nothing is known."""
    held = received_set(public, now)
    for code, completion in COMPLETIONS.items():
        one = ask(held, code)
        judge(one, completion, erin, paul, now, pieces=[piece(one, erin, now, summary=f"Pièce {code}", is_public=code != "F3")])
    return held


def page_of(client, ask_set, name="ask_set", **query):
    return client.get(reverse(f"asks:{name}", args=["sormont", ask_set.code]), query)


def test_the_command_prints_the_worked_example_and_null_where_nothing_applies(judged, other_territory, now, capsys):
    call_command("scorecard", "sormont", "--ask-set", "egalite", "--json")
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("headline", "ceiling", "coverage")} == {"headline": 41.0, "ceiling": 81.9, "coverage": 59.2}
    assert told["by_category"][0] == {"code": "services", "weight": 50.0, "headline": 33.3, "ceiling": 100.0, "coverage": 33.3}
    received_set(other_territory, now, counted=["province"])
    call_command("scorecard", "ailleurs", "--ask-set", "egalite", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["headline"], told["by_category"][1]["ceiling"]) == (None, None)
    with pytest.raises(SystemExit):
        call_command("scorecard", "sormont", "--ask-set", "rien", "--json", stderr=io.StringIO())


def test_d3_and_what_another_power_decides_are_published_and_in_no_sum(judged, client):
    """Acceptance 8."""
    lines = {line.ask.code: line for line in lines_of(judged)}
    assert (lines["D3"].why_not, lines["X1"].why_not, lines["S2"].why_not) == ("not_verifiable", "not_competent", "")
    card = card_of(categories_of(judged), lines.values())
    assert card.total.headline == Fraction(985, 24)
    page = page_of(client, judged).content.decode()
    assert "D3 · Une approche intersectionnelle partout" in page
    assert "on ne peut pas la vérifier" in page


def test_an_ask_is_spoken_for_by_its_own_judgement_else_by_its_only_commitment_else_unknown(public, erin, paul, now):
    held = received_set(public, now)
    one = ask(held, "S1")
    first = promise(public, erin, now, asks=[one])
    judge(first, "limited", erin, paul, now, pieces=[piece(first, erin, now)])

    def completion():
        return next((line.completion, line.from_commitment) for line in lines_of(held) if line.ask == one)

    assert completion() == ("limited", True)
    second = promise(public, erin, now, asks=[one], statement="Une autre promesse")
    assert completion() == ("no_evidence", False)
    promises.withdraw_commitment(commitment=second, reason="Notée deux fois", by=erin, now=now)
    assert completion() == ("limited", True)
    judge(one, "complete", paul, erin, now, pieces=[piece(one, erin, now)])
    assert completion() == ("complete", False)


def test_a_frozen_score_never_changes_and_the_next_one_is_another_version(judged, erin, now):
    first = freeze_scorecard(ask_set=judged, by=erin, now=now)
    assert (first.version, str(first.headline), first.values["limited"]) == (1, "41.04166667", "1/4")
    assert {one["code"]: one["why_not"] for one in first.items if one["why_not"]} == {"D3": "not_verifiable", "X1": "not_competent"}
    with pytest.raises((IntegrityError, OperationalError), match="does not change"), transaction.atomic():
        Scorecard.objects.update(headline=100)
    assert freeze_scorecard(ask_set=judged, by=erin, now=now).version == 2


def test_the_public_page_says_counts_first_then_the_three_percentages_together(judged, client):
    page = page_of(client, judged).content.decode().replace("\xa0", " ")
    counts = "Sur 9 demandes vérifiables, 3 tenues avec preuve, 3 en chemin ou pas commencées, 3 sans information."
    sentence = "41 % prouvé (59 % documenté, jusqu’à 82 %)"
    assert 0 < page.index(counts) < page.index(sentence)
    assert "80 %" not in page
    assert "n’a pas de force juridique" in page
    assert page.split("Une image à partager")[1].count(sentence) == 1


def test_a_stranger_reads_nothing_that_was_not_published(judged, public, chantecler, erin, paul, client, now):
    one = ask(judged, "S2")
    promise(public, erin, now, published=False, statement="SECRET brouillon", asks=[one])
    shown = promise(public, erin, now, statement="Une promesse publiée", asks=[one])
    piece(shown, erin, now, validated=False, summary="SECRET à valider", is_public=True)
    hidden = piece(shown, erin, now, summary="SECRET pour l’équipe", upload=("s.pdf", b"%PDF-1.7 s"))
    refused = piece(shown, erin, now, validated=False, summary="SECRET écartée", is_public=True)
    evidence.refuse_evidence(evidence=refused, by=paul, now=now)
    answer(one, "Liste muette", 1, published_on=None, verbatim="SECRET mots")
    from tests.commitments.test_assessments import propose

    propose(shown, "no_evidence", erin, now)
    for name in ("ask_set", "answers"):
        response = page_of(client, judged, name)
        page = response.content.decode()
        assert response.status_code == 200
        assert "SECRET" not in page
        assert "Pièce F3" not in page
        assert "Erin" not in page
        assert "Paul" not in page
    assert "Une promesse publiée" in page_of(client, judged).content.decode()
    copy = reverse("asks:evidence_copy", args=["sormont", "egalite", hidden.uuid])
    assert client.get(copy).status_code == 404
    evidence.show_evidence(evidence=hidden, is_public=True, by=erin, now=now)
    response = client.get(copy)
    assert (response.status_code, response["Content-Disposition"].split(";")[0]) == (200, "attachment")


def test_a_set_that_is_not_published_or_of_a_closed_territory_does_not_exist_for_strangers(territory, judged, client, petra, now):
    pages = ("ask_set", "answers", "picture")
    Territory.objects.filter(pk=territory.pk).update(visibility="members")
    assert [page_of(client, judged, name).status_code for name in pages] == [404] * 3
    Territory.objects.filter(pk=territory.pk).update(visibility="public")
    AskSet.objects.filter(pk=judged.pk).update(published_on=None)
    assert [page_of(client, judged, name).status_code for name in pages] == [404] * 3
    client.force_login(petra)
    assert client.get(reverse("commitments:scorecard", args=["sormont", "egalite"])).status_code == 200


def test_a_list_that_did_not_answer_is_shown_so_in_ballot_order_and_never_as_a_no(judged, client):
    one = ask(judged, "S1")
    answer(one, "Zinnia", 2, "no", verbatim="Non, pas cette fois.")
    answer(one, "Abeille", 7)
    Contestant.objects.create(election=judged.election, name="Silence", list_number=4)
    page = page_of(client, judged, "answers").content.decode()
    first = page.split('id="reponses-S1"')[1].split("</section>")[0]
    assert [first.index(name) for name in ("Zinnia", "Silence", "Abeille")] == sorted(
        first.index(name) for name in ("Zinnia", "Silence", "Abeille")
    )
    silent = first.split("Silence")[1].split("Abeille")[0]
    assert "pas de réponse" in silent
    assert "Non" not in silent
    assert "Non, pas cette fois." in first


def test_what_moved_since_a_date_is_read_from_the_assessments_of_that_day(judged, erin, paul, client, now):
    one = ask(judged, "S2")
    judge(one, "limited", erin, paul, now + dt.timedelta(days=60), pieces=[piece(one, erin, now)])
    since = (now + dt.timedelta(days=40)).date()
    shown = shown_set(judged, public=True, since=since)
    assert [(item.line.ask.code, item.before, item.line.completion) for item in shown.moved] == [("S2", "no_evidence", "limited")]
    assert len(shown_set(judged, public=True, since=dt.date(2026, 1, 1)).moved) == len(COMPLETIONS) + 1
    assert "de « sans information » à « limité »" in page_of(client, judged, depuis=since.isoformat()).content.decode()
    assert page_of(client, judged, depuis="n’importe quoi").status_code == 200


def test_the_picture_is_a_png_of_1200_by_630_from_the_same_figures(judged, client):
    response = page_of(client, judged, "picture")
    assert response["Content-Type"] == "image/png"
    assert response.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", response.content[16:24]) == (1200, 630)
    assert len(response.content) > 10_000


def test_a_set_asks_the_same_number_of_questions_whatever_it_holds(public, erin, paul, now, django_assert_num_queries):
    held = received_set(public, now)
    one = ask(held, "S1")
    first = promise(public, erin, now, asks=[one])
    piece(first, erin, now)
    with CaptureQueriesContext(connection) as before:
        shown_set(held, public=True)
    for code in ("S2", "S3", "F1"):
        more = promise(public, erin, now, asks=[ask(held, code)])
        judge(more, "limited", erin, paul, now, pieces=[piece(more, erin, now)])
    with django_assert_num_queries(len(before)):
        shown_set(held, public=True)


def test_the_nightly_reading_proposes_each_fact_once_and_counts_nothing(public, action, chantecler, erin, now):
    from tissage.agenda.models import Activity, ActivityAction, Occurrence, OccurrenceReport
    from tissage.network.models import Organization, Training

    other = Organization.objects.create(territory=public, name="Aidants")
    made = promise(public, erin, now, organization=chantecler, actions=[action])
    agreement(public, [chantecler, other], amount=1200)
    agreement(public, [chantecler, other], title="Projet", status="draft")
    session = Training.objects.create(territory=public, title="Accueillir", provider=other).sessions.create(held_on=dt.date(2026, 3, 1))
    session.attendances.create(organization=chantecler, headcount=3)
    session.attendances.create(organization=other, headcount=8)
    stamps = {"territory": public, "lead": other, "created_at": now, "modified_at": now}
    for number, details in enumerate(({}, {"sensitivity": "sensitive", "neutral_title": "Rencontre"}), 1):
        activity = Activity.objects.create(title=f"SECRET {number}" if details else "Atelier", type="workshop", **stamps, **details)
        ActivityAction.objects.create(activity=activity, action=action)
        starts = dt.datetime(2026, 4, number, 12, tzinfo=dt.UTC)
        date = Occurrence.objects.create(activity=activity, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), modified_at=now)
        told = {"held": "yes", "headcount": 47, "method": "count", "filled_at": now, "changed_at": now}
        OccurrenceReport.objects.create(activity=activity, occurrence=date, **told)
    proposed = evidence.propose_evidence(territory=public, by=None, now=now)
    summaries = [one.summary.replace("\xa0", " ").replace("\u202f", " ") for one in proposed]
    assert summaries == [
        "Mise à disposition de locaux « Locaux », signée par Aidants, Chantecler : 1 200,00 €",
        "Formation « Accueillir » suivie par 3 personnes de Chantecler",
        "Activité « Atelier » tenue, selon le compte rendu de Aidants : 47 personnes (comptées une à une)",
        "Activité « Rencontre » tenue, selon le compte rendu de Aidants",
    ]
    assert {one.strength for one in proposed} == {"third_party"}
    assert not Evidence.objects.counted().exists()
    evidence.refuse_evidence(evidence=proposed[0], by=erin, now=now)
    assert evidence.propose_evidence(territory=public, by=None, now=now) == []
    out = io.StringIO()
    call_command("propose_evidence", "--territory", "sormont", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"proposed": 0, "territories": {"sormont": 0}}
    assert made.evidence_links.count() == 4


def test_the_sheet_of_an_action_says_which_commitments_it_serves_and_no_draft(public, action, erin, client, now):
    promise(public, erin, now, actions=[action], statement="Une promesse publiée")
    promise(public, erin, now, actions=[action], statement="SECRET brouillon", published=False)
    client.force_login(erin)
    page = client.get(reverse("plan:action", args=["sormont", action.plan_id, action.pk])).content.decode()
    assert "Sert 1 engagement" in page
    assert "Une promesse publiée" in page
    assert "SECRET" not in page
