"""Two people at the desk in the same instant."""

from __future__ import annotations

import pytest

from tissage.core.codes import Code
from tissage.voices.operations.codings import set_code
from tissage.voices.queries import desk

pytestmark = pytest.mark.django_db


def test_what_another_codes_while_it_is_being_chosen_is_not_given(territory, enter, alice, erin, now, monkeypatch):
    one, two = enter("un toit", "du pain")
    hold = desk.hold

    def hold_while_another_codes(pk, person):
        if pk == one.pk:
            set_code(criterion=one, code=Code("A03"), by=erin, now=now)
        return hold(pk, person)

    monkeypatch.setattr(desk, "hold", hold_while_another_codes)
    assert desk.next_criterion(territory, desk.Queue(), person=alice.pk) == two
