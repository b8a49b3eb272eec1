"""What a workshop prints: blank matter for anyone of the team, residents' words by a journalled act, each word as it was written."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter

import pytest
from django.test.utils import override_settings
from pypdf import PdfReader

from tissage.people.models import Entry
from tissage.voices.documents import FILLED, PAPERS
from tissage.voices.documents.content import LONGEST_CARD, pieces
from tissage.voices.models import Batch, Criterion, Expression, Hall, Question, Workshop, WorkshopQuestion

ARABIC, UKRAINIAN = "بيت دافئ لأولادي", "безпечна вулиця"
BLANK = [slug for slug in PAPERS if slug not in FILLED]


@pytest.fixture
def workshop(group, question):
    made = Workshop.objects.create(territory=group.territory, group=group, held_on=dt.date(2026, 11, 20), place="Rue Haute 3")
    for position, (language, wording) in enumerate([("fr", "Qu’est-ce qui vous fait du bien ?"), ("ar", "ما الذي يجعلك بخير؟")]):
        WorkshopQuestion.objects.create(workshop=made, question=question, wording=wording, language=language, position=position)
    return made


@pytest.fixture
def hall(workshop, now):
    return Hall.objects.create(workshop=workshop, code="K7MP4XQR", languages=["fr", "ar", "uk"], opened_at=now, table_name="Table 3")


def note(workshop, text, code="WB", state=Batch.State.APPLIED, **more):
    place = workshop.territory
    batch = Batch.objects.create(territory=place, kind="hall", state=state, made_at=workshop_time(), applied_at=workshop_time())
    return Expression.objects.create(
        territory=place,
        group=workshop.group,
        question=Question.objects.get(territory=place, code=code),
        workshop=workshop,
        batch=batch,
        text=text,
        recorded_at=workshop_time(),
        **more,
    )


def workshop_time() -> dt.datetime:
    return dt.datetime(2026, 11, 20, 14, tzinfo=dt.UTC)


def url(workshop, paper=""):
    return f"/territoires/{workshop.territory.slug}/ateliers/{workshop.pk}/papier/{paper and paper + '.pdf'}"


def read(answer) -> PdfReader:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def pages(answer) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(answer).pages]


def from_the_right(words: str) -> str:
    return " ".join(reversed(words.split()))


def words_printed(answer) -> Counter[str]:
    text = "\n".join(page.extract_text() for page in read(answer).pages)
    return Counter(" ".join(found.split()) for found in re.findall(r"«[\s\u2009]*(.*?)[\s\u2009]*»", text, re.DOTALL))


@pytest.mark.parametrize("slug", PAPERS)
def test_every_paper_is_accessible_and_set_in_our_fonts(slug, workshop, hall, alice, as_user):
    note(workshop, ARABIC, language="ar", french_text="une maison chaude 😀")
    client = as_user(alice)
    reader = read(client.post(url(workshop, slug)) if slug in FILLED else client.get(url(workshop, slug)))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.findall(r"pdfuaid:part\W+(\d)", metadata) == ["1"]
    assert reader.metadata.title.endswith("atelier du 20 novembre 2026")
    assert "Jeunes" not in reader.metadata.title
    names = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0].lstrip("/")
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert names <= {"SourceSans3", "SourceSerif4", "Vazirmatn", "NotoEmoji"}


def test_an_invitation_shows_its_code_in_each_language_of_the_hall(workshop, hall, alice, as_user):
    french, arabic, ukrainian = pages(as_user(alice).get(url(workshop, "invitation")))
    for page in (french, arabic, ukrainian):
        assert "K7MP 4XQR" in page.replace("\u00a0", " ")
        assert "testserver/a" in page
    assert "Scannez ce carré avec votre téléphone." in french
    assert "Rue Haute 3" in french
    assert "Table 3" in french
    assert "بهاتفك" in arabic
    assert "Відскануйте цей квадрат своїм телефоном." in ukrainian
    assert "не перевірено" in ukrainian  # nobody who speaks it has read it: it says so
    assert "Jeunes" not in french


def test_the_qr_code_opens_the_hall(workshop, hall, alice, as_user, monkeypatch):
    drawn = []
    monkeypatch.setattr("tissage.voices.documents.content.qr_svg", lambda address: drawn.append(address) or '<svg viewBox="0 0 1 1"></svg>')
    as_user(alice).get(url(workshop, "invitation"))
    assert set(drawn) == {"http://testserver/a/K7MP4XQR/"}
    drawn.clear()
    with override_settings(PRODUCTION=True, TISSAGE_ORIGIN="https://cohesion.exemple.be"):
        as_user(alice).get(url(workshop, "invitation"))
    assert set(drawn) == {"https://cohesion.exemple.be/a/K7MP4XQR/"}


def test_without_a_hall_there_is_no_invitation_and_the_rest_prints(workshop, alice, as_user):
    client = as_user(alice)
    assert client.get(url(workshop, "invitation")).status_code == 404
    assert client.get(url(workshop, "questions-a4")).status_code == 200
    assert "Quand la salle aura son code." in client.get(url(workshop)).content.decode()


def test_question_cards_hold_one_question_in_one_language_each(workshop, alice, as_user):
    client = as_user(alice)
    french, arabic = pages(client.get(url(workshop, "questions-a4")))
    assert "Qu’est-ce qui vous fait du bien ?" in french
    assert from_the_right("ما الذي يجعلك بخير؟") in arabic
    [both] = pages(client.get(url(workshop, "questions-a5")))
    assert "Qu’est-ce qui vous fait du bien ?" in both
    assert from_the_right("ما الذي يجعلك بخير؟") in both
    sizes = [
        tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in read(client.get(url(workshop, "mur-a3"))).pages
    ]
    assert sizes == [(420, 297)]


def test_a_workshop_without_questions_prints_those_of_the_method(group, alice, as_user):
    bare = Workshop.objects.create(territory=group.territory, group=group, held_on=dt.date(2026, 11, 20))
    protected = Question.objects.filter(territory=group.territory, is_protected=True)
    assert len(pages(as_user(alice).get(url(bare, "questions-a4")))) == protected.count()


def test_blank_cards_stand_eight_to_a_page_with_their_question(workshop, alice, as_user):
    found = pages(as_user(alice).get(url(workshop, "cartes-vierges")))
    assert [page.count("WB") for page in found] == [8, 8]
    assert found[0].count("Qu’est-ce qui vous fait du bien ?") == 8


def test_filled_cards_hold_every_word_in_its_language_and_in_french(workshop, alice, as_user):
    for number in range(9):
        note(workshop, f"note {number}")
    note(workshop, ARABIC, language="ar", french_text="une maison chaude")
    note(workshop, UKRAINIAN, language="uk", french_text="une rue sûre", code="IB")
    answer = as_user(alice).post(url(workshop, "cartes"))
    said = [*(f"note {number}" for number in range(9)), from_the_right(ARABIC), "une maison chaude", UKRAINIAN, "une rue sûre"]
    assert words_printed(answer) == Counter(said)
    assert len(read(answer).pages) == 3  # ten of WB on two pages, IB on its own


def test_a_sheet_for_the_wall_holds_its_question_and_every_word(workshop, alice, as_user):
    note(workshop, "un jardin")
    note(workshop, ARABIC, language="ar", french_text="une maison chaude")
    answer = as_user(alice).post(url(workshop, "mur-a3-paroles"))
    assert words_printed(answer) == Counter(["un jardin", from_the_right(ARABIC), "une maison chaude"])
    assert "Qu’est-ce qui vous fait du bien ?" in pages(answer)[0]


@pytest.mark.parametrize("slug", sorted(FILLED))
def test_what_may_not_be_read_is_not_printed(slug, workshop, alice, as_user):
    note(workshop, "dit et fermé")
    note(workshop, "question encore ouverte", state=Batch.State.STAGING)
    note(workshop, "", withdrawn_at=workshop_time())
    note(workshop, "téléphone écarté", set_aside_at=workshop_time())
    note(workshop, "masquée au mur", hidden_at=workshop_time())
    assert words_printed(as_user(alice).post(url(workshop, slug))) == Counter(["dit et fermé"])


def test_criteria_typed_without_notes_are_printed_with_their_number(workshop, enter, alice, as_user):
    enter(("sourire", 3), workshop=workshop)
    made = enter("fait de notes", workshop=workshop)[0]
    Criterion.objects.filter(pk=made.pk).update(imported_count=0, expression_count=1)
    note(workshop, "une note", criterion=made)
    answer = as_user(alice).post(url(workshop, "cartes"))
    assert words_printed(answer) == Counter(["une note", "sourire"])
    assert "× 3" in pages(answer)[0]


@pytest.mark.parametrize("length", [LONGEST_CARD - 1, LONGEST_CARD, LONGEST_CARD + 1, 5 * LONGEST_CARD])
def test_a_long_note_goes_on_on_the_next_card_and_loses_nothing(length):
    text = ("mot " * length)[:length].strip()
    assert " ".join(pieces(text)) == text
    assert max(map(len, pieces(text))) <= LONGEST_CARD
    assert "".join(pieces("x" * length)) == "x" * length
    assert pieces("") == []


def test_a_very_long_note_stays_on_its_cards(workshop, alice, as_user):
    note(workshop, "mot " * 400)
    note(workshop, "x" * 1500)
    answer = as_user(alice).post(url(workshop, "cartes"))
    assert "".join(pages(answer)).count("mot") == 400
    assert "1/3" in pages(answer)[0]


# --- Who, and what the journal keeps ----------------------------------------------------------------------------


def test_words_are_taken_by_post_and_the_journal_counts_them(workshop, alice, as_user):
    note(workshop, "un secret")
    client = as_user(alice)
    for slug in sorted(FILLED):
        assert client.get(url(workshop, slug)).status_code == 405
        assert client.post(url(workshop, slug)).headers["Cache-Control"] == "private, no-store"
    entries = Entry.objects.filter(verb="voices.export_paper").order_by("pk")
    assert [(entry.fields, entry.numbers) for entry in entries] == [([slug], {"words": 1}) for slug in sorted(FILLED)]
    assert "secret" not in str([(entry.object_label, entry.fields) for entry in entries])


def test_blank_paper_leaves_no_trace(workshop, hall, alice, as_user):
    client = as_user(alice)
    before = Entry.objects.count()
    for slug in BLANK:
        assert client.get(url(workshop, slug)).status_code == 200
        assert client.post(url(workshop, slug)).status_code == 405
    assert Entry.objects.count() == before


def test_without_words_there_is_nothing_to_take(workshop, alice, as_user):
    client = as_user(alice)
    assert client.post(url(workshop, "cartes")).status_code == 404
    assert "Aucune parole à imprimer." in client.get(url(workshop)).content.decode()


def test_a_paper_that_does_not_exist_is_not_there(workshop, alice, as_user):
    assert as_user(alice).get(url(workshop, "affiche")).status_code == 404


def test_papers_are_the_teams(workshop, hall, bob, dora, as_user):
    note(workshop, "dit")
    for person in (bob, dora):
        for slug in ("", "invitation"):
            assert as_user(person).get(url(workshop, slug)).status_code == 404
        assert as_user(person).post(url(workshop, "cartes")).status_code == 404


def test_the_page_says_what_can_be_printed_and_what_is_missing(workshop, hall, alice, as_user):
    note(workshop, "dit")
    page = as_user(alice).get(url(workshop)).content.decode()
    for slug in PAPERS:
        assert f"/papier/{slug}.pdf" in page
    assert "1 parole à imprimer" in page
    assert "WB, pas en : Українська" in page.replace("\u00a0", " ")
    assert "K7MP" in page


def test_hostile_words_are_printed_as_words(workshop, alice, as_user):
    hostile = '#eval("1") *gras* $x$ <b> @ici // non'
    note(workshop, hostile)
    assert hostile in words_printed(as_user(alice).post(url(workshop, "cartes")))
