"""Answers to different wordings of a question are never pooled without saying so."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.synthesis.screens import at, words
from tests.synthesis.voices import NOW, say
from tissage.synthesis import operations, queries
from tissage.synthesis.documents.content import paper_of
from tissage.voices.models import Question, Workshop, WorkshopQuestion

FIRST, OTHER = "Qu’est-ce que le bien-être pour moi ?", "De quoi avez-vous besoin pour aller bien ?"
SAYS_SO = "a été posée avec 2 formulations"


def ask(group, wording: str, day: int, code: str = "WB", language: str = "fr") -> None:
    workshop = Workshop.objects.create(territory=group.territory, group=group, held_on=dt.date(2026, 3, day))
    question = Question.objects.get(territory=group.territory, code=code)
    WorkshopQuestion.objects.create(workshop=workshop, question=question, wording=wording, language=language)


@pytest.fixture
def two_wordings(jeunes, aines, voices):
    ask(aines, FIRST, 1)
    ask(jeunes, OTHER, 2)


def live(territory) -> dict[str, tuple[str, ...]]:
    return dict(queries.live_wordings(territory, queries.live_overview(territory).cells))


def test_a_question_put_in_two_wordings_is_told_with_both(territory, two_wordings):
    assert live(territory) == {"WB": (FIRST, OTHER)}


def test_case_spaces_and_punctuation_make_no_other_wording(territory, jeunes, aines, voices):
    ask(aines, FIRST, 1)
    ask(jeunes, "qu'est-ce que  le Bien-Être pour moi", 2)
    assert live(territory) == {}


def test_a_translation_is_not_another_wording(territory, jeunes, aines, voices):
    ask(aines, FIRST, 1)
    ask(jeunes, "What is well-being for me?", 2, language="en")
    assert live(territory) == {}


def test_a_wording_that_nobody_of_the_selection_answered_is_not_told(territory, jeunes, aines, two_wordings):
    cells = queries.live_overview(territory, groups=[aines.pk]).cells
    assert queries.live_wordings(territory, cells) == {}


def test_a_version_keeps_the_wordings_of_its_day(territory, two_wordings, alice):
    version = operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)
    WorkshopQuestion.objects.all().delete()
    version.refresh_from_db()
    assert queries.document_of(territory, synthesis=version, now=NOW).wordings == {"WB": (FIRST, OTHER)}
    assert queries.document_of(territory, now=NOW).wordings == {}


def test_the_wording_put_to_a_hidden_group_stays_with_the_team(territory, aines, petits, jeunes, voices, alice, erin):
    ask(aines, FIRST, 1)
    ask(jeunes, FIRST, 1)
    ask(petits, OTHER, 2)
    version = operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)
    keys = [shown.line.id for shown in queries.lines_to_read(version, size=500)]
    operations.read_lines_as_they_are(synthesis=version, lines=keys, by=erin, now=NOW)
    operations.publish_synthesis(synthesis=version, by=erin, now=NOW)
    hidden = {left.group for left in queries.publication_of(version).left_out}
    shown = queries.document_of(territory, synthesis=version, audience="public", now=NOW)
    assert petits.pk in hidden
    assert shown.wordings == {}
    assert queries.document_of(territory, synthesis=version, now=NOW).wordings == {"WB": (FIRST, OTHER)}


def test_pages_and_documents_say_it(as_user, alice, territory, two_wordings):
    client = as_user(alice)
    operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)
    for address in (at(territory, "aujourdhui"), at(territory, "aujourdhui", "composante", "A01"), at(territory, 1)):
        said = words(client.get(address))
        assert SAYS_SO in said
        assert OTHER in said
    paper = repr(paper_of(queries.document_of(territory, now=NOW)).blocks)
    assert SAYS_SO in paper
    assert OTHER in paper


def test_one_wording_is_not_worth_a_word(as_user, alice, territory, jeunes, aines):
    say(jeunes, "bien manger", "A01")
    ask(jeunes, FIRST, 1)
    assert "formulation" not in words(as_user(alice).get(at(territory, "aujourdhui")))
