from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from tissage.synthesis import triggers


@pytest.mark.django_db
def test_triggers_stand_after_a_migration():
    assert triggers.are_in_place(connection)


@pytest.mark.django_db
def test_triggers_step_aside_for_a_migration_and_come_back():
    sender = apps.get_app_config("synthesis")
    triggers.step_aside_before_migrate(sender, "default")
    assert not triggers.are_in_place(connection)
    triggers.install_after_migrate(sender, "default")
    triggers.install_after_migrate(sender, "default")
    assert triggers.are_in_place(connection)
