"""Sheets of an action and of a partner: the same words on the page and on paper, the journal says who took them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.plan.boards import make_board
from tissage.network.models import Organization
from tissage.people.models import Entry
from tissage.plan.models import ActionPartner, Indicator


@pytest.fixture
def made(territory, now):
    return make_board(territory, now)


def text_of(answer) -> str:
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_the_sheet_of_an_action_says_amounts_figures_agreements_and_contacts(made, erin, as_user):
    address = f"/territoires/sormont/plans/{made.plan.pk}/actions/{made.workshop.pk}/fiche/"
    page = as_user(erin).get(address).content.decode()
    paper = text_of(as_user(erin).post(address))
    for words in ("Soutien scolaire", "ASBL Chantecler", "Enfants suivis", "Convention article 20", "15/12/2026", "zoe@chantecler.example"):
        assert words in page
        assert words in paper
    assert "10\u202f000,50\u00a0€" in page
    assert "10 000,50 €" in paper.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_figure_in_review_is_not_shown_as_one(made, erin, as_user):
    address = f"/territoires/sormont/plans/{made.plan.pk}/actions/{made.workshop.pk}/fiche/"
    part = next(one for one in as_user(erin).get(address).context["sheet"].parts if one.title == "Chiffres et cibles")
    assert [(row[-3], row[-2], row[-1], row[-4]) for row in part.rows] == [
        ("2024", "aucune", "31", "approuvé"),
        ("2025", "40", "38", "approuvé"),
        ("2026", "aucune", "inconnu", "1 à relire"),
    ]


def test_the_sheet_of_a_partner_holds_its_actions_and_the_money_of_those_it_operates(made, erin, as_user):
    address = f"/territoires/sormont/plans/{made.plan.pk}/partenaires/{made.partner.pk}/fiche/"
    sheet = as_user(erin).get(address).context["sheet"]
    parts = {part.title: part for part in sheet.parts}
    assert [row[0] for row in parts["Ses actions"].rows] == ["1", "2"]
    assert parts["Argent par année"].paragraphs == ("Argent de l’action 1, qu’elle opère.",)
    assert "zoe@chantecler.example" in text_of(as_user(erin).post(address))


def test_taking_a_sheet_enters_the_journal_and_reading_it_does_not(made, erin, as_user):
    address = f"/territoires/sormont/plans/{made.plan.pk}/actions/{made.workshop.pk}/fiche/"
    as_user(erin).get(address)
    assert not Entry.objects.filter(verb="plan.take_sheet").exists()
    as_user(erin).post(address)
    assert Entry.objects.get(verb="plan.take_sheet").object_label == "1 · Soutien scolaire"


@pytest.mark.parametrize(("who", "status"), [("erin", 200), ("bob", 200), ("charlie", 404), ("dora", 404)])
def test_who_takes_a_sheet(request, made, as_user, who, status):
    address = f"/territoires/sormont/plans/{made.plan.pk}/partenaires/{made.partner.pk}/fiche/"
    answer = as_user(request.getfixturevalue(who)).post(address)
    assert (answer.status_code, b"%PDF" in answer.content) == (status, status == 200)


def test_characters_that_no_font_draws_do_not_stop_the_press(made, erin, as_user):
    made.workshop.title = "Atelier \U0001f9f6 " + "x" * 90
    made.workshop.description = "première ligne\nseconde #set page() *gras*"
    made.workshop.save()
    address = f"/territoires/sormont/plans/{made.plan.pk}/actions/{made.workshop.pk}/fiche/"
    assert "seconde #set page() *gras*" in text_of(as_user(erin).post(address))


def test_the_list_of_partners_says_where_their_figures_stand(made, erin, as_user):
    page = as_user(erin).get(f"/territoires/sormont/plans/{made.plan.pk}/partenaires/", {"annee": "2026"})
    [line] = page.context["lines"]
    assert (line.organization, line.asked, line.approved, line.handed_in) == (made.partner, 1, 0, 1)
    assert "à relire" in page.content.decode()


def test_the_list_of_partners_asks_as_many_queries_for_many(made, erin, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = as_user(erin), f"/territoires/sormont/plans/{made.plan.pk}/partenaires/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(4):
        one = Organization.objects.create(territory=made.plan.territory, name=f"Partenaire {number}")
        ActionPartner.objects.create(action=made.garden, organization=one)
        Indicator.objects.create(action=made.garden, name=f"Indicateur {number}", unit="u", organization=one)
    with django_assert_num_queries(len(few)):
        client.get(address)
