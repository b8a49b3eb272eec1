"""A cumulative extract read again: what is new comes in, splits stay, what changed or vanished is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.plan.ledgers import actions_of, given_extract, plan_of, read
from tissage.people.models import Entry
from tissage.plan.exchange.extract_uploads import write_extract
from tissage.plan.models import Booking, BookingImport, BookingSplit, FundingLine, Plan
from tissage.plan.operations import booking_imports
from tissage.plan.operations.booking_imports import ExtractRefused, cancel_extract, extract_file, purge_readings
from tissage.plan.operations.bookings import split_booking
from tissage.plan.operations.split_rules import keep_rule
from tissage.plan.queries.bookings import reconcile

D = Decimal
POSTER = "12;3/2/2026;84010/124-02;Imprimerie Delvaux;Affiches de mars;1.234,50;D"
ROOM = "13;4/2/2026;84010/125-48;ASBL Le Toit;Location de salle;300,00;D"
GRANT = "77;15/3/2026;84010/465-48;SPW;Subside PCS;50.000,00;R"


@pytest.fixture
def plan(territory):
    return plan_of(territory)


def numbers(received: BookingImport) -> dict[str, int]:
    names = ("new", "known", "changed_total", "back", "vanished_total", "problems_total")
    return {name: received.report[name] for name in names}


def nothing_but(**counts) -> dict[str, int]:
    return {"new": 0, "known": 0, "changed_total": 0, "back": 0, "vanished_total": 0, "problems_total": 0} | counts


def test_an_extract_is_looked_at_before_anything_is_written(plan):
    looked = given_extract(plan, POSTER, ROOM, GRANT)
    assert looked.state == BookingImport.State.PREVIEW
    assert numbers(looked) == nothing_but(new=3)
    assert looked.report["totals"] == {"expense": "1534.50", "receipt": "50000.00"}
    assert not Booking.objects.exists()


def test_bookings_come_in_with_exact_amounts_and_the_function_code_of_their_article(plan):
    done = read(plan, POSTER, ROOM, GRANT)
    assert done.state == BookingImport.State.APPLIED
    poster = Booking.objects.get(number="12")
    assert (poster.amount, poster.booked_on, poster.article, poster.function_code, poster.kind) == (
        D("1234.50"), dt.date(2026, 2, 3), "84010/124-02", "84010", "expense",
    )  # fmt: skip
    assert (poster.supplier, poster.supplier_search, poster.vanished_at, poster.first_seen) == (
        "Imprimerie Delvaux", "imprimerie delvaux", None, done,
    )  # fmt: skip
    assert Booking.objects.get(number="77").kind == "receipt"
    assert any("Code fonctionnel absent" in one["message"] for one in done.report["notices"])
    assert not extract_file(done).exists()


def test_the_same_extract_twice_brings_nothing_new_and_changes_nothing(plan):
    read(plan, POSTER, ROOM, GRANT)
    assert numbers(read(plan, POSTER, ROOM, GRANT)) == nothing_but(known=3)
    assert Booking.objects.count() == 3


def test_a_longer_extract_adds_only_what_is_new_and_keeps_the_splits(plan):
    one, two = actions_of(plan, "Épicerie", "Abri de nuit")
    read(plan, POSTER)
    split_booking(booking=Booking.objects.get(), shares={one: D("33.3333"), two: D("66.6667")}, by=None, now=NOW)
    again = read(plan, POSTER, ROOM)
    assert numbers(again) == nothing_but(new=1, known=1)
    poster = Booking.objects.get(number="12")
    assert poster.is_split
    assert [(part.percent, part.amount) for part in poster.splits.all()] == [(D("33.3333"), D("411.50")), (D("66.6667"), D("823.00"))]
    assert poster.last_seen == again


def test_a_changed_amount_keeps_the_percentages_and_the_parts_follow(plan):
    one, two = actions_of(plan, "Épicerie", "Abri de nuit")
    read(plan, POSTER, ROOM)
    split_booking(booking=Booking.objects.get(number="12"), shares={one: D(50), two: D(50)}, by=None, now=NOW)
    looked = given_extract(plan, POSTER.replace("1.234,50", "1.000,01"), ROOM)
    assert numbers(looked) == nothing_but(known=1, changed_total=1)
    assert looked.report["changed"][0]["fields"] == {"amount": ["1234.50", "1000.01"]}
    assert looked.report["changed"][0]["split"] is True
    write_extract(looked)
    poster = Booking.objects.get(number="12")
    assert poster.amount == D("1000.01")
    assert [part.amount for part in poster.splits.all()] == [D("500.01"), D("500.00")]


def test_a_vanished_booking_is_marked_counts_no_more_and_comes_back_with_its_split(plan):
    [action] = actions_of(plan, "Épicerie")
    read(plan, POSTER, ROOM)
    split_booking(booking=Booking.objects.get(number="12"), shares={action: D(100)}, by=None, now=NOW)
    gone = read(plan, ROOM)
    assert numbers(gone) == nothing_but(known=1, vanished_total=1)
    assert gone.report["vanished"][0]["number"] == "12"
    assert gone.report["vanished"][0]["split"] is True
    assert Booking.objects.get(number="12").vanished_at is not None
    assert numbers(read(plan, POSTER, ROOM)) == nothing_but(known=1, back=1)
    poster = Booking.objects.get(number="12")
    assert poster.vanished_at is None
    assert poster.splits.get().amount == D("1234.50")


def test_identical_rows_without_number_are_counted_by_rank(plan):
    fare = ";3/2/2026;84010/121-01;SNCB;Billet;8,40;D"
    read(plan, fare, fare)
    assert Booking.objects.count() == 2
    assert numbers(read(plan, fare, fare, fare)) == nothing_but(new=1, known=2)
    assert numbers(read(plan, fare)) == nothing_but(known=1, vanished_total=2)
    assert Booking.objects.filter(vanished_at__isnull=True).count() == 1


def test_a_piece_on_two_articles_is_two_bookings_and_a_second_line_on_one_article_joins_the_first(plan):
    read(plan, "12;3/2/2026;84010/124-02;Delvaux;Affiches;100,00;D")
    again = read(plan, *(f"12;3/2/2026;84010/124-02;Delvaux;{rest};D" for rest in ("Affiches;100,00", "Papier;40,00")))
    assert numbers(again) == nothing_but(new=1, known=1)
    other = read(plan, *(f"12;3/2/2026;84010/124-02;Delvaux;{rest};D" for rest in ("Papier;45,00", "Affiches;100,00")))
    assert numbers(other) == nothing_but(known=1, changed_total=1)
    assert sorted(Booking.objects.values_list("label", "amount")) == [("Affiches", D("100.00")), ("Papier", D("45.00"))]


def test_an_extract_of_expenses_alone_says_nothing_of_receipts_nor_of_another_year(plan):
    read(plan, POSTER, GRANT)
    read(plan, "1;3/2/2025;84010/124-02;Delvaux;Affiches;9,00;D", year=2025)
    assert numbers(read(plan, POSTER)) == nothing_but(known=1)
    assert not Booking.objects.filter(vanished_at__isnull=False).exists()


def test_a_partial_extract_makes_nothing_vanish(plan):
    read(plan, POSTER, ROOM)
    assert numbers(read(plan, GRANT, ROOM, partial=True)) == nothing_but(new=1, known=1)


def test_a_row_that_cannot_be_read_is_said_with_its_line_value_and_remedy_and_nothing_vanishes_for_it(plan):
    read(plan, POSTER, ROOM)
    looked = given_extract(plan, POSTER.replace("1.234,50", "1.234"), ROOM)
    assert numbers(looked) == nothing_but(known=1, problems_total=1)
    [problem] = looked.report["problems"]
    assert (problem["line"], problem["column"], problem["value"]) == (2, "Montant", "1.234")
    assert "Écrivez les cents" in problem["message"]


def test_the_bookings_of_another_plan_stay_its_own(plan, other_territory):
    theirs = plan_of(other_territory)
    read(theirs, POSTER)
    assert numbers(read(plan, ROOM)) == nothing_but(new=1)
    assert Booking.objects.get(plan=theirs).vanished_at is None


def test_open_rules_split_what_comes_in_and_what_was_there_stays(plan):
    one, two = actions_of(plan, "Épicerie", "Abri de nuit")
    read(plan, POSTER)
    keep_rule(plan=plan, article="84010/124-02", shares={one: D(60), two: D(40)}, by=None, now=NOW)
    done = read(plan, POSTER, "14;9/3/2026;84010/124-02;Delvaux;Cartes;10,01;D")
    assert done.report["split_by_rules"] == 1
    assert not Booking.objects.get(number="12").is_split
    assert [part.amount for part in Booking.objects.get(number="14").splits.all()] == [D("6.01"), D("4.00")]


def test_a_payroll_rule_without_known_staff_leaves_the_booking_to_split_and_says_why(plan):
    from tissage.plan.models import StaffShare

    one, two = actions_of(plan, "Épicerie", "Abri de nuit")
    for action, fte in ((one, "0.5"), (two, "1.5")):
        StaffShare.objects.create(
            plan=plan, function="Éducatrice", action=action, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 2, 28), fte=D(fte)
        )
    keep_rule(plan=plan, article="84010/111-01", by_staff=True, staff_function="Éducatrice", by=None, now=NOW)
    done = read(plan, "1;28/2/2026;84010/111-01;;Traitements;1000,00;D", "2;31/3/2026;84010/111-01;;Traitements;1000,00;D")
    assert [(part.percent, part.amount) for part in Booking.objects.get(number="1").splits.all()] == [
        (D(25), D("250.00")), (D(75), D("750.00")),
    ]  # fmt: skip
    assert not Booking.objects.get(number="2").is_split
    assert done.report["refused_by_rules"] == 1
    assert done.report["refusals"][0]["values"] == {"month": "03/2026", "function": "Éducatrice"}


def test_the_only_line_of_a_function_code_is_proposed(plan):
    from tests.plan.purse import line

    article20 = line(plan, "Article 20", "art20", "10", code="84011", stage=False)
    line(plan, "Subside PCS", "subsidy", "10", code="84010", stage=False)
    line(plan, "Part propre", "own", "10", code="84010", stage=False)
    read(plan, POSTER, GRANT, "20;1/4/2026;84011/332-02;ASBL;Article 20;10,00;D")
    assert Booking.objects.get(number="20").line == article20
    assert Booking.objects.get(number="12").line is None, "an expense may fall on the subsidy or on the own share"
    assert Booking.objects.get(number="77").line == FundingLine.objects.get(label="Subside PCS")


def test_an_import_is_journalled_in_counts_without_a_name_or_an_amount(plan, erin):
    read(plan, POSTER, by=erin)
    entry = Entry.objects.get(verb="plan.import_bookings")
    assert (entry.actor, entry.numbers) == (erin, {"new": 1, "changed": 0, "back": 0, "vanished": 0})
    assert "Delvaux" not in f"{entry.object_label}{entry.fields}{entry.numbers}"
    assert "1234" not in f"{entry.object_label}{entry.fields}{entry.numbers}"


# --- Stopping -----------------------------------------------------------------------------------------------------


def test_a_cancelled_reading_leaves_nothing_and_cannot_be_applied(plan, erin):
    looked = given_extract(plan, POSTER)
    cancel_extract(booking_import=looked, by=erin, now=NOW)
    assert isinstance(write_extract(looked), Exception)
    assert not Booking.objects.exists()
    looked.refresh_from_db()
    assert looked.state == BookingImport.State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_reading_stopped_while_it_writes_leaves_no_booking(plan, monkeypatch, django_capture_on_commit_callbacks):
    read(plan, ROOM)
    looked = given_extract(plan, POSTER, GRANT)
    settle = booking_imports._settle

    def stop_before(*arguments, **options):
        assert Booking.objects.count() == 3, "the new ones are written, hidden"
        assert Booking.objects.filter(vanished_at__isnull=True).count() == 1
        cancel_extract(booking_import=looked, by=None, now=NOW)
        settle(*arguments, **options)

    monkeypatch.setattr(booking_imports, "_settle", stop_before)
    refused = write_extract(looked)
    assert "abandonnée" in str(refused)
    assert Booking.objects.get().number == "13"


@pytest.mark.django_db(transaction=True)
def test_a_reading_whose_process_died_is_cleaned_and_the_next_one_is_whole(plan, monkeypatch):
    looked = given_extract(plan, POSTER)

    def die(*_arguments, **_options):
        raise SystemExit(9)

    with monkeypatch.context() as patched:
        patched.setattr(booking_imports, "_settle", die)
        patched.setattr(booking_imports, "_give_up", lambda *_arguments: None)
        with pytest.raises(SystemExit):
            write_extract(looked)
    assert Booking.objects.filter(vanished_at__isnull=False).count() == 1
    with_room = given_extract(plan, POSTER, ROOM)
    assert numbers(with_room) == nothing_but(new=2), "what nobody ever saw is not known"
    purge_readings(now=NOW + dt.timedelta(days=400))
    assert not Booking.objects.exists()
    looked.refresh_from_db()
    assert looked.state == BookingImport.State.FAILED


def test_two_readings_of_one_plan_do_not_write_at_once(plan):
    from django.utils import timezone

    first, second = given_extract(plan, POSTER), given_extract(plan, ROOM)
    BookingImport.objects.filter(pk=first.pk).update(
        state=BookingImport.State.APPLYING, report={"step": "writing", "beat": timezone.now().isoformat()}
    )
    assert isinstance(write_extract(second), ExtractRefused)
    assert not Booking.objects.exists()
    second.refresh_from_db()
    assert second.state == BookingImport.State.PREVIEW


# --- Whatever comes -----------------------------------------------------------------------------------------------

ROWS = st.dictionaries(st.integers(1, 6), st.integers(-5000, 5000), min_size=1)
"""A state of the accounts: piece number → cents. Even pieces have no number, and two of them say the same but for the amount."""


def rows_of(accounts: dict[int, int]) -> list[str]:
    rows = []
    for piece, cents in accounts.items():
        amount = f"{D(cents).scaleb(-2):f}".replace(".", ",")
        rows.append(f"{piece if piece % 2 else ''};3/2/2026;84010/124-02;Delvaux;Pièce {piece % 4};{amount};D")
    return rows


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    extracts=st.lists(ROWS, min_size=1, max_size=4),
    percents=st.sampled_from([["100"], ["33.3333", "66.6667"], ["12.5", "0.0001", "87.4999"]]),
)
def test_whatever_extracts_follow_each_other_splits_make_the_amounts_and_totals_are_those_of_the_last(plan, extracts, percents):
    Booking.objects.all().delete()
    actions = list(plan.actions.all()) or actions_of(plan, "Un", "Deux", "Trois")
    shares = dict(zip(actions, map(D, percents), strict=False))
    for accounts in extracts:
        read(plan, *rows_of(accounts))
        for booking in Booking.objects.filter(is_split=False, vanished_at__isnull=True)[:2]:
            split_booking(booking=booking, shares=shares, by=None, now=NOW)
        standing = Booking.objects.filter(vanished_at__isnull=True)
        assert sum(standing.values_list("amount", flat=True)) == D(sum(accounts.values())).scaleb(-2)
        assert sum(one.imported for one in reconcile(plan, 2026)) == D(sum(accounts.values())).scaleb(-2)
        assert standing.count() == len(accounts)
        for booking in Booking.objects.filter(is_split=True):
            parts = BookingSplit.objects.filter(booking=booking)
            assert sum(part.amount for part in parts) == booking.amount
            assert sum(part.percent for part in parts) == 100
        again = given_extract(plan, *rows_of(accounts))
        assert numbers(again) == nothing_but(known=len(accounts))


def test_the_journal_keeps_neither_the_name_of_a_file_nor_words_in_a_column_of_numbers():
    """A number of a piece is one; « Facture Mme Delvaux » is not."""
    plan = Plan(name="Plan")
    assert BookingImport(plan=plan, year=2025, file_name="remboursement Delvaux.csv").journal_label == "Plan 2025"
    day = dt.date(2025, 3, 2)
    told = [Booking(number=number, booked_on=day).journal_label for number in ("2025/12-A", "Facture Mme Delvaux 3", "Delvaux", "")]
    assert told == ["2025/12-A", "02/03/2025", "02/03/2025", "02/03/2025"]
