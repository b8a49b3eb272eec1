"""When a survey item would put a self-accusation in the mouth of somebody who said something positive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.propositions import Statement, accused, accuses, is_negative, said_something_positive

NEGATIVE = [
    "Je n’ai pas d’amis",
    "je ne peux pas chauffer mon logement",
    "Je ne peux plus sortir",
    "j'ai jamais le temps",
    "Je manque d’argent",
    "je suis incapable de me concentrer",
    "Il m’est impossible de dormir",
    "I cannot heat my home",
    "Ik heb geen vrienden",
]
POSITIVE = [
    "J’ai des amis",
    "Je peux chauffer mon logement",
    "je ne manque de rien",
    "J’aimerais plus souvent sourire",
    "je vis sans crainte",
    "Je dors bien",
    "",
]


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_denial_or_a_lack_is_negative(text):
    assert is_negative(text)


@pytest.mark.parametrize("text", POSITIVE)
def test_two_denials_undo_each_other_and_the_rest_is_positive(text):
    assert not is_negative(text)


def test_only_the_first_person_accuses_itself():
    assert accuses("Je n’ai pas de banc")
    assert not accuses("Il n’y a pas de banc")
    assert not accuses("J’ai un banc")


@pytest.mark.parametrize(
    ("text", "side", "positive"),
    [
        ("un logement chauffé", "positive", True),
        ("ne pas avoir froid", "positive", True),
        ("le froid", "negative", False),
        ("ne pas avoir de chauffage", "negative", False),
        ("aider mon voisin", "contribution", True),
        ("ne plus gaspiller", "contribution", False),
        ("le parc", "none", True),
    ],
)
def test_the_side_of_the_question_comes_first_then_the_words(text, side, positive):
    assert said_something_positive(Statement(1, text, side)) is positive


def test_the_warning_names_those_who_said_something_positive():
    said = [
        Statement(1, "un logement chauffé", "positive"),
        Statement(2, "avoir froid chez soi", "negative"),
        Statement(3, "isoler", "contribution"),
    ]
    assert accused("Je ne peux pas chauffer mon logement", said) == (1, 3)
    assert accused("Mon logement est bien chauffé", said) == ()
    assert accused("Je chauffe mon logement", said) == ()


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["positive", "negative", "contribution", "none"])), max_size=5),
)
def test_nobody_who_answered_the_negative_side_is_named(wording, said):
    statements = [Statement(key, text, side) for key, (text, side) in enumerate(said)]
    named = accused(wording, statements)
    assert set(named) <= {one.key for one in statements if one.side != "negative"}
    assert list(named) == sorted(named)
    if not accuses(wording):
        assert named == ()
