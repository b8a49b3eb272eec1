"""Figures: written, handed in, returned with a comment, approved; who typed; what the journal keeps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.conftest import NOW
from tests.plan.counting import YEAR, count, make_counting, manager_of, partner_of
from tissage.core.figures import YearFigure
from tissage.people.models import Entry
from tissage.plan.models import Action, ActionYear, Observation
from tissage.plan.operations.figures import (
    FiguresRefused,
    approve_figure,
    return_figure,
    submit_figures,
    write_account,
    write_figure,
)
from tissage.plan.queries.figures import figures_of_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(territory):
    return make_counting(territory, NOW)


@pytest.fixture
def malika(territory):
    return manager_of(territory, NOW)


def write(indicator, value, *, by, year=YEAR, **more):
    return write_figure(indicator=indicator, year=year, value=None if value is None else Decimal(value), by=by, now=NOW, **more)


def test_a_figure_goes_from_draft_to_approved(counting, malika):
    figure = write(counting.nights, 310, by=malika, month=1, how_counted="registre", sentence="Grand froid.")
    assert (figure.state, figure.typed_by, figure.via_link) == ("draft", malika, False)
    assert submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW).figures == 1
    figure.refresh_from_db()
    assert (figure.state, figure.submitted_at) == ("submitted", NOW)
    approved = approve_figure(figure=figure, by=malika, now=NOW)
    assert (approved.state, approved.reviewed_by) == ("approved", malika)


def test_wrong_moves_are_refused_in_words(counting, malika):
    figure = write(counting.nights, 310, by=malika, month=1)
    with pytest.raises(FiguresRefused, match="Seul ce qui est remis s’approuve. Ceci est « brouillon »"):
        approve_figure(figure=figure, by=malika, now=NOW)
    with pytest.raises(FiguresRefused, match="encore « brouillon »"):
        return_figure(figure=figure, comment="Revoir", by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW)
    with pytest.raises(FiguresRefused, match="attend sa relecture"):
        write(counting.nights, 311, by=malika, month=1)
    with pytest.raises(FiguresRefused, match="Rien n’est à remettre"):
        submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW)
    with pytest.raises(FiguresRefused, match="commentaire"):
        return_figure(figure=figure, comment="  ", by=malika, now=NOW)
    approve_figure(figure=figure, by=malika, now=NOW)
    with pytest.raises(FiguresRefused, match="C’est approuvé"):
        write(counting.nights, 311, by=malika, month=1)
    with pytest.raises(FiguresRefused, match="« approuvé »"):
        approve_figure(figure=figure, by=malika, now=NOW)
    assert Observation.objects.get(pk=figure.pk).value == 310


def test_a_returned_figure_is_written_again_and_keeps_its_comment_until_read_again(counting, malika):
    figure = write(counting.nights, 310, by=malika, month=1)
    submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW)
    return_figure(figure=figure, comment="Compter aussi le 31.", by=malika, now=NOW)
    written = write(counting.nights, 320, by=malika, month=1)
    assert (written.value, written.state, written.comment) == (320, "returned", "Compter aussi le 31.")
    submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW)
    assert approve_figure(figure=written, by=malika, now=NOW).state == "approved"
    return_figure(figure=written, comment="Une nuit en double.", by=malika, now=NOW)
    assert write(counting.nights, 319, by=malika, month=1).value == 319


def test_unknown_is_no_zero_and_nothing_is_neither(counting, malika):
    zero = write(counting.pupils, 0, by=malika)
    unknown = write(counting.hours, 12, by=malika, is_unknown=True)
    nothing = write(counting.families, None, by=malika)
    assert (zero.value, zero.is_unknown) == (0, False)
    assert (unknown.value, unknown.is_unknown) == (None, True)
    assert nothing.pk is None
    assert Observation.objects.filter(year=YEAR).count() == 2


def test_months_are_for_what_is_counted_by_month_and_not_before_they_begin(counting, malika):
    with pytest.raises(FiguresRefused, match="se compte par an"):
        write(counting.pupils, 3, by=malika, month=2)
    with pytest.raises(FiguresRefused, match="n’a pas encore commencé"):
        write(counting.nights, 3, by=malika, month=12)  # it is 22 November 2026
    with pytest.raises(FiguresRefused, match="de 1 à 12"):
        write(counting.nights, 3, by=malika, month=13)
    assert write(counting.nights, 3, by=malika, month=11).value == 3


def test_what_a_partner_leaves_without_an_answer_is_handed_in_as_unknown(counting, malika):
    write(counting.pupils, 34, by=malika)
    handed = submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    assert (handed.figures, handed.accounts, handed.unknown) == (2, 1, 1)
    assert Observation.objects.get(indicator=counting.hours, year=YEAR).is_unknown
    assert not Observation.objects.filter(indicator=counting.families).exists()
    assert ActionYear.objects.get().organization == counting.ours


def test_an_account_goes_the_same_way(counting, malika):
    account = write_account(
        action=counting.school, year=YEAR, organization=counting.ours, texts={"done": "Quatre groupes.", "feedback": ""}, by=malika, now=NOW
    )
    again = write_account(action=counting.school, year=YEAR, organization=counting.ours, texts={"benefits": "Calme."}, by=malika, now=NOW)
    assert (again.pk, again.done, again.benefits) == (account.pk, "Quatre groupes.", "Calme.")
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    with pytest.raises(FiguresRefused):
        write_account(action=counting.school, year=YEAR, organization=counting.ours, texts={"done": "x"}, by=malika, now=NOW)
    assert return_figure(figure=account, comment="Et l’été ?", by=malika, now=NOW).state == "returned"


def test_typing_for_a_partner_is_journalled_and_a_partners_own_word_is_its_own(counting, malika):
    paula = partner_of(counting.ours, NOW)
    write(counting.pupils, 34, by=malika)
    write(counting.pupils, 35, by=paula)
    write(counting.pupils, 35, by=paula)
    assert list(Entry.objects.filter(verb__startswith="plan.").order_by("pk").values_list("verb", "actor", "object_label")) == [
        ("plan.type_for_partner", malika.pk, "Oxyjeune"),
        ("plan.write_figures", paula.pk, "Oxyjeune"),
    ]
    assert Observation.objects.get(indicator=counting.pupils, year=YEAR).typed_by == paula


def test_the_journal_holds_no_figure_and_no_word(counting, malika):
    write(counting.pupils, 987654, by=malika, how_counted="canari", sentence="canari")
    write_account(action=counting.school, year=YEAR, organization=counting.ours, texts={"done": "canari"}, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    figure = Observation.objects.get(indicator=counting.pupils, year=YEAR)
    return_figure(figure=figure, comment="canari 987654", by=malika, now=NOW)
    kept = [(entry.verb, entry.object_label, entry.fields, entry.numbers) for entry in Entry.objects.all()]
    assert len(kept) >= 4
    assert [one for one in kept if "canari" in str(one) or "987654" in str(one)] == []


def test_a_year_is_read_with_its_target_and_the_year_before(counting, malika):
    write(counting.pupils, 34, by=malika)
    for month, value in ((1, 300), (2, 280)):
        write(counting.nights, value, by=malika, month=month)
    write(counting.nights, None, by=malika, month=3, is_unknown=True)
    year = figures_of_year(counting.plan, YEAR)
    assert [one.name for one in year.figures] == ["Enfants accueillis", "Heures d’accueil", "Familles rencontrées", "Nuitées"]
    pupils, hours, _families, nights = year.figures
    assert (pupils.year.value, pupils.before.value, pupils.target, pupils.state) == (34, 31, 40, "draft")
    assert (hours.year.value, hours.state, hours.before.value) == (None, "", None)
    assert nights.year == YearFigure(Decimal(580), 2, 12)
    assert year.by_action[counting.school.pk] == year.figures[:3]


def test_an_action_that_had_ended_is_asked_nothing(counting):
    Action.objects.filter(pk=counting.school.pk).update(ends_on=dt.date(YEAR - 1, 12, 31))
    assert [one.name for one in figures_of_year(counting.plan, YEAR).figures] == ["Nuitées"]
    assert len(figures_of_year(counting.plan, YEAR - 1).figures) == 4


def test_a_year_costs_the_same_queries_with_one_figure_and_with_many(counting, malika, django_assert_num_queries):
    for number in range(6):
        indicator = count(counting.school, f"Indicateur {number}", "unités", organization=counting.ours)
        write(indicator, number, by=malika)
    write_account(action=counting.school, year=YEAR, organization=None, texts={"done": "x"}, by=malika, now=NOW)
    with django_assert_num_queries(4):
        year = figures_of_year(counting.plan, YEAR)
    assert len(year.figures) == 10
