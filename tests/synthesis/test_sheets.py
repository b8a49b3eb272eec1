"""The sheet handed to a group: every word, exactly as said, coded or not; and the link that the group may accept."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.conftest import NOW
from tests.synthesis.voices import batch_of, group_of, say
from tissage.people.models import Entry
from tissage.synthesis import operations
from tissage.synthesis.models import SheetLink
from tissage.synthesis.queries import workshop_sheet
from tissage.voices.models import Batch, Coding, Expression, Question, Workshop, WorkshopQuestion

ARABIC = "بيت دافئ لأولادي"
UKRAINIAN = "безпечна вулиця, щоб діти гралися"
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def workshop(territory):
    group = group_of(territory, "Femmes du refuge Nord", public_name="Femmes du quartier")
    made = Workshop.objects.create(territory=territory, group=group, held_on=dt.date(2026, 11, 20), place="Maison de quartier")
    asked = Question.objects.get(territory=territory, code="WB")
    WorkshopQuestion.objects.create(workshop=made, question=asked, wording="Qu’est-ce qui vous fait du bien, ici ?")
    WorkshopQuestion.objects.create(workshop=made, question=asked, wording="ما الذي يجعلك بخير هنا؟", language="ar", position=1)
    return made


def note(workshop, text, question="WB", **more):
    return Expression.objects.create(
        territory=workshop.territory,
        group=workshop.group,
        question=Question.objects.get(territory=workshop.territory, code=question),
        workshop=workshop,
        batch=more.pop("batch", None) or batch_of(workshop.territory),
        text=text,
        recorded_at=NOW,
        **more,
    )


def idea(workshop, text, code="", question="WB", **more):
    return say(workshop.group, text, code, question, workshop=workshop, **more)


def address(workshop, page="feuille/"):
    return f"/territoires/{workshop.territory.slug}/syntheses/ateliers/{workshop.pk}/{page}"


def taken(client, workshop) -> str:
    """The text of the sheet that the team takes with one click."""
    return text_of(client.post(address(workshop)).content)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def words_printed(pdf_text: str) -> Counter[str]:
    """What stands between quotation marks, lines joined: « words » → how often."""
    return Counter(" ".join(found.split()) for found in re.findall(r"«[\s\u2009\u200a]*(.*?)[\s\u2009\u200a]*»", pdf_text, re.DOTALL))


def from_the_right(words: str) -> str:
    """A line of Arabic as it is extracted: its words stand from the right, each whole."""
    return " ".join(reversed(words.split()))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_an_uncoded_group_leaves_with_every_word_it_said(workshop, alice, as_user):
    idea(workshop, "un jardin où s’asseoir", count=3)
    note(workshop, "le facteur qui me dit bonjour")
    note(workshop, "le facteur qui me dit bonjour")
    note(workshop, "een warm huis", language="nl", french_text="une maison chaude", question="IB")
    note(workshop, UKRAINIAN, language="uk", french_text="une rue sûre pour que les enfants jouent")
    said = taken(as_user(alice), workshop)
    assert words_printed(said) == Counter(
        [
            "Qu’est-ce qui vous fait du bien, ici ?",
            from_the_right("ما الذي يجعلك بخير هنا؟"),
            "un jardin où s’asseoir",
            "le facteur qui me dit bonjour",
            "een warm huis",
            "une maison chaude",
            UKRAINIAN,
            "une rue sûre pour que les enfants jouent",
        ]
    )
    assert [squeezed(line) for line in said.splitlines() if "dit " in line and "fois" in line] == ["dit3fois·sanscode", "dit2fois"]
    assert "Remis au groupe, ceci n’est pas une publication." in said
    assert "par dimension" not in said


def test_a_half_coded_group_leaves_with_its_words_by_question_then_by_dimension(workshop, alice, as_user):
    idea(workshop, "un logement sec", "A03/P15", count=2)
    idea(workshop, ARABIC, language="ar", french_text="une maison chaude pour mes enfants")
    idea(workshop, "garder les enfants des voisins", "H04/Q34", question="ACT", group_validated_on=dt.date(2026, 11, 21))
    note(workshop, "être tranquille")
    said = taken(as_user(alice), workshop)
    by_question, by_dimension = said.split("Les mêmes paroles, par dimension")
    asked = ["Qu’est-ce qui vous fait du bien, ici ?", from_the_right("ما الذي يجعلك بخير هنا؟")]
    once = ["un logement sec", from_the_right(ARABIC), "une maison chaude pour mes enfants", "être tranquille"]
    assert words_printed(by_question) == Counter([*asked, *once, "garder les enfants des voisins"])
    assert words_printed(by_dimension) == Counter(["un logement sec", "garder les enfants des voisins"])
    assert "1 critère attend encore son code." in by_dimension
    assert by_dimension.index("A03") < by_dimension.index("H04")
    assert "validé par le groupe le 21 novembre 2026" in by_question
    assert "Le groupe a relu ses critères le 21 novembre 2026." in by_question


def test_a_coded_group_leaves_with_every_word_under_its_component(workshop, alice, as_user):
    words = {"un logement sec": "A03/P15", "des amis": "D03/O", "manger à sa faim": "A01-11/P15/k", "le calme": "F00"}
    for text, code in words.items():
        idea(workshop, text, code)
    said = taken(as_user(alice), workshop)
    by_question, by_dimension = said.split("Les mêmes paroles, par dimension")
    assert words_printed(by_dimension) == Counter(list(words))
    assert words_printed(by_question) >= Counter(list(words))
    assert "attend encore" not in said
    assert re.findall(r"^([A-I]\d\d) ", by_dimension, re.MULTILINE) == ["A01", "A03", "D03", "F00"]


def test_notes_that_a_criterion_was_made_of_stand_below_it_as_they_were_written(workshop, alice, as_user):
    made = idea(workshop, "sourire")
    for text in ("sourire", "sourire plus souvent", "sourire plus souvent", "qu’on me sourie"):
        note(workshop, text, criterion=made)
    assert words_printed(taken(as_user(alice), workshop))["sourire"] == 1
    [asked] = [asked for asked in workshop_sheet(workshop, day=DAY).questions if asked.ideas]
    assert [(one.text, one.times) for one in asked.ideas[0].notes] == [("sourire plus souvent", 2), ("qu’on me sourie", 1)]


def test_what_the_group_answered_about_a_code_stands_beside_it(workshop, alice, as_user):
    answers = {"accepté": {"group_validated_on": DAY}, "refusé": {"group_disagreed_on": DAY}, "pas demandé": {}}
    for text, answer in answers.items():
        made = idea(workshop, text, "A03")
        Coding.objects.create(criterion=made, component="A03", coded_at=NOW, origin="human", status="validated", **answer)
        old = {"superseded_at": NOW, "group_disagreed_on": DAY, "group_validated_on": DAY}
        Coding.objects.create(criterion=made, component="A01", coded_at=NOW, origin="human", status="validated", **old)
    said = taken(as_user(alice), workshop).split("Les mêmes paroles")[0]
    assert [line for line in said.splitlines() if line.startswith("A03")] == [
        "A03 Logement / mobilier · code accepté par le groupe",
        "A03 Logement / mobilier · le groupe n’est pas d’accord avec ce code",
        "A03 Logement / mobilier",
    ]


def test_what_may_not_be_read_is_not_on_the_sheet(workshop, alice, as_user):
    """A question still open, a note taken back, a phone set aside, a withdrawn criterion; a hidden card is counted."""
    note(workshop, "dit librement")
    note(workshop, "question ouverte", batch=batch_of(workshop.territory, Batch.State.STAGING))
    note(workshop, "", withdrawn_at=NOW)
    note(workshop, "téléphone écarté", set_aside_at=NOW)
    note(workshop, "carte masquée", hidden_at=NOW)
    gone = idea(workshop, "retiré par le groupe", withdrawn_at=NOW)
    note(workshop, "note du critère retiré", criterion=gone)
    said = taken(as_user(alice), workshop)
    assert set(words_printed(said)) - {"Qu’est-ce qui vous fait du bien, ici ?", from_the_right("ما الذي يجعلك بخير هنا؟")} == {
        "dit librement"
    }
    assert "1 carte masquée au mur n’est pas reprise ici." in said


def test_a_criterion_of_no_workshop_stands_where_its_notes_were_written(workshop, alice):
    made = say(workshop.group, "réuni de deux ateliers")
    note(workshop, "dit ici", criterion=made)
    [asked] = [asked for asked in workshop_sheet(workshop, day=DAY).questions if asked.ideas]
    assert [one.text for one in asked.ideas] == ["réuni de deux ateliers"]


def test_another_workshop_keeps_its_words(workshop, alice):
    other = Workshop.objects.create(territory=workshop.territory, group=workshop.group, held_on=dt.date(2026, 10, 1))
    idea(other, "dit ailleurs")
    note(other, "noté ailleurs")
    assert workshop_sheet(workshop, day=DAY).expressions == 0


def test_an_empty_workshop_gives_a_sheet_that_says_so(workshop, alice, as_user):
    said = taken(as_user(alice), workshop)
    assert "Rien n’est encore noté." in said
    assert "Aucune parole à cette question." in said


def test_the_sheet_takes_the_same_queries_for_one_word_and_for_many(workshop, django_assert_num_queries):
    idea(workshop, "un")
    workshop_sheet(workshop, day=DAY)  # the nomenclature is read once and kept
    with django_assert_num_queries(5):
        workshop_sheet(workshop, day=DAY)
    for number in range(5):
        note(workshop, f"note {number}", criterion=idea(workshop, f"idée {number}", "A03"))
    with django_assert_num_queries(5):
        workshop_sheet(workshop, day=DAY)


def test_taking_the_sheet_is_journalled_without_its_words(workshop, alice, bob, dora, as_user):
    idea(workshop, "un secret du groupe", count=2)
    answer = as_user(alice).post(address(workshop))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    entry = Entry.objects.get(verb="synthesis.export_workshop_sheet")
    assert (entry.actor, entry.numbers) == (alice, {"criteria": 1, "expressions": 2})
    assert "secret" not in str(entry.object_label)
    assert as_user(alice).get(address(workshop)).status_code == 405
    assert [as_user(person).post(address(workshop)).status_code for person in (bob, dora)] == [404, 404]


def test_the_page_of_a_workshop_offers_its_sheet(workshop, alice, bob, as_user):
    page = f"/territoires/{workshop.territory.slug}/ateliers/{workshop.pk}/"
    assert address(workshop) in as_user(alice).get(page).content.decode()
    assert address(workshop) not in as_user(bob).get(page).content.decode()


def test_the_sheet_is_the_act_of_the_page_once_the_workshop_is_closed_and_quiet_before(workshop, alice, as_user):
    page = f"/territoires/{workshop.territory.slug}/ateliers/{workshop.pk}/"
    button = re.compile(r'<button class="([^"]*)"[^>]*><svg[^>]*><path[^>]*/></svg>La feuille du groupe', re.DOTALL)
    assert button.search(as_user(alice).get(page).content.decode())[1] == "t-button is-quiet"
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=NOW)
    assert button.search(as_user(alice).get(page).content.decode())[1] == "t-button"


# --- The link -------------------------------------------------------------------------------------------------


@pytest.fixture
def link(workshop, alice):
    return operations.open_sheet_link(workshop=workshop, by=alice, now=dt.datetime.now(tz=dt.UTC))


def test_a_link_asks_for_the_consent_of_the_group(workshop, alice, as_user):
    client = as_user(alice)
    refused = client.post(address(workshop, "lien/"), {"days": "90"})
    assert "Demandez d’abord au groupe." in refused.content.decode()
    assert not SheetLink.objects.exists()
    client.post(address(workshop, "lien/"), {"days": "30", "accepted": "on"})
    made = SheetLink.objects.get()
    assert (made.expires_on - made.made_at.date()).days == 30
    assert len(made.token) == 22  # 128 bits
    assert Entry.objects.get(verb="synthesis.open_sheet_link").numbers == {"days": 30}
    assert made.token not in str(list(Entry.objects.values()))
    assert f"/feuille/{made.token}/" in client.get(address(workshop, "lien/")).content.decode()


def test_whoever_holds_the_link_reads_the_same_words_and_no_internal_name(workshop, link):
    idea(workshop, "un logement sec", "A03/P15")
    note(workshop, ARABIC, language="ar", french_text="une maison chaude")
    answer = Client().get(f"/feuille/{link.token}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("un logement sec", ARABIC, "une maison chaude", "Qu’est-ce qui vous fait du bien, ici ?", "Femmes du quartier"):
        assert words in page
    assert "refuge" not in page
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    pdf = text_of(Client().get(f"/feuille/{link.token}/imprimer/").content)
    assert words_printed(pdf) >= Counter(["un logement sec", from_the_right(ARABIC), "une maison chaude"])
    assert "refuge" not in pdf
    assert link.token in squeezed(pdf)


def test_a_group_without_a_public_name_stays_without_a_name(workshop, link):
    workshop.group.public_name = ""
    workshop.group.save()
    page = Client().get(f"/feuille/{link.token}/").content.decode()
    assert "Les paroles de votre groupe" in page
    assert "refuge" not in page + text_of(Client().get(f"/feuille/{link.token}/imprimer/").content)


def test_the_sheet_handed_on_paper_does_not_bear_the_internal_name_either(workshop, alice, as_user):
    workshop.group.public_name = ""
    workshop.group.save()
    printed = taken(as_user(alice), workshop)
    assert "refuge" not in printed
    assert "Les paroles de votre groupe" in " ".join(printed.split())


def test_a_criterion_withdrawn_later_vanishes_from_the_page(workshop, link):
    made = idea(workshop, "je ne veux plus le dire")
    assert "je ne veux plus le dire" in Client().get(f"/feuille/{link.token}/").content.decode()
    made.withdrawn_at = NOW
    made.save()
    assert "je ne veux plus le dire" not in Client().get(f"/feuille/{link.token}/").content.decode()


@pytest.mark.parametrize("ended", [{"revoked_at": NOW}, {"expires_on": dt.date(2020, 1, 1)}])
def test_a_closed_link_says_so_politely_and_shows_nothing(workshop, link, ended):
    idea(workshop, "une parole du groupe")
    SheetLink.objects.filter(pk=link.pk).update(**ended)
    for page in ("", "imprimer/"):
        answer = Client().get(f"/feuille/{link.token}/{page}")
        assert answer.status_code == 410
        assert "Ce lien est fermé" in answer.content.decode()
        assert "une parole" not in answer.content.decode()
        assert "Femmes" not in answer.content.decode()


def test_a_link_is_open_on_its_last_day(link):
    assert link.is_open_on(link.expires_on)
    assert not link.is_open_on(link.expires_on + dt.timedelta(days=1))


def test_without_the_link_there_is_nothing(workshop, link):
    for token in ("unknown", link.token[:-1], link.token.swapcase(), "1"):
        assert Client().get(f"/feuille/{token}/").status_code == 404
        assert Client().get(f"/feuille/{token}/imprimer/").status_code == 404


def test_closing_the_link_is_an_act_of_the_team(workshop, link, alice, bob, as_user):
    assert as_user(bob).post(address(workshop, "lien/fermer/")).status_code == 404
    as_user(alice).post(address(workshop, "lien/fermer/"))
    assert Client().get(f"/feuille/{link.token}/").status_code == 410
    assert Entry.objects.filter(verb="synthesis.revoke_sheet_link").count() == 1


def test_a_new_link_closes_the_one_before(workshop, link, alice):
    operations.open_sheet_link(workshop=workshop, by=alice, now=dt.datetime.now(tz=dt.UTC))
    assert Client().get(f"/feuille/{link.token}/").status_code == 410
    assert SheetLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_qr_code_is_printed_while_the_link_is_open(workshop, link, alice, as_user):
    assert f"/feuille/{link.token}/" in squeezed(taken(as_user(alice), workshop))
    operations.revoke_sheet_link(link=link, by=alice, now=NOW)
    assert "/feuille/" not in taken(as_user(alice), workshop)
