"""Writing money: lines, stages, the grid that two people open at once, last year's lines, help in kind, staff; never an amount in the journal."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.plan.purse import allocate, book, initial, line
from tissage.core.money_grid import BLANK, Conflict
from tissage.network.models import Organization
from tissage.people.journal import in_words
from tissage.people.models import Entry
from tissage.plan.models import Allocation, BudgetStage, FundingAmount, FundingLine, HelpInKind, StaffShare
from tissage.plan.operations import money
from tissage.plan.operations.actions import create_action

D = Decimal
CANARY = D("987654.32")


@pytest.fixture
def did(fiona, now):
    return {"by": fiona, "now": now}


@pytest.fixture
def region(territory):
    return Organization.objects.create(territory=territory, name="Région", kind="funder")


def funding(plan, region, did, **more):
    return money.create_funding(**{"plan": plan, "year": 2026, "funder": region, "basis": "subsidy", "label": "Subvention", **did, **more})


def test_a_line_opens_the_initial_budget_and_may_be_unknown(plan, region, did):
    made = funding(plan, region, did)
    assert [(one.stage.number, one.amount) for one in made.amounts.select_related("stage")] == [(0, None)]
    funding(plan, region, did, label="Autre", amount=D("10.50"))
    funding(plan, region, did, label="Rien dit", amount=BLANK)
    assert BudgetStage.objects.get().label == "Budget initial"
    assert list(FundingAmount.objects.order_by("pk").values_list("amount", flat=True)) == [None, D("10.50")]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"year": 2031}, "year"), ({"basis": "ask_the_moon"}, "basis"), ({"label": "Prise"}, "label")]
)
def test_a_line_that_cannot_stand_says_which_field(plan, region, did, wrong, field):
    funding(plan, region, did, label="Prise")
    with pytest.raises(money.MoneyRefused) as refusal:
        funding(plan, region, did, **wrong)
    assert refusal.value.field == field
    assert FundingLine.objects.count() == 1


def test_a_funder_of_another_town_is_refused(plan, did, other_territory):
    foreign = Organization.objects.create(territory=other_territory, name="Ailleurs")
    with pytest.raises(money.MoneyRefused, match="territoire"):
        funding(plan, foreign, did)


def test_a_line_in_use_stays(plan, action, region, did):
    used, idle = funding(plan, region, did), funding(plan, region, did, label="Sans emploi")
    allocate(used, action, 10)
    with pytest.raises(money.MoneyRefused, match="1 affectations"):
        money.remove_funding(line=used, **did)
    money.remove_funding(line=idle, **did)
    assert FundingLine.objects.get() == used
    booked = funding(plan, region, did, label="Écritures")
    book(plan, 5, line=booked)
    with pytest.raises(money.MoneyRefused, match="1 écritures"):
        money.remove_funding(line=booked, **did)


def test_a_line_that_changes_says_what_changed(plan, region, did):
    made = funding(plan, region, did)
    assert money.change_funding(line=made, label=" Subvention ", note="", **did) == []
    assert money.change_funding(line=made, label="Subvention régionale", function_code="84010", **did) == ["label", "function_code"]
    assert Entry.objects.filter(verb="plan.change_funding").get().fields == ["function_code", "label"]


def test_amendments_follow_the_initial_budget_and_votes_follow_numbers(plan, did):
    first = money.create_stage(plan=plan, year=2026, voted_on=dt.date(2025, 12, 15), **did)
    second = money.create_stage(plan=plan, year=2026, **did)
    assert [(one.number, one.label) for one in (first, second)] == [(0, "Budget initial"), (1, "Modification budgétaire 1")]
    with pytest.raises(money.MoneyRefused, match="15/12/2025"):
        money.change_stage(stage=second, label="", voted_on=dt.date(2025, 11, 1), **did)
    assert money.change_stage(stage=second, label="", voted_on=dt.date(2026, 5, 4), **did) == ["voted_on"]
    with pytest.raises(money.MoneyRefused, match="04/05/2026"):
        money.change_stage(stage=first, label="", voted_on=dt.date(2026, 6, 1), **did)
    with pytest.raises(money.MoneyRefused, match="plus récente"):
        money.remove_stage(stage=first, **did)
    with pytest.raises(money.MoneyRefused, match="votée"):
        money.remove_stage(stage=second, **did)


def test_a_stage_not_voted_goes_with_what_it_says(plan, action, did):
    subsidy = line(plan, "Subvention", "subsidy", 100)
    allocate(subsidy, action, 60)
    stage = money.create_stage(plan=plan, year=2026, **did)
    money.save_grid(stage=stage, was={}, cells={(subsidy.pk, action.pk): D(40)}, **did)
    money.remove_stage(stage=stage, **did)
    assert Allocation.objects.get().amount == D(60)
    assert Entry.objects.get(verb="plan.remove_stage").numbers == {"amounts": 0, "allocations": 1}


def test_the_grid_writes_amounts_unknowns_and_blanks(plan, action, did):
    subsidy = line(plan, "Subvention", "subsidy", 100)
    stage, cell = initial(plan), (subsidy.pk, action.pk)
    amount = (subsidy.pk, 0)
    assert money.save_grid(stage=stage, was={amount: D(100)}, cells={cell: D(60), amount: D(100)}, **did) == {cell: (BLANK, D(60))}
    assert Allocation.objects.get().amount == D(60)
    assert money.save_grid(stage=stage, was={cell: D(60)}, cells={cell: None}, **did) == {cell: (D(60), None)}
    assert Allocation.objects.get().amount is None
    assert money.save_grid(stage=stage, was={cell: None}, cells={cell: BLANK}, **did) == {cell: (None, BLANK)}
    assert not Allocation.objects.exists()


def test_the_second_to_save_sees_both_and_nothing_of_theirs_is_written(plan, action, did, erin, now):
    other = create_action(plan=plan, title="Autre", **did)
    subsidy = line(plan, "Subvention", "subsidy", 100)
    stage, mine, free = initial(plan), (subsidy.pk, action.pk), (subsidy.pk, other.pk)
    money.save_grid(stage=stage, was={}, cells={mine: D(60)}, by=erin, now=now)
    with pytest.raises(money.GridChangedMeanwhile) as clash:
        money.save_grid(stage=stage, was={}, cells={mine: D(70), free: D(5)}, **did)
    assert clash.value.conflicts == (Conflict(mine, BLANK, D(60), D(70)),)
    assert [one.amount for one in Allocation.objects.all()] == [D(60)]
    # What I left alone stays as the other made it; once both are seen, the choice is written.
    money.save_grid(stage=stage, was={}, cells={mine: BLANK, free: D(5)}, **did)
    money.save_grid(stage=stage, was={mine: D(60)}, cells={mine: D(70)}, **did)
    assert {one.action: one.amount for one in Allocation.objects.all()} == {action: D(70), other: D(5)}


def test_the_grid_refuses_a_line_of_another_year_and_an_action_of_another_plan(plan, action, did):
    old = line(plan, "Ancienne", "subsidy", 10, year=2025)
    new = line(plan, "Nouvelle", "subsidy", 10)
    for cell in ((old.pk, action.pk), (new.pk, 10**6)):
        with pytest.raises(money.MoneyRefused, match="retirée"):
            money.save_grid(stage=initial(plan), was={}, cells={cell: D(1)}, **did)
    assert not Allocation.objects.exists()


def test_last_years_lines_come_over_with_unknown_amounts_or_as_a_proposal(plan, action, did):
    subsidy = line(plan, "Subvention", "subsidy", 100, year=2025, code="84010")
    allocate(subsidy, action, 60)
    allocate(subsidy, action, 55, number=1)
    line(plan, "Part propre", "own", 25, year=2025)
    line(plan, "Part propre", "own", 30, year=2026)
    assert money.copy_funding(plan=plan, year=2026, **did) == 1
    copied = FundingLine.objects.get(year=2026, label="Subvention")
    assert (copied.function_code, copied.amounts.get().amount, copied.allocations.count()) == ("84010", None, 0)
    assert money.copy_funding(plan=plan, year=2026, **did) == 0
    copied.delete()
    assert money.copy_funding(plan=plan, year=2026, with_amounts=True, **did) == 1
    copied = FundingLine.objects.get(year=2026, label="Subvention")
    assert (copied.amounts.get().amount, copied.allocations.get().amount) == (D(100), D(55))
    with pytest.raises(money.MoneyRefused, match="2020 à 2026"):
        money.copy_funding(plan=plan, year=2027, **did)


def test_help_in_kind_may_be_unestimated_and_never_negative(plan, action, chantecler, did):
    made = money.create_help(action=action, year=2026, organization=chantecler, description="Salle", **did)
    assert made.value is None
    with pytest.raises(money.MoneyRefused, match="négative"):
        money.change_help(help_in_kind=made, value=D(-1), **did)
    assert money.change_help(help_in_kind=made, value=D(400), how_estimated="10 soirées à 40", **did) == ["value", "how_estimated"]
    money.remove_help(help_in_kind=made, **did)
    assert not HelpInKind.objects.exists()


def test_staff_counts_functions_and_refuses_a_period_upside_down(plan, action, did):
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    made = money.create_staff(plan=plan, function="Éducatrice", action=action, fte=D("0.5"), **year, **did)
    for wrong in ({"ends_on": dt.date(2025, 1, 1)}, {"fte": D(0)}):
        with pytest.raises(money.MoneyRefused):
            money.change_staff(staff=made, **wrong, **did)
    with pytest.raises(money.MoneyRefused, match="déjà"):
        money.create_staff(plan=plan, function="Éducatrice ", action=action, fte=D(1), **year, **did)
    money.create_staff(plan=plan, function="Éducatrice", action=action, fte=D(1), **{**year, "starts_on": dt.date(2026, 6, 1)}, **did)
    money.remove_staff(staff=made, **did)
    assert StaffShare.objects.get().fte == D(1)


def test_the_journal_tells_every_budget_change_and_never_an_amount(plan, action, region, chantecler, did):
    made = funding(plan, region, did, amount=CANARY)
    stage = money.create_stage(plan=plan, year=2026, **did)
    money.save_grid(stage=stage, was={}, cells={(made.pk, 0): CANARY, (made.pk, action.pk): CANARY}, **did)
    helped = money.create_help(action=action, year=2026, organization=chantecler, description="canari humain", value=CANARY, **did)
    money.change_help(help_in_kind=helped, value=CANARY + 1, **did)
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    money.create_staff(plan=plan, function="canari secret", action=action, fte=D("0.987"), **year, **did)
    entries = Entry.objects.filter(verb__startswith="plan.", actor=did["by"])
    assert set(entries.values_list("verb", flat=True)) == {
        "plan.create_funding",
        "plan.create_stage",
        "plan.save_budget",
        "plan.create_help",
        "plan.change_help",
        "plan.create_staff",
    }
    assert entries.get(verb="plan.save_budget").numbers == {"lines": 1, "allocations": 1}
    said = json.dumps([[one.object_label, one.fields, one.numbers] for one in entries], ensure_ascii=False)
    said += " ".join(str(one) for one in in_words(entries))
    for secret in ("987654", "987 654", "0.987", "canari"):
        assert secret not in said
