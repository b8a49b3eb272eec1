"""The pages of money: who opens them, what they say, the grid that two people type in, files, as many queries for three as for one."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.plan.purse import allocate, book, initial, line
from tissage.network.models import Organization
from tissage.people.models import Entry
from tissage.plan.models import Allocation, BudgetStage, FundingLine, HelpInKind, StaffShare
from tissage.plan.operations import money
from tissage.plan.operations.actions import create_action

D = Decimal
READS = ["money", "money_csv", "checks", "funding", "stages", "allocations", "staff", "help_in_kind"]
WRITES = [
    "create_funding",
    "copy_funding",
    "change_funding",
    "remove_funding",
    "change_stage",
    "remove_stage",
    "change_staff",
    "change_help",
]


@pytest.fixture
def filled(plan, action, chantecler, erin, now):
    """A year with one of everything: a line, an allocation, a booking, help in kind, staff."""
    subsidy = line(plan, "Subvention", "subsidy", 1000)
    allocate(subsidy, action, 600)
    book(plan, 100, {action: 100}, supplier="Imprimerie")
    did = {"by": erin, "now": now}
    helped = money.create_help(action=action, year=2026, organization=chantecler, description="Salle", **did)
    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    staff = money.create_staff(plan=plan, function="Éducatrice", action=action, fte=D("0.5"), **period, **did)
    return {"funding_line": subsidy.pk, "stage": initial(plan).pk, "help_row": helped.pk, "staff_share": staff.pk}


ARGUMENTS = {
    "change_funding": "funding_line",
    "remove_funding": "funding_line",
    "change_stage": "stage",
    "remove_stage": "stage",
    "change_staff": "staff_share",
    "remove_staff": "staff_share",
    "change_help": "help_row",
    "remove_help": "help_row",
}


def url(plan, name, filled=None, query="?annee=2026"):
    more = {ARGUMENTS[name]: filled[ARGUMENTS[name]]} if name in ARGUMENTS else {}
    return reverse(f"plan:{name}", kwargs={"territory": plan.territory.slug, "plan": plan.pk, **more}) + query


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("erin", True, True),
        ("paul", True, True),
        ("fiona", True, True),
        ("alice", True, False),
        ("bob", True, False),
        ("petra", False, False),
        ("carl", False, False),
        ("mona", False, False),
        ("charlie", False, False),
        ("dora", False, False),
    ],
)
def test_who_reads_money_and_who_writes_it(request, as_user, plan, filled, who, reads, writes):
    client = as_user(request.getfixturevalue(who))
    for name in READS:
        assert client.get(url(plan, name)).status_code == (200 if reads else 404), name
    for name in WRITES:
        assert client.get(url(plan, name, filled)).status_code in ((200, 302) if writes else (404,)), name
    posted = client.post(url(plan, "help_in_kind"), {"description": "refusée"})
    assert posted.status_code == (200 if writes else 404)
    assert HelpInKind.objects.count() == 1


def test_a_stranger_signs_in_first(as_user, plan, filled):
    for name in READS + WRITES:
        assert as_user(None).get(url(plan, name, filled)).status_code == 302


def text(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_overview_says_what_is_known_what_is_not_and_what_is_on_no_action(as_user, bob, plan, action, filled):
    book(plan, 70)
    allocate(line(plan, "Part propre", "own", None), action, None)
    page = text(as_user(bob).get(url(plan, "money", query="?annee=2026&par=action")))
    assert "au moins 600,00 €, 1 montant inconnu" in page
    assert "Une écriture n’est pas encore répartie entre les actions : 70,00 € dépensés" in page
    assert "170,00 €" in page
    assert "Remise à l’emploi" in page


def test_by_funder_what_is_left_is_not_said_while_bookings_name_no_funder(as_user, bob, plan, filled):
    page = text(as_user(bob).get(url(plan, "money", query="?annee=2026&par=financeur")))
    assert "100,00 € dépensés ne nomment pas leur financement" in page
    assert "−100,00 €" not in page
    assert "1 000,00 €" in page


def test_an_address_that_asks_the_impossible_gets_the_nearest_year(as_user, bob, plan, filled):
    assert as_user(bob).get(url(plan, "money", query="?annee=1999&par=lune")).status_code == 200
    assert as_user(bob).get(url(plan, "allocations", query="?annee=abc&etape=x&page=zz")).status_code == 200


def test_a_plan_without_money_says_the_first_act(as_user, erin, bob, plan):
    assert "Inscrire les financements" in text(as_user(erin).get(url(plan, "money")))
    assert "Inscrire les financements" not in text(as_user(bob).get(url(plan, "money")))


def test_the_file_has_amounts_that_a_spreadsheet_adds(as_user, bob, plan, action, filled):
    credit = line(plan, "=HYPERLINK()", "own", 5, funder="=cmd()")
    allocate(credit, action, None)
    book(plan, "-250.50", {action: 100})
    response = as_user(bob).get(url(plan, "money_csv", query="?annee=2026&par=action"))
    rows = [row.split(";") for row in response.content.decode("utf-8-sig").splitlines()]
    assert rows[0][:4] == ["Action", "Budgété", "Montants budgétés inconnus", "Engagé"]
    assert rows[1] == ["1 · Remise à l’emploi par le bâtiment", "600,00", "1", "0,00", "-150,50", "0,00", "inconnu", "inconnu"]
    assert rows[-1][0] == "Total du plan"
    funders = as_user(bob).get(url(plan, "money_csv", query="?annee=2026&par=financeur")).content.decode("utf-8-sig")
    assert "\n'=cmd()" in funders.replace("\r", "")


def test_a_line_is_inscribed_with_an_unknown_amount(as_user, fiona, plan):
    region = Organization.objects.create(territory=plan.territory, name="Région")
    asked = {"funder": region.pk, "basis": "subsidy", "label": "Subvention", "amount": "?"}
    client = as_user(fiona)
    refused = client.post(url(plan, "create_funding"), {**asked, "amount": "beaucoup"})
    assert "« beaucoup » n’est pas un montant" in text(refused)
    assert not FundingLine.objects.exists()
    assert client.post(url(plan, "create_funding"), asked).status_code == 302
    made = FundingLine.objects.get()
    assert (made.year, made.function_code, made.amounts.get().amount) == (2026, "84010", None)
    again = client.post(url(plan, "create_funding"), asked)
    assert "porte déjà ce libellé" in text(again)


def test_the_grid_says_what_changed_and_keeps_what_was_typed(as_user, fiona, plan, action, filled):
    cell, amount = f"c{filled['funding_line']}-{action.pk}", f"c{filled['funding_line']}-0"
    client = as_user(fiona)
    was = json.dumps({cell: "600,00", amount: "1000,00"})
    wrong = client.post(url(plan, "allocations"), {"was": was, cell: "abc", amount: "1000,00"})
    assert "« abc » n’est pas un montant" in text(wrong)
    assert 'value="abc"' in text(wrong)
    saved = client.post(url(plan, "allocations"), {"was": was, cell: "1 550,5", amount: "1000,00"}, follow=True)
    assert "1 montant changé. Subvention, 1 · Remise à l’emploi par le bâtiment : 600,00 € → 1 550,50 €." in text(saved)
    assert Allocation.objects.get().amount == D("1550.50")
    assert "Rien n’a changé" in text(
        client.post(url(plan, "allocations"), {"was": json.dumps({cell: "1550,50"}), cell: "1550,50"}, follow=True)
    )
    assert Entry.objects.filter(verb="plan.save_budget").count() == 1


@pytest.mark.parametrize(("choice", "stands"), [("mine", D(700)), ("theirs", D(650))])
def test_the_second_to_save_a_cell_sees_both_and_chooses(as_user, fiona, erin, plan, action, filled, now, choice, stands):
    key = (filled["funding_line"], action.pk)
    cell, stage = f"c{key[0]}-{key[1]}", BudgetStage.objects.get()
    was = json.dumps({cell: "600,00"})
    money.save_grid(stage=stage, was={key: D(600)}, cells={key: D(650)}, by=erin, now=now)
    client = as_user(fiona)
    shown = client.post(url(plan, "allocations"), {"was": was, cell: "700"})
    assert shown.status_code == 200
    for words in ("c’était : 600,00 €", "Le mien : 700,00 €", "Celui déjà enregistré : 650,00 €"):
        assert words in text(shown)
    assert Allocation.objects.get().amount == D(650)
    chosen = {"was": shown.context["typed"].opened, cell: "700", f"choose-{cell}": choice, f"theirs-{cell}": "650,00"}
    assert client.post(url(plan, "allocations"), chosen).status_code == 302
    assert Allocation.objects.get().amount == stands


def test_a_choice_made_on_an_older_page_asks_again(as_user, fiona, erin, plan, action, filled, now):
    key = (filled["funding_line"], action.pk)
    cell, did = f"c{key[0]}-{key[1]}", {"by": erin, "now": now}
    money.save_grid(stage=BudgetStage.objects.get(), was={key: D(600)}, cells={key: D(660)}, **did)
    chosen = {"was": json.dumps({cell: "600,00"}), cell: "700", f"choose-{cell}": "mine", f"theirs-{cell}": "650,00"}
    assert "Celui déjà enregistré : 660,00 €" in text(as_user(fiona).post(url(plan, "allocations"), chosen))
    assert Allocation.objects.get().amount == D(660)


def test_an_amendment_shows_what_stood_before_and_readers_see_no_field(as_user, bob, fiona, plan, action, filled, now):
    money.create_stage(plan=plan, year=2026, by=fiona, now=now)
    assert "avant : 600,00 €" in text(as_user(fiona).get(url(plan, "allocations")))
    page = text(as_user(bob).get(url(plan, "allocations")))
    assert 'inputmode="decimal"' not in page
    assert "600,00 €" in page


def test_acts_on_stages_lines_help_and_staff_ask_first(as_user, fiona, plan, action, filled):
    client = as_user(fiona)
    opened = client.post(url(plan, "stages"), {"label": "", "voted_on": ""})
    assert opened.status_code == 302
    stage = BudgetStage.objects.get(number=1)
    there = {**filled, "stage": stage.pk}
    for name, model in (("remove_stage", BudgetStage), ("remove_staff", StaffShare), ("remove_help", HelpInKind)):
        before = model.objects.count()
        assert client.get(url(plan, name, there)).status_code == 200
        assert model.objects.count() == before
        assert client.post(url(plan, name, there)).status_code == 302
        assert model.objects.count() == before - 1
    kept = client.post(url(plan, "remove_funding", filled), follow=True)
    assert "Cette ligne sert" in text(kept)
    assert FundingLine.objects.count() == 1


def test_objects_of_another_plan_are_not_there(as_user, fiona, plan, filled, plan_framework, now, territory, erin):
    from tissage.plan.operations.plans import create_plan

    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    other = create_plan(territory=territory, framework=plan_framework, name="Autre", by=erin, now=now, **period)
    for name in ARGUMENTS:
        assert as_user(fiona).get(url(other, name, filled)).status_code == 404, name


@pytest.mark.parametrize("name", READS)
def test_as_many_queries_for_three_as_for_one(as_user, bob, plan, action, chantecler, filled, erin, now, name):
    client, did = as_user(bob), {"by": erin, "now": now}
    address = url(plan, name, query="?annee=2026&par=action")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    queries()
    one = queries()
    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    for number in range(2):
        more = create_action(plan=plan, title=f"Autre {number}", **did)
        allocate(line(plan, f"Ligne {number}", "own", 10, funder=f"Bailleur {number}"), more, 10)
        book(plan, 10, {more: 100})
        book(plan, 10)
        money.create_stage(plan=plan, year=2026, **did)
        money.create_help(action=more, year=2026, organization=chantecler, description="Salle", **did)
        money.create_staff(plan=plan, function=f"Fonction {number}", action=more, fte=D(1), **period, **did)
    assert queries() == one
