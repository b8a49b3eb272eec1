"""`tissage report`: a frozen year, or a watermarked draft; what is missing is said and the exit status tells."""

import io
import json

import pypdf
import pytest
from django.core.management import call_command

from tissage.reports.operations.freezing import reopen_year


def run(*arguments):
    """Exit status and JSON of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("report", *map(str, arguments), "--json", stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


ASKED = ("sormont", "--year", 2025, "--kind", "dossier", "--format", "pdf")


def test_a_year_not_frozen_is_refused_with_what_is_missing(town, tmp_path):
    path = tmp_path / "d.pdf"
    code, said = run(*ASKED, path)
    assert code == 1
    assert any("Colis" in one["what"] for one in said["missing"])
    assert all(one["owed_by"] for one in said["missing"])
    assert not path.exists()


def test_a_draft_is_written_and_watermarked(town, tmp_path):
    path = tmp_path / "d.pdf"
    code, said = run(*ASKED, "--draft", path)
    assert (code, said["draft"], said["version"]) == (0, True, None)
    assert all("PROJET" in page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_frozen_year_is_written(frozen, tmp_path):
    path = tmp_path / "d.pdf"
    code, said = run(*ASKED, path)
    assert (code, said["draft"], said["version"], said["data_sha256"]) == (0, False, 1, frozen.sha256)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "712,35" in text
    assert frozen.sha256[:12] in text


def test_a_year_reopened_is_refused_again(frozen, paul, now, tmp_path):
    reopen_year(frozen=frozen, reason="Un chiffre.", by=paul, now=now)
    assert run(*ASKED, tmp_path / "d.pdf")[0] == 1


@pytest.mark.parametrize("kind", ["activity", "financial", "dashboard", "dossier", "sheets"])
@pytest.mark.parametrize("extension", ["pdf", "docx", "xlsx", "zip"])
def test_every_document_in_every_format(frozen, tmp_path, kind, extension):
    path = tmp_path / f"x.{extension}"
    code, said = run("sormont", "--year", 2025, "--kind", kind, "--format", extension, path)
    assert (code, said["size"]) == (0, path.stat().st_size)
    assert path.read_bytes()[:2] == (b"%P" if extension == "pdf" else b"PK")


def test_a_plan_or_a_year_that_is_not_there_is_said(town, tmp_path):
    assert run("ailleurs", *ASKED[1:], tmp_path / "x")[0] == 1
    assert run(*ASKED, "--plan", "Un autre", tmp_path / "x")[1]["plans"] == ["Plan 2020-2026"]
    assert run("sormont", "--year", 1999, *ASKED[3:], tmp_path / "x")[0] == 1


def test_a_file_that_cannot_be_written_is_said(frozen, tmp_path):
    assert "Impossible d’écrire" in run(*ASKED, tmp_path / "absent" / "d.pdf")[1]["error"]
