"""Importing a published plan: previewed, written whole or not at all, read again without effect."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.plans import invented_framework
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Organization
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Entry, Membership, Territory, User
from tissage.plan.exchange.plan_page import read_page
from tissage.plan.models import Action, ActionPartner, Plan
from tissage.plan.operations.actions import change_action
from tissage.plan.operations.page_import import PageRefused, import_plan_page
from tissage.plan.operations.plans import create_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_plan_frameworks")]

PAGE = """Notre plan

01 1.1.06 Écoles de devoirs ART 20 ASBL Le Fil
02 3.1.06Santé pour tous
03 1.1.06 Aide aux leçons, … ART 20 Maison Rouge
04 9.9.99 Une action hors du catalogue
"""


@pytest.fixture
def framework():
    return plan_framework_version("pcs-2020")


@pytest.fixture
def bring(framework, now):
    def act(text=PAGE, slug="sormont", **more):
        page = read_page("page.txt", text.encode(), {"ART 20": "art20"})
        return import_plan_page(page=page, version=more.pop("version", framework), slug=slug, by=None, now=now, **more)

    return act


def states(difference):
    return {state: difference.count(state) for state in ("created", "changed", "unchanged")}


def test_a_page_makes_the_plan_its_actions_and_the_organisations(territory, bring, framework):
    assert states(bring()) == {"created": 4, "changed": 0, "unchanged": 0}
    plan = Plan.objects.get(territory=territory)
    assert (plan.name, plan.framework, str(plan.starts_on), str(plan.ends_on)) == (
        "Plan de cohésion sociale 2020-2025",
        framework,
        "2020-01-01",
        "2026-12-31",
    )
    assert plan.competent_council == "conseil communal"
    actions = [(one.sequence, one.node and one.node.code, one.title, one.basis) for one in plan.actions.select_related("node")]
    assert actions == [
        (1, "1.1.06", "Écoles de devoirs", "art20"),
        (2, "3.1.06", "Santé pour tous", ""),
        (3, "1.1.06", "Aide aux leçons, …", "art20"),
        (4, None, "9.9.99 · Une action hors du catalogue", ""),
    ]
    partners = ActionPartner.objects.order_by("action__sequence").values_list("action__sequence", "organization__name", "role")
    assert list(partners) == [(1, "ASBL Le Fil", "operator"), (3, "Maison Rouge", "operator")]
    kinds = dict(Organization.objects.filter(territory=territory).values_list("name", "kind"))
    assert kinds == {"ASBL Le Fil": "asbl", "Maison Rouge": "other"}


def test_the_same_page_again_writes_nothing_not_even_a_line_of_the_journal(territory, bring):
    bring()
    before = (Entry.objects.count(), Organization.objects.count(), Plan.objects.count())
    assert states(bring()) == {"created": 0, "changed": 0, "unchanged": 4}
    assert (Entry.objects.count(), Organization.objects.count(), Plan.objects.count()) == before


def test_a_corrected_page_changes_only_what_differs(territory, bring):
    bring()
    difference = bring(PAGE.replace("Santé pour tous", "La santé pour tous").replace("Maison Rouge", "Maison Bleue"))
    assert [(line.action.number, line.fields, line.before) for line in difference.lines if line.state == "changed"] == [
        (2, ("title",), "Santé pour tous"),
        (3, ("operator",), "Aide aux leçons, …"),
    ]
    assert Action.objects.get(sequence=2).title == "La santé pour tous"


def test_what_the_team_decided_besides_the_page_is_left(territory, bring, erin, now):
    bring()
    action = Action.objects.get(sequence=2)
    change_action(action=action, revision=action.revision, basis="subsidy", state="ongoing", description="Notre affaire", by=erin, now=now)
    assert states(bring()) == {"created": 0, "changed": 0, "unchanged": 4}
    action.refresh_from_db()
    assert (action.basis, action.state, action.description) == ("subsidy", "ongoing", "Notre affaire")


def test_an_organisation_already_in_the_register_under_its_bare_name_is_not_made_twice(territory, bring):
    Organization.objects.create(territory=territory, name="Le Fil", kind="asbl")
    assert bring().new_organizations == ("Maison Rouge",)
    assert Organization.objects.filter(territory=territory).count() == 2
    assert states(bring())["unchanged"] == 4


def test_a_code_outside_the_catalogue_is_a_notice_and_actions_the_page_has_not_are_left(territory, bring):
    said = [notice.message for notice in bring().notices]
    assert any("9.9.99" in message and "catalogue" in message for message in said)
    shorter = bring("\n".join(PAGE.splitlines()[:4]))
    assert shorter.left == (3, 4)
    assert Action.objects.count() == 4


def test_an_unreadable_line_stops_everything_unless_the_rest_is_accepted(territory, bring):
    broken = PAGE.replace("02 3.1.06Santé", "02 3.1.6 Santé")
    with pytest.raises(PageRefused) as refusal:
        bring(broken)
    assert [finding.line for finding in refusal.value.difference.page.problems] == [4]
    assert not Plan.objects.exists()
    assert states(bring(broken, accept_problems=True))["created"] == 3


def test_the_territory_is_made_when_absent_and_not_in_a_dry_run(bring):
    assert states(bring(slug="mons", dry_run=True))["created"] == 4
    assert not Territory.objects.filter(slug="mons").exists()
    bring(slug="mons")
    assert Territory.objects.get(slug="mons").name == "Mons"


def test_an_address_that_is_none_is_refused(bring):
    with pytest.raises(PageRefused, match="adresse courte"):
        bring(slug="Où ça ?")


def test_between_two_plans_of_the_same_framework_one_must_say_which(territory, bring, framework, now):
    period = {"starts_on": framework.valid_from, "ends_on": framework.valid_to}
    for name in ("Plan A", "Plan B"):
        create_plan(territory=territory, framework=framework, name=name, by=None, now=now, **period)
    with pytest.raises(PageRefused, match="Plan A, Plan B"):
        bring()
    bring(name="Plan B")
    assert Action.objects.filter(plan__name="Plan B").count() == 4


def test_a_framework_without_period_asks_for_the_plan_first(territory, bring):
    with pytest.raises(PageRefused, match="ne fixe pas de période"):
        bring(version=plan_framework_version("projet-social"))


def test_html_is_read_like_text():
    html = """<html><head><title>01 1.1.06 Non</title></head><body><p>Objectifs :</p>
    <table><tr><td>01</td><td>1.1.06 Écoles ART 20 ASBL Le Fil</td></tr></table><p>02 3.1.06 Santé<br>03 3.1.07 Soin</p></body></html>"""
    page = read_page("page.html", html.encode("cp1252"), {"ART 20": "art20"})
    assert [(one.number, one.title, one.operator) for one in page.actions] == [
        (1, "Écoles", "ASBL Le Fil"),
        (2, "Santé", ""),
        (3, "Soin", ""),
    ]


@pytest.mark.parametrize("content", [b"%PDF-1.7 01 1.1.06 Une", b"Bonjour", b"x" * (4 * 1024 * 1024 + 1), b"01 1.1.06 a\x00b"])
def test_what_is_no_page_of_a_plan_is_refused_in_words(content):
    with pytest.raises(UnreadableFile, match="page.txt"):
        read_page("page.txt", content, {})


def upload(client, framework, content=PAGE, **more):
    data = {"file": SimpleUploadedFile("plan.txt", content.encode()), "framework": framework.pk, "carrier_kind": "cpas", **more}
    return client.post("/territoires/sormont/plans/importer/", data)


def test_the_screen_previews_then_applies_what_the_preview_carried(as_user, erin, territory, framework):
    client = as_user(erin)
    preview = upload(client, framework)
    assert preview.status_code == 200
    assert not Plan.objects.exists()
    page = preview.content.decode()
    assert "9.9.99 · Une action hors du catalogue" in page
    assert "Maison Rouge" in page
    carried = {name: field.value() if (field := preview.context["form"][name]) else "" for name in preview.context["form"].fields}
    done = client.post(
        "/territoires/sormont/plans/importer/", {**{k: v or "" for k, v in carried.items()}, "accept_problems": "", "apply": "1"}
    )
    plan = Plan.objects.get(territory=territory)
    assert done["Location"] == f"/territoires/sormont/plans/{plan.pk}/"
    assert (plan.carrier_kind, plan.competent_council, plan.actions.count()) == ("cpas", "conseil de l’action sociale", 4)
    assert Entry.objects.filter(verb="plan.import_page", actor=erin).count() == 1
    again = upload(client, framework)
    assert "il n’y a rien à importer" in again.content.decode()


def test_the_screen_says_unreadable_lines_with_their_remedy_and_keeps_the_rest_possible(as_user, erin, territory, framework):
    page = upload(as_user(erin), framework, PAGE.replace("02 3.1.06Santé", "02 3.1.6 <b>Santé")).content.decode()
    assert "02 3.1.6 &lt;b&gt;Santé" in page
    assert "axe, thème et deux chiffres" in page
    assert "accept_problems" in page


def test_a_file_lost_on_the_way_is_asked_again(as_user, erin, territory, framework):
    answer = as_user(erin).post(
        "/territoires/sormont/plans/importer/", {"apply": "1", "file": "pas du base64 !", "framework": framework.pk}
    )
    assert "perdu en route" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("plan_manager", 200),
        ("facilitator", 404),
        ("reader", 404),
        ("finance", 404),
        ("partner", 404),
        ("councillor", 404),
    ],
)
def test_who_may_import(as_user, territory, now, role, status):
    user = User.objects.create_user(email="x@example.org", name="X", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role=role, since=now)
    assert as_user(user).get("/territoires/sormont/plans/importer/").status_code == status


def run(*arguments):
    out = io.StringIO()
    call_command("import_plan", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_gives_its_figures_and_refuses_with_its_reasons(tmp_path, capsys):
    path = tmp_path / "plan.txt"
    path.write_text(PAGE, encoding="utf-8")
    answer = run(str(path), "--territory", "essai", "--framework", "pcs-2020")
    assert {name: answer[name] for name in ("actions", "article_20", "codes", "axes", "created", "written")} == {
        "actions": 4,
        "article_20": 2,
        "codes": 3,
        "axes": 3,
        "created": 4,
        "written": True,
    }
    for wrong in (("--framework", "rien"), ("--framework", "projet-social")):
        with pytest.raises(SystemExit) as stop:
            run(str(path), "--territory", "autre", *wrong)
        assert stop.value.code == 1
    assert not Territory.objects.filter(slug="autre").exists()
    with pytest.raises(SystemExit):
        run(str(tmp_path / "absent.txt"), "--territory", "autre", "--framework", "pcs-2020")


def test_the_rules_of_the_page_are_data_of_the_framework(territory, now):
    """A framework that marks nothing cuts nothing from a title."""
    version = invented_framework(now)
    page = read_page("p.txt", b"01 1.1.06 Aide ART 20 ASBL Fil", {})
    import_plan_page(page=page, version=version, slug="sormont", by=None, now=now)
    assert Action.objects.get().title == "Aide ART 20 ASBL Fil"
