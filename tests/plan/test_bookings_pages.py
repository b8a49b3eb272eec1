"""The pages of bookings: who opens them, what they say, that splitting, remembering and undoing work without a script."""

from __future__ import annotations

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import NOW, _person
from tests.plan.ledgers import actions_of, given_extract, plan_of, read, text_of
from tissage.people.models import Entry
from tissage.plan.models import Booking, BookingImport, PlanColumns, SplitRule, StatementTotal
from tissage.plan.operations.bookings import split_booking
from tissage.plan.operations.split_rules import keep_rule

D = Decimal
POSTER = "12;3/2/2026;84010/124-02;Imprimerie Delvaux;Affiches de mars;100,01;D"
CARDS = "13;4/3/2026;84010/124-02;Imprimerie Delvaux;Cartes;40,00;D"
ROOM = "14;5/3/2026;84010/125-48;ASBL Le Toit;Salle;300,00;D"


@pytest.fixture
def plan(territory):
    return plan_of(territory)


@pytest.fixture
def actions(plan):
    return actions_of(plan, "Épicerie", "Abri de nuit")


def url(name, plan, *more):
    return reverse(f"plan:{name}", args=[plan.territory.slug, plan.pk, *more])


def said(answer) -> str:
    """The words of a page, its spaces made plain."""
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def shares(*pairs, **more):
    data = {"rows": str(len(pairs))}
    for place, (action, percent) in enumerate(pairs):
        data |= {f"action_{place}": str(action.pk), f"percent_{place}": percent}
    return {**data, **more}


# --- Who ----------------------------------------------------------------------------------------------------------

PAGES = ("bookings", "booking_imports", "split_rules", "reconcile")


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("coordinator", True, True),
        ("plan_manager", True, True),
        ("finance", True, True),
        ("facilitator", True, False),
        ("reader", True, False),
        ("partner", False, False),
        ("commission", False, False),
        ("councillor", False, False),
        ("", False, False),
    ],
)
def test_who_reads_and_who_writes_bookings(role, reads, writes, plan, actions, as_user):
    read(plan, POSTER)
    booking = Booking.objects.get()
    client = as_user(_person("Quelqu’un", plan.territory if role else None, role, NOW))
    for page in PAGES:
        answer = client.get(url(page, plan))
        assert answer.status_code == (200 if reads else 404), page
    answer = client.get(url("booking", plan, booking.pk))
    assert answer.status_code == (200 if reads else 404)
    assert ("Delvaux" in said(answer)) is reads
    assert client.get(url("create_booking_import", plan)).status_code == (200 if writes else 404)
    posted = client.post(url("booking", plan, booking.pk), shares((actions[0], "100")))
    assert posted.status_code == (302 if writes else 404)
    booking.refresh_from_db()
    assert booking.is_split is writes


def test_a_booking_of_another_territory_does_not_exist_here(plan, actions, other_territory, dora, as_user):
    theirs = plan_of(other_territory)
    read(theirs, POSTER)
    stranger = Booking.objects.get()
    client = as_user(dora)
    assert client.get(url("booking", plan, stranger.pk)).status_code == 404
    assert client.get(url("booking", theirs, stranger.pk)).status_code == 200
    assert client.post(url("booking", theirs, stranger.pk), shares((actions[0], "100"))).status_code == 200, (
        "an action of no plan of theirs"
    )
    assert not Booking.objects.get().is_split


# --- The list -----------------------------------------------------------------------------------------------------


def test_the_list_filters_and_says_what_it_hides(plan, actions, erin, as_user):
    read(plan, POSTER, CARDS, ROOM)
    split_booking(booking=Booking.objects.get(number="12"), shares={actions[0]: D(100)}, by=None, now=NOW)
    read(plan, POSTER, CARDS)
    client = as_user(erin)
    page = said(client.get(url("bookings", plan)))
    assert "2 écritures" in page
    assert "1 disparue est masquée" in page
    assert "Salle" not in page
    assert "1 écriture attend d’être répartie" in page
    assert "dépense 40,00 €" in page
    gone = said(client.get(url("bookings", plan), {"state": "vanished"}))
    assert "Salle" in gone
    assert "2 qui comptent sont masquées" in gone
    one = said(client.get(url("bookings", plan), {"action": actions[0].pk, "q": "delvaux affiches"}))
    assert "Affiches de mars" in one
    assert "Cartes" not in one
    assert "1 autre masquée par les filtres" in one
    assert "Aucune écriture ne répond" in said(client.get(url("bookings", plan), {"q": "introuvable"}))


def test_an_empty_list_says_the_first_act_to_who_may_do_it(plan, erin, bob, as_user):
    assert "Lire un extrait" in said(as_user(erin).get(url("bookings", plan)))
    reader = said(as_user(bob).get(url("bookings", plan)))
    assert "Aucune écriture encore" in reader
    assert "Lire un extrait" not in reader


def queries(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_pages_ask_as_much_for_three_bookings_as_for_one(plan, actions, erin, as_user):
    client = as_user(erin)
    read(plan, POSTER)
    split_booking(booking=Booking.objects.get(), shares={actions[0]: D(100)}, remember=True, by=None, now=NOW)
    addresses = [url(page, plan) for page in PAGES]
    for address in addresses:
        client.get(address)
    one = [queries(client, address) for address in addresses]
    read(plan, POSTER, CARDS, ROOM, "77;15/3/2026;84010/465-48;SPW;Subside;5,00;R")
    for booking in Booking.objects.filter(is_split=False):
        split_booking(
            booking=booking, shares={actions[0]: D(50), actions[1]: D(50)}, remember=True, remember_by=("article",), by=None, now=NOW
        )
    assert [queries(client, address) for address in addresses] == one


# --- Splitting ----------------------------------------------------------------------------------------------------


def test_a_booking_is_split_to_the_cent_and_the_next_one_offered(plan, actions, erin, as_user):
    read(plan, POSTER, CARDS)
    client = as_user(erin)
    poster, cards = Booking.objects.get(number="12"), Booking.objects.get(number="13")
    answer = client.post(url("booking", plan, poster.pk), shares((actions[0], "33,3333"), (actions[1], "66,6667 %"), next="1"), follow=True)
    assert answer.redirect_chain[0][0] == f"{url('booking', plan, cards.pk)}?fait={poster.pk}"
    assert [part.amount for part in poster.splits.all()] == [D("33.34"), D("66.67")]
    page = said(answer)
    assert "L’écriture 12 est répartie" in page
    assert "Défaire ce qui vient d’être réparti" in page
    assert Entry.objects.get(verb="plan.split_booking").object_label == "12"
    client.post(url("unsplit_booking", plan, poster.pk))
    poster.refresh_from_db()
    assert not poster.is_split
    assert not poster.splits.exists()


@pytest.mark.parametrize(
    ("percents", "why"),
    [
        (("60", "39,9"), "il manque 0,1 %"),
        (("60", "41"), "1 % de trop"),
        (("60", "-1"), "n’est pas un pourcentage"),
        (("60", "quarante"), "n’est pas un pourcentage"),
        (("33,33333", "66,66667"), "quatre décimales"),
    ],
)
def test_shares_that_do_not_make_100_are_said_and_what_was_typed_stays(percents, why, plan, actions, erin, as_user):
    read(plan, POSTER)
    booking = Booking.objects.get()
    answer = as_user(erin).post(url("booking", plan, booking.pk), shares(*zip(actions, percents, strict=True)))
    assert answer.status_code == 200
    assert why in said(answer)
    assert f'value="{percents[1]}"' in said(answer)
    assert not Booking.objects.get().is_split


def test_what_is_left_empty_is_completed_to_100_on_demand_and_at_once(plan, actions, erin, as_user):
    read(plan, POSTER)
    booking = Booking.objects.get()
    client = as_user(erin)
    filled = client.post(url("booking", plan, booking.pk), shares((actions[0], "60"), (actions[1], ""), complete="1"))
    assert 'value="40"' in said(filled)
    assert not Booking.objects.get().is_split
    wider = client.post(url("booking", plan, booking.pk), shares((actions[0], "60"), (actions[1], ""), more="1"))
    assert 'name="percent_3"' in said(wider)
    assert 'value="60"' in said(wider)
    assert "à corriger" not in said(wider)
    client.post(url("booking", plan, booking.pk), shares((actions[0], "60"), (actions[1], "")))
    assert [part.percent for part in booking.splits.all()] == [D(60), D(40)]


def test_the_same_action_twice_or_a_share_without_action_is_refused(plan, actions, erin, as_user):
    read(plan, POSTER)
    address = url("booking", plan, Booking.objects.get().pk)
    client = as_user(erin)
    assert "une seule ligne par action" in said(client.post(address, shares((actions[0], "50"), (actions[0], "50"))))
    assert "Choisissez l’action" in said(client.post(address, {"rows": "1", "action_0": "", "percent_0": "100"}))
    assert "au moins une action" in said(client.post(address, {"rows": "1", "action_0": "", "percent_0": ""}))


def test_all_bookings_alike_are_split_at_once_remembered_and_undone_together(plan, actions, erin, as_user):
    read(plan, POSTER, CARDS, ROOM)
    client = as_user(erin)
    poster = Booking.objects.get(number="12")
    page = said(client.get(url("booking", plan, poster.pk)))
    assert "du même article et du même fournisseur (1)" in page
    answer = client.post(url("booking", plan, poster.pk), shares((actions[0], "100"), alike="on", remember="article,supplier"), follow=True)
    assert "2 écritures sont réparties" in said(answer)
    assert list(Booking.objects.filter(is_split=True).order_by("number").values_list("number", flat=True)) == ["12", "13"]
    rule = SplitRule.objects.get(ended_at__isnull=True)
    assert (rule.article, rule.supplier_search) == ("84010/124-02", "imprimerie delvaux")
    assert "2 écritures" in said(client.get(url("undo_splits", plan, rule.pk)))
    client.post(url("undo_splits", plan, rule.pk))
    assert not Booking.objects.filter(is_split=True).exists()
    assert SplitRule.objects.get().ended_at is None


def test_a_split_outside_the_dates_of_an_action_is_made_and_said(plan, actions, erin, as_user):
    actions[0].starts_on = dt.date(2026, 6, 1)
    actions[0].save()
    read(plan, POSTER)
    client = as_user(erin)
    answer = client.post(url("booking", plan, Booking.objects.get().pk), shares((actions[0], "100")), follow=True)
    assert "hors des dates de l’action" in said(answer)
    assert "hors dates" in said(client.get(url("bookings", plan), {"state": "outside"}))


def test_a_vanished_booking_says_so_and_cannot_be_split(plan, actions, erin, as_user):
    read(plan, POSTER, CARDS)
    read(plan, CARDS)
    poster = Booking.objects.get(number="12")
    client = as_user(erin)
    page = said(client.get(url("booking", plan, poster.pk)))
    assert "n’est plus dans l’extrait" in page
    assert 'name="percent_0"' not in page
    refused = client.post(url("booking", plan, poster.pk), shares((actions[0], "100")))
    assert "ne compte pas" in said(refused) or refused.status_code == 200
    poster.refresh_from_db()
    assert not poster.is_split


# --- Rules --------------------------------------------------------------------------------------------------------


def test_a_rule_is_made_applied_changed_and_ended_and_past_splits_stay(plan, actions, erin, as_user):
    read(plan, POSTER, CARDS, ROOM)
    client = as_user(erin)
    client.post(url("create_split_rule", plan), shares((actions[0], "100"), article="84010/124-02", keep="1"))
    rule = SplitRule.objects.get()
    page = said(client.post(url("apply_split_rules", plan), follow=True))
    assert "Les règles ont réparti 2 écritures" in page
    client.post(url("split_rule", plan, rule.pk), shares((actions[0], "25"), (actions[1], "75"), keep="1"))
    rule.refresh_from_db()
    changed = SplitRule.objects.get(ended_at__isnull=True)
    assert rule.ended_at is not None
    assert [share.percent for share in changed.shares.order_by("action__sequence")] == [D(25), D(75)]
    assert Booking.objects.get(number="12").splits.get().percent == 100
    read(plan, POSTER, CARDS, ROOM, "20;9/4/2026;84010/124-02;Autre;Papier;10,00;D")
    assert Booking.objects.get(number="20").splits.count() == 2
    client.post(url("end_split_rule", plan, changed.pk))
    read(plan, POSTER, CARDS, ROOM, "20;9/4/2026;84010/124-02;Autre;Papier;10,00;D", "21;9/4/2026;84010/124-02;Autre;Encre;10,00;D")
    assert not Booking.objects.get(number="21").is_split


def test_the_most_specific_rule_splits(plan, actions):
    keep_rule(plan=plan, article="84010/124-02", shares={actions[0]: D(100)}, by=None, now=NOW)
    keep_rule(plan=plan, article="84010/124-02", supplier="IMPRIMERIE DELVAUX", shares={actions[1]: D(100)}, by=None, now=NOW)
    keep_rule(plan=plan, function="84010", shares={actions[0]: D(50), actions[1]: D(50)}, by=None, now=NOW)
    read(plan, POSTER, ROOM, "15;5/3/2026;84010/124-02;Autre;Papier;3,00;D")
    to = {one.number: list(one.splits.values_list("action", flat=True)) for one in Booking.objects.all()}
    assert to == {"12": [actions[1].pk], "14": [actions[0].pk, actions[1].pk], "15": [actions[0].pk]}


def test_a_rule_that_looks_at_nothing_is_refused(plan, actions, erin, as_user):
    answer = as_user(erin).post(url("create_split_rule", plan), shares((actions[0], "100"), keep="1"))
    assert "regarde au moins une chose" in said(answer)
    assert not SplitRule.objects.exists()


# --- Extracts -----------------------------------------------------------------------------------------------------


def test_an_extract_is_given_its_columns_named_once_looked_at_and_applied(plan, erin, as_user):
    client = as_user(erin)
    header = "Pce;Le;Art.;Tiers;Objet;Imputé;Sens"
    given = {"file": SimpleUploadedFile("grand-livre.csv", text_of(POSTER, CARDS, header=header)), "year": "2026"}
    asked = client.post(url("create_booking_import", plan), given, follow=True)
    assert "Quelle colonne est laquelle" in said(asked)
    reading = BookingImport.objects.get()
    columns = {
        "booked_on": "Le",
        "amount": "Imputé",
        "number": "Pce",
        "article": "Art.",
        "supplier": "Tiers",
        "label": "Objet",
        "kind": "Sens",
    }
    without_date = {f"column_{name}": label for name, label in columns.items() if name != "booked_on"} | {"kind_of_all": "expense"}
    assert "aucune ligne ne peut être lue" in said(client.post(url("booking_columns", plan, reading.uuid), without_date))
    looked = client.post(url("booking_columns", plan, reading.uuid), {**without_date, "column_booked_on": "Le"}, follow=True)
    assert "2 écritures" in said(looked)
    assert not Booking.objects.exists()
    done = client.post(url("apply_booking_import", plan, reading.uuid), follow=True)
    assert "Répartir ce qui attend" in said(done)
    assert Booking.objects.count() == 2
    assert PlanColumns.objects.get().mapping["booked_on"] == "Le"
    again = SimpleUploadedFile("grand-livre-2.csv", text_of(POSTER, CARDS, ROOM, header=header))
    second = client.post(url("create_booking_import", plan), {"file": again, "year": "2026"}, follow=True)
    assert "Ce que change « grand-livre-2.csv »" in said(second), "the columns are remembered"


def test_an_extract_with_unreadable_lines_is_applied_without_them_only_when_asked(plan, erin, as_user):
    looked = given_extract(plan, POSTER, CARDS.replace("40,00", "1.234"), by=erin)
    client = as_user(erin)
    page = said(client.get(url("booking_import", plan, looked.uuid)))
    assert "peut se lire de deux façons" in page
    assert "Appliquer sans la ligne en erreur" in page
    client.post(url("apply_booking_import", plan, looked.uuid))
    assert not Booking.objects.exists()
    client.post(url("apply_booking_import", plan, looked.uuid), {"accept": "1"})
    assert Booking.objects.get().number == "12"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notes.pdf", b"%PDF-1.7", "n’est pas connu"),
        ("extrait.xlsx", b"rien", "n’est pas un classeur"),
        ("extrait.csv", b"", "vide"),
    ],
)
def test_a_file_that_is_no_extract_is_said_in_words(name, content, why, plan, erin, as_user):
    answer = as_user(erin).post(
        url("create_booking_import", plan), {"file": SimpleUploadedFile(name, content), "year": "2026"}, follow=True
    )
    assert why in said(answer)


def test_an_abandoned_extract_leaves_its_page_and_nothing_else(plan, erin, as_user):
    looked = given_extract(plan, POSTER, by=erin)
    client = as_user(erin)
    client.post(url("cancel_booking_import", plan, looked.uuid))
    assert client.post(url("apply_booking_import", plan, looked.uuid)).status_code == 302
    assert not Booking.objects.exists()
    assert "Rien n’a été écrit" in said(client.get(url("booking_import", plan, looked.uuid)))


# --- Beside the statement -----------------------------------------------------------------------------------------


def test_totals_stand_beside_the_statement_with_the_gap_and_what_is_unknown(plan, erin, as_user):
    read(plan, POSTER, CARDS, ROOM, "77;15/3/2026;84010/465-48;SPW;Subside;5000,00;R")
    client = as_user(erin)
    here = url("reconcile", plan) + "?annee=2026"
    assert "2 totaux de l’état inconnus" in said(client.get(here))
    client.post(here, {"typed": "1", "total_0": "450,00", "total_1": "", "source": "eComptes"})
    page = said(client.get(here))
    assert "1 écart avec l’état" in page
    assert "−9,99 €" in page
    assert "1 total de l’état inconnu" in page
    client.post(here, {"typed": "1", "total_0": "440,01", "total_1": "5.000,00"})
    assert "Tout concorde avec l’état" in said(client.get(here))
    client.post(here, {"typed": "1", "total_0": "", "total_1": "5.000,00"})
    assert StatementTotal.objects.count() == 1, "emptied, it is unknown again"


def test_a_total_that_adds_up_shows_no_gap_whatever_the_engine_adds_with(plan):
    from tissage.plan.queries.bookings import reconcile

    read(plan, *(f"{number};3/2/2026;84010/124-02;D;L;{amount};D" for number, amount in enumerate(("5,26", "5,21", "-11,46"), start=1)))
    StatementTotal.objects.create(plan=plan, year=2026, function_code="84010", kind="expense", amount=D("-0.99"))
    assert [one.gap for one in reconcile(plan, 2026)] == [D(0)]


def test_the_statement_comes_from_a_table_of_two_columns_whole_or_not_at_all(plan, erin, as_user):
    client = as_user(erin)
    here = url("reconcile", plan) + "?annee=2026"
    table = b"Fonction;Total\n84010;1.234,50\n84011;10,00\nTOTAL;1.244,50\n"
    client.post(here, {"file": SimpleUploadedFile("etat.csv", table), "kind": "expense"})
    assert dict(StatementTotal.objects.values_list("function_code", "amount")) == {"84010": D("1234.50"), "84011": D("10.00")}
    wrong = client.post(here, {"file": SimpleUploadedFile("etat.csv", b"84010;5,00\n84012;1.234\n"), "kind": "expense"})
    assert "Ligne 2" in said(wrong)
    assert StatementTotal.objects.get(function_code="84010").amount == D("1234.50")
