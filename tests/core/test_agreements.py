"""States, warnings and accounts of agreements."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.agreements import NEXT_STATES, Warning, account, may_follow, warning_on

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("ends_on", "notice", "renewal", "expected"),
    [
        (None, 0, "none", None),
        (dt.date(2027, 6, 30), 0, "none", None),
        (dt.date(2027, 1, 21), 0, "none", Warning("soon", dt.date(2027, 1, 21))),
        (dt.date(2027, 1, 22), 0, "none", None),
        (dt.date(2026, 11, 22), 0, "none", Warning("soon", dt.date(2026, 11, 22))),
        (dt.date(2026, 11, 21), 0, "none", Warning("lapsed", dt.date(2026, 11, 21))),
        (dt.date(2027, 2, 28), 90, "tacit", Warning("notice", dt.date(2026, 11, 30))),
        (dt.date(2027, 2, 15), 90, "tacit", Warning("soon", dt.date(2027, 2, 15))),
        (dt.date(2027, 2, 28), 90, "explicit", None),
    ],
)
def test_one_is_warned_before_an_agreement_lapses(ends_on, notice, renewal, expected):
    assert warning_on(state="signed", ends_on=ends_on, notice_days=notice, renewal=renewal, today=TODAY) == expected


@pytest.mark.parametrize("state", ["draft", "ended", "terminated"])
def test_an_agreement_that_is_not_in_force_warns_of_nothing(state):
    assert warning_on(state=state, ends_on=dt.date(2026, 12, 1), notice_days=0, renewal="none", today=TODAY) is None


def test_nothing_follows_an_end():
    assert [state for state, following in NEXT_STATES.items() if not following] == ["ended", "terminated"]
    assert not may_follow("draft", "suspended")
    assert may_follow("suspended", "signed")


def test_what_is_paid_and_not_justified_may_be_claimed():
    money = account(
        amount=Decimal("5000.00"),
        instalments=[(Decimal("3000.00"), True), (Decimal("2000.00"), False)],
        proofs=[
            ("accepted", Decimal("1200.00"), Decimal("1200.00")),
            ("partly", Decimal("500.00"), Decimal("420.50")),
            ("refused", Decimal("100.00"), Decimal("0.00")),
            ("submitted", Decimal("300.00"), None),
        ],
        clawbacks=[(Decimal("79.50"), True, False), (Decimal("999.00"), False, True), (Decimal("100.00"), False, False)],
    )
    assert (money.paid, money.planned, money.accepted, money.refused) == (
        Decimal("3000"),
        Decimal("5000"),
        Decimal("1620.50"),
        Decimal("179.50"),
    )
    assert (money.submitted, money.claimed, money.returned, money.awaits_return) == (
        Decimal("300"),
        Decimal("179.50"),
        Decimal("79.50"),
        Decimal("100"),
    )
    assert money.to_justify == Decimal("1000.00")
    assert money.may_claim == Decimal("900.00")
    assert money.to_pay == Decimal("2000.00")


def test_an_agreement_without_amount_promises_nothing_that_can_be_counted():
    assert account(amount=None, instalments=[], proofs=[], clawbacks=[]).to_pay is None


cents = st.integers(0, 10**9).map(lambda value: Decimal(value) / 100)


@given(st.lists(st.tuples(cents, st.booleans())), st.lists(cents), st.lists(st.tuples(cents, st.booleans(), st.booleans())))
def test_nobody_owes_less_than_nothing(instalments, proofs, clawbacks):
    money = account(amount=None, instalments=instalments, proofs=[("accepted", value, value) for value in proofs], clawbacks=clawbacks)
    assert money.to_justify >= 0
    assert money.may_claim >= 0
    assert money.returned <= money.claimed
