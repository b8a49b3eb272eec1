from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code
from tissage.core.criteria import SORT_KEY_LENGTH, code_columns, search_columns
from tissage.core.folding import fold


def test_search_columns_fold_the_words_and_the_french_wording():
    assert search_columns("Een goede Buurt", "Un bon voisinage, à l’écoute") == (
        "een goede buurt\nun bon voisinage, a l'ecoute",
        "een goede buurt",
    )


@given(st.text(), st.text())
def test_what_is_searched_never_spans_both_wordings(text, french):
    search, sort_key = search_columns(text, french)
    assert search.split("\n")[0] == fold(text)
    assert "\n" not in fold(text) + fold(french)
    assert sort_key == fold(text)[:SORT_KEY_LENGTH]


def test_code_columns_repeat_every_part_of_the_code():
    assert code_columns(Code("A01", "11", "P15", "k")) == {
        "dimension": "A",
        "component": "A01",
        "sub_component": "11",
        "letter": "P",
        "sense": "P15",
        "beneficiary": "k",
    }
    assert set(code_columns(None).values()) == {""}
