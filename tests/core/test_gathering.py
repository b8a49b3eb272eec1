"""Which notes say the same words, which wording begins a criterion, and in which language it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.folding import fold
from tissage.core.gathering import Note, identical_piles, origin_of_wording, suggested_wording


def notes(*texts, language="fr"):
    return [Note(number, text, language) for number, text in enumerate(texts, 1)]


def test_case_accents_and_spaces_do_not_part_the_same_words():
    assert [[note.pk for note in pile] for pile in identical_piles(notes("Être écouté", "un toit", "etre  ECOUTE", "toit"))] == [[1, 3]]


def test_opposites_and_near_words_are_not_identical():
    assert identical_piles(notes("bien dormir", "mal dormir", "dormir", "ne pas dormir")) == []


def test_the_same_letters_in_two_languages_are_two_things_to_look_at():
    assert identical_piles([Note(1, "respect", "fr"), Note(2, "respect", "en")]) == []


@pytest.mark.parametrize(
    ("texts", "wording"),
    [
        (("sourire plus souvent", "sourire"), "sourire"),
        (("sourire plus souvent", "Sourire plus souvent", "sourire"), "sourire plus souvent"),
        (("ab", "cd"), "ab"),
    ],
)
def test_a_pile_begins_with_what_was_written_most_then_what_is_shortest_then_what_came_first(texts, wording):
    assert suggested_wording(notes(*texts)).text == wording


def test_a_pile_begins_in_the_language_of_most_of_its_notes():
    pile = [Note(1, "نوم", "ar", "dormir"), Note(2, "bien dormir", "fr"), Note(3, "dormir bien la nuit", "fr")]
    assert suggested_wording(pile).text == "bien dormir"


ARABIC = Note(1, "النوم جيدا", "ar", "bien dormir")
FRENCH = Note(2, "dormir", "fr")


@pytest.mark.parametrize(
    ("text", "pile", "expected"),
    [
        ("النوم جيدا", [ARABIC, FRENCH], ("ar", "bien dormir")),
        ("Bien dormir", [ARABIC], ("fr", "")),
        ("dormir", [ARABIC, FRENCH], ("fr", "")),
        ("tout autre chose", [ARABIC, FRENCH], ("", "")),
        ("tout autre chose", [FRENCH], ("fr", "")),
        ("slapen", [Note(1, "slapen", "nl"), Note(2, "Slapen", "nl", "dormir")], ("nl", "dormir")),
    ],
)
def test_a_wording_keeps_the_language_and_the_french_of_the_note_it_comes_from(text, pile, expected):
    assert origin_of_wording(text, pile) == expected


@given(st.lists(st.text(alphabet="aeéÉ !", max_size=4), max_size=12))
def test_every_note_is_in_one_pile_at_most_and_piles_never_mix_words(texts):
    piles = identical_piles(notes(*texts))
    placed = [note.pk for pile in piles for note in pile]
    assert len(placed) == len(set(placed))
    assert all(len({fold(note.text) for note in pile}) == 1 and len(pile) > 1 for pile in piles)
    assert all(suggested_wording(pile) in pile for pile in piles)
