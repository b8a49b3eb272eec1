"""Amounts: splitting loses no cent, unknown is not zero, amounts are read as people write them."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.money import (
    AmountUnreadable,
    Money,
    PercentsDoNotTotal,
    Total,
    read_amount,
    split_amount,
    split_by_weights,
    to_cents,
    total,
)

D = Decimal
amounts = st.integers(-(10**14) + 1, 10**14 - 1).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def percents(draw):
    """One to twelve percentages of four decimals that total 100."""
    count = draw(st.integers(1, 12))
    cuts = draw(st.sets(st.integers(1, 999_999), min_size=count - 1, max_size=count - 1))
    bounds = [0, *sorted(cuts), 1_000_000]
    return tuple(Decimal(high - low).scaleb(-4) for low, high in itertools.pairwise(bounds))


@given(amounts, percents())
def test_the_parts_total_the_amount_to_the_cent(amount, shares):
    assert sum(split_amount(amount, shares)) == amount


@given(amounts, percents())
def test_no_part_is_a_cent_away_from_its_exact_share(amount, shares):
    for part, share in zip(split_amount(amount, shares), shares, strict=True):
        assert abs(part - amount * share / 100) < D("0.01")
        assert part.as_tuple().exponent == -2


@given(amounts, percents())
def test_a_credit_note_cancels_its_invoice_part_by_part(amount, shares):
    assert split_amount(-amount, shares) == tuple(-part for part in split_amount(amount, shares))


@given(amounts, percents())
def test_a_larger_share_never_gets_less(amount, shares):
    parts = split_amount(abs(amount), shares)
    ranked = sorted(zip(shares, parts, strict=True), key=lambda pair: pair[0])
    assert all(a[1] <= b[1] for a, b in itertools.pairwise(ranked) if a[0] < b[0])


def test_cents_left_over_go_to_what_lost_most_then_to_what_stands_first():
    third = (D("33.3333"), D("33.3333"), D("33.3334"))
    assert split_amount(D("100.00"), third) == (D("33.33"), D("33.33"), D("33.34"))
    assert split_amount(D("0.01"), (D(50), D(50))) == (D("0.01"), D("0.00"))
    assert split_amount(D("-0.01"), (D(50), D(50))) == (D("-0.01"), D("0.00"))
    assert split_amount(D("10.01"), (D(25), D(25), D(25), D(25))) == (D("2.51"), D("2.50"), D("2.50"), D("2.50"))


@pytest.mark.parametrize("shares", [(), (D(60), D(39)), (D(60), D(41)), (D(0), D(100)), (D(-1), D(101)), (D("99.9999"),)])
def test_shares_that_do_not_total_a_hundred_are_refused(shares):
    with pytest.raises(PercentsDoNotTotal):
        split_amount(D("10.00"), shares)


@given(amounts, percents())
def test_percentages_are_weights_that_total_a_hundred(amount, shares):
    assert split_by_weights(amount, [share * 3 for share in shares]) == split_amount(amount, shares)


def test_weights_may_be_zero_but_not_all_of_them():
    assert split_by_weights(D("10.00"), [D(0), D("0.5"), D("1.5")]) == (D("0.00"), D("2.50"), D("7.50"))
    for weights in ([], [D(0)], [D(-1), D(2)]):
        with pytest.raises(ValueError, match="Weights"):
            split_by_weights(D("10.00"), weights)


def test_an_amount_finer_than_the_cent_is_not_split():
    with pytest.raises(ValueError, match="two decimals"):
        split_amount(D("1.005"), (D(100),))


def test_half_a_cent_rounds_away_from_zero():
    assert [to_cents(D(text)) for text in ("1.005", "-1.005", "-0.001")] == [D("1.01"), D("-1.01"), D("0.00")]
    assert str(to_cents(D("-0.001"))) == "0.00"


def test_adding_keeps_what_is_known_and_counts_what_is_not():
    assert total([D("1000.00"), None, D("200.00"), None]) == Total(D("1200.00"), 2)
    assert total([None]) == Total(None, 1)
    assert total([]) == Total(D("0.00"), 0)
    assert Total(D(5), 1) + Total(None, 2) == Total(D(5), 3)
    assert (Total(D(5), 1).exact, Total(D(5)).exact) == (None, D(5))


def test_what_remains_is_unknown_as_soon_as_a_part_of_it_is():
    known = Money(D(1000), D(200), D(300), D(50))
    assert known.remaining == D(500)
    assert Money(D(1000), None, D(300)).remaining == D(700)
    assert Money(D(1000), D(200), None).remaining is None
    assert Money(None, D(200), D(300)).remaining is None
    assert (known + Money(D(10), None, None, None, unknown=1)).remaining is None
    assert known + Money() == known


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,50 €", "1234.50"),
        ("1\u202f234,5\u00a0€", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1.234", "1234.00"),
        ("1.234.567,89", "1234567.89"),
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("-12", "-12.00"),
        ("−12,00", "-12.00"),
        ("(12,00)", "-12.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("EUR 25000", "25000.00"),
        ("999999999999,99", "999999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert str(read_amount(text)) == amount


@pytest.mark.parametrize(
    "text", ["", "abc", "1,234", "12,345.6.7", "1,2,3", "12.3456", "1e5", "NaN", "--1", "(12", "1000000000000", "1" * 400, "١٢"]
)
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(AmountUnreadable):
        read_amount(text)


@given(amounts)
def test_an_amount_survives_being_written_in_french(amount):
    assert read_amount(f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€") == amount
