from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.synthesis.voices import NOW, group_of, say
from tissage.people.models import Entry
from tissage.synthesis import operations, queries
from tissage.synthesis.models import Synthesis, SynthesisLine
from tissage.synthesis.operations import SynthesisRefused
from tissage.voices.models import Criterion


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première synthèse", note="Printemps", by=alice, now=NOW)


def test_freezing_keeps_every_criterion_as_it_stands(territory, voices, frozen):
    assert (frozen.number, frozen.frozen_at, frozen.lines_total, frozen.lines_done) == (1, NOW, 8, 8)
    assert queries.version_overview(frozen) == queries.live_overview(territory)
    lines = queries.version_lines(frozen, "A01")
    assert [(line.text, line.code, line.question, line.expressions) for line in lines] == [
        ("bien manger", "A01/P", "WB", 3),
        ("manger à sa faim", "A01-11/P15/k", "WB", 2),
        ("la ferme du seul éleveur", "A01/O", "WB", 1),
        ("rien ne doit sortir", "A01/Q", "WB", 1),
    ]


def test_what_happens_afterwards_changes_nothing_in_it(territory, voices, frozen, jeunes):
    before = queries.version_overview(frozen)
    Criterion.objects.filter(pk=voices[0].pk).update(text="autre chose", component="B01", letter="S")
    say(jeunes, "nouveau", "A01")
    jeunes.name = "Autre nom"
    jeunes.save()
    frozen = Synthesis.objects.get(pk=frozen.pk)
    assert queries.version_overview(frozen) == before
    assert next(line.text for line in queries.version_lines(frozen, "A01")) == "bien manger"


def test_versions_are_numbered_in_their_territory(territory, other_territory, voices, frozen, alice):
    say(group_of(other_territory, "Ailleurs"), "ailleurs", "A01")
    second = operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    elsewhere = operations.freeze_synthesis(territory=other_territory, title="Ailleurs", by=None, now=NOW)
    assert (second.number, elsewhere.number) == (2, 1)
    assert [version.number for version in queries.versions_of(territory)] == [2, 1]


def test_a_selection_is_kept_with_the_version(territory, voices, jeunes, alice):
    part = operations.freeze_synthesis(territory=territory, title="Jeunes", groups=[jeunes.pk], questions=["WB"], by=alice, now=NOW)
    assert part.selection == {"groups": [jeunes.pk], "questions": ["WB"]}
    assert queries.version_overview(part) == queries.live_overview(territory, groups=[jeunes.pk], questions=["WB"])
    assert [line.text for line in queries.version_lines(part, "A01")] == ["bien manger"]


def test_a_withdrawn_criterion_is_in_no_later_version(territory, voices, frozen, alice):
    Criterion.objects.filter(pk=voices[0].pk).update(withdrawn_at=NOW)
    later = operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    assert later.lines_total == 7
    assert next((line.text, line.withdrawn) for line in queries.version_lines(frozen, "A01")) == ("bien manger", True)
    assert "bien manger" not in [line.text for line in queries.version_lines(later, "A01")]


@pytest.mark.parametrize(
    ("title", "more", "why"),
    [
        ("  ", {}, "titre"),
        ("Ailleurs", {"groups": [10**6]}, "territoire"),
        ("Question", {"questions": ["XX"]}, "XX"),
        ("Vide", {"questions": ["FOURTH"]}, "inconnue"),
    ],
)
def test_freezing_is_refused_in_words(territory, voices, title, more, why):
    with pytest.raises(SynthesisRefused, match=why):
        operations.freeze_synthesis(territory=territory, title=title, by=None, now=NOW, **more)
    assert Synthesis.objects.count() == 0


def test_nothing_to_freeze_is_refused(territory):
    with pytest.raises(SynthesisRefused, match="aucun critère"):
        operations.freeze_synthesis(territory=territory, title="Vide", by=None, now=NOW)


def test_freezing_is_journalled_without_a_word_of_a_resident(frozen, alice):
    entry = Entry.objects.get(verb="synthesis.freeze_synthesis")
    assert (entry.actor, entry.object_label, entry.numbers) == (alice, "Première synthèse · v1", {"criteria": 8})


CONTENT = ["number", "title", "note", "selection", "suppression", "cube", "groups", "lines_total", "lines_done", "started_at", "frozen_at"]


@pytest.mark.parametrize("column", CONTENT)
def test_the_database_refuses_to_change_a_frozen_version(frozen, column):
    values = {"selection": {}, "suppression": {}, "cube": [], "groups": [], "started_at": NOW + dt.timedelta(1), "frozen_at": None}
    with pytest.raises(IntegrityError, match="frozen synthesis"), transaction.atomic():
        Synthesis.objects.filter(pk=frozen.pk).update(**{column: values.get(column, "9")})


def test_the_database_refuses_to_touch_the_lines_of_a_frozen_version(frozen, voices):
    lines = SynthesisLine.objects.filter(synthesis=frozen)
    with pytest.raises(IntegrityError, match="frozen synthesis"), transaction.atomic():
        lines.update(text="réécrit")
    with pytest.raises(IntegrityError, match="frozen synthesis"), transaction.atomic():
        lines.delete()
    with pytest.raises(IntegrityError, match="frozen synthesis"), transaction.atomic():
        SynthesisLine.objects.create(
            synthesis=frozen, criterion=voices[0], group=voices[0].group, question="WB", text="ajouté", expression_count=1
        )
    with pytest.raises(IntegrityError, match="frozen synthesis"), transaction.atomic():
        Synthesis.objects.filter(pk=frozen.pk)._raw_delete("default")
    assert lines.count() == 8


def test_the_dated_marks_may_move(frozen, alice):
    today = dt.date(2026, 11, 22)
    later = NOW + dt.timedelta(days=3)
    operations.mark_discussed(synthesis=frozen, on=today, by=alice, now=later)
    operations.mark_validated(synthesis=frozen, on=dt.date(2026, 11, 24), present=9, by=alice, now=later)
    frozen.refresh_from_db()
    assert (frozen.discussed_on, frozen.validated_on, frozen.validated_present) == (today, dt.date(2026, 11, 24), 9)


@pytest.mark.parametrize(
    ("on", "present", "why"),
    [
        (dt.date(2026, 11, 21), 9, "antérieure"),
        (dt.date(2026, 12, 25), 9, "pas encore passée"),
        (dt.date(2026, 11, 23), 0, "présentes"),
        (dt.date(2026, 11, 22), 9, "précéder"),
    ],
)
def test_marks_that_cannot_be_true_are_refused(frozen, on, present, why):
    later = NOW + dt.timedelta(days=3)
    operations.mark_discussed(synthesis=frozen, on=dt.date(2026, 11, 23), by=None, now=later)
    with pytest.raises(SynthesisRefused, match=why):
        operations.mark_validated(synthesis=frozen, on=on, present=present, by=None, now=later)


# --- Large versions ---------------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch, territory, voices, alice):
    """A version too large to freeze at once (the measure of large is brought down to two)."""
    from tissage.synthesis.operations import freezing

    monkeypatch.setattr(freezing, "AT_ONCE", 2)
    monkeypatch.setattr(freezing, "CHUNK", 3)
    return operations.freeze_synthesis(territory=territory, title="Grande", by=alice, now=NOW)


def test_a_large_version_is_seen_only_when_it_is_whole(territory, large, alice):
    assert (large.frozen_at, large.lines_total, large.lines_done) == (None, 8, 0)
    assert list(queries.versions_of(territory)) == []
    assert list(Synthesis.objects.visible_to(alice)) == []
    assert list(queries.freezing_of(territory)) == [large]
    operations.continue_freezing_lines(synthesis_id=large.pk, now=NOW)
    large.refresh_from_db()
    assert (large.frozen_at, large.lines_done) == (NOW, 8)
    assert queries.version_overview(large) == queries.live_overview(territory)
    assert SynthesisLine.objects.filter(synthesis=large).count() == 8


def test_freezing_goes_on_in_the_background_once_committed(territory, voices, monkeypatch, django_capture_on_commit_callbacks):
    from tissage.synthesis.operations import freezing

    monkeypatch.setattr(freezing, "AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        version = operations.freeze_synthesis(territory=territory, title="Grande", by=None, now=NOW)
    version.refresh_from_db()
    assert version.frozen_at is not None


def test_what_moves_while_a_large_version_is_copied_is_brought_up_to_date(territory, large, voices, jeunes, monkeypatch):
    from tissage.synthesis.operations import freezing

    copied = freezing._copy_lines
    calls = []

    def meanwhile(synthesis, criteria):
        copied(synthesis, criteria)
        calls.append(1)
        if len(calls) == 2:  # lines are half copied: the base moves under them
            Criterion.objects.filter(pk=voices[0].pk).update(text="reformulé")
            Criterion.objects.filter(pk=voices[1].pk).update(withdrawn_at=NOW)
            say(jeunes, "arrivé entre-temps", "A01/S")

    monkeypatch.setattr(freezing, "_copy_lines", meanwhile)
    operations.continue_freezing_lines(synthesis_id=large.pk, now=NOW)
    large.refresh_from_db()
    texts = [line.text for line in SynthesisLine.objects.filter(synthesis=large)]
    assert {"reformulé", "arrivé entre-temps"} < set(texts)
    assert {"bien manger", "avoir des amis"} & set(texts) == set()
    assert large.lines_total == len(texts) == queries.version_overview(large).criteria == 8


def test_a_stopped_freezing_goes_on_where_it_was(territory, large, monkeypatch):
    from tissage.synthesis.operations import freezing

    copied = freezing._copy_lines

    def break_down(synthesis, criteria):
        if SynthesisLine.objects.filter(synthesis=synthesis).count() >= 3:
            raise RuntimeError("power cut")
        copied(synthesis, criteria)

    with monkeypatch.context() as once:
        once.setattr(freezing, "_copy_lines", break_down)
        with pytest.raises(RuntimeError):
            operations.continue_freezing_lines(synthesis_id=large.pk, now=NOW)
    large.refresh_from_db()
    assert (large.frozen_at, large.lines_done) == (None, 3)
    operations.continue_freezing_lines(synthesis_id=large.pk, now=NOW)
    large.refresh_from_db()
    assert (large.lines_done, SynthesisLine.objects.filter(synthesis=large).count()) == (8, 8)


def test_a_large_version_can_be_given_up(territory, large, alice):
    operations.cancel_freezing(synthesis=large, by=alice, now=NOW)
    assert Synthesis.objects.count() == 0
    operations.continue_freezing_lines(synthesis_id=large.pk, now=NOW)
    assert Synthesis.objects.count() == 0


def test_a_frozen_version_is_not_given_up(frozen, alice):
    with pytest.raises(SynthesisRefused, match="figée"):
        operations.cancel_freezing(synthesis=frozen, by=alice, now=NOW)


# --- Comparison -------------------------------------------------------------------------------------------------


def test_a_later_version_is_compared_with_it(territory, voices, frozen, jeunes, alice):
    Criterion.objects.filter(pk=voices[0].pk).update(component="A02", letter="S", sense="S")
    Criterion.objects.filter(pk=voices[1].pk).update(text="garder ses amis")
    Criterion.objects.filter(pk=voices[2].pk).update(withdrawn_at=NOW)
    added = say(jeunes, "nouveau", "B01")
    live = queries.compare_with_live(frozen)
    later = operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    found = queries.compare_versions(frozen, later)
    assert found == live
    assert [change.criterion for change in found.recoded] == [voices[0].pk]
    assert [(change.before.text, change.after.text) for change in found.reworded] == [("avoir des amis", "garder ses amis")]
    assert [change.criterion for change in found.gone] == [voices[2].pk]
    assert [change.criterion for change in found.added] == [added.pk]
    assert found.by_component["A02"] == (0, 1)
    assert found.criteria == (8, 8)


def test_the_same_version_differs_in_nothing(frozen):
    assert queries.compare_versions(frozen, frozen).is_empty
    assert queries.compare_with_live(frozen).is_empty


def test_another_nomenclature_without_mapping_is_told(territory, voices, frozen, alice):
    from tissage.frameworks.models import FrameworkVersion
    from tissage.frameworks.operations import choose_version

    other = FrameworkVersion.objects.create(framework=frozen.nomenclature.framework, label="autre", published_at=NOW)
    choose_version(territory=territory, version=other, now=NOW)
    found = queries.compare_with_live(frozen)
    assert not found.comparable
    assert "nomenclature" in found.why_not
