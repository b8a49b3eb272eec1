"""Batches: nothing is seen before the end, an interrupted import leaves nothing, an applied one is taken back exactly."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from django.db import connection

from tests.voices.importing import DATA, NOW, bring, table
from tissage.frameworks.queries import chosen_version
from tissage.people.models import Entry, Territory
from tissage.synthesis.models import Synthesis, SynthesisLine
from tissage.voices.exchange.sources import open_source
from tissage.voices.models import Batch, Change, Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question, Workshop
from tissage.voices.operations import (
    ImportCancelled,
    ImportRefused,
    cancel_import,
    delete_old_import_files,
    import_source,
    purge_hidden_rows,
    undo_import,
)
from tissage.voices.operations import imports as imports_module
from tissage.voices.operations import plans as plans_module
from tissage.voices.operations.batches import batch_file, imports_folder
from tissage.voices.operations.changes import CannotUndo
from tissage.voices.operations.criteria import edit_criterion, merge_criteria
from tissage.voices.operations.imports import start_batch, write_import

ROWS = [f"{number},Jeunes,WB,1,rire {number},D03,P,je ris" for number in range(1, 26)]
TABLES = (Batch, Change, Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question)


def state_of_everything():
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in TABLES if model not in (Batch, Question)}


@pytest.fixture
def small_chunks(monkeypatch):
    """Several chunks for a few rows, and every import in many transactions, as a long file has."""
    monkeypatch.setattr(plans_module, "CHUNK", 10)
    monkeypatch.setattr(imports_module, "INLINE_ROWS", 0)
    monkeypatch.setattr(imports_module, "ROOM_SECONDS", 0.0)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_seen_before_the_end(small_chunks, tmp_path):
    seen = []

    def look(step, done, total):
        if step == "writing":
            seen.append((done, total, Criterion.objects.live().count(), HomogeneousGroup.objects.live().count(), Criterion.objects.count()))

    bring(table(tmp_path, *ROWS), "csv", "ville", progress=look)
    assert seen == [(10, 25, 0, 0, 10), (20, 25, 0, 0, 20), (25, 25, 0, 0, 25)]
    assert Criterion.objects.live().count() == 25


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_middle_leaves_nothing(small_chunks, tmp_path):
    class Broken(Exception):
        pass

    def stop(step, done, total):
        if step == "writing" and done == 20:
            raise Broken

    with pytest.raises(Broken):
        bring(table(tmp_path, *ROWS), "csv", "ville", progress=stop)
    batch = Batch.objects.get()
    assert (batch.state, batch.purged_at is not None) == ("failed", True)
    assert "Rien n’a été ajouté" in batch.report["error"]
    assert [model.objects.count() for model in (Criterion, Coding, HomogeneousGroup, Proposition)] == [0, 0, 0, 0]
    assert bring(table(tmp_path, *ROWS), "csv", "ville")[0].created == 25


@pytest.mark.django_db(transaction=True)
def test_a_long_import_stops_when_asked(small_chunks, tmp_path, django_user_model):
    person = django_user_model.objects.create_user(email="a@example.org", name="A")

    def ask(step, done, total):
        if step == "writing" and done == 10:
            cancel_import(batch=Batch.objects.get(), by=person, now=NOW)

    with pytest.raises(ImportCancelled):
        bring(table(tmp_path, *ROWS), "csv", "ville", progress=ask)
    assert (Batch.objects.get().state, Criterion.objects.count()) == ("cancelled", 0)


@pytest.mark.django_db
def test_rows_of_a_dead_process_are_removed_by_the_next_purge(territory, tmp_path, now):
    _, batch = bring(table(tmp_path, *ROWS), "csv")
    for beat, left in (((now - dt.timedelta(seconds=30)), 25), ((now - dt.timedelta(minutes=3)), 0)):
        Batch.objects.filter(pk=batch.pk).update(state="staging", applied_at=None, report={"beat": beat.isoformat()})
        purge_hidden_rows(now=now)
        assert Criterion.objects.count() == left
    assert Batch.objects.get().state == "failed"


@pytest.mark.django_db
def test_one_import_at_a_time_in_a_territory(territory, other_territory, tmp_path, now):
    Batch.objects.create(territory=territory, kind="import", state="staging", made_at=now, report={"beat": now.isoformat()})
    source = open_source(table(tmp_path, *ROWS), "csv")
    batch = start_batch(territory=territory, by=None, now=now, format="csv", file_name="t.csv")
    with pytest.raises(ImportRefused, match="Un autre import est en cours"):
        write_import(batch=batch, source=source, now=now, total=25, report={}, clock=lambda: now)
    plan, _ = bring(table(tmp_path, *ROWS), "csv", other_territory.slug)
    assert plan.created == 25
    assert Criterion.objects.filter(territory=territory).count() == 0


@pytest.mark.django_db
def test_undo_gives_back_exactly_what_there_was(territory, tmp_path, alice, now):
    bring(table(tmp_path, *ROWS[:3]), "csv")
    before = state_of_everything()
    changed = [
        ROWS[0].replace("rire", "sourire").replace("D03,P", "H03,Q20").replace("Jeunes", "Nouveaux"),
        ROWS[1],
        ROWS[2].replace(",1,", ",4,"),
    ]
    _, batch = bring(table(tmp_path, *changed, "30,Aînés,Q9,1,pleurer,A01,,je pleure"), "csv")
    assert Criterion.objects.live().count() == 4
    undo_import(batch=batch, by=alice, now=now)
    after = state_of_everything()
    assert after.pop("Change")
    assert after == {name: rows for name, rows in before.items() if name != "Change"}
    assert list(Question.objects.filter(territory=territory).values_list("code", flat=True)) == ["WB", "IB", "ACT"]
    batch.refresh_from_db()
    assert (batch.state, batch.purged_at) == ("undone", now)
    assert Entry.objects.order_by("-pk")[0].verb == "voices.undo_import"
    with pytest.raises(CannotUndo):
        undo_import(batch=batch, by=alice, now=now)


@pytest.mark.django_db
def test_undo_of_a_first_import_takes_its_groups_and_description_away_but_keeps_used_groups(territory, alice, now):
    _, batch = bring(DATA / "page.txt", "wikispiral", territory.slug)
    kept = HomogeneousGroup.objects.get(name="Les voisins")
    Workshop.objects.create(territory=territory, group=kept, held_on=now.date())
    undo_import(batch=batch, by=alice, now=now)
    assert list(HomogeneousGroup.objects.values_list("name", "batch")) == [("Les voisins", None)]
    assert Territory.objects.get(pk=territory.pk).description == ""
    assert bring(DATA / "page.txt", "wikispiral", territory.slug)[0].created == 4


@pytest.fixture
def applied(territory, tmp_path):
    return bring(table(tmp_path, *ROWS[:3]), "csv")[1]


def edited(applied, alice, now):
    edit_criterion(criterion=Criterion.objects.get(external_id="1"), text="autre", by=alice, now=now)


def merged(applied, alice, now):
    one, two, _ = Criterion.objects.order_by("external_id")
    merge_criteria(target=one, others=[two], by=alice, now=now)


def frozen(applied, alice, now):
    one = Criterion.objects.get(external_id="1")
    synthesis = Synthesis.objects.create(
        territory=applied.territory, number=1, title="S", nomenclature=chosen_version(applied.territory), started_at=now
    )
    SynthesisLine.objects.create(synthesis=synthesis, criterion=one, group=one.group, question="WB", text=one.text, expression_count=1)


def linked(applied, alice, now):
    one = Criterion.objects.get(external_id="1")
    other = Batch.objects.create(territory=applied.territory, kind="entry", state="applied", made_at=now, applied_at=now)
    Expression.objects.create(
        territory=applied.territory, group=one.group, question=one.question, criterion=one, batch=other, text="x", recorded_at=now
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "words"), [(edited, "modifié ensuite"), (merged, "modifiés ensuite"), (frozen, "synthèse figée"), (linked, "rattachées")]
)
def test_an_import_that_something_followed_is_not_undone(applied, alice, now, event, words):
    event(applied, alice, now)
    with pytest.raises(CannotUndo, match=words):
        undo_import(batch=applied, by=alice, now=now)
    assert Criterion.objects.applied().count() == 3


@pytest.mark.django_db
def test_a_later_import_is_undone_first(territory, applied, tmp_path, alice, now):
    _, later = bring(table(tmp_path, ROWS[0].replace("rire", "sourire"), *ROWS[1:3]), "csv")
    with pytest.raises(CannotUndo, match="modifié ensuite"):
        undo_import(batch=applied, by=alice, now=now)
    undo_import(batch=later, by=alice, now=now)
    undo_import(batch=applied, by=alice, now=now)
    assert not Criterion.objects.exists()


@pytest.mark.django_db
def test_a_hidden_row_held_by_something_frozen_stays_hidden_and_lets_the_file_come_again(applied, tmp_path, alice, now):
    frozen(applied, alice, now)
    Batch.objects.filter(pk=applied.pk).update(state="undone", undone_at=now)
    purge_hidden_rows(now=now)
    assert Criterion.objects.count() == 1
    assert Criterion.objects.live().count() == 0
    assert bring(table(tmp_path, *ROWS[:3]), "csv")[0].created == 3
    assert Criterion.objects.live().count() == 3


@pytest.mark.django_db
def test_a_criterion_changed_while_the_file_was_read_stops_the_import(territory, applied, tmp_path, alice, now):
    def meddle(step, done, total):
        if step == "writing":
            Criterion.objects.filter(external_id="1").update(text="entre-temps")

    with pytest.raises(ImportRefused, match="a été modifié pendant l’import"):
        bring(table(tmp_path, ROWS[0].replace("rire", "sourire")), "csv", progress=meddle)


@pytest.mark.django_db
def test_files_of_ended_batches_and_old_ones_are_deleted(territory, now):
    imports_folder().mkdir(parents=True)
    batches = [
        start_batch(territory=territory, by=None, now=when, format="csv", file_name="t") for when in (now, now - dt.timedelta(days=31))
    ]
    ended = start_batch(territory=territory, by=None, now=now, format="csv", file_name="t", state="cancelled")
    for batch in (*batches, ended):
        batch_file(batch).write_text("x")
    assert delete_old_import_files(now=now) == 2
    assert [path.name for path in imports_folder().iterdir()] == [str(batches[0].uuid)]
    assert list(Batch.objects.order_by("pk").values_list("state", flat=True)) == ["preview", "cancelled", "cancelled"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite_only  # SQLite has one writer; a server locks rows
def test_another_writer_gets_in_between_two_chunks(small_chunks, tmp_path):
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=1.0, uri=True)

    def write(step, done, total):
        if step == "writing":
            with other:
                other.execute("UPDATE people_territory SET description = ?", [str(done)])

    bring(table(tmp_path, *ROWS), "csv", "ville", progress=write)
    other.close()
    assert Territory.objects.get().description == "25"


def test_import_source_refuses_a_slug_that_is_none(tmp_path, db):
    with pytest.raises(ImportRefused, match="adresse courte"):
        import_source(source=open_source(table(tmp_path, *ROWS), "csv"), slug="Mons !", now=NOW)
