from __future__ import annotations

import pytest

from tests.synthesis.voices import group_of, say


@pytest.fixture
def jeunes(territory):
    return group_of(territory, "Jeunes du centre", 8, public_name="Jeunes")


@pytest.fixture
def aines(territory):
    return group_of(territory, "Aînés", 12)


@pytest.fixture
def petits(territory):
    """A group too small to be shown."""
    return group_of(territory, "Petit groupe", 3)


@pytest.fixture
def muets(territory):
    """A group that consents to nothing."""
    return group_of(territory, "Sans accord", 20, consent="none")


@pytest.fixture
def voices(jeunes, aines, petits, muets):
    """Eight criteria of four groups, one of them not coded."""
    return [
        say(jeunes, "bien manger", "A01/P", count=3),
        say(jeunes, "avoir des amis", "D03/O", question="IB"),
        say(jeunes, "sourire", "H03/Q20", question="ACT"),
        say(aines, "manger à sa faim", "A01-11/P15/k", count=2),
        say(aines, "être en paix", "F00"),
        say(aines, "pas encore codé"),
        say(petits, "la ferme du seul éleveur", "A01/O"),
        say(muets, "rien ne doit sortir", "A01/Q"),
    ]
