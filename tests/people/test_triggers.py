"""Every guard of the house stands after a migration, steps aside for one, and comes back."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from tissage.people.triggers import Guard

pytestmark = pytest.mark.django_db


def test_every_guard_stands_after_a_migration():
    assert [guard.is_in_place(connection) for guard in Guard.everywhere] == [True] * 7


@pytest.mark.parametrize("label", ["people", "frameworks", "synthesis", "plan", "agenda", "commitments", "reports"])
def test_triggers_step_aside_for_a_migration_and_come_back(label):
    config = apps.get_app_config(label)

    def standing() -> int:
        return sum(guard.is_in_place(connection) for guard in Guard.everywhere)

    pre_migrate.send(config, using="default")
    assert standing() == 6
    for _twice in range(2):
        post_migrate.send(config, using="default", verbosity=0, interactive=False, app_config=config)
    assert standing() == 7
