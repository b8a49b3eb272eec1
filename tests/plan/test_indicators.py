"""Indicators and targets: what a unit meant once counted stays; unknown is no zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tissage.people.models import Entry
from tissage.plan.models import Indicator, Observation, Target
from tissage.plan.operations.indicators import (
    IndicatorRefused,
    change_indicator,
    create_indicator,
    remove_indicator,
    set_target,
    set_targets,
)


@pytest.fixture
def did(paul, now):
    return {"by": paul, "now": now}


@pytest.fixture
def indicator(action, did):
    return create_indicator(action=action, name="Personnes formées", unit="personnes", **did)


def test_two_indicators_of_an_action_do_not_bear_one_name(indicator, action, did):
    with pytest.raises(IndicatorRefused):
        create_indicator(action=action, name="Personnes formées", unit="heures", **did)


def test_targets_are_set_changed_and_taken_away_year_by_year(indicator, did):
    assert set_targets(indicator=indicator, targets={2025: Decimal(10), 2026: Decimal(0), 2024: None}, **did) == [2025, 2026]
    assert not set_target(indicator=indicator, year=2026, value=Decimal("0.00"), **did)
    assert set_target(indicator=indicator, year=2025, value=None, **did)
    assert list(Target.objects.values_list("year", "value")) == [(2026, Decimal("0.00"))]


def test_once_counted_unit_and_rhythm_stay_and_the_indicator_ends_rather_than_goes(indicator, did, now):
    Observation.objects.create(indicator=indicator, year=2025, value=Decimal(3), changed_at=now)
    for change in ({"unit": "heures"}, {"period": "month"}):
        with pytest.raises(IndicatorRefused):
            change_indicator(indicator=indicator, **change, **did)
    assert change_indicator(indicator=indicator, method="Une fois par personne", **did) == ["method"]
    with pytest.raises(IndicatorRefused):
        remove_indicator(indicator=indicator, **did)
    assert Indicator.objects.get().unit == "personnes"


def test_the_journal_names_the_action_and_no_figure(indicator, did):
    set_target(indicator=indicator, year=2026, value=Decimal("98765"), **did)
    assert "98765" not in str([entry.__dict__ for entry in Entry.objects.all()])
    assert Entry.objects.filter(verb="plan.set_targets").count() == 1


def test_an_indicator_is_made_with_its_targets_and_shown_year_by_year(action, paul, as_user):
    base = f"/territoires/sormont/plans/{action.plan_id}/actions/{action.pk}/indicateurs/"
    client = as_user(paul)
    choices = {"level": "output", "direction": "up", "period": "year", "over_year": "add"}
    said = {"name": "Repas servis", "unit": "repas", **choices, "baseline": "1 200,5", "baseline_year": "2019", "target_2026": "1500"}
    assert client.post(base + "nouveau/", said).status_code == 302
    made = Indicator.objects.get()
    assert (made.baseline, made.targets.get().value) == (Decimal("1200.50"), Decimal(1500))
    page = client.get(base).content.decode()
    assert "1\u202f500" in page or "1\u00a0500" in page
    assert "–" in page
    sheet = client.get(base.replace("indicateurs/", "")).content.decode()
    assert "aucun encore" in sheet
    client.post(f"{base}{made.pk}/fin/")
    assert Indicator.objects.get().ended_on is not None
    client.post(f"{base}{made.pk}/retirer/")
    assert not Indicator.objects.exists()
