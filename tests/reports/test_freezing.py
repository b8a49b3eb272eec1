"""A year is frozen as it stands, stays so, and says what changed when it is frozen again."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.reports.conftest import observe
from tissage.core.plan_year import MISSING, YearData, as_json, checksum, from_json
from tissage.people.models import Entry
from tissage.plan.models import Action, Observation
from tissage.plan.operations import actions, indicators
from tissage.reports.models import FrozenYear
from tissage.reports.operations.freezing import FreezingRefused, freeze_year, is_intact, reopen_year, year_of
from tissage.reports.queries.year_data import gather


def test_a_year_gathers_what_is_approved_and_says_the_rest_missing(town):
    data = gather(town.plan, 2025)
    shelter, grocery = data.actions
    assert [(one.indicator, one.value, one.target, one.previous, one.state) for one in shelter.figures] == [
        ("Personnes accueillies", Decimal(42), Decimal(50), Decimal(38), "approved")
    ]
    assert [(one.indicator, one.value, one.state, one.owed) for one in grocery.figures] == [("Colis", None, MISSING, "l’équipe")]
    assert [account.done for account in shelter.accounts] == ["Ouvert chaque nuit d’hiver."]
    assert (shelter.money.budgeted, shelter.money.spent) == (Decimal("800.00"), Decimal("612.34"))
    assert (data.total.budgeted, data.total.spent) == (Decimal("1000.00"), Decimal("712.35"))
    assert data.version is not None
    assert data.version.number == 1
    assert shelter.in_version


def test_neither_contact_data_nor_persons_enter_a_year(town):
    written = str(as_json(gather(town.plan, 2025)))
    assert "ASBL Refuge" in written
    assert "secret@example.org" not in written
    assert "065 12" not in written
    assert "Paul" not in written


def test_gathering_asks_as_many_questions_whatever_the_number_of_actions(town, paul, now):
    gather(town.plan, 2025)  # the framework is read once a process
    with CaptureQueriesContext(connection) as few:
        gather(town.plan, 2025)
    for number in range(5):
        action = actions.create_action(plan=town.plan, title=f"Autre {number}", by=paul, now=now)
        observe(indicators.create_indicator(action=action, name="Repas", unit="repas", by=paul, now=now), 2025, number, now)
        actions.set_partners(action=action, partners=[actions.Partner(town.partner, "partner", "")], by=paul, now=now)
    with CaptureQueriesContext(connection) as many:
        assert len(gather(town.plan, 2025).actions) == 7
    assert len(many) == len(few)


def test_months_make_a_year_and_say_how_many_are_known(town, paul, now):
    monthly = indicators.create_indicator(action=town.shelter, name="Nuitées", unit="nuitées", period="month", by=paul, now=now)
    for month, value in ((1, 30), (2, 20), (3, None)):
        observe(monthly, 2025, value, now, month=month)
    observe(monthly, 2025, 999, now, month=4, state="draft")
    figure = gather(town.plan, 2025).actions[0].figures[1]
    assert (figure.value, figure.months) == (Decimal(50), 2)


def test_freezing_keeps_the_year_and_the_list_of_what_is_missing(frozen, town):
    assert (frozen.number, frozen.sha256) == (1, checksum(frozen.data))
    assert any("Colis" in one["what"] for one in frozen.missing)
    assert all(one["owed_by"] for one in frozen.missing)
    kept = FrozenYear.objects.get(pk=frozen.pk)
    assert is_intact(kept)
    assert year_of(kept) == gather(town.plan, 2025)


def test_what_is_frozen_does_not_move_with_the_plan(frozen, town):
    Observation.objects.filter(indicator=town.guests, year=2025).update(value=Decimal(99))
    assert year_of(FrozenYear.objects.get(pk=frozen.pk)).actions[0].figures[0].value == Decimal(42)


@pytest.mark.parametrize("year", [2019, 2027])
def test_a_year_out_of_the_plan_is_not_frozen(town, paul, now, year):
    with pytest.raises(FreezingRefused):
        freeze_year(plan=town.plan, year=year, by=paul, now=now)
    assert not FrozenYear.objects.exists()


def test_a_year_is_frozen_once_until_it_is_reopened(frozen, town, paul, now):
    with pytest.raises(FreezingRefused, match="déjà arrêtée"):
        freeze_year(plan=town.plan, year=2025, by=paul, now=now)
    reopen_year(frozen=frozen, reason="Un chiffre était faux.", by=paul, now=now)
    assert freeze_year(plan=town.plan, year=2025, by=paul, now=now).number == 2


def test_reopening_says_why(frozen, paul, now):
    with pytest.raises(FreezingRefused):
        reopen_year(frozen=frozen, reason="  ", by=paul, now=now)
    assert FrozenYear.objects.get(pk=frozen.pk).reopened_at is None


def test_the_next_version_says_what_changed(frozen, town, paul, now):
    reopen_year(frozen=frozen, reason="Un chiffre était faux.", by=paul, now=now)
    Observation.objects.filter(indicator=town.guests, year=2025).update(value=Decimal(45))
    Action.objects.filter(pk=town.grocery.pk).update(title="Épicerie")
    again = freeze_year(plan=town.plan, year=2025, by=paul, now=now)
    assert again.difference == [
        "Action 1 « Abri de nuit » : « Personnes accueillies » passe de 42 personnes à 45 personnes.",
        "Action 2 « Épicerie » : le titre change.",
    ]


def test_a_version_frozen_again_without_change_says_nothing(frozen, town, paul, now):
    reopen_year(frozen=frozen, reason="Par erreur.", by=paul, now=now)
    again = freeze_year(plan=town.plan, year=2025, by=paul, now=now)
    assert (again.difference, again.sha256) == ([], frozen.sha256)


@pytest.mark.parametrize(
    "change", [{"data": {}}, {"year": 2024}, {"missing": []}, {"sha256": "0" * 64}, {"number": 7}, {"difference": ["rien"]}]
)
def test_no_hand_changes_a_frozen_year(frozen, change):
    name, value = next(iter(change.items()))
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenYear.objects.filter(pk=frozen.pk).update(**change)
    setattr(frozen, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.save(update_fields=[name])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_frozenyear WHERE id = %s", [frozen.pk])
    assert is_intact(FrozenYear.objects.get(pk=frozen.pk))


def test_a_reopening_is_not_undone(frozen, paul, now):
    reopen_year(frozen=frozen, reason="Un chiffre était faux.", by=paul, now=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenYear.objects.filter(pk=frozen.pk).update(reopened_at=None)


def test_freezing_and_reopening_are_journalled_without_amounts(frozen, paul, now):
    reopen_year(frozen=frozen, reason="Secret 612.34", by=paul, now=now)
    lines = list(Entry.objects.filter(verb__startswith="reports.").order_by("pk"))
    assert [line.verb for line in lines] == ["reports.freeze_year", "reports.reopen_year"]
    assert "612" not in str([(line.fields, line.numbers, line.object_label) for line in lines])


def test_a_frozen_year_reads_back_as_the_value_it_was(frozen):
    assert as_json(from_json(YearData, frozen.data)) == frozen.data
