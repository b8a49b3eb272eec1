"""Suggestions and near-duplicates over a territory: what is learnt, what is forgotten, and what happens without the model."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from tissage.core.codes import Code
from tissage.people.models import Territory
from tissage.voices.models import Coding, Criterion, Expression
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.criteria import withdraw_criterion
from tissage.voices.queries import suggesters
from tissage.voices.queries.duplicates import near_duplicate_expressions, near_duplicates, territory_duplicates
from tissage.voices.queries.suggesters import forget_models, forget_withdrawn_vectors, suggester_of, territory_store
from tissage.voices.queries.suggestions import second_opinions, suggest, suggest_many

pytestmark = pytest.mark.django_db
TRAIN = "le petit train de la kermesse"


def _run(stdin: str, monkeypatch, *arguments: str, command: str = "suggest") -> tuple[list[str], str, int]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue().splitlines(), err.getvalue(), code


def test_every_current_coding_teaches_imported_or_not(territory, enter, alice, now):
    [typed, imported] = enter(TRAIN, (f"{TRAIN} du samedi", 1))
    assert suggest(territory, TRAIN, "WB").components[0].code != "D00"
    set_code(criterion=typed, code=Code("D00"), by=alice, now=now)
    assert suggest(territory, TRAIN, "WB").components[0].code == "D00"
    Coding.objects.create(criterion=imported, component="D00", coded_at=now, origin=Coding.Origin.IMPORTED, status=Coding.Status.IMPORTED)
    Criterion.objects.filter(pk=imported.pk).update(component="D00", dimension="D")
    suggest(territory, TRAIN, "WB")
    assert suggester_of(territory).examples == {typed.pk: "D00", imported.pk: "D00"}


def test_a_code_changed_taken_away_or_withdrawn_is_unlearnt_exactly(territory, enter, alice, erin, now):
    [one, other] = enter(TRAIN, ("manger à la friterie", 1, Code("A01")))
    before = suggest(territory, TRAIN, "WB").components
    set_code(criterion=one, code=Code("D00"), by=alice, now=now)
    assert suggest(territory, TRAIN, "WB").components != before
    set_code(criterion=one, code=Code("A07"), by=alice, now=now)
    assert suggest(territory, TRAIN, "WB").components[0].code == "A07"
    set_code(criterion=one, code=None, by=alice, now=now)
    assert suggest(territory, TRAIN, "WB").components == before
    withdraw_criterion(criterion=other, reason="demande du groupe", by=erin, now=now)
    suggest(territory, TRAIN, "WB")
    assert suggester_of(territory).examples == {}


def test_cold_ignores_the_codings_of_the_territory(territory, enter):
    before = suggest(territory, TRAIN, "WB", cold=True)
    enter((TRAIN, 1, Code("D00")))
    assert suggest(territory, TRAIN, "WB", cold=True) == before
    assert suggest(territory, TRAIN, "WB").components[0].code == "D00"


def test_another_territory_teaches_nothing_here(territory, other_territory, enter):
    before = suggest(other_territory, TRAIN, "WB")
    enter((TRAIN, 1, Code("D00")))
    suggest(territory, TRAIN, "WB")
    assert suggest(other_territory, TRAIN, "WB") == before


def test_a_warm_suggestion_asks_three_short_questions(territory, enter, django_assert_num_queries):
    enter((TRAIN, 1, Code("D00")))
    suggest(territory, TRAIN, "WB")
    with django_assert_num_queries(3):  # the version, the journal, the codings
        suggest(territory, TRAIN, "WB")
    with django_assert_num_queries(3):
        suggest_many(territory, [(f"{TRAIN} {number}", "WB") for number in range(30)])


def test_without_the_model_words_are_compared_and_it_is_said(territory, enter, settings):
    settings.TISSAGE_ENCODER = "none"
    enter(("un chat sur les genoux", 1, Code("D06")), "Un CHAT sur les genoux", "un bus")
    found = suggest(territory, "un chat sur les genoux", "WB")
    assert len(found.components) == 5
    assert found.components[0].code == "D06"
    assert found.unsure
    assert "modèle de langue" in found.note
    [group] = territory_duplicates(territory)
    assert len(group) == 2


def test_near_duplicates_are_live_and_of_one_question(territory, enter, erin, now):
    loyer, loyers, sourire, dormir, mal = enter(
        "un loyer moins cher", "des loyers moins élevés", "sourire", "bien dormir la nuit", "mal dormir la nuit"
    )
    assert territory_duplicates(territory) == [[loyer.pk, loyers.pk]]
    assert near_duplicates(Criterion.objects.filter(territory=territory)) == [[loyer.pk, loyers.pk]]
    assert near_duplicates([sourire, dormir, mal]) == []
    withdraw_criterion(criterion=loyers, reason="demande du groupe", by=erin, now=now)
    assert territory_duplicates(territory) == []


def test_notes_are_compared_before_they_are_criteria(territory, group, question, enter, now):
    [some] = enter("autre chose")
    rows = [
        Expression.objects.create(
            territory=territory, group=group, question=question, batch=some.batch, text=text, french_text=french, recorded_at=now
        )
        for text, french in (("sourire plus souvent", ""), ("glimlachen", "sourire"), ("pleurer", ""))
    ]
    assert near_duplicate_expressions(rows) == [[rows[0].pk, rows[1].pk]]
    assert near_duplicate_expressions([]) == []


def test_what_is_withdrawn_leaves_memory_and_files(territory, enter, erin, now, settings, tmp_path):
    settings.TISSAGE_HOME = tmp_path
    kept, gone = enter(("une parole à garder", 1, Code("D00")), ("une parole à oublier", 1, Code("D00")))
    suggest(territory, "une phrase de passage", "WB")
    store = territory_store(territory)
    store.save()
    assert len(store) == 2  # what is only asked about is not remembered
    withdraw_criterion(criterion=gone, reason="demande du groupe", by=erin, now=now)
    assert forget_withdrawn_vectors() == 1
    suggest(territory, "une phrase de passage", "WB")
    assert len(store) == 1
    assert suggester_of(territory).examples == {kept.pk: "D00"}
    (tmp_path / "models" / store.encoder.id / "territory-999999.npz").write_bytes(b"of a territory that went")
    assert forget_withdrawn_vectors() == 0
    assert [path.name for path in tmp_path.glob("models/*/territory-*")] == [f"territory-{territory.pk}.npz"]


def test_suggest_answers_line_by_line_and_names_the_line_it_cannot_read(territory, monkeypatch):
    lines, err, code = _run(
        '{"text": "un bus le soir", "question": "WB"}\nn’importe quoi\n{"text": "pleurer"}\n{"text": " "}\n[1]\n',
        monkeypatch,
        "--territory=sormont",
        "--jsonl",
    )
    answers = [json.loads(line) for line in lines]
    assert code == 1
    assert len(answers) == 5
    assert [len(answer["components"]) for answer in (answers[0], answers[2])] == [5, 5]
    assert answers[0]["components"][0]["code"] == "A10"
    assert answers[0]["components"][0]["probability"] is None
    assert [answer["line"] for answer in answers if "error" in answer] == [2, 4, 5]
    assert "Ligne 2" in err


def test_suggest_streams_more_than_a_batch(territory, monkeypatch):
    rows = "".join(json.dumps({"text": f"un bus {number}", "question": "WB"}) + "\n" for number in range(600))
    lines, _err, code = _run(rows, monkeypatch, "--territory=sormont", "--jsonl", "--cold")
    assert code == 0
    assert len(lines) == 600


def test_suggest_and_duplicates_refuse_an_unknown_territory(territory, monkeypatch):
    for command, option in (("suggest", "--jsonl"), ("duplicates", "--json")):
        lines, err, code = _run("", monkeypatch, "--territory=nulle-part", option, command=command)
        assert code == 1
        assert "nulle-part" in json.loads(lines[0])["error"]
        assert "sormont" in err


def test_duplicates_name_criteria_as_exports_do(territory, enter, monkeypatch):
    one, other, _alone = enter("un loyer moins cher", "des loyers moins élevés", "sourire")
    lines, _err, code = _run("", monkeypatch, "--territory=sormont", "--json", command="duplicates")
    assert code == 0
    assert json.loads(lines[0]) == {
        "groups": [[one.external_id, other.external_id]],
        "texts": {one.external_id: one.text, other.external_id: other.text},
    }
    Criterion.objects.filter(pk=one.pk).update(external_id="7", source="mons")
    Criterion.objects.filter(pk=other.pk).update(external_id="7")
    lines, _err, _code = _run("", monkeypatch, "--territory=sormont", "--json", command="duplicates")
    assert json.loads(lines[0])["groups"] == [["mons/7", "tissage/7"]]


def test_a_second_opinion_is_what_would_be_said_had_the_code_never_been_given(territory, enter, alice, now):
    one, _other = enter((TRAIN, 1, Code("D00")), ("manger à la friterie", 1, Code("A01")))
    opinion = second_opinions(territory, [one.pk])[one.pk]
    assert opinion != suggest(territory, TRAIN, "WB")
    set_code(criterion=one, code=None, by=alice, now=now)
    assert opinion == suggest(territory, TRAIN, "WB")


def test_a_model_forgotten_is_made_again_alike(territory, enter):
    enter((TRAIN, 1, Code("D00")))
    before = suggest(territory, TRAIN, "WB")
    forget_models()
    assert suggest(Territory.objects.get(pk=territory.pk), TRAIN, "WB") == before


def test_a_screen_looks_at_what_others_coded_every_few_seconds(territory, enter, alice, now, monkeypatch, django_assert_num_queries):
    [criterion] = enter(TRAIN)
    before = suggest(territory, TRAIN, "WB", prompt=True).components
    set_code(criterion=criterion, code=Code("D00"), by=alice, now=now)
    with django_assert_num_queries(0):
        assert suggest(territory, TRAIN, "WB", prompt=True).components == before
    monkeypatch.setattr(suggesters, "LOOK_SECONDS", 0.0)
    assert suggest(territory, TRAIN, "WB", prompt=True).components[0].code == "D00"
