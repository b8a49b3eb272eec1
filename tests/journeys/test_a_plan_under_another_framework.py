"""A second framework, lived on screens: a centre social keeps its projet social, with its own codes, its own dates and its own checks."""

from __future__ import annotations

import re

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.plan_year import press, told, words_of
from tissage.frameworks.models import Node
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.plan.models import Action, Plan

FOREIGN = re.compile(r"\bPCS\b|cohésion sociale|article 20|\bart20\b|wallon|\bCPAS\b|conseil communal|25 %", re.IGNORECASE)
"""Words of the other framework: nothing of it may stand on a page of this plan."""
OURS = "Le développement des liens sociaux et la cohésion sociale sur le territoire"
"""An objective of the projet social that happens to say two of these words."""


def test_a_projet_social_has_its_own_codes_dates_and_checks(page, live_server, sign_in, violations, territory, paul):
    base, framework = f"{live_server.url}/territoires/sormont", plan_framework_version("projet-social")
    year = timezone.localdate().year  # what was due before the plan was inscribed has no sitting to choose

    def at_home() -> str:
        """A page that works for everybody and says nothing of the other framework. Gives its words."""
        assert violations(page) == []
        words = words_of(page)
        assert FOREIGN.findall(words.replace(OURS, "")) == []
        return words

    # Its dates are those of its agreement: the framework sets none, and the page says so.
    sign_in(page, paul)
    page.goto(f"{base}/plans/")
    page.get_by_role("link", name="Créer un plan").click()
    page.get_by_label("Référentiel").select_option(str(framework.pk))
    page.get_by_label("Nom du plan").fill("Projet social du Centre")
    page.locator("[name=carrier_kind][value=other]").check()
    press(page, "Créer le plan")
    told(page, "Ce référentiel ne dit pas sa période : donnez cette date.")
    assert not Plan.objects.exists()
    page.get_by_label("Début").fill(f"{year - 1}-01-01")
    page.get_by_label("Fin, prolongation comprise").fill(f"{year + 2}-12-31")
    assert violations(page) == []
    press(page, "Créer le plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Projet social du Centre")
    assert "conseil d’administration" in at_home()
    plan = Plan.objects.get()
    here = f"{base}/plans/{plan.pk}"

    # An action with a node of this catalogue, and no other is offered.
    page.get_by_role("link", name="Créer la première action").click()
    page.get_by_label("Titre local").fill("Sorties en famille")
    node = page.get_by_label("Code du catalogue")
    offered = [value for value in node.locator("option").evaluate_all("each => each.map((one) => one.value)") if value]
    assert set(Node.objects.filter(pk__in=offered).values_list("version", flat=True)) == {framework.pk}
    node.select_option(str(Node.objects.get(version=framework, kind="action", code="M2-1").pk))
    page.get_by_label("Base légale du financement").select_option("acf")
    at_home()
    press(page, "Créer l’action")
    words = at_home()
    assert "M2-1" in words
    assert "Animation collective familles" in words
    action = Action.objects.get()
    assert (action.plan, action.node.code, action.basis) == (plan, "M2-1", "acf")

    # Dates: its own, counted from its own sitting.
    page.goto(f"{here}/echeances/?annee={year}")
    words = at_home()
    assert f"30 juin {year + 1}" in words
    assert "31 mars" not in words
    assert "Convocation du conseil d’administration" in words
    assert "observatoire des centres sociaux" in words
    page.get_by_role("link", name="Bilan d’activité et compte de résultat de l’année").first.click()
    page.locator("[name=sitting_on]").fill(f"{year + 1}-06-15")
    press(page, "Choisir cette séance")
    assert f"15 juin {year + 1}" in at_home()

    # Checks: those of its own framework.
    page.goto(f"{here}/argent/controles/?annee={year}")
    words = at_home()
    assert "Aucune écriture comptée à plus de 100 %" in words
    assert "Aucune écriture hors des dates d’une action" in words

    # And everywhere else in the plan.
    for part in (
        "tableau/",
        "argent/",
        f"argent/financements/nouveau/?annee={year}",
        "chiffres/",
        "conventions/",
        f"ce-qui-manque/?annee={year}",
    ):
        page.goto(f"{here}/{part}")
        at_home()
    for part in ("", f"{year}/", f"{year}/textes/"):
        page.goto(f"{base}/documents/{plan.pk}/{part}")
        words = at_home()
    assert f"Résolution 1. Le bilan d’activité {year} est approuvé." in words
