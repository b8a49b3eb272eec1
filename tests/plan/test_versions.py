"""Versions: what was voted and sent stays, what is in force on a day, what moved since."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tissage.people.models import Entry
from tissage.plan.models import ActionVersion, Allocation, BudgetStage, FundingLine, PlanVersion
from tissage.plan.operations.actions import change_action, create_action
from tissage.plan.operations.indicators import create_indicator, set_target
from tissage.plan.operations.versions import VersionRefused, create_version, drop_version, record_answer, retake_version, send_version
from tissage.plan.queries.versions import compare, moved_since, said_by, said_now, version_on

SENT = dt.date(2026, 3, 1)


@pytest.fixture
def did(paul, now):
    return {"by": paul, "now": now}


@pytest.fixture
def full(action, chantecler, plan, did):
    """The action with a target and two budget stages."""
    indicator = create_indicator(action=action, name="Personnes formées", unit="personnes", **did)
    set_target(indicator=indicator, year=2026, value=Decimal("12.00"), **did)
    line = FundingLine.objects.create(plan=plan, year=2026, funder=chantecler, basis="art20", label="Article 20")
    for number, amount in enumerate((Decimal("900.00"), Decimal("1000.10"))):
        stage = BudgetStage.objects.create(plan=plan, year=2026, number=number, label=f"Étape {number}")
        Allocation.objects.create(line=line, stage=stage, action=action, amount=amount)
    return action


@pytest.fixture
def sent(plan, full, did):
    return send_version(version=create_version(plan=plan, reason="Première", **did), council_on=SENT, sent_on=SENT, **did)


def test_a_version_keeps_what_the_team_does_with_targets_and_latest_amounts(plan, full, did):
    version = create_version(plan=plan, reason="Première", **did)
    assert said_by(version) == said_now(plan)
    row = ActionVersion.objects.get()
    assert row.targets == [{"indicator": "Personnes formées", "unit": "personnes", "year": 2026, "value": "12.00"}]
    assert row.amounts == [{"line": "Article 20", "year": 2026, "amount": "1000.10"}]
    assert [(one["name"], one["role"], one["basis"]) for one in row.partners] == [("Chantecler", "operator", "art20")]


def test_an_allocation_without_amount_is_kept_as_unknown(plan, full, did):
    stage = BudgetStage.objects.create(plan=plan, year=2026, number=2, label="Deuxième modification")
    Allocation.objects.create(line=FundingLine.objects.get(), stage=stage, action=full, amount=None)
    create_version(plan=plan, reason="Première", **did)
    assert ActionVersion.objects.get().amounts == [{"line": "Article 20", "year": 2026, "amount": None}]


def test_one_version_at_a_time_waits_and_it_says_why(plan, action, did):
    with pytest.raises(VersionRefused, match="pourquoi"):
        create_version(plan=plan, reason=" ", **did)
    first = create_version(plan=plan, reason="Première", **did)
    with pytest.raises(VersionRefused, match="version 1"):
        create_version(plan=plan, reason="Autre", **did)
    drop_version(version=first, **did)
    assert create_version(plan=plan, reason="Autre", **did).number == 1


def test_a_plan_without_action_gives_no_version(plan, did):
    with pytest.raises(VersionRefused):
        create_version(plan=plan, reason="Vide", **did)
    assert not PlanVersion.objects.exists()


def test_a_version_not_sent_is_taken_again_as_the_plan_stands(plan, full, did):
    version = create_version(plan=plan, reason="Première", **did)
    change_action(action=full, revision=full.revision, title="Autre titre", **did)
    retake_version(version=version, **did)
    assert [one.title for one in said_by(version)] == ["Autre titre"]


def test_what_was_sent_does_not_move_even_by_hand(sent, full, did):
    change_action(action=full, revision=full.revision, title="Après l’envoi", **did)
    with pytest.raises(VersionRefused):
        retake_version(version=sent, **did)
    with pytest.raises(VersionRefused):
        drop_version(version=sent, **did)
    row = ActionVersion.objects.get()
    acts = [
        lambda: ActionVersion.objects.update(title="falsifié"),
        lambda: ActionVersion.objects.all().delete(),
        lambda: PlanVersion.objects.update(reason="falsifiée"),
        lambda: PlanVersion.objects.update(sent_on=None),
        lambda: PlanVersion.objects.filter(pk=sent.pk).delete(),
        lambda: ActionVersion.objects.create(version=sent, action=create_action(plan=sent.plan, title="x", **did), sequence=9, title="x"),
    ]
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert ActionVersion.objects.get() == row
    assert ActionVersion.objects.get().title != "Après l’envoi"


def test_the_answer_comes_after_and_may_be_corrected(sent, did):
    with pytest.raises(VersionRefused, match="après l’envoi"):
        record_answer(version=sent, answer="accepted", answered_on=dt.date(2026, 2, 1), effective_from=SENT, **did)
    with pytest.raises(VersionRefused, match="effet"):
        record_answer(version=sent, answer="accepted", answered_on=dt.date(2026, 4, 1), **did)
    record_answer(version=sent, answer="refused", answered_on=dt.date(2026, 4, 1), effective_from=SENT, **did)
    assert sent.effective_from is None
    record_answer(version=sent, answer="accepted", answered_on=dt.date(2026, 4, 1), effective_from=dt.date(2026, 5, 1), **did)
    assert (sent.answer, sent.effective_from) == ("accepted", dt.date(2026, 5, 1))
    assert Entry.objects.filter(verb="plan.record_answer").count() == 2


def test_the_version_in_force_is_the_latest_accepted_one_of_that_day(plan, full, did):
    for number, (answer, day) in enumerate([("accepted", 1), ("accepted_with_remarks", 10), ("refused", None)], 1):
        version = create_version(plan=plan, reason=f"Version {number}", **did)
        send_version(version=version, sent_on=SENT, **did)
        effective = dt.date(2026, 5, day) if day else None
        record_answer(version=version, answer=answer, answered_on=dt.date(2026, 4, 1), effective_from=effective, **did)
    create_version(plan=plan, reason="En attente", **did)
    found = {day: version_on(plan, dt.date(2026, 5, day)) for day in (1, 9, 10, 31)}
    assert {day: one.number for day, one in found.items()} == {1: 1, 9: 1, 10: 2, 31: 2}
    assert version_on(plan, dt.date(2026, 4, 30)) is None


def test_two_versions_are_compared_field_by_field_and_what_moved_since_is_told(plan, full, sent, did):
    change_action(action=full, revision=full.revision, title="Autre titre", **did)
    create_action(plan=plan, title="Nouvelle", **did)
    second = create_version(plan=plan, reason="Deuxième", **did)
    found = compare(sent, second)
    assert [one.title for one in found.added] == ["Nouvelle"]
    assert [[each.field for each in one.fields] for one in found.changed] == [["title"]]
    assert moved_since(sent) == found
    assert moved_since(second).is_empty


def test_reading_the_plan_asks_as_many_queries_with_one_action_as_with_three(plan, full, did, django_assert_num_queries):
    with django_assert_num_queries(6):
        said_now(plan)
    for title in ("Deux", "Trois"):
        indicator = create_indicator(action=create_action(plan=plan, title=title, **did), name="n", unit="u", **did)
        set_target(indicator=indicator, year=2026, value=Decimal(1), **did)
    with django_assert_num_queries(6):
        said_now(plan)
