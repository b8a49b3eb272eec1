"""Checks are data: what the plan's framework lists is run, at its rates and dates, and nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.plan.purse import book, line
from tests.plans import invented_framework
from tissage.frameworks.models import Node
from tissage.plan.models import BookingSplit, Plan
from tissage.plan.operations.actions import create_action
from tissage.plan.operations.plans import create_plan
from tissage.plan.operations.versions import create_version, record_answer, send_version
from tissage.plan.queries.checks import parts_outside, run_checks

D = Decimal


def listed(version, code, extra, **more):
    node = Node.objects.create(
        version=version, kind="check", code=code, labels={"fr": f"Contrôle {code}"}, extra=extra, source="décret inventé", **more
    )
    version.revised_at = timezone.now()
    version.save()
    return node


@pytest.fixture
def quarter(plan_framework):
    return listed(plan_framework, "cofinancement", {"rule": "share_at_least", "rate": "0.25"}, status="partial")


def only(plan, year=2026):
    [result] = run_checks(plan, year)
    return result


def test_the_own_share_is_worked_out_in_full(plan, quarter):
    line(plan, "Subvention", "subsidy", 100000)
    line(plan, "Part de la ville", "own", 24000)
    result = only(plan)
    assert (result.passed, result.source, result.status) == (False, "décret inventé", "partial")
    assert result.rule == "Au moins 25\u00a0% de «\u00a0Subvention du plan\u00a0» viennent de «\u00a0Part locale\u00a0»."
    assert result.sentence == (
        "Part locale\u00a0: 24\u202f000,00\u00a0€ pour 100\u202f000,00\u00a0€ (Subvention du plan), il faut 25\u202f000,00\u00a0€. Il manque 1\u202f000,00\u00a0€."
    )


def test_a_second_framework_has_another_rate_and_a_third_none(territory, plan, quarter, erin, now):
    fifth, without = invented_framework(now, "autre"), invented_framework(now, "sans")
    listed(fifth, "fonds-propres", {"rule": "share_at_least", "rate": "0.20"})
    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31), "by": erin, "now": now}
    others = [create_plan(territory=territory, framework=one, name=one.framework.slug, **period) for one in (fifth, without)]
    for one in (plan, *others):
        line(one, "Subvention", "subsidy", 100000)
        line(one, "Part de la ville", "own", 20000)
    assert [[result.passed for result in run_checks(one, 2026)] for one in (plan, *others)] == [[False], [True], []]


def test_a_check_outside_its_validity_is_not_run(plan, plan_framework):
    listed(plan_framework, "ancien", {"rule": "share_at_least", "rate": "0.25"}, valid_to=dt.date(2025, 12, 31))
    assert [len(run_checks(plan, year)) for year in (2025, 2026)] == [1, 0]


def test_what_cannot_be_said_says_why(plan, plan_framework, quarter):
    listed(plan_framework, "lune", {"rule": "ask_the_moon"})
    listed(plan_framework, "dates", {"rule": "within_effective_dates"})
    line(plan, "Subvention", "subsidy", None)
    results = run_checks(plan, 2026)
    assert [result.passed for result in results] == [None, None, None]
    assert results[0].sentence == "Le montant de la subvention est inconnu."
    assert "ask_the_moon" in results[1].sentence
    assert results[2].sentence.startswith("Aucune écriture")


def test_article_20_follows_its_line_or_its_function_code(plan, action, plan_framework):
    listed(plan_framework, "art20", {"rule": "passed_on_in_full"})
    line(plan, "Article 20", "art20", 500, code="84011")
    assert only(plan).passed is None
    book(plan, 500, kind="receipt", function_code="84011")
    book(plan, "480.50", {action: 100}, function_code="84011")
    book(plan, 900, {action: 100}, function_code="84010")
    assert only(plan).sentence == "Reçu 500,00\u00a0€, versé 480,50\u00a0€\u00a0: il reste 19,50\u00a0€ à verser."
    book(plan, "19.50", {action: 100}, function_code="84011")
    assert only(plan).passed is True


def test_a_booking_is_checked_against_the_version_in_force_on_its_date(plan, plan_framework, erin, now):
    listed(plan_framework, "dates", {"rule": "within_effective_dates"})
    did = {"by": erin, "now": now}
    old = create_action(plan=plan, title="Ancienne", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 6, 30), **did)
    version = create_version(plan=plan, reason="Modification", **did)
    send_version(version=version, council_on=dt.date(2026, 2, 1), sent_on=dt.date(2026, 2, 2), **did)
    record_answer(version=version, answer="accepted", answered_on=dt.date(2026, 3, 1), effective_from=dt.date(2026, 3, 1), **did)
    new = create_action(plan=plan, title="Pas encore approuvée", **did)
    book(plan, 10, {old: 100}, day=dt.date(2026, 4, 1))
    assert only(plan).passed is True
    out = [
        book(plan, 10, {old: 100}, day=dt.date(2026, 7, 1)),
        book(plan, 10, {new: 100}, day=dt.date(2026, 4, 1)),
        book(plan, 10, {old: 100}, day=dt.date(2025, 12, 31), year=2026),
    ]
    book(plan, 10, {new: 100}, day=dt.date(2026, 2, 1))  # before the version: the team's own dates, and it has none
    assert {part.booking for part in parts_outside(plan, 2026)} == set(out)
    assert "3 parts" in only(plan).sentence


def test_no_booking_bears_more_than_all_of_it(plan, action, plan_framework):
    listed(plan_framework, "entier", {"rule": "at_most_whole"})
    booking = book(plan, 10, {action: 100})
    assert only(plan).passed is True
    other = create_action(plan=plan, title="Autre", by=None, now=timezone.now())
    BookingSplit.objects.create(booking=booking, action=other, percent=D("0.0001"), amount=D(0))
    assert (only(plan).passed, only(plan).sentence) == (False, "1 écriture est répartie à plus de 100\u00a0%.")


def test_as_many_queries_for_many_figures_as_for_one(plan, action, plan_framework, quarter):
    for rule in ("within_effective_dates", "at_most_whole", "passed_on_in_full"):
        listed(plan_framework, rule, {"rule": rule})

    def queries():
        with CaptureQueriesContext(connection) as seen:
            run_checks(Plan.objects.select_related("framework__framework").get(pk=plan.pk), 2026)
        return len(seen)

    line(plan, "Subvention", "subsidy", 100)
    book(plan, 10, {action: 100})
    queries()
    one = queries()
    for number in range(3):
        line(plan, f"Ligne {number}", "own", 100)
        book(plan, 10, {action: 100}, function_code=str(number))
    assert queries() == one
