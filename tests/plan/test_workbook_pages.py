"""The pages of the workbook: taken, given back, columns asked once, applied, undone; and who may."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.plan.boards import make_board
from tests.plan.books import Book
from tissage.people.models import Entry, Membership
from tissage.plan.exchange.workbook_in import open_workbook, sheets_to_read
from tissage.plan.models import Action, PlanColumns, WorkbookImport
from tissage.plan.operations.workbook import compare_workbook, workbook_file

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@pytest.fixture
def made(territory, now):
    return make_board(territory, now)


@pytest.fixture
def base(made):
    return f"/territoires/sormont/plans/{made.plan.pk}/classeur/"


@pytest.fixture
def give(base, tmp_path):
    """Gives a workbook back through the page; gives the page that follows."""

    def post(client, book, name="plan.xlsx"):
        path = tmp_path / name
        book.save(path)
        return client.post(base + "rendre/", {"file": SimpleUploadedFile(name, path.read_bytes())})

    return post


@pytest.fixture
def taken(base, tmp_path):
    def take(client):
        answer = client.post(base + "prendre/")
        path = tmp_path / "out.xlsx"
        path.write_bytes(answer.content)
        return Book.load(path)

    return take


def own_book(heading="Où en est-on"):
    book = Book()
    book["Feuil1"] = [["N°", "Intitulé", heading, "Vu par"], [2, "Jardin partagé", "terminée", "canari"]]
    return book


def test_taken_edited_given_back_looked_at_applied_and_undone(made, base, erin, as_user, taken, give, django_capture_on_commit_callbacks):
    client = as_user(erin)
    book = taken(client)
    book.put("Actions", 3, "Titre", "Jardin de tous")
    answer = give(client, book)
    page = client.get(answer.url)
    text = page.content.decode()
    assert "<del>Jardin partagé</del>" in text
    assert "<ins>Jardin de tous</ins>" in text
    assert Action.objects.get(pk=made.garden.pk).title == "Jardin partagé"
    found = WorkbookImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{answer.url}importer/", {"seen": page.context["digest"]})
    assert Action.objects.get(pk=made.garden.pk).title == "Jardin de tous"
    assert not workbook_file(found).exists()
    client.post(f"{answer.url}annuler/")
    assert Action.objects.get(pk=made.garden.pk).title == "Jardin partagé"
    verbs = ["plan.export_workbook", "plan.import_workbook", "plan.undo_workbook"]
    assert list(Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)) == verbs


def test_applying_something_else_than_what_was_seen_shows_it_again(made, base, erin, as_user, taken, give):
    client = as_user(erin)
    book = taken(client)
    book.put("Actions", 3, "Titre", "Jardin de tous")
    answer = give(client, book)
    client.post(f"{answer.url}importer/", {"seen": "autre"})
    client.post(f"{answer.url}importer/")
    assert Action.objects.get(pk=made.garden.pk).title == "Jardin partagé"


def test_reading_the_preview_writes_nothing(made, base, erin, as_user, taken, give):
    client = as_user(erin)
    book = taken(client)
    book.put("Actions", 3, "Titre", "Jardin de tous")
    before = list(Action.objects.values())
    client.get(give(client, book).url)
    assert list(Action.objects.values()) == before


def test_columns_are_asked_once_and_remembered(made, base, erin, as_user, give):
    client = as_user(erin)
    asked = client.get(give(client, own_book()).url)
    assert asked.url.endswith("/colonnes/")
    form = {"s0-kind": "actions", "s0-column-0": "number", "s0-column-1": "title", "s0-column-2": "state", "s0-column-3": "-"}
    client.post(asked.url, form)
    assert PlanColumns.objects.get().mapping["columns"]["Où en est-on"] == "state"
    again = client.get(give(client, own_book()).url)
    [(_title, group)] = again.context["groups"]
    assert [(field["label"], field["old"], field["new"]) for field in group["changed"][0]["fields"]] == [("État", "en cours", "terminée")]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"s0-kind": "actions", "s0-column-0": "number", "s0-column-1": "-"}, "dites quelle colonne donne"),
        ({"s0-kind": "actions", "s0-column-0": "title", "s0-column-1": "title"}, "Deux colonnes disent la même chose"),
        ({"s0-kind": "-"}, "Choisissez au moins une feuille"),
    ],
)
def test_columns_that_cannot_be_are_refused_in_words(made, base, erin, as_user, give, form, expected):
    client = as_user(erin)
    address = client.get(give(client, own_book()).url).url
    answer = client.post(address, form)
    assert (answer.status_code, expected in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("plan.pdf", b"%PDF", "Attendu"),
        ("plan.xlsx", b"pas un classeur", "pas un classeur"),
        ("plan.ods", b"pas un classeur", "pas un classeur lisible"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(made, base, erin, as_user, name, content, expected):
    answer = as_user(erin).post(base + "rendre/", {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, expected in answer.content.decode()) == (422, True)
    assert not WorkbookImport.objects.filter(state="received").exists()


def test_a_second_file_takes_the_place_of_the_first(made, base, erin, as_user, give, django_capture_on_commit_callbacks):
    client = as_user(erin)
    give(client, own_book())
    first = WorkbookImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        give(client, own_book("Autre"))
    first.refresh_from_db()
    assert (first.state, workbook_file(first).exists()) == ("abandoned", False)


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("erin", 200, 302), ("manager", 200, 302), ("alice", 200, 404), ("bob", 200, 404), ("partner", 404, 404), ("charlie", 404, 404), ("dora", 404, 404)],
)  # fmt: skip
def test_who_takes_the_workbook_and_who_gives_it_back(request, made, base, territory, as_user, give, now, charlie, who, reads, writes):
    role = {"manager": "plan_manager", "partner": "partner"}.get(who)
    if role:
        Membership.objects.create(user=charlie, territory=territory, role=role, since=now)
    client = as_user(charlie if role else request.getfixturevalue(who))
    assert client.get(base).status_code == reads
    assert client.post(base + "prendre/").status_code == reads
    assert give(client, own_book()).status_code == writes


def test_an_import_of_another_territory_does_not_exist(made, base, erin, dora, as_user, give):
    address = give(as_user(erin), own_book()).url
    for page in ("", "colonnes/"):
        assert as_user(dora).get(address + page).status_code == 404
    for act in ("importer/", "abandonner/", "annuler/"):
        assert as_user(dora).post(address + act).status_code == 404


def test_an_open_document_spreadsheet_is_read_the_same(made, tmp_path):
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["N°", "Titre", "Début"], ["2", "Jardin partagé", "3/2/2024"], ["8", "Café", ""]]
    body = "".join(f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="{table}" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Actions">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    path = tmp_path / "plan.ods"
    path.write_bytes(stream.getvalue())
    preview = compare_workbook(made.plan, sheets_to_read(open_workbook(path, "ods"), {}), ours=False)
    said = [(one.status, one.label, [(field.name, field.new) for field in one.fields]) for one in preview.difference.changes]
    assert said == [
        ("changed", "2 · Jardin partagé", [("starts_on", "2024-02-03")]),
        ("created", "8 · Café", [("number", "8"), ("title", "Café")]),
    ]
