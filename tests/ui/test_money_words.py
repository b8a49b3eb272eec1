"""Amounts as pages say them."""

from decimal import Decimal

import pytest

from tissage.core.money import Total
from tissage.ui.templatetags.tissage import euros, percent

D = Decimal


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (D("1234.5"), "1\u202f234,50\u00a0€"),
        (D("-1234567.899"), "−1\u202f234\u202f567,90\u00a0€"),
        (D(0), "0,00\u00a0€"),
        (None, "inconnu"),
        (Total(D("1200")), "1\u202f200,00\u00a0€"),
        (Total(D("1200"), 1), "au moins 1\u202f200,00\u00a0€, 1 montant inconnu"),
        (Total(D("1200"), 2), "au moins 1\u202f200,00\u00a0€, 2 montants inconnus"),
        (Total(None, 1), "inconnu"),
        (Total(None, 2), "inconnu (2 montants)"),
    ],
)
def test_an_amount_is_said_in_french(amount, words):
    assert euros(amount) == words


@pytest.mark.parametrize(
    ("share", "words"), [(D("33.3333"), "33,3333\u00a0%"), (D("100.0000"), "100\u00a0%"), (D(25), "25\u00a0%"), (None, "inconnu")]
)
def test_a_percentage_is_said_in_french(share, words):
    assert percent(share) == words
