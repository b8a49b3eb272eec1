"""What an accounting extract says: its columns, its amounts, its rows, and which booking each row is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.extracts import (
    ExtractReader,
    Had,
    function_of,
    group_of,
    guess_columns,
    header_among,
    key_of,
    pair,
    read_kind,
    read_ledger_amount,
    split_key,
)
from tissage.core.importing import UnreadableValue

D = Decimal


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50 €", "1234.50"),
        ("1\u202f234,50", "1234.50"),
        ("-12", "-12.00"),
        ("12.5", "12.50"),
        ("12,50-", "-12.50"),
        ("(12,50)", "-12.50"),
        ("1.234.567,89", "1234567.89"),
        ("1,234.56", "1234.56"),
        ("0", "0.00"),
    ],
)
def test_amounts_of_ledgers_are_read_exactly(written, amount):
    assert read_ledger_amount(written, "montant") == D(amount)


@pytest.mark.parametrize("written", ["1.234", "1,234", "-12.500", "12,345 €", "douze", "12,345,6", "1e3", "NaN", "", "1.23.4", "12,5.0"])
def test_an_amount_that_could_be_read_in_two_ways_or_is_none_is_refused_with_its_value(written):
    with pytest.raises(UnreadableValue) as refused:
        read_ledger_amount(written, "Montant TVAC")
    assert refused.value.column == "Montant TVAC"
    assert refused.value.value == written


def test_a_number_of_a_spreadsheet_loses_its_noise_and_nothing_else():
    assert read_ledger_amount("0.30000000000000004", "m", typed=True) == D("0.30")
    assert read_ledger_amount("1234.1", "m", typed=True) == D("1234.10")
    with pytest.raises(UnreadableValue):
        read_ledger_amount("1234.125", "m", typed=True)


@given(st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2))
def test_an_amount_written_the_belgian_way_comes_back_the_same(amount):
    said = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert read_ledger_amount(said, "m") == amount
    assert read_ledger_amount(said.replace(".", " "), "m") == amount


def test_the_header_is_recognised_by_many_names_and_found_below_a_title():
    rows = [
        ["Extrait du grand livre 2026"],
        ["CPAS de Sormont", ""],
        ["N° de pièce", "Date d'imputation", "Art. budgétaire", "Tiers", "Libellé", "Montant", "Genre"],
        ["12", "3/2/2026", "84010/124-02", "Imprimerie", "Affiches", "12,50", "D"],
    ]
    assert header_among(rows) == 2
    assert guess_columns(rows[2]) == {
        "number": "N° de pièce", "booked_on": "Date d'imputation", "article": "Art. budgétaire", "supplier": "Tiers", "label": "Libellé",
        "amount": "Montant", "kind": "Genre",
    }  # fmt: skip


def test_a_heading_that_begins_like_a_date_or_an_amount_is_guessed_when_nothing_better_stands():
    assert guess_columns(["Date compta", "Montant HTVA (€)"]) == {"booked_on": "Date compta", "amount": "Montant HTVA (€)"}
    assert guess_columns(["Date d'échéance", "Date", "Débit", "Montant initial"]) == {"booked_on": "Date", "debit": "Débit"}


def reader(*header: str, **options) -> ExtractReader:
    return ExtractReader(header, guess_columns(header), **options)


def test_the_function_code_is_taken_before_the_bar_of_the_article_when_no_column_says_it():
    row = reader("Date", "Article", "Montant").read(2, ["3/2/2026", "84010/124-02", "12,50"])
    assert (row.function_code, row.derived) == ("84010", True)
    said = reader("Date", "Article", "Fonction", "Montant").read(2, ["3/2/2026", "84010/124-02", "84011", "12,50"])
    assert (said.function_code, said.derived) == ("84011", False)
    assert function_of("Salaires") == ""


def test_debit_and_credit_make_one_signed_amount_by_kind():
    both = reader("Date", "Débit", "Crédit", "Genre")
    assert both.read(2, ["2026-02-03", "100,00", "", "dépense"]).cents == 10000
    assert both.read(3, ["2026-02-03", "", "40,00", "dépense"]).cents == -4000
    assert both.read(4, ["2026-02-03", "", "40,00", "recette"]).cents == 4000


def test_a_missing_amount_is_refused_not_taken_for_zero_and_a_row_of_totals_is_left_aside():
    plain = reader("Date", "Libellé", "Montant")
    with pytest.raises(UnreadableValue, match="pas pris pour zéro"):
        plain.read(5, ["3/2/2026", "Affiches", ""])
    with pytest.raises(UnreadableValue, match="date manque"):
        plain.read(6, ["", "Affiches", "12,00"])
    assert plain.read(7, ["", "TOTAL GÉNÉRAL", "12,00"]) is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Engagement", "commitment"), ("Imputation", "expense"), ("DÉPENSE", "expense"), ("R", "receipt"), ("Recettes", "receipt")],
)
def test_kinds_are_read_by_word_or_letter(word, kind):
    assert read_kind(word, "genre") == kind


def test_an_unknown_kind_is_refused():
    with pytest.raises(UnreadableValue, match="Attendu"):
        read_kind("Fantaisie", "genre")


# --- Which booking a row is ---------------------------------------------------------------------------------------


def test_a_piece_keeps_its_key_whatever_its_amount_and_a_row_without_number_is_told_by_all_it_says():
    day = dt.date(2026, 2, 3)
    assert group_of(2026, "expense", "12", "84010/124-02", ("a", 1)) == group_of(2026, "expense", "12", "84010 / 124-02", ("b", 2))
    assert group_of(2026, "expense", "", "x", (day, "a", 1)) != group_of(2026, "expense", "", "x", (day, "a", 2))
    assert split_key(key_of("f" * 56, 12)) == ("f" * 56, 12)
    assert len(key_of("f" * 56, 9_999_999)) <= 64


def test_of_two_lines_of_a_piece_the_one_that_did_not_move_stays_itself():
    had = [Had(1, 0, "cent", False), Had(2, 1, "deux cents", False)]
    paired = pair([(10, "deux cents"), (11, "cent vingt")], had)
    assert {line: one.pk for line, one in paired.same.items()} == {10: 2}
    assert {line: one.pk for line, one in paired.changed.items()} == {11: 1}
    assert paired.new == {}
    assert paired.gone == ()


@given(st.lists(st.sampled_from("abc")), st.lists(st.tuples(st.sampled_from("abc"), st.booleans())))
def test_every_row_and_every_booking_is_told_once(marks, bookings):
    had = [Had(pk, pk, mark, vanished) for pk, (mark, vanished) in enumerate(bookings)]
    paired = pair(list(enumerate(marks)), had)
    assert sorted([*paired.same, *paired.changed, *paired.new]) == list(range(len(marks)))
    told = [one.pk for one in (*paired.same.values(), *paired.changed.values(), *paired.gone)]
    assert sorted(told) == list(range(len(bookings)))
    assert all(one.mark == marks[line] for line, one in paired.same.items())
    assert not (paired.new and paired.gone)
    ranks = {one.rank for one in had}
    assert len(set(paired.new.values())) == len(paired.new)
    assert ranks.isdisjoint(paired.new.values())
