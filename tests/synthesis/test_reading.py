from __future__ import annotations

import pytest

from tests.synthesis.voices import NOW, group_of, say
from tissage.people.models import Entry
from tissage.synthesis import operations, queries
from tissage.synthesis.models import Reading, SynthesisLine
from tissage.synthesis.operations import SynthesisRefused


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)


def line_of(synthesis, text: str) -> SynthesisLine:
    return SynthesisLine.objects.select_related("synthesis").get(synthesis=synthesis, text=text)


def keys(synthesis, **filters) -> list[int]:
    return [shown.line.id for shown in queries.lines_to_read(synthesis, **filters)]


def test_only_what_could_go_out_is_to_be_read(frozen):
    """Not the lines of the group too small to be shown, nor those of the group that consents to nothing."""
    assert [shown.line.text for shown in queries.lines_to_read(frozen)] == [
        "pas encore codé",
        "bien manger",
        "manger à sa faim",
        "avoir des amis",
        "être en paix",
        "sourire",
    ]


def test_a_group_that_gives_numbers_only_has_nothing_to_read(territory, voices, frozen, jeunes):
    jeunes.consent = "statistics"
    jeunes.save()
    assert {shown.line.group_name for shown in queries.lines_to_read(frozen)} == {"Aînés"}


def test_what_may_betray_somebody_is_pointed_out(territory, jeunes, alice):
    say(jeunes, "Mme Dupont m’aide", "D03", french_text="au 0470 12 34 56")
    frozen = operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)
    (shown,) = queries.lines_to_read(frozen)
    assert [finding.kind for finding in shown.findings] == ["name"]
    assert [finding.kind for finding in shown.french_findings] == ["phone"]


def test_a_line_is_published_redacted_or_withheld(frozen, alice):
    operations.read_line(line=line_of(frozen, "bien manger"), decision="published", public_text="ignoré", by=alice, now=NOW)
    operations.read_line(line=line_of(frozen, "sourire"), decision="redacted", public_text=" rire ", reason="nom", by=alice, now=NOW)
    operations.read_line(
        line=line_of(frozen, "avoir des amis"), decision="withheld", public_text="jamais", reason="rare", by=alice, now=NOW
    )
    readings = Reading.objects.order_by("line").values_list("line__text", "decision", "public_text", "reason", "read_by")
    assert list(readings) == [
        ("bien manger", "published", "bien manger", "", alice.pk),
        ("avoir des amis", "withheld", "", "rare", alice.pk),
        ("sourire", "redacted", "rire", "nom", alice.pk),
    ]
    progress = queries.reading_progress(frozen)
    assert (progress.total, progress.read, progress.left) == (6, 3, 3)
    assert (progress.published, progress.redacted, progress.withheld) == (1, 1, 1)


def test_a_decision_may_be_changed(frozen, alice, bob):
    line = line_of(frozen, "bien manger")
    operations.read_line(line=line, decision="withheld", by=alice, now=NOW)
    operations.read_line(line=line, decision="published", by=bob, now=NOW)
    assert [(reading.decision, reading.read_by) for reading in Reading.objects.all()] == [("published", bob)]


def test_the_team_sees_the_words_and_what_the_public_reads(frozen, alice):
    operations.read_line(line=line_of(frozen, "sourire"), decision="redacted", public_text="rire", by=alice, now=NOW)
    (line,) = queries.version_lines(frozen, "H03")
    assert (line.text, line.public_text, line.decision) == ("sourire", "rire", "redacted")


@pytest.mark.parametrize(
    ("decision", "words", "why"),
    [("redacted", "  ", "caviardé"), ("redacted", "bien manger", "même"), ("perhaps", "", "Choisissez")],
)
def test_a_decision_that_decides_nothing_is_refused(frozen, decision, words, why):
    with pytest.raises(SynthesisRefused, match=why):
        operations.read_line(line=line_of(frozen, "bien manger"), decision=decision, public_text=words, by=None, now=NOW)
    assert Reading.objects.count() == 0


def test_the_lines_displayed_are_published_together_and_no_other(frozen, alice):
    operations.read_line(line=line_of(frozen, "bien manger"), decision="withheld", by=alice, now=NOW)
    displayed = keys(frozen, component="A01", state="all")
    assert operations.read_lines_as_they_are(synthesis=frozen, lines=displayed, by=alice, now=NOW) == 1
    assert set(Reading.objects.values_list("line__text", "decision")) == {("bien manger", "withheld"), ("manger à sa faim", "published")}
    entry = Entry.objects.filter(verb="synthesis.read_lines").latest("pk")
    assert (entry.numbers, "manger" in entry.object_label) == ({"lines": 1}, False)


def test_lines_of_another_version_are_refused(territory, frozen, alice):
    other = operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    with pytest.raises(SynthesisRefused, match="Rechargez"):
        operations.read_lines_as_they_are(synthesis=other, lines=keys(frozen), by=alice, now=NOW)
    assert Reading.objects.count() == 0


def test_states_and_groups_narrow_what_is_shown(frozen, aines, alice):
    operations.read_line(line=line_of(frozen, "être en paix"), decision="published", by=alice, now=NOW)
    assert len(keys(frozen)) == 5
    assert len(keys(frozen, state="all")) == 6
    assert [shown.line.text for shown in queries.lines_to_read(frozen, state="published")] == ["être en paix"]
    assert {shown.line.group_name for shown in queries.lines_to_read(frozen, group=aines.pk, state="all")} == {"Aînés"}


@pytest.fixture
def read(frozen, alice):
    operations.read_line(line=line_of(frozen, "sourire"), decision="redacted", public_text="rire", reason="nom", by=alice, now=NOW)
    operations.read_line(line=line_of(frozen, "avoir des amis"), decision="withheld", by=alice, now=NOW)
    operations.read_line(line=line_of(frozen, "bien manger"), decision="published", by=alice, now=NOW)
    return frozen


def test_earlier_readings_are_shown_again_and_carried_over_by_a_person(territory, read, voices, aines, bob):
    from tissage.voices.models import Criterion

    Criterion.objects.filter(pk=voices[0].pk).update(text="mieux manger")
    Criterion.objects.filter(pk=voices[1].pk).update(group=aines)
    later = operations.freeze_synthesis(territory=territory, title="Deuxième", by=bob, now=NOW)
    shown = {one.line.text: one.previous for one in queries.lines_to_read(later)}
    assert [text for text, previous in shown.items() if previous] == ["sourire"]
    previous = shown["sourire"]
    assert (previous.version, previous.decision, previous.public_text, previous.reason, previous.read_by) == (
        1,
        "redacted",
        "rire",
        "nom",
        "Alice",
    )
    assert Reading.objects.filter(line__synthesis=later).count() == 0
    assert operations.carry_over_readings(synthesis=later, lines=keys(later), by=bob, now=NOW) == 1
    reading = Reading.objects.get(line__synthesis=later)
    assert (reading.line.text, reading.decision, reading.public_text, reading.read_by) == ("sourire", "redacted", "rire", bob)


@pytest.mark.parametrize("lines", [1, 3])
def test_the_reading_desk_asks_the_same_queries_whatever_the_number_of_lines(territory, jeunes, alice, lines, django_assert_num_queries):
    for number in range(lines):
        say(jeunes, f"critère {number}", "A01")
    frozen = operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)
    later = operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    operations.read_lines_as_they_are(synthesis=frozen, lines=keys(frozen), by=alice, now=NOW)
    with django_assert_num_queries(7):
        assert len(list(queries.lines_to_read(later))) == lines


def test_several_versions_are_summed_up_in_the_same_queries(territory, voices, alice, django_assert_num_queries):
    for title in ("un", "deux", "trois"):
        operations.freeze_synthesis(territory=territory, title=title, by=alice, now=NOW)
    versions = list(queries.versions_of(territory))
    with django_assert_num_queries(3):
        assert [progress.total for progress in queries.progress_of(versions).values()] == [6, 6, 6]
    with django_assert_num_queries(3):
        queries.progress_of(versions[:1])


def test_small_groups_together_are_read_under_their_block(territory, alice):
    for name in ("Un", "Deux"):
        say(group_of(territory, name, 3), f"dit par {name}", "A01")
    frozen = operations.freeze_synthesis(territory=territory, title="Petits", by=alice, now=NOW)
    assert len(keys(frozen)) == 2
