"""The sheet of the answering screen: what an interpreter may fill, and what is told about each line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.answer_screen import UnreadableSheet, is_right_to_left, places, read_filled, read_sheet, write_sheet
from tissage.core.messages import Message

SHIPPED = Path(__file__).parents[2] / "src/tissage/voices/data/answer_screen.csv"
SMALL = "key,note,fr,nl\nhello,Un mot.,Bonjour,Dag\nleft,{count} : un nombre.,Restants : {count},\n"


def said(message: Message) -> str:
    return str(message)


@pytest.fixture
def sheet():
    return read_sheet(SMALL)


def test_the_shipped_sheet_is_whole_in_every_language():
    shipped = read_sheet(SHIPPED.read_text(encoding="utf-8"))
    assert shipped.languages == ("fr", "nl", "en", "de", "ar", "es", "it", "tr", "uk")
    assert {language: shipped.missing_in(language) for language in shipped.languages} == dict.fromkeys(shipped.languages, ())
    assert all(one.note for one in shipped.sentences.values())


def test_the_shipped_french_keeps_its_spaces_before_high_signs():
    shipped = read_sheet(SHIPPED.read_text(encoding="utf-8"))
    assert [key for key, one in shipped.sentences.items() if any(f" {sign}" in one.french for sign in ":;!?»") or "« " in one.french] == []


@pytest.mark.parametrize(
    ("code", "expected"), [("ar", True), ("ps", True), ("ar-MA", True), ("ku", False), ("ur-Latn", False), ("fr", False)]
)
def test_the_side_a_language_is_written_from(code, expected):
    assert is_right_to_left(code) is expected


def test_a_language_keeps_exactly_the_places_of_the_french():
    with pytest.raises(UnreadableSheet):
        read_sheet(SMALL.replace("{count},\n", "{count},Nog {number}\n"))


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "key,fr\nhello,Bonjour\n",
        SMALL + "hello,Encore.,Salut,\n",
        SMALL + "more,Sans français.,,Meer\n",
        SMALL + "short,row\n",
        "key,note,nl\na,b,c\n",
    ],
)
def test_a_broken_shipped_sheet_is_refused(broken):
    with pytest.raises(UnreadableSheet):
        read_sheet(broken)


def test_a_filled_sheet_gives_its_sentences_and_tells_every_line_that_cannot_be_used(sheet):
    filled = read_filled(
        "key,note,fr,ps\nhello,,Bonjour,سلام\nhello,,,again\nleft,,Restants,پاتې\nbye,,Au revoir,خدای پامان\n", sheet, "ps"
    )
    assert dict(filled.texts) == {"hello": "سلام"}
    assert [(one.line, one.key) for one in filled.problems] == [(3, "hello"), (4, "left"), (5, "bye")]
    assert said(filled.problems[1].message) == "Il manque {count}, que l’écran remplit. Gardez-le tel quel."
    assert filled.missing == ("left",)


def test_an_empty_cell_is_a_notice_and_french_stays(sheet):
    filled = read_filled("key;ps\nhello;\nleft;{count}\n", sheet, "ps")
    assert (filled.problems, [(one.line, one.key) for one in filled.notices]) == ((), [(2, "hello")])
    assert filled.missing == ("hello",)


def test_a_place_that_the_french_lacks_and_a_sentence_too_long_are_refused(sheet):
    filled = read_filled(f"key,ps\nhello,{{name}}\nleft,{'x' * 400}{{count}}\n", sheet, "ps")
    assert [said(one.message) for one in filled.problems] == [
        "{name} n’est pas dans la phrase française. Retirez-le.",
        "Cette phrase compte 407 signes ; 400 au plus.",
    ]


def test_the_column_may_bear_another_title_when_it_stands_last(sheet):
    assert dict(read_filled("key,note,fr,Pashto\nhello,,Bonjour,سلام\n", sheet, "ps").texts) == {"hello": "سلام"}


def test_a_sheet_without_the_column_of_the_language_does_not_give_french_for_it(sheet):
    for text in ("key,note,fr\nhello,,Bonjour\n", "note,fr\n,Bonjour\n", "\n\n"):
        with pytest.raises(UnreadableSheet):
            read_filled(text, sheet, "ps")


def test_too_many_lines_are_refused(sheet):
    with pytest.raises(UnreadableSheet):
        read_filled("key,ps\n" + "hello,x\n" * 1001, sheet, "ps")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_what_is_written_for_the_interpreter_is_read_back(text):
    sheet = read_sheet(SMALL)
    wanted = " ".join(part for part in text.replace("{", "").replace("}", "").strip().split(" ") if part)
    written = write_sheet(sheet, "ps", {"hello": wanted, "left": "{count}"})
    assert dict(read_filled(written, sheet, "ps").texts) == {key: one for key, one in (("hello", wanted), ("left", "{count}")) if one}


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    sheet = read_sheet(SMALL)
    try:
        filled = read_filled(text, sheet, "ps")
    except UnreadableSheet:
        return
    assert all(places(one) == places(sheet.sentences[key].french) for key, one in filled.texts.items())


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(sheet):
    written = write_sheet(sheet, "ps", {"hello": "=1+1"})
    assert ",'=1+1\r\n" in written
    assert read_filled(written, sheet, "ps").texts["hello"] == "=1+1"
