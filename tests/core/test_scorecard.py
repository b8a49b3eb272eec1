"""The score of a set of asks: the worked example of the method, its variations, and what holds on any card (`commitments.md` §7)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.scorecard import NO_EVIDENCE, VALUES, Category, Item, printed, scorecard

CATEGORIES = [Category("A", "services", 50), Category("B", "training", 30), Category("C", "participation", 20)]
WORDS = {
    "A": ["complete", NO_EVIDENCE, NO_EVIDENCE],
    "B": ["complete", "complete", "limited", NO_EVIDENCE],
    "C": ["substantial", "not_started"],
}
ITEMS = [Item(f"{code}{number}", code, word) for code, words in WORDS.items() for number, word in enumerate(words, 1)]


def told(card):
    total = card.total
    return tuple(None if one is None else str(printed(one)) for one in (total.headline, total.ceiling, total.coverage, total.dropped))


def test_the_worked_example_prints_41_82_59_and_never_80():
    card = scorecard(CATEGORIES, ITEMS)
    assert told(card) == ("41.0", "81.9", "59.2", "80.0")
    assert card.total.headline == Fraction(985, 24)
    by = {one.category.code: one.score for one in card.by_category}
    assert [printed(by[code].headline, 2) for code in "ABC"] == [Decimal("33.33"), Decimal("56.25"), Decimal("37.50")]
    assert [printed(by[code].ceiling, 2) for code in "ABC"] == [Decimal("100.00"), Decimal("81.25"), Decimal("37.50")]
    assert [printed(by[code].coverage, 2) for code in "ABC"] == [Decimal("33.33"), Decimal("75.00"), Decimal("100.00")]
    assert [printed(by[code].dropped, 2) for code in "ABC"] == [Decimal("100.00"), Decimal("75.00"), Decimal("37.50")]


def changed(code, **fields):
    return [replace(one, **fields) if one.code == code else one for one in ITEMS]


VARIATIONS = {
    "what does not apply leaves both sums": (
        [*CATEGORIES, Category("D", "elsewhere", 40)],
        [*ITEMS, Item("B9", "B", "complete", 5, applies=False), Item("D1", "D", "complete", applies=False)],
        ("41.0", "81.9", "59.2", "80.0"),
    ),
    "weights times a constant change nothing": (
        [replace(one, weight=one.weight * 7) for one in CATEGORIES],
        [replace(one, weight=one.weight * 3) for one in ITEMS],
        ("41.0", "81.9", "59.2", "80.0"),
    ),
    "an unknown item turns out not started": (CATEGORIES, changed("A2", completion="not_started"), ("41.0", "65.2", "75.8", "55.0")),
    "the complete item weighs three": (CATEGORIES, changed("A1", weight=3), ("54.4", "81.9", "72.5", "80.0")),
    "one item, unknown": ([Category("A", "a")], [Item("1", "A", NO_EVIDENCE)], ("0.0", "100.0", "0.0", None)),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_five_variations(name):
    categories, items, expected = VARIATIONS[name]
    assert told(scorecard(categories, items)) == expected


def test_nothing_that_applies_is_no_score_and_not_zero():
    card = scorecard([Category("A", "a")], [Item("1", "A", "complete", applies=False)])
    assert told(card) == (None, None, None, None)
    assert card.by_category[0].score.headline is None
    assert told(scorecard([], [])) == (None, None, None, None)


@pytest.mark.parametrize("wrong", [Item("1", "A", "complete", 0), Item("1", "A", "done")])
def test_a_card_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="1: "):
        scorecard([Category("A", "a")], [wrong])


weights = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999.99"), places=2)


@st.composite
def cards(draw):
    categories = [Category(code, code, draw(weights)) for code in "ABCD"[: draw(st.integers(1, 4))]]
    items = [
        Item(str(number), draw(st.sampled_from(categories)).code, draw(st.sampled_from(sorted(VALUES))), draw(weights), draw(st.booleans()))
        for number in range(draw(st.integers(0, 12)))
    ]
    return categories, items


@given(cards())
def test_what_is_unknown_fills_the_space_between_proven_and_possible(card):
    total = scorecard(*card).total
    if total.headline is None:
        assert not any(item.applies for item in card[1])
        return
    assert 0 <= total.headline <= total.ceiling <= 100
    assert total.ceiling - total.headline == 100 - total.coverage
    if total.dropped is not None:
        assert total.headline <= total.dropped <= total.ceiling


@given(cards(), st.integers(0, 11))
def test_an_unknown_item_never_raises_the_headline_and_learning_it_did_not_start_raises_coverage(card, number):
    categories, items = card
    before = scorecard(categories, items).total
    if before.headline is None or number >= len(items) or not items[number].applies:
        return
    forgotten = [replace(one, completion=NO_EVIDENCE) if place == number else one for place, one in enumerate(items)]
    unknown = scorecard(categories, forgotten).total
    assert unknown.headline <= before.headline
    learnt = scorecard(
        categories, [replace(one, completion="not_started") if place == number else one for place, one in enumerate(items)]
    ).total
    assert learnt.ceiling < unknown.ceiling
    assert learnt.coverage > unknown.coverage
    assert learnt.headline == unknown.headline


@given(cards(), st.integers(2, 50))
def test_a_constant_on_all_weights_changes_nothing(card, factor):
    categories, items = card
    times = [replace(one, weight=one.weight * factor) for one in categories], [replace(one, weight=one.weight * factor) for one in items]
    assert scorecard(*times).total == scorecard(*card).total


def by_decimals(categories, items):
    """The formula of the method written a second time, in decimals of fifty digits."""
    with localcontext(prec=50):
        worth = {name: Decimal(value.numerator) / value.denominator for name, value in VALUES.items()}
        above = below = Decimal(0)
        for category in categories:
            there = [one for one in items if one.category == category.code and one.applies]
            if there:
                above += category.weight * sum(one.weight * worth[one.completion] for one in there) / sum(one.weight for one in there)
                below += category.weight
        return 100 * above / below if below else None


@given(cards())
def test_fractions_and_decimals_agree(card):
    exact, decimal = scorecard(*card).total.headline, by_decimals(*card)
    assert (exact is None) == (decimal is None)
    if decimal is not None:
        assert abs(Fraction(decimal) - exact) < Fraction(1, 10**40)
        assert scorecard([replace(one, weight=Fraction(one.weight)) for one in card[0]], card[1]).total.headline == exact


def test_halves_round_up():
    assert [str(printed(Fraction(one, 100))) for one in (1225, 1224, 0)] == ["12.3", "12.2", "0.0"]
    assert str(printed(Fraction(985, 24), 0)) == "41"
