"""Rules, rates and dates are data: the same code checks a framework at 25 %, one at 20 %, and one without any check."""

import datetime as dt
from decimal import Decimal

import pytest

from tissage.core.money import Total
from tissage.core.plan_checks import Facts, Reason, Verdict, check, checks_of_year, rate_of
from tissage.core.plan_framework import CHECK, Entry, PlanFramework

D = Decimal


def cofinancing(rate="0.25", **extra):
    return Entry(CHECK, "cofinancing", "Part propre", extra={"rule": "share_at_least", "rate": rate, **extra})


def budget(subsidy, own):
    return Facts(budget={"subsidy": subsidy, "own_share": own})


def test_the_worked_example_of_the_method():
    """`pcs.md` §5, invented figures: subsidy 100,000 €, own share at least 25,000 €."""
    enough = check(cofinancing(), budget(Total(D(100000)), Total(D(25000))))
    assert enough == Verdict("share_at_least", True, Reason.SAID, D(25000), D("25000.00"), D(100000), D("0.25"))
    short = check(cofinancing(), budget(Total(D(100000)), Total(D("24999.99"))))
    assert (short.passed, short.found, short.needed) == (False, D("24999.99"), D("25000.00"))


def test_another_rate_is_another_answer():
    facts = budget(Total(D(100000)), Total(D(20000)))
    assert [check(cofinancing(rate), facts).passed for rate in ("0.25", "0.20", "0")] == [False, True, True]


@pytest.mark.parametrize(
    ("subsidy", "own", "passed", "reason"),
    [
        (Total(None), Total(D(30000)), None, Reason.NO_BASE),
        (Total(D(1), 1), Total(D(30000)), None, Reason.UNKNOWN_BASE),
        (Total(D(100000)), Total(D(10000), 1), None, Reason.UNKNOWN_SHARE),
        (Total(D(100000)), Total(D(25000), 1), True, Reason.SAID),
        (Total(D(100000)), Total(None), False, Reason.SAID),
        (Total(D(0)), Total(None), True, Reason.SAID),
    ],
)
def test_what_is_unknown_is_not_zero(subsidy, own, passed, reason):
    verdict = check(cofinancing(), budget(subsidy, own))
    assert (verdict.passed, verdict.reason) == (passed, reason)


def test_a_check_may_read_the_accounts_instead_of_the_budget():
    facts = Facts(budget={"subsidy": Total(D(1)), "own_share": Total(D(99))}, received={"subsidy": D(1000)}, spent={"own_share": D(200)})
    assert check(cofinancing(on="accounts"), facts).passed is False
    assert check(cofinancing(on="accounts"), Facts(received={"subsidy": D(1000)})).reason == Reason.UNKNOWN_SHARE


@pytest.mark.parametrize("rate", ["", "un quart", "NaN", "-0.1", None])
def test_a_rate_that_cannot_be_read_is_said(rate):
    assert rate_of(cofinancing(rate)) is None
    assert check(cofinancing(rate), budget(Total(D(1)), Total(D(1)))).reason == Reason.UNREADABLE_RATE


def test_money_passed_on():
    entry = Entry(CHECK, "art20", "Article 20", extra={"rule": "passed_on_in_full"})
    assert check(entry, Facts()).reason == Reason.NO_RECEIPT
    assert check(entry, Facts(received={"passed_on": D(500)})).passed is False
    assert check(entry, Facts(received={"passed_on": D(500)}, spent={"passed_on": D("499.99")})).passed is False
    assert check(entry, Facts(received={"passed_on": D(500)}, spent={"passed_on": D(500)})).passed is True


def test_bookings_out_of_dates_or_beyond_whole():
    dates = Entry(CHECK, "dates", "Dates", extra={"rule": "within_effective_dates"})
    whole = Entry(CHECK, "whole", "100 %", extra={"rule": "at_most_whole"})
    assert [check(one, Facts()).reason for one in (dates, whole)] == [Reason.NO_BOOKING] * 2
    assert check(dates, Facts(bookings=3)).reason == Reason.NO_SPLIT
    assert [check(one, Facts(bookings=3, parts=3)).passed for one in (dates, whole)] == [True, True]
    assert [check(one, Facts(bookings=3, parts=3, outside=1, over=2)).passed for one in (dates, whole)] == [False, False]


@pytest.mark.parametrize("extra", [{"rule": "ask_the_moon"}, {}])
def test_an_unknown_rule_never_passes(extra):
    verdict = check(Entry(CHECK, "moon", "Lune", extra=extra), Facts(bookings=1, parts=1))
    assert (verdict.passed, verdict.reason) == (None, Reason.UNKNOWN_RULE)


def test_a_check_counts_in_the_years_its_validity_meets():
    ended = Entry(CHECK, "ended", "…", valid_to=dt.date(2025, 12, 31))
    begun = Entry(CHECK, "begun", "…", valid_from=dt.date(2025, 7, 1))
    always = Entry(CHECK, "always", "…")
    framework = PlanFramework.of("x", [ended, begun, always, Entry("axis", "1", "…")])
    said = {year: [one.code for one in checks_of_year(framework, year)] for year in (2024, 2025, 2026)}
    assert said == {2024: ["ended", "always"], 2025: ["ended", "begun", "always"], 2026: ["begun", "always"]}
    assert checks_of_year(PlanFramework.of("without", []), 2026) == ()
