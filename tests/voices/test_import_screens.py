"""The screens of imports: who may, look before importing, columns named once, undo, export journalled."""

from __future__ import annotations

import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from tests.voices.importing import DATA
from tissage.core.codes import MalformedCode, parse_code
from tissage.frameworks.queries import explain_malformed
from tissage.people.models import Entry
from tissage.voices.exchange import uploads
from tissage.voices.models import Batch, ColumnMapping, Criterion
from tissage.voices.operations.batches import batch_file, imports_folder

OWN = "Cercle;Sujet;Ce qui est dit;Combien\nJeunes;WB;rire;2\nAînés;IB;la solitude;x\n"


def give(client, content: str | bytes, name: str, territory="sormont", **data):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("voices:import_upload", args=[territory]), {"file": file, **data}, follow=True)


def only_batch() -> Batch:
    return Batch.objects.get()


@pytest.fixture
def page() -> bytes:
    return (DATA / "page.txt").read_bytes()


def test_a_page_is_looked_at_then_imported_then_undone(as_user, alice, territory, page):
    client = as_user(alice)
    answer = give(client, page, "page.txt")
    assert "4 critères (7 expressions)" in answer.content.decode()
    assert "Importer 4 critères" in answer.content.decode()
    batch = only_batch()
    assert (batch.state, Criterion.objects.count()) == ("preview", 0)
    assert stat.S_IMODE(batch_file(batch).stat().st_mode) == 0o600
    answer = client.post(reverse("voices:import_apply", args=["sormont", batch.uuid]), follow=True)
    assert Criterion.objects.live().count() == 4
    assert list(imports_folder().iterdir()) == []
    assert "Importé le" in answer.content.decode()
    undo = reverse("voices:import_undo", args=["sormont", batch.uuid])
    assert "4 critères" in client.get(undo).content.decode()
    client.post(undo)
    assert Criterion.objects.count() == 0
    assert [entry.verb for entry in Entry.objects.filter(actor=alice).order_by("pk")] == ["voices.import_criteria", "voices.undo_import"]


def test_columns_are_named_once_and_remembered(as_user, alice, territory):
    client = as_user(alice)
    answer = give(client, OWN, "t.csv")
    batch = only_batch()
    columns = reverse("voices:import_columns", args=["sormont", batch.uuid])
    assert answer.redirect_chain[-1][0] == columns
    chosen = {"column_text": "Ce qui est dit", "column_group": "Cercle", "column_count": "Combien"}
    refused = client.post(columns, chosen)
    assert "Choisissez une colonne" in refused.content.decode()
    twice = client.post(columns, {**chosen, "column_question": "Cercle"})
    assert "sert déjà" in twice.content.decode()
    answer = client.post(columns, {**chosen, "column_question": "Sujet"}, follow=True)
    text = answer.content.decode()
    assert "Importer sans la ligne en erreur" in text
    assert "n’est pas un nombre d’expressions" in text
    assert ColumnMapping.objects.get().mapping == {"text": "Ce qui est dit", "group": "Cercle", "question": "Sujet", "count": "Combien"}
    apply = reverse("voices:import_apply", args=["sormont", batch.uuid])
    client.post(apply)
    assert Criterion.objects.count() == 0
    client.post(apply, {"accept": "1"})
    assert list(Criterion.objects.live().values_list("text", "imported_count")) == [("rire", 2)]
    again = give(client, OWN.replace(";x", ";1"), "t.csv").content.decode()
    assert "Importer 1 critère" in again


def test_lines_need_a_group_and_a_question(as_user, alice, territory, group, question):
    client = as_user(alice)
    assert "choisissez-les ici" in give(client, "1;rire;G05\n", "t.txt").content.decode()
    give(client, "1;rire;G05\n", "t.txt", group=group.name, question=question.code)
    client.post(reverse("voices:import_apply", args=["sormont", only_batch().uuid]))
    assert Criterion.objects.live().get().group == group


@pytest.mark.parametrize(("name", "content"), [("t.docx", b"x"), ("t.xlsx", b"x"), ("t.csv", b""), ("t.csv", b"a\x00b")])
def test_a_file_that_cannot_be_read_is_said_and_not_kept(as_user, alice, territory, name, content):
    answer = give(as_user(alice), content, name)
    assert answer.status_code == 200
    assert not imports_folder().is_dir() or not list(imports_folder().iterdir())
    assert not Batch.objects.filter(state="preview").exists()


def test_a_large_file_is_read_and_written_by_the_worker(as_user, alice, territory, page, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(uploads, "INLINE_BYTES", 10)
    client = as_user(alice)
    with django_capture_on_commit_callbacks(execute=True):
        give(client, page, "page.txt")
    batch = only_batch()
    assert batch.report["step"] == "preview"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("voices:import_apply", args=["sormont", batch.uuid]))
    batch.refresh_from_db()
    assert (batch.state, Criterion.objects.live().count()) == ("applied", 4)


def test_progress_is_shown_can_be_asked_again_and_stopped(as_user, alice, territory, now):
    batch = Batch.objects.create(
        territory=territory,
        kind="import",
        state="staging",
        made_at=now,
        rows_total=20_000,
        rows_done=5_000,
        report={"beat": now.isoformat()},
    )
    client = as_user(alice)
    url = reverse("voices:import_batch", args=["sormont", batch.uuid])
    assert "5000 sur 20000 critères" in client.get(url).content.decode()
    client.post(reverse("voices:import_cancel", args=["sormont", batch.uuid]))
    part = reverse("voices:import_progress", args=["sormont", batch.uuid])
    assert "Arrêt demandé" in client.get(part).content.decode()
    Batch.objects.update(state="cancelled")
    answer = client.get(part)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_abandoning_a_preview_deletes_the_file(as_user, alice, territory, page, django_capture_on_commit_callbacks):
    client = as_user(alice)
    give(client, page, "page.txt")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("voices:import_cancel", args=["sormont", only_batch().uuid]))
    assert only_batch().state == "cancelled"
    assert list(imports_folder().iterdir()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_batches_asks_the_same_number_of_queries(as_user, alice, territory, now, django_assert_num_queries, number):
    for _ in range(number):
        Batch.objects.create(territory=territory, kind="import", state="applied", made_at=now, applied_at=now, made_by=alice, label="Lot")
    client = as_user(alice)
    url = reverse("voices:imports", args=["sormont"])
    client.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(url).content.decode().count('<th scope="row">') == number


LIST_QUERIES = 9


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods", "jsonl"])
def test_an_export_is_a_post_and_the_journal_says_who_took_it(as_user, alice, territory, enter, format):
    enter("rire", "=pleurer")
    client = as_user(alice)
    url = reverse("voices:export_download", args=["sormont"])
    assert client.get(url).status_code == 405
    answer = client.post(url, {"format": format})
    content = b"".join(answer.streaming_content)
    assert f".{format}" in answer["Content-Disposition"]
    assert content
    entry = Entry.objects.filter(verb="voices.export_criteria").get()
    assert (entry.actor, entry.territory, entry.fields, entry.numbers) == (alice, territory, [format], {"criteria": 2})
    if format == "csv":
        assert content.startswith(b"\xef\xbb\xbfsource;identifiant;")
        assert b";'=pleurer;" in content


def test_an_export_holds_what_the_search_of_the_criteria_page_asked(as_user, alice, territory, enter):
    enter("rire", "rire encore", "pleurer")
    client = as_user(alice)
    found = client.get(reverse("voices:criteria", args=["sormont"]), {"q": "RIRE", "sort": "text"}).content.decode()
    here = reverse("voices:exports", args=["sormont"]) + "?q=RIRE&amp;sort=text"
    assert f'href="{here}"' in found
    page = client.get(reverse("voices:exports", args=["sormont"]), {"q": "RIRE", "sort": "text"}).content.decode()
    assert "2 critères sur 3 critères" in page
    act = reverse("voices:export_download", args=["sormont"])
    assert f'action="{act}?q=RIRE&amp;sort=text"' in page
    content = b"".join(client.post(f"{act}?q=RIRE&sort=text", {"format": "csv"}).streaming_content).decode()
    assert ("rire encore" in content, "pleurer" in content) == (True, False)
    assert Entry.objects.filter(verb="voices.export_criteria").get().numbers == {"criteria": 2}
    whole = b"".join(client.post(act, {"format": "csv"}).streaming_content).decode()
    assert "pleurer" in whole
    nothing = client.get(reverse("voices:exports", args=["sormont"]), {"q": "zèbre"}).content.decode()
    assert "0 critère sur 3 critères" in nothing
    assert act not in nothing


def test_what_a_file_holds_is_said_in_the_language_of_the_screen(as_user, alice, territory):
    client = as_user(alice)
    client.cookies["django_language"] = "en"
    text = give(client, "groupe,question,critère,composante\nJeunes,WB,rire,a03\n", "t.csv").content.decode()
    try:
        parse_code("a03")
    except MalformedCode as refused:
        french = str(refused)
        with translation.override("en"):
            english = explain_malformed(refused)
    assert (escape(english) in text, escape(french) in text, english == french) == (True, False, False)
    assert only_batch().report["problems"][0]["message"] == french


PAGES = ["imports", "import_upload", "exports"]
OF_A_BATCH = ["import_batch", "import_undo", "import_progress"]
ACTS = ["import_apply", "import_cancel", "import_undo"]


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("erin", 200), ("bob", 404), ("charlie", 404), ("dora", 404), (None, 302)])
def test_who_may_import_and_export(request, as_user, territory, now, who, status):
    user = request.getfixturevalue(who) if who else None
    batch = Batch.objects.create(territory=territory, kind="import", state="applied", made_at=now, applied_at=now, label="Lot secret")
    client = as_user(user)
    answers = [client.get(reverse(f"voices:{name}", args=["sormont"])) for name in PAGES]
    answers += [client.get(reverse(f"voices:{name}", args=["sormont", batch.uuid])) for name in OF_A_BATCH[:2]]
    assert {answer.status_code for answer in answers} == {status}
    if status != 200:
        acts = [client.post(reverse(f"voices:{name}", args=["sormont", batch.uuid])) for name in ACTS]
        acts.append(client.post(reverse("voices:export_download", args=["sormont"]), {"format": "csv"}))
        assert {answer.status_code for answer in acts} == {status}
        batch.refresh_from_db()
        assert batch.state == "applied"


def test_a_batch_of_another_territory_is_not_there(as_user, dora, territory, other_territory, now):
    batch = Batch.objects.create(territory=territory, kind="import", state="applied", made_at=now, applied_at=now)
    assert as_user(dora).get(reverse("voices:import_batch", args=["ailleurs", batch.uuid])).status_code == 404
