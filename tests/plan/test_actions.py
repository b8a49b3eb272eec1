"""Actions: numbers, codes that repeat, saves that lose nothing, partners over time, stopping with a reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.plans import invented_framework, node
from tissage.network.models import Organization, Place
from tissage.people.models import Entry
from tissage.plan.models import Action, Allocation, BudgetStage, FundingLine
from tissage.plan.operations.actions import (
    ActionRefused,
    ChangedMeanwhile,
    Partner,
    change_action,
    comment_action,
    create_action,
    end_partner,
    remove_action,
    set_partners,
    write_partner,
)
from tissage.plan.operations.versions import create_version, send_version

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def did(paul, now):
    return {"by": paul, "now": now}


def test_a_code_may_serve_several_actions_each_with_its_own_number(plan, plan_framework, did):
    code = node(plan_framework, "action", "5.5.01")
    numbers = [create_action(plan=plan, title=title, node=code, **did).sequence for title in ("Article 27", "Pourquoi pas toi")]
    assert numbers == [1, 2]


def test_a_number_is_not_given_twice(plan, action, did):
    with pytest.raises(ActionRefused, match="numéro 1"):
        create_action(plan=plan, title="Autre", sequence=1, **did)


def test_a_code_of_another_framework_and_a_place_of_another_town_are_refused(plan, action, other_territory, now, did):
    foreign = node(invented_framework(now, "autre-plan"), "action", "1.1.06")
    elsewhere = Place.objects.create(territory=other_territory, name="Ailleurs-Nord", kind="neighbourhood")
    with pytest.raises(ActionRefused, match="référentiel"):
        create_action(plan=plan, title="Autre", node=foreign, **did)
    with pytest.raises(ActionRefused, match="territoire"):
        change_action(action=action, revision=action.revision, neighbourhoods=[elsewhere], **did)
    assert Action.objects.get().revision == 0


def test_a_save_tells_what_changed_and_the_journal_keeps_names_of_fields_only(action, plan_framework, did):
    goal = node(plan_framework, "objective", "O2")
    changed = change_action(action=action, revision=0, description="secret canari", pst_reference="", objectives=[goal], **did)
    assert changed == ["description", "objectives"]
    assert (action.revision, action.changed_by) == (1, did["by"])
    entry = Entry.objects.get(verb="plan.change_action")
    assert (entry.fields, "canari" in str(entry.__dict__)) == (["description", "objectives"], False)


def test_saving_without_any_change_moves_nothing(action, did):
    assert change_action(action=action, revision=0, title=action.title, **did) == []
    assert (action.revision, Entry.objects.filter(verb="plan.change_action").count()) == (0, 0)


def test_the_second_to_save_is_told_and_nothing_is_written(action, erin, now, did):
    opened = Action.objects.get(pk=action.pk)
    change_action(action=action, revision=0, title="Titre d’Erin", by=erin, now=now)
    with pytest.raises(ChangedMeanwhile) as refusal:
        change_action(action=opened, revision=0, title="Titre de Paul", **did)
    assert (refusal.value.action.title, refusal.value.action.changed_by) == ("Titre d’Erin", erin)
    assert Action.objects.get().title == "Titre d’Erin"


def test_a_comment_may_change_state_and_health_and_says_so(action, did):
    comment = comment_action(action=action, text="Deux stages ouverts.", on=TODAY, state="ongoing", health="risk", **did)
    assert (comment.state, comment.health, action.state, action.health) == ("ongoing", "risk", "ongoing", "risk")
    same = comment_action(action=action, text="Rien de neuf.", on=TODAY, state="ongoing", health="risk", **did)
    assert (same.state, same.health) == ("", "")


def test_stopping_needs_a_reason_keeps_it_and_ends_the_dates(action, did):
    with pytest.raises(ActionRefused):
        comment_action(action=action, text="   ", on=TODAY, state="stopped", **did)
    with pytest.raises(ActionRefused, match="pourquoi"):
        change_action(action=action, revision=0, state="stopped", **did)
    comment_action(action=action, text="L’opérateur a fermé.", on=TODAY, state="stopped", **did)
    assert (action.state, action.stop_reason, action.ends_on) == ("stopped", "L’opérateur a fermé.", TODAY)
    comment_action(action=action, text="Reprise par la ville.", on=TODAY, state="ongoing", **did)
    assert (action.state, action.stop_reason) == ("ongoing", "")


def test_partners_not_named_any_more_leave_and_their_time_stays(action, chantecler, territory, did):
    rambo = Organization.objects.create(territory=territory, name="Rambo")
    same = [Partner(chantecler, "operator")]
    assert set_partners(action=action, partners=same, **did) == []
    assert set_partners(action=action, partners=[Partner(rambo)], **did) == ["Chantecler", "Rambo"]
    assert list(action.partners.order_by("pk").values_list("organization__name", "until")) == [("Chantecler", TODAY), ("Rambo", None)]
    set_partners(action=action, partners=[*same, Partner(rambo)], **did)
    assert action.partners.filter(organization=chantecler).count() == 2


def test_a_partner_comes_changes_role_and_leaves_on_a_day(action, territory, other_territory, did):
    rambo = Organization.objects.create(territory=territory, name="Rambo")
    write_partner(action=action, partner=Partner(rambo, "partner", since=dt.date(2024, 1, 1)), **did)
    write_partner(action=action, partner=Partner(rambo, "operator"), **did)
    row = action.partners.get(organization=rambo)
    assert (row.role, row.since) == ("operator", dt.date(2024, 1, 1))
    with pytest.raises(ActionRefused):
        end_partner(partner=row, until=dt.date(2023, 1, 1), **did)
    end_partner(partner=row, until=dt.date(2025, 6, 30), **did)
    assert action.partners.get(organization=rambo).until == dt.date(2025, 6, 30)
    with pytest.raises(ActionRefused):
        write_partner(action=action, partner=Partner(Organization.objects.create(territory=other_territory, name="D’ailleurs")), **did)


def test_an_action_never_sent_may_be_removed_with_its_draft(plan, action, paul, now):
    create_version(plan=plan, reason="Première", by=paul, now=now)
    remove_action(action=action, by=paul, now=now)
    assert not Action.objects.exists()
    assert Entry.objects.filter(verb="plan.remove_action").count() == 1


def test_an_action_that_was_sent_or_bears_money_stays(plan, action, chantecler, paul, now):
    other = create_action(plan=plan, title="Avec argent", by=paul, now=now)
    line = FundingLine.objects.create(plan=plan, year=2026, funder=chantecler, basis="subsidy", label="Subvention")
    stage = BudgetStage.objects.create(plan=plan, year=2026, number=0, label="Initial")
    Allocation.objects.create(line=line, stage=stage, action=other, amount=Decimal("10.00"))
    send_version(version=create_version(plan=plan, reason="Première", by=paul, now=now), sent_on=TODAY, by=paul, now=now)
    later = create_action(plan=plan, title="Jamais envoyée", by=paul, now=now)
    for kept in (action, other):
        with pytest.raises(ActionRefused):
            remove_action(action=kept, by=paul, now=now)
    remove_action(action=later, by=paul, now=now)
    assert Action.objects.count() == 2
