"""Full-time equivalents of a function, period by period."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tissage.core.staffing import Period, periods_by_function

D = Decimal


def day(month, number=1):
    return dt.date(2026, month, number)


def test_a_function_counts_the_same_until_somebody_comes_or_goes():
    shares = [
        ("Éducatrice", day(1), day(12, 31), D("0.500")),
        ("Éducatrice", day(4), day(6, 30), D("0.250")),
        ("Éducatrice", day(7), day(12, 31), D("0.300")),
        ("Coordination", day(1), day(1, 31), D(1)),
        ("Coordination", day(3), day(3, 31), D(1)),
    ]
    assert periods_by_function(shares) == {
        "Coordination": [Period(day(1), day(1, 31), D(1), 1), Period(day(3), day(3, 31), D(1), 1)],
        "Éducatrice": [
            Period(day(1), day(3, 31), D("0.500"), 1),
            Period(day(4), day(6, 30), D("0.750"), 2),
            Period(day(7), day(12, 31), D("0.800"), 2),
        ],
    }
    assert periods_by_function([]) == {}


dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 2, 15))
shares = st.tuples(dates, dates, st.integers(1, 2000)).map(lambda one: (*sorted(one[:2]), D(one[2]).scaleb(-3)))


@given(st.lists(shares, max_size=6), dates)
def test_every_day_counts_what_stands_on_it(rows, on):
    periods = periods_by_function([("x", *row) for row in rows]).get("x", [])
    here = [period.fte for period in periods if period.starts_on <= on <= period.ends_on]
    assert sum(here, D(0)) == sum((fte for first, last, fte in rows if first <= on <= last), D(0))
    assert len(here) <= 1
