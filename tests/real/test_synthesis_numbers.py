"""The numbers of the saved wikispiral page of a Belgian town, from import to synthesis, on the command line."""

from __future__ import annotations

import pytest

from tests.conftest import REAL_PAGE

pytestmark = pytest.mark.skipif(not REAL_PAGE.is_file(), reason="the saved page is not on this machine")

BY_COMPONENT = {"F01": 2, "F02": 2, "F03": 1, "F04": 5, "F06": 2, "F07": 6, "G04": 1, "G05": 3, "H00": 2, "H03": 7, "H04": 5}


def test_the_real_page_gives_its_known_numbers(tissage):
    tissage.prepare()
    imported = tissage("import", "wikispiral", REAL_PAGE, "--territory", "mons", "--json")
    assert imported.code == 0, imported.err
    answer = tissage("synthesis", "mons", "--json")
    assert answer.code == 0, answer.err
    found = answer.json
    assert (found["criteria"], found["expressions"]) == (36, 36)
    assert found["by_question"] == {"WB": 19, "IB": 6, "ACT": 11}
    assert found["by_component"] == BY_COMPONENT
    assert found["by_dimension"] == {"F": 18, "G": 4, "H": 14}
    assert found["by_letter"] == {"O": 10, "P": 12, "Q": 14}
    (speaker,) = found["by_group"]
    assert found["by_group"][speaker] == 36
    assert not speaker.startswith("Mons :")
    assert (found["groups"], found["groups_heard"], found["in_general"]) == (10, 1, 2)
    assert sum(row["criteria"] for row in found["cube"]) == 36

    part = tissage("synthesis", "mons", "--group", speaker, "--question", "IB", "--json").json
    assert (part["criteria"], part["by_question"]) == (6, {"IB": 6})
    public = tissage("synthesis", "mons", "--public", "--json").json
    assert (public["criteria"], public["groups"]) == (0, 0)
    silent = tissage("synthesis", "mons", "--group", "Pcs jeunes", "--json").json
    assert (silent["criteria"], silent["groups_heard"]) == (0, 0)
