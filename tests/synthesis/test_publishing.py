from __future__ import annotations

import pytest

from tests.synthesis.voices import NOW, group_of, say
from tissage.people.models import Entry
from tissage.synthesis import operations, queries
from tissage.synthesis.models import Synthesis, SynthesisLine
from tissage.synthesis.operations import SynthesisRefused
from tissage.voices.models import Criterion


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)


def read_all(synthesis, by=None) -> None:
    keys = [shown.line.id for shown in queries.lines_to_read(synthesis, size=500)]
    operations.read_lines_as_they_are(synthesis=synthesis, lines=keys, by=by, now=NOW)


def publish(synthesis, by=None) -> Synthesis:
    read_all(synthesis, by)
    return operations.publish_synthesis(synthesis=synthesis, by=by, now=NOW)


def version(territory, title="Suivante") -> Synthesis:
    return operations.freeze_synthesis(territory=territory, title=title, by=None, now=NOW)


def texts(synthesis, component: str) -> list[tuple[str, str]]:
    return [(line.text, line.group_name) for line in queries.public_lines(synthesis, component)]


def test_nothing_goes_out_unread(frozen, erin):
    with pytest.raises(SynthesisRefused, match="6 lignes n’ont pas encore été lues"):
        operations.publish_synthesis(synthesis=frozen, by=erin, now=NOW)
    frozen.refresh_from_db()
    assert (frozen.published_at, frozen.publication) == (None, {})


def test_nothing_goes_out_without_anybodys_consent(territory, muets, erin):
    say(muets, "rien ne doit sortir", "A01")
    with pytest.raises(SynthesisRefused, match="accord"):
        operations.publish_synthesis(synthesis=version(territory), by=erin, now=NOW)


def test_a_version_being_frozen_or_published_already_is_refused(frozen, erin):
    publish(frozen)
    with pytest.raises(SynthesisRefused, match="déjà publiée"):
        operations.publish_synthesis(synthesis=frozen, by=erin, now=NOW)


def test_a_published_version_shows_who_consents_and_is_large_enough(frozen, erin):
    publish(frozen, erin)
    counted = queries.public_overview(frozen)
    assert [group.name for group in counted.groups] == ["Groupe A", "Jeunes"]
    assert (counted.criteria, counted.expressions) == (6, 9)
    assert texts(frozen, "A01") == [("bien manger", "Jeunes"), ("manger à sa faim", "Groupe A")]
    assert texts(frozen, "") == [("pas encore codé", "Groupe A")]
    assert "5 participant·e·s" in queries.public_rule(frozen)
    assert Entry.objects.filter(verb="synthesis.publish_synthesis", actor=erin).count() == 1


def test_a_public_line_tells_neither_its_number_nor_its_group(frozen, aines):
    publish(frozen)
    line = list(queries.public_lines(frozen, "A01"))[1]
    assert (line.id, line.criterion, line.group_name, line.public_text, line.reason) == (0, 0, "Groupe A", "", "")
    assert line.group != aines.pk or aines.pk in (1, 2)


def test_a_redacted_text_goes_out_without_its_original(frozen):
    line = SynthesisLine.objects.get(synthesis=frozen, text="bien manger")
    operations.read_line(line=line, decision="redacted", public_text="manger […]", reason="rare", by=None, now=NOW)
    publish(frozen)
    assert set(texts(frozen, "A01")) == {("manger à sa faim", "Groupe A"), ("manger […]", "Jeunes")}
    assert "bien manger" not in repr([list(queries.public_lines(frozen, code)) for code in ("", "A01", "D03", "F00", "H03")])


def test_a_withheld_line_is_counted_and_not_shown(frozen):
    line = SynthesisLine.objects.get(synthesis=frozen, text="bien manger")
    operations.read_line(line=line, decision="withheld", by=None, now=NOW)
    publish(frozen)
    assert queries.public_overview(frozen).by_component["A01"] == 2
    assert texts(frozen, "A01") == [("manger à sa faim", "Groupe A")]


def test_a_group_of_numbers_only_is_counted_and_says_nothing(voices, frozen, aines):
    aines.consent = "statistics"
    aines.save()
    publish(frozen)
    assert queries.public_overview(frozen).criteria == 6
    assert texts(frozen, "A01") == [("bien manger", "Jeunes")]


def test_words_can_be_narrowed_to_a_block_or_a_question(frozen):
    publish(frozen)
    block = next(group for group in queries.public_overview(frozen).groups if group.name == "Jeunes")
    assert [line.text for line in queries.public_lines(frozen, "A01", block=block.id)] == ["bien manger"]
    assert list(queries.public_lines(frozen, "A01", question="IB")) == []


def test_a_consent_lowered_later_hides_the_words_at_once(frozen, jeunes):
    publish(frozen)
    jeunes.consent = "statistics"
    jeunes.save()
    assert queries.public_state(frozen).state == "published"
    assert texts(frozen, "A01") == [("manger à sa faim", "Groupe A")]


@pytest.mark.parametrize("change", [{"consent": "none"}, {"participants_count": 3}, {"participants_count": None}])
def test_a_version_gives_way_to_a_notice_when_a_group_may_no_longer_be_shown(territory, frozen, jeunes, change):
    publish(frozen)
    for name, value in change.items():
        setattr(jeunes, name, value)
    jeunes.save()
    state = queries.public_state(frozen)
    assert (state.state, state.may_be_shown) == ("notice", False)
    assert "Jeunes" not in state.reason
    assert queries.latest_published(territory) is None
    assert queries.public_statistics(territory) is None


def test_a_withdrawn_criterion_makes_the_version_give_way_and_the_next_one_replaces_it(territory, voices, frozen, erin):
    publish(frozen)
    assert queries.latest_published(territory) == frozen
    Criterion.objects.filter(pk=voices[0].pk).update(withdrawn_at=NOW)
    assert queries.public_state(frozen).state == "notice"
    assert texts(frozen, "A01") == [("manger à sa faim", "Groupe A")]
    assert queries.latest_published(territory) is None
    (waiting,) = queries.versions_given_way(erin)
    assert (waiting.synthesis, waiting.count) == (frozen, 1)
    later = publish(version(territory))
    assert queries.latest_published(territory) == later
    assert queries.public_state(frozen).newer == later
    assert texts(later, "A01") == [("manger à sa faim", "Groupe A")]
    assert queries.versions_given_way(erin) == []


def test_a_withdrawn_criterion_that_was_never_shown_changes_nothing(voices, frozen):
    publish(frozen)
    Criterion.objects.filter(pk=voices[7].pk).update(withdrawn_at=NOW)
    assert queries.public_state(frozen).state == "published"


def test_a_newer_publication_replaces_the_older(territory, frozen):
    publish(frozen)
    later = publish(version(territory))
    assert (queries.public_state(frozen).state, queries.public_state(frozen).newer) == ("replaced", later)
    assert queries.public_state(later).state == "published"


def test_states_of_several_versions_ask_the_same_queries(territory, voices, django_assert_num_queries):
    versions = [publish(version(territory, title)) for title in ("un", "deux", "trois")]
    with django_assert_num_queries(4):
        states = queries.states_of(versions)
    assert [states[one.pk].state for one in versions] == ["replaced", "replaced", "published"]
    with django_assert_num_queries(4):
        queries.states_of(versions[:1])


def test_an_unpublished_version_is_nobodys(frozen):
    assert queries.public_state(frozen).state == "unpublished"
    assert queries.public_rule(frozen) == ""


def test_a_publication_taken_back_says_why(territory, frozen, erin):
    publish(frozen)
    with pytest.raises(SynthesisRefused, match="pourquoi"):
        operations.withdraw_publication(synthesis=frozen, reason=" ", by=erin, now=NOW)
    operations.withdraw_publication(synthesis=frozen, reason="une erreur", by=erin, now=NOW)
    state = queries.public_state(frozen)
    assert (state.state, state.reason) == ("withdrawn", "une erreur")
    assert queries.latest_published(territory) is None
    with pytest.raises(SynthesisRefused, match="n’est pas publiée"):
        operations.withdraw_publication(synthesis=frozen, reason="encore", by=erin, now=NOW)
    operations.publish_synthesis(synthesis=frozen, by=erin, now=NOW)
    assert queries.public_state(frozen).state == "published"


def test_what_was_published_once_is_remembered_even_taken_back(territory, alice):
    """Two small groups together; a third comes. Beside the first publication, adding it would show its counts alone."""
    for name in ("Un", "Deux"):
        say(group_of(territory, name, 3), f"dit par {name}", "A01")
    first = publish(version(territory))
    operations.withdraw_publication(synthesis=first, reason="erreur", by=alice, now=NOW)
    third = group_of(territory, "Trois", 2)
    say(third, "dit par Trois", "A01")
    later = version(territory)
    assert [(left.group, left.question) for left in queries.publication_preview(later).left_out] == [(third.pk, "WB")]
    publish(later)
    assert queries.public_overview(later).criteria == 2
    assert texts(later, "A01") == [("dit par Deux", "Autres groupes"), ("dit par Un", "Autres groupes")]


def test_a_published_version_only_ever_shows_less(frozen, alice):
    line = SynthesisLine.objects.select_related("synthesis").get(synthesis=frozen, text="bien manger")
    operations.read_line(line=line, decision="redacted", public_text="manger", by=alice, now=NOW)
    publish(frozen)
    line = SynthesisLine.objects.select_related("synthesis").get(pk=line.pk)
    with pytest.raises(SynthesisRefused, match="pas montrée davantage"):
        operations.read_line(line=line, decision="published", by=alice, now=NOW)
    operations.read_line(line=line, decision="withheld", by=alice, now=NOW)
    assert texts(frozen, "A01") == [("manger à sa faim", "Groupe A")]


def test_the_public_statistics_are_those_of_the_publication_never_live(territory, frozen, jeunes):
    assert queries.public_statistics(territory) is None
    publish(frozen)
    say(jeunes, "dit depuis", "B01")
    public, team = queries.public_statistics(territory), queries.team_statistics(territory)
    assert (public.criteria, public.groups, public.version, public.on.isoformat()) == (6, 2, 1, "2026-11-22")
    assert (team.criteria, team.groups, team.groups_heard, team.version) == (9, 4, 4, None)


def test_what_waits_for_whom(territory, frozen, alice, bob, charlie, dora, erin):
    import datetime as dt

    assert [waiting.count for waiting in queries.unread_versions(alice)] == [6]
    assert [queries.unread_versions(person) for person in (bob, charlie, dora)] == [[], [], []]
    assert queries.validated_unpublished(erin) == []
    operations.mark_validated(synthesis=frozen, on=dt.date(2026, 11, 22), present=8, by=alice, now=NOW)
    assert [waiting.synthesis for waiting in queries.validated_unpublished(erin)] == [frozen]
    assert queries.validated_unpublished(alice) == []
    publish(frozen)
    assert (queries.validated_unpublished(erin), queries.unread_versions(alice)) == ([], [])


def test_a_document_of_a_publication_holds_what_may_go_out(territory, frozen):
    publish(frozen)
    document = queries.document_of(territory, synthesis=frozen, audience="public", now=NOW)
    assert (document.version, document.audience, document.has_statements) == (1, "public", True)
    assert document.components == (("A01", 2), ("D03", 1), ("F00", 1), ("H03", 1), ("", 1))
    assert [line.text for line in document.lines()] == [
        "bien manger",
        "manger à sa faim",
        "avoir des amis",
        "être en paix",
        "sourire",
        "pas encore codé",
    ]
    team = queries.document_of(territory, synthesis=frozen, now=NOW)
    assert team.overview.criteria == 8 == len(list(team.lines()))


def test_a_document_of_today_for_the_public_has_no_words(territory, voices):
    document = queries.document_of(territory, audience="public", now=NOW)
    assert (document.has_statements, list(document.lines()), document.overview.criteria) == (False, [], 6)
    team = queries.document_of(territory, questions=["WB"], now=NOW)
    assert (team.selection, len(list(team.lines()))) == ("tous les groupes, question WB", 6)
