"""In a municipality's installation no page of the candidate phase exists (`commitments.md` §9.10)."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.architecture.conftest import ROUTES

OF_THE_TERM = {"replies:assessment"}
"""Behind a link too, and of the term: the reply of a party assessed."""
PHASE = [route for route in ROUTES if route.name.startswith(("spaces:", "replies:")) and route.name not in OF_THE_TERM]


def test_where_the_candidate_phase_is_off_no_page_of_it_exists_for_anybody(world, address, as_user, erin, settings):
    """Acceptance 10: not even a door, not even empty; the same addresses answer where it is on."""
    assert len(PHASE) > 40
    on = {route.name: Client().get(address(route, world)).status_code for route in PHASE}
    assert 404 not in {status for name, status in on.items() if name != "spaces:published_proof"}
    settings.TISSAGE_CANDIDATE_PHASE = False
    for client in (Client(), as_user(erin)):
        for method in (client.get, client.post):
            answers = {route.name: method(address(route, world)) for route in PHASE}
            assert {name: one.status_code for name, one in answers.items() if one.status_code != 404} == {}
            assert not any("canari" in one.content.decode() or "Mes espaces" in one.content.decode() for one in answers.values())
    assert "/espaces/" not in as_user(erin).get(reverse("people:todo")).content.decode()
    assert as_user(erin).get(reverse("commitments:received_sets", args=["sormont"])).status_code == 200
