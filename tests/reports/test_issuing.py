"""Issued documents: numbered within their territory, immutable, kept byte for byte, journalled."""

import hashlib
import io

import docx
import pytest
from django.db import DatabaseError, connection, transaction

from tests.reports.test_own_word import form
from tissage.people.exchange.kept_files import path_of
from tissage.people.models import Entry
from tissage.plan.models import Action, Plan
from tissage.reports.models import Report, ReportFile
from tissage.reports.operations.freezing import freeze_year, reopen_year
from tissage.reports.operations.issuing import REPORTS, IssueRefused, issue_report, read_report_file
from tissage.reports.operations.voting import VoteRefused, record_vote
from tissage.reports.operations.word_templates import keep_word_template


def issue(frozen, paul, now, **more):
    return issue_report(frozen=frozen, **{"kind": "activity", "formats": ["pdf"], "by": paul, "now": now, **more})


def test_numbers_follow_each_other_within_a_territory(frozen, paul, now):
    assert [issue(frozen, paul, now, kind=kind).number for kind in ("activity", "financial", "dossier")] == [1, 2, 3]


def test_each_format_is_kept_with_its_size_and_checksum(frozen, paul, now):
    report = issue(frozen, paul, now, formats=["pdf", "docx", "xlsx", "zip"])
    kept = {file.format: file for file in report.files.all()}
    assert set(kept) == {"pdf", "docx", "xlsx", "zip"}
    for file in kept.values():
        content = read_report_file(file)
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert kept["pdf"].file_name == "001-rapport-d-activite-2025-sormont-v1.pdf"


def test_an_issued_document_keeps_its_bytes_when_the_plan_moves_on(frozen, town, paul, now):
    file = issue(frozen, paul, now).files.get()
    before = read_report_file(file)
    reopen_year(frozen=frozen, reason="Un titre.", by=paul, now=now)
    Action.objects.filter(plan=town.plan).update(title="Tout autre")
    freeze_year(plan=Plan.objects.get(pk=town.plan.pk), year=2025, by=paul, now=now)
    assert read_report_file(ReportFile.objects.get(pk=file.pk)) == before


def test_nothing_is_issued_from_a_version_that_was_reopened(frozen, paul, now):
    reopen_year(frozen=frozen, reason="Un chiffre.", by=paul, now=now)
    with pytest.raises(IssueRefused):
        issue(frozen, paul, now)
    assert not Report.objects.exists()


@pytest.mark.parametrize("asked", [{"formats": []}, {"formats": ["exe"]}, {"kind": "novel"}])
def test_only_known_documents_in_known_formats_are_issued(frozen, paul, now, asked):
    with pytest.raises(IssueRefused):
        issue(frozen, paul, now, **asked)


@pytest.mark.parametrize("change", [{"number": 9}, {"title": "x"}, {"kind": "dossier"}, {"template": "x"}])
def test_no_hand_changes_an_issued_document(frozen, paul, now, change):
    report = issue(frozen, paul, now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportFile.objects.filter(report=report).update(sha256="0" * 64)
    for table in ("reports_reportfile", "reports_report"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert Report.objects.get(pk=report.pk).files.count() == 1


def test_a_failure_leaves_neither_row_nor_file(frozen, paul, now, settings):
    own = keep_word_template(
        territory=frozen.territory, kind="activity", label="x", upload_name="x.docx", content=form("{{ plan }}"), by=paul, now=now
    )
    path_of("word-templates", own.uuid).unlink()
    with pytest.raises(FileNotFoundError):
        issue(frozen, paul, now, formats=["pdf", "docx"], own=own)
    assert not Report.objects.exists()
    folder = path_of(REPORTS, own.uuid).parent
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_form_of_ones_own_takes_the_place_of_the_word_file(frozen, paul, now):
    own = keep_word_template(
        territory=frozen.territory,
        kind="activity",
        label="En-tête",
        upload_name="x.docx",
        content=form("Chez nous : {{ plan }} {{ numero }}"),
        by=paul,
        now=now,
    )
    report = issue(frozen, paul, now, formats=["docx"], own=own)
    written = docx.Document(io.BytesIO(read_report_file(report.files.get())))
    assert [one.text for one in written.paragraphs] == ["Chez nous : Plan 2020-2026 1"]
    assert "En-tête · 1" in report.template


def test_a_form_made_for_another_document_is_refused(frozen, paul, now):
    own = keep_word_template(
        territory=frozen.territory, kind="dossier", label="x", upload_name="x.docx", content=form("{{ plan }}"), by=paul, now=now
    )
    with pytest.raises(IssueRefused):
        issue(frozen, paul, now, own=own)


def test_issuing_is_journalled(frozen, paul, now):
    issue(frozen, paul, now)
    line = Entry.objects.get(verb="reports.issue_report")
    assert (line.actor, line.numbers) == (paul, {"files": 1})


def test_the_vote_is_written_as_it_comes(frozen, paul, now):
    day = now.date()
    record_vote(frozen=frozen, body="conseil communal", held_on=day, result="adopted", votes_for=21, by=paul, now=now)
    pdf = b"%PDF-1.7\n" + b"x" * 40 + b"\n%%EOF\n"
    vote = record_vote(
        frozen=frozen, sent_on=day, answer="accepted", answered_on=day, balance="-12.50", signed=("deliberation.pdf", pdf), by=paul, now=now
    )
    vote.refresh_from_db()
    assert (vote.body, vote.votes_for, str(vote.balance), vote.document.visibility) == ("conseil communal", 21, "-12.50", "private")
    lines = list(Entry.objects.filter(verb="reports.record_vote").order_by("pk"))
    assert next(line.fields for line in lines) == ["body", "held_on", "result", "votes_for"]
    assert "12.50" not in str([(line.numbers, line.fields, line.object_label) for line in lines])


@pytest.mark.parametrize(
    "said",
    [
        {"body": " "},
        {"body": "conseil", "result": "adopted"},
        {"body": "conseil", "held_on": "2026-03-17", "sent_on": "2026-03-01"},
        {"body": "conseil", "answer": "accepted"},
        {"body": "conseil", "sent_on": "2026-03-17", "answered_on": "2026-03-01", "answer": "refused"},
    ],
)
def test_a_vote_that_contradicts_itself_is_refused(frozen, paul, now, said):
    import datetime as dt

    details = {name: dt.date.fromisoformat(value) if name.endswith("_on") else value for name, value in said.items()}
    with pytest.raises(VoteRefused):
        record_vote(frozen=frozen, by=paul, now=now, **details)
