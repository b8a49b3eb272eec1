"""A town adds a language to the answering screen, corrects one, takes it back; nobody else does."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import NOW
from tissage.people.models import Entry
from tissage.voices.models import ScreenLanguage, ScreenSentence
from tissage.voices.operations.languages import fill_language, remove_language
from tissage.voices.queries.screens import offered_languages, screen_languages, screen_words, shipped_reviews, shipped_sheet

PASHTO = {"welcome_title": "ښه راغلاست", "answer_left": "پاتې: {count}"}


def fill(territory, by, code="ps", texts=PASHTO, **details):
    given = {"name": "پښتو", "is_right_to_left": True, "reviewed_by": "", **details}
    return fill_language(territory=territory, code=code, texts=texts, by=by, now=NOW, **given)


def sheet(*lines: str, head: str = "key,note,fr,ps") -> SimpleUploadedFile:
    return SimpleUploadedFile("ecran-ps.csv", "\r\n".join([head, *lines]).encode(), content_type="text/csv")


def at(name, *more):
    return reverse(f"voices:{name}", args=["sormont", *more])


# --- Words ------------------------------------------------------------------------------------------------------


def test_a_towns_language_speaks_and_french_stands_where_it_is_silent(territory, erin):
    fill(territory, erin)
    words = screen_words(territory, "ps")
    assert (words["welcome_title"], words.sentences["welcome_title"].language) == ("ښه راغلاست", "ps")
    assert (words["start_button"], words.sentences["start_button"].language) == ("Commencer", "fr")
    assert (words.language.name, words.language.direction, words.language.is_reviewed) == ("پښتو", "rtl", False)
    assert [language.code for language in screen_languages(territory)][-1] == "ps"


def test_a_language_of_one_town_is_no_other_towns(territory, other_territory, erin):
    fill(territory, erin)
    assert offered_languages(other_territory, ["ps"])[0].code == "fr"
    assert screen_words(other_territory, "ps")["welcome_title"] == "Bienvenue"


def test_no_shipped_language_but_french_claims_a_speakers_review(territory):
    assert {language.code: language.is_reviewed for language in screen_languages(territory)} == {
        code: code == "fr" for code in shipped_sheet().languages
    }
    assert all(language in shipped_sheet().languages and key in shipped_sheet().sentences for language, key in shipped_reviews())


def test_a_shipped_language_is_corrected_and_is_reviewed_once_every_sentence_is(territory, erin):
    fill(territory, erin, "nl", {"welcome_title": "Van harte welkom"}, name="Nederlands", is_right_to_left=False, reviewed_by="Mina")
    words = screen_words(territory, "nl")
    assert (words["welcome_title"], words["start_button"], words.language.is_reviewed) == ("Van harte welkom", "Beginnen", False)
    fill(territory, erin, "nl", shipped_sheet().texts_in("nl"), name="Nederlands", is_right_to_left=False, reviewed_by="Mina")
    assert screen_words(territory, "nl").language.is_reviewed
    fill(territory, erin, "nl", shipped_sheet().texts_in("nl"), name="Nederlands", is_right_to_left=False)
    assert ScreenSentence.objects.count() == 0


def test_a_sentence_of_an_earlier_release_is_not_shown(territory, erin):
    language = fill(territory, erin)
    ScreenSentence.objects.create(language=language, key="gone", text="?")
    assert "gone" not in screen_words(territory, "ps").sentences


def test_filling_and_removing_are_journalled_by_the_name_of_the_language(territory, erin):
    fill(territory, erin)
    remove_language(territory=territory, code="ps", by=erin, now=NOW)
    remove_language(territory=territory, code="ps", by=erin, now=NOW)
    lines = list(Entry.objects.filter(verb__endswith="_language").order_by("pk").values_list("verb", "object_label", "numbers"))
    assert lines == [("voices.fill_language", "پښتو", {"sentences": 2}), ("voices.remove_language", "پښتو", {})]
    assert ScreenLanguage.objects.count() == 0


# --- Pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "more"), [("languages", ()), ("language_csv", ("nl",)), ("fill_language", ("ps",)), ("remove_language", ("nl",))]
)
def test_only_the_coordination_meets_these_pages(as_user, territory, alice, bob, erin, name, more):
    fill(territory, erin, "nl", {"welcome_title": "Dag"}, name="Nederlands")
    assert [as_user(user).get(at(name, *more)).status_code for user in (alice, bob, erin)] == [404, 404, 200]


def test_a_code_leads_to_the_sheet_of_its_language(as_user, territory, erin):
    assert as_user(erin).get(at("languages"), {"code": " PS "}).url == at("fill_language", "ps")
    assert "Ce n’est pas un code de langue." in as_user(erin).get(at("languages"), {"code": "pachto !"}).content.decode()
    assert as_user(erin).get(at("fill_language", "pachto")).status_code == 404


def test_the_sheet_to_fill_holds_every_sentence_and_what_exists(as_user, territory, erin):
    fill(territory, erin)
    answer = as_user(erin).get(at("language_csv", "ps"))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "key,note,fr,ps"
    assert len(lines) == 1 + len(shipped_sheet().sentences)
    assert "welcome_title,Écran d’accueil.,Bienvenue,ښه راغلاست" in lines
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ecran-ps.csv"'


def test_a_filled_sheet_is_looked_at_line_by_line_before_it_is_taken(as_user, territory, erin):
    client = as_user(erin)
    file = sheet("welcome_title,,Bienvenue,ښه راغلاست", "answer_left,,Restants,پاتې", "start_button,,Commencer,", "unknown,,?,x")
    details = {"name": "پښتو", "is_right_to_left": "on", "reviewed_by": "Mina"}
    preview = client.post(at("fill_language", "ps"), {**details, "file": file})
    page = preview.content.decode()
    for said in (
        "2 lignes ne peuvent pas être prises",
        "Il manque {count}",
        "n’est pas une phrase de l’écran",
        "1 ligne vide",
        "ښه راغلاست",
        "Relues par Mina",
    ):
        assert said in page
    assert ScreenLanguage.objects.count() == 0

    content = preview.context["form"].cleaned_data["content"]
    taken = client.post(at("fill_language", "ps"), {**details, "content": content, "geste": "prendre"})
    assert taken.url == at("languages")
    language = ScreenLanguage.objects.get()
    assert (language.code, language.name, language.is_right_to_left, language.filled_by) == ("ps", "پښتو", True, erin)
    assert list(ScreenSentence.objects.values_list("key", "text", "reviewed_by")) == [("welcome_title", "ښه راغلاست", "Mina")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choisissez la feuille remplie."),
        (sheet("a,b", head="one,two"), "La colonne « key » manque."),
        (sheet("welcome_title,,Bienvenue,"), "Aucune phrase de cette feuille ne peut être prise"),
        (SimpleUploadedFile("big.csv", b"key,ps\r\n" + b"x" * 200_001), "Ce fichier est trop grand"),
        (SimpleUploadedFile("odd.csv", b"\xff\xfe\x00"), "manque"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sheet_is_refused_with_the_reason(as_user, territory, erin, file, said):
    sent = {"name": "پښتو", **({"file": file} if file else {})}
    if file:
        file.seek(0)
    answer = as_user(erin).post(at("fill_language", "ps"), sent)
    assert said in answer.content.decode().replace("\u00a0", " ")
    assert ScreenLanguage.objects.count() == 0


def test_a_towns_language_is_removed_after_asking(as_user, territory, erin):
    fill(territory, erin)
    client = as_user(erin)
    assert "Cette langue n’est plus proposée." in client.get(at("remove_language", "ps")).content.decode()
    assert ScreenLanguage.objects.count() == 1
    client.post(at("remove_language", "ps"))
    assert ScreenLanguage.objects.count() == 0
    assert client.get(at("remove_language", "fr")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_with_one_language_of_the_town_and_with_three(
    as_user, territory, erin, django_assert_num_queries, count
):
    for code in ("ps", "sq", "tig")[:count]:
        fill(territory, erin, code)
    client = as_user(erin)
    client.get(at("languages"))
    with django_assert_num_queries(9):
        client.get(at("languages"))
