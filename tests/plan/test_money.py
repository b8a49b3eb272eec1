"""Where the money stands: the latest stage counts, nothing counts twice, what is unknown is not zero, in as many queries for 3 as for 1."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plan.purse import allocate, book, line
from tests.plans import node
from tissage.core.money import Money, Total
from tissage.network.models import Agreement, AgreementParty, Organization, Place
from tissage.plan.models import ActionPartner, AgreementAction, HelpInKind, Instalment
from tissage.plan.operations.actions import create_action
from tissage.plan.queries.money import GROUPINGS, gather, money_by, totals

D = Decimal


@pytest.fixture
def second(plan, plan_framework, erin, now):
    return create_action(plan=plan, title="La table du mardi", node=node(plan_framework, "action", "5.5.01"), by=erin, now=now)


@pytest.fixture
def third(plan, erin, now):
    return create_action(plan=plan, title="Sans code", by=erin, now=now)


def by(plan, what, year=2026):
    return {row.key: row for row in money_by(plan, year, what)}


def test_the_latest_stage_that_says_something_counts_line_by_line(plan, action, second):
    subsidy, own = line(plan, "Subvention", "subsidy", 1000), line(plan, "Part propre", "own", 300)
    allocate(subsidy, action, 600)
    allocate(subsidy, second, 400)
    allocate(own, action, 300)
    allocate(subsidy, action, "550.50", number=1)  # the amendment speaks of one allocation only
    rows = by(plan, "action")
    assert rows[str(action.pk)].money.budgeted == D("850.50")
    assert rows[str(second.pk)].money.budgeted == D(400)
    assert totals(plan, 2026).money.budgeted == D("1250.50")
    assert totals(plan, 2026).funded == Total(D(1300))


def test_an_unknown_amount_is_counted_apart_and_never_as_zero(plan, action, second):
    subsidy = line(plan, "Subvention", "subsidy", None)
    allocate(subsidy, action, None)
    allocate(line(plan, "Part propre", "own", 300), action, 300)
    allocate(subsidy, second, None)
    book(plan, 10, {action: 100})
    rows = by(plan, "action")
    assert rows[str(action.pk)].money.budget == Total(D(300), 1)
    assert rows[str(action.pk)].money.remaining is None
    assert rows[str(second.pk)].money.budget == Total(None, 1)
    assert totals(plan, 2026).money.budget == Total(D(300), 2)
    assert totals(plan, 2026).funded == Total(D(300), 1)


def test_an_amendment_may_make_an_amount_unknown_again(plan, action):
    subsidy = line(plan, "Subvention", "subsidy", 1000)
    allocate(subsidy, action, 600)
    allocate(subsidy, action, None, number=1)
    assert by(plan, "action")[str(action.pk)].money.budget == Total(None, 1)


def test_a_year_of_which_nothing_was_read_is_unknown_and_a_year_read_may_be_zero(plan, action, second):
    assert by(plan, "action")[str(action.pk)].money == Money()
    allocate(line(plan, "Subvention", "subsidy", 1000), action, 600)
    book(plan, 10, {action: 100})
    assert by(plan, "action")[str(second.pk)].money == Money(D(0), D(0), D(0), D(0))
    assert by(plan, "action", 2025)[str(action.pk)].money == Money()
    assert totals(plan, None).silent_years == (2020, 2021, 2022, 2023, 2024, 2025)


def test_bookings_count_by_their_parts_and_unsplit_ones_stand_apart(plan, action, second):
    book(plan, "100.01", {action: 50, second: 50})
    book(plan, "-10.00", {action: 100})
    book(plan, "70.00")
    book(plan, "30.00", {second: 100}, kind="receipt")
    vanished = book(plan, "999.00", {action: 100})
    vanished.vanished_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    vanished.save()
    rows, whole = by(plan, "action"), totals(plan, 2026)
    assert (rows[str(action.pk)].money.spent, rows[str(second.pk)].money.spent) == (D("40.01"), D("50.00"))
    assert (whole.money.spent, whole.money.received) == (D("160.01"), D("30.00"))
    assert (whole.unsplit.spent, whole.unsplit_bookings, whole.vanished_bookings) == (D("70.00"), 1, 1)
    assert by(plan, "year")["2026"].money.spent == D("160.01")


def test_a_commitment_counts_less_what_was_paid_of_it(plan, action, second):
    book(plan, 500, {action: 50, second: 50}, kind="commitment", supplier="Imprimerie du Canal", article="84010/124-02")
    book(plan, 300, {action: 100}, supplier="Imprimerie du Canal", article="84010/124-02")
    book(plan, 40, {action: 100}, supplier="Quelqu’un d’autre", article="84010/124-02")
    book(plan, 60, {second: 100}, supplier="Imprimerie du Canal", article="84010/123-11")
    rows = by(plan, "action")
    assert rows[str(action.pk)].money == Money(None, D(0), D(340), D(0))
    assert rows[str(second.pk)].money == Money(None, D(250), D(60), D(0))


def agreement(plan, organization, shares, amount, *, status="signed", paid=None, due=dt.date(2026, 6, 1)):
    made = Agreement.objects.create(
        territory=plan.territory, title="Convention", status=status, starts_on=dt.date(2026, 1, 1), amount=amount
    )
    AgreementParty.objects.create(agreement=made, organization=organization, receives=True)
    for action, part in shares.items():
        AgreementAction.objects.create(agreement=made, action=action, amount=part)
    Instalment.objects.create(agreement=made, number=1, due_on=due, amount=D(amount), paid_on=paid)
    return made


def test_what_a_signed_agreement_still_owes_is_committed_once(plan, action, second, chantecler):
    agreement(plan, chantecler, {action: None}, "1000.00")
    agreement(plan, chantecler, {action: None}, "7777.00", status="draft")
    agreement(plan, chantecler, {action: None}, "8888.00", paid=dt.date(2026, 5, 1))
    agreement(plan, chantecler, {action: D(100), second: D(200)}, "100.00")
    agreement(plan, chantecler, {action: None, second: D(5)}, "60.00")
    rows, whole = by(plan, "action"), totals(plan, 2026)
    assert (rows[str(action.pk)].money.committed, rows[str(second.pk)].money.committed) == (D("1033.33"), D("66.67"))
    assert (whole.unsplit.committed, whole.money.committed) == (D("60.00"), D("1160.00"))
    # The accounts now hold a commitment for the same association: theirs counts, not the agreements'.
    book(plan, "1000.00", {action: 100}, kind="commitment", supplier="ASBL Chantecler" if "ASBL" in chantecler.name else chantecler.name)
    assert totals(plan, 2026).money.committed == D("1000.00")
    assert totals(plan, 2027).money.committed is None


def test_an_action_under_two_partners_or_in_two_places_counts_once_in_the_total(plan, action, second, chantecler, territory):
    rambo = Organization.objects.create(territory=territory, name="Rambo")
    ActionPartner.objects.create(action=action, organization=rambo)
    ActionPartner.objects.create(action=second, organization=rambo, until=dt.date(2025, 6, 1))
    for name in ("Nord", "Sud"):
        action.neighbourhoods.add(Place.objects.create(territory=territory, name=name, kind="neighbourhood"))
    book(plan, 100, {action: 75, second: 25})
    assert {row.label: row.money.spent for row in money_by(plan, 2026, "partner")} == {
        str(chantecler): D(75),
        "Rambo": D(75),
        "Sans partenaire": D(25),
    }
    assert [(row.label, row.money.spent) for row in money_by(plan, 2026, "neighbourhood")] == [
        ("Nord", D(75)),
        ("Sud", D(75)),
        ("Sans quartier", D(25)),
    ]
    assert totals(plan, 2026).money.spent == D(100)


def test_axes_stand_in_the_order_of_the_framework_and_no_code_stands_last(plan, action, second, third):
    book(plan, 100, {third: 50, second: 30, action: 20})
    assert [(row.key, row.money.spent) for row in money_by(plan, 2026, "axis")] == [("1", D(20)), ("5", D(30)), ("", D(50))]


def test_by_funder_a_booking_follows_its_line_or_the_one_line_of_its_function_code(plan, action):
    subsidy = line(plan, "Subvention", "subsidy", 1000, code="84010")
    line(plan, "Part propre", "own", 250, funder="Ville", code="84010")
    line(plan, "Article 20", "art20", None, funder="Action sociale", code="84011")
    book(plan, 10, line=subsidy, function_code="84010")
    book(plan, 20, function_code="84011")
    book(plan, 40, function_code="84010")  # two lines have this code: nobody can tell
    found = {row.label: (row.money.budget, row.money.spent) for row in money_by(plan, 2026, "funder")}
    assert found == {
        "Action sociale": (Total(None, 1), D(20)),
        "Région": (Total(D(1000)), D(10)),
        "Ville": (Total(D(250)), D(0)),
        "Sans financement dit": (Total(None), D(40)),
    }


def test_help_in_kind_stands_beside_and_is_never_added(plan, action, chantecler):
    book(plan, 10, {action: 100})
    HelpInKind.objects.create(action=action, year=2026, organization=chantecler, description="Salle", value=D(400))
    HelpInKind.objects.create(action=action, year=2026, organization=chantecler, description="Intervenante")
    row, whole = by(plan, "action")[str(action.pk)], totals(plan, 2026)
    assert row.help_in_kind == whole.help_in_kind == Total(D(400), 1)
    assert (row.money.spent, whole.money.spent, row.money.budgeted) == (D(10), D(10), None)


@pytest.mark.parametrize("what", GROUPINGS)
@pytest.mark.parametrize("year", [2026, None])
def test_as_many_queries_for_three_actions_as_for_one(plan, action, second, third, chantecler, what, year):
    def fill(actions, years):
        for one in actions:
            for when in years:
                allocate(line(plan, f"{one.pk} {when}", "subsidy", 10, year=when), one, 10)
                book(plan, 10, {one: 100}, day=dt.date(when, 2, 1))
                book(plan, 10, {one: 100}, day=dt.date(when, 2, 1), kind="commitment", supplier="x")
                agreement(plan, chantecler, {one: None}, 5, due=dt.date(when, 3, 1))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ledger = gather(plan, year)
            money_by(plan, year, what, ledger=ledger)
            totals(plan, year, ledger=ledger)
        return len(seen)

    fill([action], [2026])
    queries()  # the framework is kept in memory from the first reading on
    one = queries()
    fill([second, third], [2024, 2025, 2026])
    assert queries() == one
