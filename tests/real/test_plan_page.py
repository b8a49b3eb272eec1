"""The real page of a municipality's plan: 7 axes, 32 lines, 29 codes, six lines passed on to their operator."""

import io
import json

import pytest
from django.core.management import call_command

from tests.conftest import REAL_PAGE
from tissage.network.models import Organization
from tissage.plan.models import Action, ActionPartner, Plan

PLAN_PAGE = REAL_PAGE.with_name("003_b0607f5eb12d3e93.txt")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("shipped_plan_frameworks"),
    pytest.mark.skipif(not PLAN_PAGE.is_file(), reason=f"LA PAGE RÉELLE MANQUE : {PLAN_PAGE}"),
]


def bring(*more):
    out = io.StringIO()
    call_command("import_plan", str(PLAN_PAGE), "--territory", "mons", "--framework", "pcs-2020", "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def test_the_page_gives_its_actions_codes_and_axes_twice_without_writing_twice():
    dry = bring("--dry-run")
    assert not Plan.objects.exists()
    first, second = bring(), bring()
    for answer in (dry, first, second):
        assert {name: answer[name] for name in ("actions", "article_20", "codes", "axes", "problems")} == {
            "actions": 32,
            "article_20": 6,
            "codes": 29,
            "axes": 7,
            "problems": [],
        }
        assert [(notice["line"], notice["value"]) for notice in answer["notices"]] == [(52, "5.5.01"), (55, "5.5.02")]
    assert (first["created"], first["changed"], first["unchanged"]) == (32, 0, 0)
    assert (second["created"], second["changed"], second["unchanged"], second["written"]) == (0, 0, 32, False)


def test_the_lines_passed_on_have_their_operators_and_one_operator_holds_two():
    bring()
    rows = ActionPartner.objects.filter(role="operator").order_by("action__sequence")
    assert list(rows.values_list("action__sequence", "action__node__code", "organization__name")) == [
        (1, "1.1.06", "ASBL Chantecler"),
        (7, "3.1.07", "ASBL RAMBO"),
        (24, "5.5.01", "ASBL Article 27"),
        (25, "5.5.01", "ASBL Pourquoi pas toi"),
        (26, "5.5.02", "Maison St Paul"),
        (27, "5.5.02", "ASBL Pourquoi pas toi"),
    ]
    assert Organization.objects.filter(territory__slug="mons").count() == 5
    assert set(Action.objects.filter(basis="art20").values_list("sequence", flat=True)) == {1, 7, 24, 25, 26, 27}
    assert not Action.objects.filter(node__isnull=True).exists()


def test_titles_keep_their_typography():
    bring()
    titles = dict(Action.objects.values_list("sequence", "title"))
    assert titles[21].startswith("Activités régulières d’intégration")
    assert titles[2] == "Aide individuelle à la rédaction de CV, lettre de motivation, …"
    per_axis = [Action.objects.filter(node__code__startswith=f"{axis}.").count() for axis in range(1, 8)]
    assert per_axis == [2, 3, 6, 3, 13, 4, 1]
