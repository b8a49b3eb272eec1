"""The plan frameworks that Tissage ships: what they hold, that loading is repeatable, and that what is published stays."""

import tomllib

import pytest
from django.db import IntegrityError, transaction

from tissage.core.plan_framework import PLAN_KINDS
from tissage.frameworks.models import Framework, FrameworkVersion, Node, Obligation
from tissage.frameworks.operations import EmptyVersion, load_shipped_frameworks, load_shipped_plan_frameworks, publish_version
from tissage.frameworks.queries_plan import obligations_of_year, plan_framework, plan_framework_version, plan_versions
from tissage.people.models import Entry

pytestmark = pytest.mark.django_db


def counts(version):
    framework = plan_framework(version)
    return {kind: len(framework.of_kind(kind)) for kind in PLAN_KINDS if framework.of_kind(kind)}


def test_the_walloon_plan_has_its_objectives_axes_rights_themes_and_known_codes():
    version = plan_framework_version("pcs-2020")
    found = counts(version)
    assert {kind: found[kind] for kind in ("objective", "axis", "right", "theme", "action")} == {
        "objective": 2,
        "axis": 7,
        "right": 15,
        "theme": 19,
        "action": 29,
    }
    assert (str(version.valid_from), str(version.valid_to), str(version.extended_to)) == ("2020-01-01", "2025-12-31", "2026-12-31")


def test_rights_are_spread_over_the_axes_as_the_reference_says():
    framework = plan_framework(plan_framework_version("pcs-2020"))
    assert [len(framework.rights_of_axis(axis.code)) for axis in framework.of_kind("axis")] == [4, 5, 1, 1, 1, 2, 1]


def test_a_catalogue_code_leads_to_its_axis():
    framework = plan_framework(plan_framework_version("pcs-2020"))
    assert framework.axis_of("5.4.01").code == "5"
    assert framework.axis_of("DF07").label.startswith("Le droit au logement")
    assert framework.axis_of("9.9.99") is None
    assert sum(len(framework.actions_of_axis(axis.code)) for axis in framework.of_kind("axis")) == 29


def test_every_code_and_every_obligation_says_its_status_and_where_it_was_read():
    for version in plan_versions():
        assert [str(node) for node in Node.objects.filter(version=version, source="")] == []
        assert [str(one) for one in Obligation.objects.filter(version=version, source="")] == []
        for one in Obligation.objects.filter(version=version):
            codes = {delay.code for delay in plan_framework(version).of_kind("delay")}
            assert set(one.steps) <= codes, one.code


def test_the_second_framework_is_ruled_otherwise_and_never_speaks_of_the_first():
    first, second = plan_framework(plan_framework_version("pcs-2020")), plan_framework(plan_framework_version("projet-social"))
    assert [check.extra["rule"] for check in second.of_kind("check")] == ["within_effective_dates", "at_most_whole"]
    assert next(check.extra.get("rate") for check in first.of_kind("check")) == "0.25"
    assert second.entry("carrier", "other").extra["council"] == "conseil d’administration"
    assert second.of_kind("right") == ()
    assert second.axis_of("M1-1").code == "M1"
    said = " ".join(f"{one.code} {one.label} {one.source} {one.extra}" for one in second.entries)
    said += " ".join(f"{one.label} {one.body} {one.source}" for one in plan_framework_version("projet-social").obligations.all())
    assert "PCS" not in said
    assert "rticle 20" not in said
    assert "commission d’accompagnement" not in said.lower()


def test_obligations_follow_their_validity():
    version = plan_framework_version("pcs-2020")
    by_year = {year: [one for one in obligations_of_year(version, year) if one.code == "reports"] for year in (2019, 2024, 2026, 2027)}
    assert {year: [one.status for one in found] for year, found in by_year.items()} == {
        2019: [],
        2024: ["confirmed"],
        2026: ["unverified"],
        2027: [],
    }
    commission = {
        year: [one.is_mandatory for one in obligations_of_year(version, year) if one.code == "commission"] for year in (2024, 2025)
    }
    assert commission == {2024: [True], 2025: [False]}


def test_loading_again_writes_nothing(now):
    before = (Framework.objects.count(), Node.objects.count(), Obligation.objects.count(), Entry.objects.count())
    load_shipped_frameworks(now=now)
    load_shipped_plan_frameworks(now=now)
    assert (Framework.objects.count(), Node.objects.count(), Obligation.objects.count(), Entry.objects.count()) == before


def test_a_framework_is_read_once(django_assert_num_queries):
    version = plan_framework_version("pcs-2020")
    plan_framework(version)
    with django_assert_num_queries(0):
        assert plan_framework(version).label_of("funding", "subsidy") == "Subvention du plan"
    version.save()  # a correction dates the version anew
    with django_assert_num_queries(1):
        plan_framework(version)


def test_an_obligation_of_a_published_version_is_neither_removed_nor_renamed():
    obligation = plan_framework_version("pcs-2020").obligations.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        obligation.delete()
    obligation.code = "autre"
    with pytest.raises(IntegrityError), transaction.atomic():
        obligation.save()
    obligation.refresh_from_db()
    assert obligation.code == "reports"


def test_an_obligation_of_a_draft_may_go():
    framework = Framework.objects.get(slug="pcs-2020")
    draft = FrameworkVersion.objects.create(framework=framework, label="brouillon")
    obligation = Obligation.objects.create(version=draft, code="essai", labels={"fr": "Essai"})
    obligation.delete()
    assert not Obligation.objects.filter(version=draft).exists()


def test_the_files_of_rules_are_read_by_any_toml_reader():
    from importlib.resources import files

    for name in ("pcs-2020", "projet-social"):
        text = files("tissage.frameworks").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)["slug"] == name
        assert "/work" not in text
        assert ".md" not in text


def test_the_page_of_a_plan_framework_shows_its_axes_its_rules_and_its_obligations(as_user, bob):
    version = plan_framework_version("pcs-2020")
    page = as_user(bob).get(f"/referentiels/{version.pk}/").content.decode()
    for words in (
        "7 axes",
        "29 actions au catalogue",
        "12 obligations",
        "5.4.01",
        "7 jours francs avant la séance",
        "10 jours ouvrables avant le passage au collège ou au bureau",
        "le 31 mars de l’année suivante",
        "du 1 janvier 2020 au 31 décembre 2025",
        "prolongée jusqu’au 31 décembre 2026",
        "taux\N{NO-BREAK SPACE}: 25\N{NO-BREAK SPACE}%",
        "code fonctionnel 84010 (commune)",
    ):
        assert words in page, words
    assert "omposante" not in page
    assert "Bénéficiaires" not in page


def test_a_plan_framework_has_no_pages_of_components(as_user, bob):
    version, client = plan_framework_version("pcs-2020"), as_user(bob)
    for place in ("sens/", "beneficiaires/", "composantes/5.4.01/", "export.qdc"):
        assert client.get(f"/referentiels/{version.pk}/{place}").status_code == 404
    assert "5.4.01" in client.get(f"/referentiels/{version.pk}/export.csv").content.decode()


def test_searching_a_plan_framework_finds_codes_and_obligations_without_accents(as_user, bob):
    version = plan_framework_version("pcs-2020")
    found = as_user(bob).get(f"/referentiels/{version.pk}/recherche/", {"q": "epicerie"})
    assert [entry.code for entry in found.context["entries"]] == ["4.4.01"]
    found = as_user(bob).get(f"/referentiels/{version.pk}/recherche/", {"q": "tenir une commission"})
    assert [one.is_mandatory for one in found.context["obligations"]] == [True, False]
    assert "Rien ne correspond" in as_user(bob).get(f"/referentiels/{version.pk}/recherche/", {"q": "zzz"}).content.decode()


def test_the_list_of_frameworks_counts_each_in_its_own_words(as_user, bob):
    page = as_user(bob).get("/referentiels/").content.decode()
    assert "Projet social d’un centre social (France)" in page
    assert "7 axes" in page
    assert "9 dimensions" in page
    assert "0 dimension" not in page


def test_a_territory_is_never_offered_a_plan_framework_to_code_with(as_user, erin, territory):
    plan = plan_framework_version("pcs-2020")
    page = as_user(erin).get(f"/territoires/{territory.slug}/nomenclature/").content.decode()
    assert "PCS 2020-2025" not in page
    assert as_user(erin).post(f"/territoires/{territory.slug}/nomenclature/{plan.pk}/").status_code == 404


def test_a_plan_framework_is_published_without_components_but_not_empty(now):
    framework = Framework.objects.get(slug="pcs-2020")
    draft = FrameworkVersion.objects.create(framework=framework, label="édition 2")
    with pytest.raises(EmptyVersion):
        publish_version(version=draft, by=None, now=now)
    Node.objects.create(version=draft, kind="axis", code="1", labels={"fr": "Un axe"})
    assert publish_version(version=draft, by=None, now=now).published_at == now


def test_what_changes_between_two_editions_is_said_in_the_words_of_plans(as_user, bob, now):
    first = plan_framework_version("pcs-2020")
    later = FrameworkVersion.objects.create(framework=first.framework, label="édition 2", previous=first)
    Node.objects.create(version=later, kind="axis", code="8", labels={"fr": "Le droit au repos"})
    publish_version(version=later, by=None, now=now)
    page = as_user(bob).get(f"/referentiels/{later.pk}/differences/").content.decode()
    assert "axe <strong>8</strong> · Le droit au repos" in page
    assert "action du catalogue <strong>5.4.01</strong>" in page
    assert as_user(bob).get(f"/referentiels/{later.pk}/correspondances/").status_code == 200
