"""What looks like two criteria, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.double_ideas import AND, LIST, VERBS, double_idea

TWO = [
    ("avoir un toit et trouver du travail", VERBS, ("avoir un toit", "trouver du travail")),
    ("Dormir bien, manger mieux", VERBS, ("Dormir bien", "manger mieux")),
    ("lire ; sortir", VERBS, ("lire", "sortir")),
    ("le bruit, la saleté, la peur", LIST, ("le bruit", "la saleté", "la peur")),
    ("un logement / un emploi", LIST, ("un logement", "un emploi")),
    ("ma famille et mes amis", AND, ("ma famille", "mes amis")),
    ("un logement & du travail", AND, ("un logement", "du travail")),
    ("la santé ainsi que la paix", AND, ("la santé", "la paix")),
]
ONE = [
    "",
    "…",
    "un toit",
    "pouvoir dormir",
    "être tranquille jour et nuit",
    "mon père et ma mère",
    "la place des hommes et des femmes",
    "un loyer moins cher, vraiment",
    "et voilà",
    "avoir le temps de marcher dans le quartier",
    "sortir avec des amis, le soir",
]


@pytest.mark.parametrize(("text", "kind", "parts"), TWO, ids=[text for text, _kind, _parts in TWO])
def test_several_ideas_are_pointed_out_with_their_parts(text, kind, parts):
    found = double_idea(text)
    assert found is not None
    assert (found.kind, found.parts) == (kind, parts)


@pytest.mark.parametrize("text", ONE)
def test_one_idea_is_left_alone(text):
    assert double_idea(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read_and_the_parts_hold_only_its_own_letters(text):
    found = double_idea(text)
    if found is not None:
        assert len(found.parts) >= 2
        assert all(part in text for part in found.parts)


@given(st.lists(st.text(alphabet="abcdeéèlmnoprstu ", min_size=1, max_size=20), min_size=1, max_size=3))
def test_words_without_a_comma_or_a_joining_word_are_one_idea(words):
    text = " ".join("x" + word.replace(" et ", " ").replace(" puis ", " ") for word in words)
    if " et " not in text and " puis " not in text:
        assert double_idea(text) is None


@given(st.sampled_from(TWO), st.sampled_from([" ", "  ", "\t"]))
def test_spaces_and_capitals_change_nothing(case, space):
    text, kind, _parts = case
    found = double_idea(space + text.upper().replace(" ", space) + space)
    assert found is not None
    assert found.kind == kind
