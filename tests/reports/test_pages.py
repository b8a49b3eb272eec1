"""Pages of documents: who opens them, what they say, what they do."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.reports.test_own_word import form
from tissage.people.models import Entry, Membership
from tissage.reports.models import Deliberation, FrozenYear, Report, WordTemplate
from tissage.reports.operations.freezing import freeze_year
from tissage.reports.operations.issuing import issue_report


def at(name, town, *more):
    return reverse(f"reports:{name}", args=["sormont", town.plan.pk, *more])


PERMISSIONS = {
    # role: (read_reports, freeze_year, issue_report)
    "coordinator": (True, True, True),
    "plan_manager": (True, True, True),
    "facilitator": (True, False, False),
    "reader": (True, False, False),
    "finance": (True, False, False),
    "partner": (False, False, False),
    "commission": (False, False, False),
    "councillor": (False, False, False),
}


@pytest.mark.parametrize("role", PERMISSIONS)
def test_who_may_what(role, town, charlie, territory, now):
    Membership.objects.create(user=charlie, territory=territory, role=role, since=now)
    asked = ("reports.read_reports", "reports.freeze_year", "reports.issue_report")
    assert tuple(charlie.has_perm(one, territory) for one in asked) == PERMISSIONS[role]


def test_the_page_before_freezing_says_what_is_missing_and_freezes(town, as_user, paul):
    page = as_user(paul).get(at("freeze", town, 2025)).content.decode()
    assert "Colis" in page
    assert not FrozenYear.objects.exists()
    answer = as_user(paul).post(at("freeze", town, 2025))
    assert answer.status_code == 302
    assert FrozenYear.objects.get().number == 1
    assert "Arrêtée avec ces manques" in as_user(paul).get(at("year", town, 2025)).content.decode()


def test_a_facilitator_reads_and_does_not_freeze(town, as_user, alice):
    assert as_user(alice).get(at("year", town, 2025)).status_code == 200
    assert as_user(alice).get(at("freeze", town, 2025)).status_code == 404
    assert as_user(alice).post(at("freeze", town, 2025)).status_code == 404
    assert not FrozenYear.objects.exists()


@pytest.mark.parametrize("name", ["reports", "year", "texts"])
def test_another_town_sees_nothing(town, as_user, dora, name):
    address = at(name, town) if name == "reports" else at(name, town, 2025)
    assert as_user(dora).get(address).status_code == 404


@pytest.mark.parametrize("year", [2019, 2027])
def test_a_year_out_of_the_plan_has_no_page(town, as_user, paul, year):
    assert as_user(paul).get(at("year", town, year)).status_code == 404


def test_a_draft_is_taken_by_post_journalled_and_watermarked(town, as_user, alice):
    assert as_user(alice).get(at("take", town, 2025)).status_code == 405
    answer = as_user(alice).post(at("take", town, 2025), {"kind": "dossier", "format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "projet" in answer["Content-Disposition"]
    assert all("PROJET" in page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert Entry.objects.filter(verb="reports.take_draft", actor=alice).count() == 1


def test_issuing_then_taking_the_file_away(frozen, town, as_user, paul, alice):
    as_user(paul).post(at("issue", town, 2025), {"kind": "dossier", "formats": ["pdf", "zip"]})
    report = Report.objects.get()
    page = as_user(alice).get(at("year", town, 2025)).content.decode()
    for file in report.files.all():
        assert file.sha256 in page
    file = report.files.get(format="pdf")
    address = reverse("reports:download", args=["sormont", file.uuid])
    assert as_user(alice).get(address).status_code == 405
    answer = as_user(alice).post(address)
    assert len(answer.content) == file.size
    assert Entry.objects.filter(verb="reports.take_report", actor=alice).count() == 1


def test_a_stranger_takes_nothing(frozen, town, as_user, paul, dora, charlie, now):
    file = issue_report(frozen=frozen, kind="activity", formats=["pdf"], by=paul, now=now).files.get()
    address = reverse("reports:download", args=["sormont", file.uuid])
    assert [as_user(one).post(address).status_code for one in (dora, charlie)] == [404, 404]
    assert as_user(None).post(address).status_code == 302
    assert not Entry.objects.filter(verb="reports.take_report").exists()


def test_a_facilitator_does_not_issue(frozen, town, as_user, alice):
    assert as_user(alice).post(at("issue", town, 2025), {"kind": "dossier", "formats": ["pdf"]}).status_code == 404
    assert not Report.objects.exists()


def test_reopening_asks_why_and_keeps_it(frozen, town, as_user, paul):
    client = as_user(paul)
    assert "Pourquoi" in client.post(at("reopen", town, 2025), {"reason": ""}).content.decode()
    client.post(at("reopen", town, 2025), {"reason": "Un chiffre corrigé"})
    assert FrozenYear.objects.get().reopen_reason == "Un chiffre corrigé"
    assert "Un chiffre corrigé" in client.get(at("year", town, 2025)).content.decode()


def test_the_vote_is_noted_with_the_signed_deliberation(frozen, town, as_user, paul):
    pdf = SimpleUploadedFile("delib.pdf", b"%PDF-1.7\n" + b"x" * 40 + b"\n%%EOF\n", "application/pdf")
    said = {
        "body": "conseil communal",
        "held_on": "2026-03-17",
        "result": "adopted",
        "votes_for": "21",
        "balance": "1 200,50",
        "signed": pdf,
    }
    answer = as_user(paul).post(at("vote", town, 2025), said)
    assert answer.status_code == 302, answer.content.decode()
    vote = Deliberation.objects.get()
    assert (str(vote.balance), vote.document.file_name) == ("1200.50", "delib.pdf")
    page = as_user(paul).get(at("year", town, 2025)).content.decode()
    assert "adoptée" in page
    assert "21 pour" in page


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(frozen, town, as_user, paul):
    bad = SimpleUploadedFile("delib.pdf", b"MZ rien", "application/pdf")
    answer = as_user(paul).post(at("vote", town, 2025), {"body": "conseil", "signed": bad})
    assert answer.status_code == 200
    assert not Deliberation.objects.exists()


def test_the_texts_to_paste_are_shown(frozen, town, as_user, alice):
    page = as_user(alice).get(at("texts", town, 2025)).content.decode()
    assert "Le référentiel de ce plan ne propose aucun texte" in page


def test_a_word_form_is_deposited_listed_and_retired(town, as_user, paul, alice):
    address = reverse("reports:templates", args=["sormont"])
    file = SimpleUploadedFile("papier.docx", form("{{ plan }} {{ anee }}"))
    as_user(paul).post(address, {"kind": "activity", "label": "Papier", "file": file})
    page = as_user(alice).get(address).content.decode()
    assert "« anee » n’est pas connu" in page
    assert "peut-être « annee »" in page
    kept = WordTemplate.objects.get()
    assert as_user(alice).get(reverse("reports:template_file", args=["sormont", kept.uuid])).status_code == 200
    assert as_user(alice).post(reverse("reports:retire_template", args=["sormont", kept.uuid])).status_code == 404
    as_user(paul).post(reverse("reports:retire_template", args=["sormont", kept.uuid]))
    assert WordTemplate.objects.get().retired_at is not None


def test_a_reader_deposits_no_form(town, as_user, bob):
    address = reverse("reports:templates", args=["sormont"])
    assert (
        as_user(bob).post(address, {"kind": "activity", "label": "x", "file": SimpleUploadedFile("x.docx", form("{{ plan }}"))}).status_code
        == 404
    )
    assert not WordTemplate.objects.exists()


def test_fields_and_sample_are_there_for_whoever_reads(town, as_user, bob):
    assert "actions_en_retard" in as_user(bob).get(reverse("reports:fields", args=["sormont"])).content.decode()
    assert as_user(bob).get(reverse("reports:sample", args=["sormont"])).content[:2] == b"PK"


def test_the_list_asks_as_many_questions_with_one_and_with_three(town, as_user, paul, now):
    client = as_user(paul)
    address = at("reports", town)

    def issued(*years):
        for year in years:
            issue_report(frozen=freeze_year(plan=town.plan, year=year, by=paul, now=now), kind="sheets", formats=["pdf"], by=paul, now=now)

    issued(2025)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    issued(2024, 2023)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).content.decode().count("Document ") >= 3
    assert len(three) == len(one)
