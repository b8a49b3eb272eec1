"""The plan as a workbook: out and in again changes nothing; one edited cell is one difference; conflicts are chosen; an import is undone whole."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from decimal import Decimal

import pytest

from tests.plan.boards import make_board
from tests.plan.books import Book
from tissage.core.plan_merge import CHANGED, CONFLICT, CREATED
from tissage.people.models import Entry
from tissage.plan.exchange.workbook_in import UnreadableFile, is_ours, open_workbook, sheets_to_read
from tissage.plan.exchange.workbook_out import render_workbook
from tissage.plan.models import (
    Action,
    ActionComment,
    ActionPartner,
    Allocation,
    BudgetStage,
    FundingLine,
    Indicator,
    Observation,
    Target,
)
from tissage.plan.operations.actions import change_action
from tissage.plan.operations.workbook import CannotUndo, ChangedSincePreview, apply_workbook, compare_workbook, undo_workbook
from tissage.plan.queries.workbook import known_rows

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def made(territory, now):
    return make_board(territory, now)


@pytest.fixture
def out(made, tmp_path):
    """The workbook of the plan on disk, edited by `edit(book)`; gives its sheets as they are read."""

    def write(edit=None, content=None):
        path = tmp_path / "plan.xlsx"
        path.write_bytes(content or render_workbook(made.plan, day=DAY))
        if edit:
            book = Book.load(path)
            edit(book)
            book.save(path)
        return sheets_to_read(open_workbook(path, "xlsx"), {})

    return write


def changes(made, sheets):
    preview = compare_workbook(made.plan, sheets, ours=is_ours(sheets))
    return [(one.status, one.kind, one.label, [(f.name, f.old, f.new) for f in one.fields]) for one in preview.difference.changes], preview


def test_out_and_in_again_changes_nothing(made, out):
    found, preview = changes(made, out())
    assert found == []
    assert (preview.problems, preview.difference.absent, preview.difference.older) == ((), (), 0)
    assert preview.difference.untouched == len(known_rows(made.plan)) > 8


def test_one_edited_cell_is_exactly_one_difference(made, out):
    found, preview = changes(made, out(lambda book: book.put("Actions", 3, "Titre", "Jardin de tous")))
    assert found == [(CHANGED, "actions", "2 · Jardin partagé", [("title", "Jardin partagé", "Jardin de tous")])]
    assert preview.problems == ()


def test_amounts_dates_and_choices_are_numbers_dates_and_words_in_the_file(made, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(render_workbook(made.plan, day=DAY))
    book = Book.load(path)
    assert list(book) == ["Actions", "Partenaires", "Indicateurs et cibles", "Chiffres", "Montants", "Lisez-moi"]
    action = dict(zip(book["Actions"][0], book["Actions"][1], strict=True))
    assert (action["N°"], action["Début"], action["État"], action["Santé"]) == (1, dt.date(2020, 1, 1), "en cours", "à risque")
    place = book["Montants"][0].index("Montant")
    assert [row[place] for row in book["Montants"][1:]] == [12000, 10000.5]
    with zipfile.ZipFile(path) as archive:
        assert b'ySplit="1"' in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("title", ["=1+1", "+32 65", "@nom", "-rien", "http://exemple.be", "_x0041_ a", "deux\nlignes", "tab\tici", "0012"])
def test_no_text_becomes_a_formula_a_link_or_a_number(made, out, tmp_path, title):
    Action.objects.filter(pk=made.garden.pk).update(title=title, description=title)
    assert changes(made, out())[0] == []
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search("<f>|<hyperlink", sheet)


def test_unknown_stays_unknown_both_ways(made, out):
    Allocation.objects.update(amount=None)
    sheets = out()
    assert changes(made, sheets)[0] == []
    found, _ = changes(made, out(lambda book: book.put("Montants", 2, "Montant", "inconnu")))
    assert found == [(CHANGED, "amounts", "– · Article 20 · 2026", [("amount", "12000.00", "inconnu")])]


def test_a_new_row_of_each_sheet_comes_in(made, out, erin, now):
    def edit(book):
        book["Actions"].append([None, None, "Repas de quartier", None, "art20"])
        book["Partenaires"].append([4, None, "Maison Verte", "opérateur"])
        book["Indicateurs et cibles"].append([4, None, "Repas servis", "repas"])
        book.put("Indicateurs et cibles", 3, "Cible 2026", 500)
        book["Chiffres"].append([4, None, "Repas servis", 2025, None, 412.5])
        book["Montants"].append([4, None, 2025, "Don", "Fondation", "art20", None, None, "1 234,56"])

    sheets = out(edit)
    found, preview = changes(made, sheets)
    assert preview.problems == ()
    assert [(status, kind) for status, kind, _label, _fields in found] == [
        (CREATED, "actions"),
        (CREATED, "partners"),
        (CREATED, "indicators"),
        (CREATED, "figures"),
        (CREATED, "amounts"),
    ]
    apply_workbook(plan=made.plan, sheets=sheets, ours=True, seen=preview.difference.digest, file_name="notre plan.xlsx", by=erin, now=now)
    action = Action.objects.get(title="Repas de quartier")
    assert (action.sequence, action.basis) == (4, "art20")
    assert [(row.organization.name, row.role) for row in action.partners.all()] == [("Maison Verte", "operator")]
    assert Target.objects.get(indicator__action=action).value == 500
    figure = Observation.objects.get(indicator__action=action)
    assert (figure.value, figure.state, figure.comment) == (
        Decimal("412.50"),
        "approved",
        "Repris du classeur « notre plan.xlsx » le 22/11/2026",
    )
    amount = Allocation.objects.get(action=action)
    assert (amount.amount, amount.stage.label, amount.line.funder.name) == (Decimal("1234.56"), "Budget repris", "Fondation")
    assert changes(made, sheets)[0] == []


def test_the_journal_counts_rows_and_says_no_value(made, out, erin, now):
    sheets = out(lambda book: book.put("Actions", 3, "Titre", "Titre canari"))
    apply_workbook(plan=made.plan, sheets=sheets, ours=True, seen="", file_name="canari.xlsx", by=erin, now=now)
    entry = Entry.objects.get(verb="plan.import_workbook")
    assert (entry.numbers, entry.object_label) == ({"created": 0, "changed": 1}, "PCS 2020-2026")


def test_a_row_changed_on_both_sides_is_a_conflict_and_each_value_is_chosen(made, out, erin, now):
    content = render_workbook(made.plan, day=DAY)
    change_action(action=made.garden, revision=0, title="Jardin d’Erin", pst_reference="PST 7", by=erin, now=now)

    def edit(book):
        book.put("Actions", 3, "Titre", "Jardin du classeur")
        book.put("Actions", 3, "Santé", "bloquée")

    sheets = out(edit, content)
    found, preview = changes(made, sheets)
    [(status, _kind, _label, fields)] = found
    assert status == CONFLICT
    assert ("title", "Jardin d’Erin", "Jardin du classeur") in fields
    change = preview.difference.changes[0]
    apply_workbook(plan=made.plan, sheets=sheets, ours=True, seen="", theirs={f"{change.id}:health"}, by=erin, now=now)
    made.garden.refresh_from_db()
    assert (made.garden.title, made.garden.health, made.garden.pst_reference) == ("Jardin d’Erin", "blocked", "PST 7")


def test_a_row_that_nobody_touched_never_undoes_a_colleague(made, out, erin, now):
    content = render_workbook(made.plan, day=DAY)
    change_action(action=made.garden, revision=0, title="Jardin d’Erin", by=erin, now=now)
    found, preview = changes(made, out(None, content))
    assert (found, preview.difference.older) == ([], 1)


def test_what_changed_since_the_preview_is_shown_again(made, out, erin, now):
    sheets = out(lambda book: book.put("Actions", 3, "Titre", "Autre"))
    seen = changes(made, sheets)[1].difference.digest
    change_action(action=made.garden, revision=0, title="Jardin d’Erin", by=erin, now=now)
    with pytest.raises(ChangedSincePreview):
        apply_workbook(plan=made.plan, sheets=sheets, ours=True, seen=seen, by=erin, now=now)
    assert Action.objects.get(pk=made.garden.pk).title == "Jardin d’Erin"


def test_a_row_taken_out_of_the_file_is_said_and_stays(made, out, erin, now):
    def edit(book):
        del book["Actions"][3]
        book.put("Actions", 3, "Titre", "Autre")

    sheets = out(edit)
    _, preview = changes(made, sheets)
    assert [row.label for row in preview.difference.absent] == ["3 · Navette"]
    apply_workbook(plan=made.plan, sheets=sheets, ours=True, seen="", by=erin, now=now)
    assert Action.objects.filter(plan=made.plan).count() == 3


def test_renaming_an_indicator_and_renumbering_an_action_follow_the_mark(made, out, erin, now):
    def edit(book):
        book.put("Actions", 4, "N°", 9)
        book.put("Indicateurs et cibles", 2, "Indicateur", "Enfants inscrits")

    sheets = out(edit)
    found, _preview = changes(made, sheets)
    assert [(status, fields) for status, _kind, _label, fields in found if _kind != "figures"] == [
        (CHANGED, [("number", "3", "9")]),
        (CHANGED, [("name", "Enfants suivis", "Enfants inscrits")]),
    ]
    assert Indicator.objects.count() == 1


def test_a_figure_in_review_is_left_to_its_review(made, out):
    sheet_line = 4  # 2024, 2025, then the submitted one of 2026
    _, preview = changes(made, out(lambda book: book.put("Chiffres", sheet_line, "Valeur", 12)))
    assert [(one.sheet, one.line) for one in preview.problems] == [("Chiffres", 4)]
    assert "en relecture (remis)" in str(preview.problems[0].message)
    assert preview.is_empty


@pytest.mark.parametrize(
    ("title", "line", "heading", "value", "expected"),
    [
        ("Actions", 2, "Début", "demain", "n’est pas une date lisible"),
        ("Actions", 2, "État", "peut-être", "n’est pas un choix connu"),
        ("Actions", 2, "Code du catalogue", "9.9.99", "n’est pas un code du catalogue"),
        ("Actions", 2, "Base légale", "art. 99", "n’est pas une base légale"),
        ("Actions", 2, "Fin", dt.date(2019, 1, 1), "vient avant le début"),
        ("Actions", 4, "Raison de l’arrêt", None, "dites pourquoi"),
        ("Montants", 2, "Montant", "beaucoup", "n’est pas un nombre lisible"),
        ("Montants", 2, "Montant", 1.2345, "n’est pas un nombre lisible"),
        ("Partenaires", 2, "N° action", "88", "n’est aucune action du plan"),
    ],
)
def test_a_problem_names_its_sheet_line_value_and_remedy(made, out, title, line, heading, value, expected):
    found, preview = changes(made, out(lambda book: book.put(title, line, heading, value)))
    [problem] = preview.problems
    assert (problem.sheet, problem.line, problem.column) == (title, line, heading)
    assert expected in str(problem.message)
    assert found == []


def test_an_import_is_undone_as_one_act(made, out, erin, now):
    before = {(one.kind, one.key): one.values for one in known_rows(made.plan)}

    def edit(book):
        book.put("Actions", 3, "Titre", "Autre")
        book.put("Actions", 3, "Quartiers", "Sud")
        book.put("Indicateurs et cibles", 2, "Cible 2025", 60)
        book.put("Montants", 3, "Montant", 1)
        book["Actions"].append([None, None, "Repas de quartier"])
        book["Partenaires"].append([4, None, "Maison Verte", "opérateur"])
        book["Indicateurs et cibles"].append([4, None, "Repas servis", "repas"])
        book["Chiffres"].append([4, None, "Repas servis", 2025, None, 412])
        book["Montants"].append([4, None, 2024, "Don", "Fondation", None, None, None, 5])

    found, _ = apply_workbook(plan=made.plan, sheets=out(edit), ours=True, seen="", file_name="x.xlsx", by=erin, now=now)
    assert {(one.kind, one.key): one.values for one in known_rows(made.plan)} != before
    undo_workbook(found=found, by=erin, now=now)
    assert {(one.kind, one.key): one.values for one in known_rows(made.plan)} == before
    assert (FundingLine.objects.filter(label="Don").exists(), BudgetStage.objects.filter(year=2024).exists()) == (False, False)
    assert found.state == "undone"


def test_what_somebody_worked_on_since_keeps_an_import_from_being_undone(made, out, erin, now):
    def edit(book):
        book.put("Actions", 3, "Titre", "Autre")
        book["Actions"].append([None, None, "Repas de quartier"])

    found, _ = apply_workbook(plan=made.plan, sheets=out(edit), ours=True, seen="", file_name="x.xlsx", by=erin, now=now)
    action = Action.objects.get(title="Repas de quartier")
    ActionComment.objects.create(action=action, on=DAY, text="beau début", by=erin, at=now)
    with pytest.raises(CannotUndo) as refusal:
        undo_workbook(found=found, by=erin, now=now)
    assert refusal.value.rows == ["4 · Repas de quartier"]
    assert Action.objects.get(pk=made.garden.pk).title == "Autre"


def test_a_town_s_own_sheet_is_read_with_its_own_words(made, tmp_path, erin, now):
    book = Book()
    book["Feuil1"] = [
        ["Plan de cohésion sociale de Sormont"],
        [],
        ["N°", "Intitulé de l'action", "Statut", "Opérateur", "Partenaires", "Quartier"],
        [2, "Jardin partagé", "En cours", None, "ASBL CHANTECLER, École du Nord", "centre, Nord"],
        [7, "Café papote", "à planifier", "Maison Verte", None, None],
    ]
    book["Suivi"] = [
        ["Action", "Indicateur", "Unité", "Objectif 2024", "Réalisé 2024", "Réalisé 2025"],
        ["Café papote", "Cafés servis", "cafés", 100, 90, None],
    ]
    path = tmp_path / "notre plan.xlsx"
    book.save(path)
    sheets = sheets_to_read(open_workbook(path, "xlsx"), {})
    found, preview = changes(made, sheets)
    assert preview.problems == ()
    assert [(status, kind, label) for status, kind, label, _fields in found] == [
        (CREATED, "partners", "2 · École du Nord"),
        (CREATED, "actions", "7 · Café papote"),
        (CREATED, "partners", "7 · Maison Verte"),
        (CREATED, "indicators", "7 · Cafés servis"),
        (CREATED, "figures", "7 · Cafés servis · 2024"),
    ]
    assert str(preview.notices[0]) == "Organisations qui entreront dans le registre : École du Nord, Maison Verte."
    apply_workbook(plan=made.plan, sheets=sheets, ours=False, seen="", file_name="x.xlsx", by=erin, now=now)
    assert changes(made, sheets)[0] == []
    roles = ActionPartner.objects.filter(action__sequence=7).values_list("organization__name", "role")
    assert list(roles) == [("Maison Verte", "operator")]


def test_the_comparison_asks_as_many_queries_for_forty_actions_as_for_three(made, out, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sheets = out()
    with CaptureQueriesContext(connection) as few:
        compare_workbook(made.plan, sheets, ours=True)
    for number in range(4, 44):
        action = Action.objects.create(plan=made.plan, sequence=number, title=f"Action {number}")
        ActionPartner.objects.create(action=action, organization=made.partner)
    sheets = out()
    with django_assert_num_queries(len(few)):
        compare_workbook(made.plan, sheets, ours=True)


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>',
        '<table:table-row table:number-rows-repeated="1000000"/><table:table-row>{cell}</table:table-row>',
    ],
)
def test_a_small_file_that_says_a_billion_cells_is_refused_before_it_is_laid_out(rows, tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell>'
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="A">{rows.format(cell=cell)}</table:table>'
    path = tmp_path / "bombe.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}><office:body>{table}</office:body></office:document-content>")
    with pytest.raises(UnreadableFile, match="très loin"):
        open_workbook(path, "ods")


@pytest.mark.django_db
def test_a_workbook_nobody_looked_at_for_a_month_is_abandoned_and_its_file_goes(plan, erin, paul, now, django_capture_on_commit_callbacks):
    import datetime as dt

    from tissage.plan.models import WorkbookImport
    from tissage.plan.operations.workbook.files import delete_old_workbooks, receive_workbook, workbook_file

    did = {"plan": plan, "name": "plan.xlsx", "format": "xlsx", "content": b"PK"}
    old = receive_workbook(by=erin, now=now - dt.timedelta(days=31), **did)
    young = receive_workbook(by=paul, now=now - dt.timedelta(days=2), **did)
    with django_capture_on_commit_callbacks(execute=True):
        delete_old_workbooks(now=now)
    assert list(WorkbookImport.objects.order_by("pk").values_list("state", flat=True)) == ["abandoned", "received"]
    assert (workbook_file(old).exists(), workbook_file(young).exists()) == (False, True)
