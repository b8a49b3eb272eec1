"""Documents: known by their content, named cleanly, kept for their owner, taken away when nothing knows them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid

import pytest
from django.db import IntegrityError, transaction

from tests.network.files import FILES, PDF, office, open_document
from tissage.network.exchange.document_kinds import MOST_BYTES, clean_name
from tissage.network.models import Document
from tissage.network.operations.documents import DocumentRefused, delete_stray_documents, keep_document, read_document
from tissage.people.exchange.kept_files import DOCUMENTS, path_of
from tissage.people.models import Entry


@pytest.fixture
def keep(territory, erin, now):
    def keep(name: str = "convention.pdf", content: bytes = PDF, **more: object) -> Document:
        given = {"title": "Convention", "kind": "agreement", "by": erin, "now": now, **more}
        return keep_document(territory=territory, upload_name=name, content=content, **given)

    return keep


@pytest.mark.parametrize("name", FILES)
def test_every_kind_that_a_municipality_sends_is_kept_as_it_was(name, keep):
    kept = keep(name, FILES[name])
    assert (kept.file_name, read_document(kept), kept.size) == (name, FILES[name], len(FILES[name]))


def test_a_file_is_its_owners_alone_and_its_checksum_is_known(keep):
    kept = keep()
    assert path_of(DOCUMENTS, kept.uuid).stat().st_mode & 0o777 == 0o600
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<script>alert(1)</script>", "n’est pas d’un genre gardé ici"),
        ("programme.exe", b"MZ\0\0", "n’est pas d’un genre gardé ici"),
        ("sans ending", PDF, "n’est pas d’un genre gardé ici"),
        ("convention.pdf", b"<html><script>alert(1)</script>", "n’est pas celui d’un fichier PDF"),
        ("photo.png", b"\xff\xd8\xff\xe0", "n’est pas celui d’un fichier PNG"),
        ("lettre.docx", office("xl/workbook.xml"), "n’est pas celui d’un fichier DOCX"),
        ("lettre.docx", office("word/document.xml", **{"word/vbaProject.bin": b"macro"}), "n’est pas celui d’un fichier DOCX"),
        ("lettre.docx", b"PK\x03\x04 broken", "n’est pas celui d’un fichier DOCX"),
        ("lettre.odt", open_document("spreadsheet"), "n’est pas celui d’un fichier ODT"),
        ("budget.ods", open_document("spreadsheet", **{"Basic/Standard/Module1.xml": "macro"}), "n’est pas celui d’un fichier ODS"),
        ("liste.csv", b"MZ\x90\x00\x03", "n’est pas celui d’un fichier CSV"),
        ("vide.pdf", b"", "est vide"),
        ("lourd.pdf", b"%PDF-" + b"0" * MOST_BYTES, "plus de 10 Mo"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words_and_leaves_nothing(name, content, words, keep, settings):
    with pytest.raises(DocumentRefused, match=words):
        keep(name, content)
    assert Document.objects.count() == 0
    assert not (settings.TISSAGE_FILES / "documents").exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\dossiers\\Avis: n°3?.PDF", "Avis n°3.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202efdp.exe.txt", "fdp.exe.txt"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
        (".pdf", "pdf"),
        ("", "document"),
    ],
)
def test_a_file_name_is_cleaned(sent, kept):
    assert clean_name(sent) == kept


def test_the_journal_says_what_kind_was_kept_and_never_its_title(keep):
    kept = keep(title="Lettre de Madame Canari")
    entry = Entry.objects.get(verb="network.keep_document")
    assert (entry.object_label, entry.object_id) == ("agreement", str(kept.pk))
    assert "Canari" not in str(list(Entry.objects.values()))


def test_a_document_whose_row_cannot_be_written_leaves_no_file(keep, settings):
    with pytest.raises(IntegrityError):
        keep(kind=None)
    assert list((settings.TISSAGE_FILES / "documents").iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_by_the_clock_only_files_that_no_row_knows_go(territory, erin, now, settings):
    kept = keep_document(territory=territory, title="", kind="", upload_name="a.pdf", content=PDF, by=erin, now=now)
    stray, young = (path_of(DOCUMENTS, uuid.uuid4()) for _ in range(2))
    for path in (stray, young):
        path.write_bytes(PDF)
    for path in (stray, path_of(DOCUMENTS, kept.uuid)):
        os.utime(path, (0, 0))
    with transaction.atomic():
        gone = delete_stray_documents(now=dt.datetime.now(dt.UTC))
    assert (gone, stray.exists(), young.exists()) == (1, False, True)
    assert read_document(kept) == PDF
