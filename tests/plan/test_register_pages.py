"""The pages of the register, opened by everybody who may and by those who may not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tissage.network.operations.organizations import create_organization
from tissage.plan.operations.actions import comment_action, create_action, set_partners
from tissage.plan.operations.figures import write_figure
from tissage.plan.operations.indicators import create_indicator
from tissage.plan.operations.versions import create_version

READ = [
    "",
    "modifier/",
    "actions/nouvelle/",
    "versions/",
    "versions/nouvelle/",
    "versions/comparer/?de=1&a=aujourdhui",
    "versions/1/",
    "en-vigueur/",
]
ACTION = ["", "modifier/", "partenaires/", "indicateurs/", "indicateurs/nouveau/", "retirer/"]


@pytest.fixture
def full(plan, action, paul, now):
    create_indicator(action=action, name="Personnes formées", unit="personnes", by=paul, now=now)
    create_version(plan=plan, reason="Première", by=paul, now=now)
    create_action(plan=plan, title="Deuxième action", by=paul, now=now)
    return action


def at(plan, path="", action=None):
    return f"/territoires/sormont/plans/{plan.pk}/" + (f"actions/{action.pk}/{path}" if action else path)


def test_the_manager_opens_every_page(plan, full, paul, as_user):
    client = as_user(paul)
    pages = ["/territoires/sormont/plans/", "/territoires/sormont/plans/nouveau/"]
    pages += [at(plan, path) for path in READ] + [at(plan, path, full) for path in ACTION]
    pages += [at(plan, f"versions/1/{path}/") for path in ("envoyer", "reponse", "retirer")]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        #                        erin  paul  alice bob  fiona petra carl mona dora
        ("", (200, 200, 200, 200, 200, 404, 404, 404, 404)),
        ("modifier/", (200, 200, 404, 404, 404, 404, 404, 404, 404)),
        ("versions/", (200, 200, 200, 200, 200, 404, 404, 404, 404)),
        ("versions/nouvelle/", (200, 200, 404, 404, 404, 404, 404, 404, 404)),
        ("en-vigueur/", (200, 200, 200, 200, 200, 404, 404, 404, 404)),
    ],
)
def test_who_opens_what_of_a_plan(path, expected, plan, full, as_user, erin, paul, alice, bob, fiona, petra, carl, mona, dora):
    people = (erin, paul, alice, bob, fiona, petra, carl, mona, dora)
    assert tuple(as_user(one).get(at(plan, path)).status_code for one in people) == expected


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        #                         erin  paul  alice bob    fiona  petra  carl   mona   dora
        ("plan.read_action", (True, True, True, True, True, True, False, False, False)),
        ("plan.write_plan", (True, True, False, False, False, False, False, False, False)),
        ("plan.follow_actions", (True, True, True, False, False, False, False, False, False)),
    ],
)
def test_who_may_do_what_with_an_action(permission, expected, action, erin, paul, alice, bob, fiona, petra, carl, mona, dora):
    people = (erin, paul, alice, bob, fiona, petra, carl, mona, dora)
    assert tuple(one.has_perm(permission, action) for one in people) == expected


def test_a_partner_reads_its_own_actions_and_nothing_else(plan, full, petra, paul, as_user):
    other = full.plan.actions.get(title="Deuxième action")
    client = as_user(petra)
    page = client.get("/territoires/sormont/plans/mes-actions/").content.decode()
    assert "Remise à l’emploi" in page
    assert "Deuxième action" not in page
    assert client.get(at(plan, "", full)).status_code == 200
    assert client.get(at(plan, "", other)).status_code == 404
    for path in ("modifier/", "partenaires/", "indicateurs/", "retirer/"):
        assert client.get(at(plan, path, full)).status_code == 404
    assert client.post(at(plan, "commenter/", full), {"text": "x"}).status_code == 404
    assert as_user(paul).get("/territoires/sormont/plans/mes-actions/").status_code == 404


def test_a_partner_reads_on_its_action_neither_another_s_draft_nor_what_the_team_notes(plan, full, petra, paul, territory, now, as_user):
    rambo = create_organization(territory=territory, name="Rambo", by=paul, now=now)
    others = create_indicator(action=full, name="Compté par Rambo", unit="personnes", organization=rambo, by=paul, now=now)
    write_figure(indicator=others, year=2025, value=Decimal(987), by=paul, now=now)
    comment_action(action=full, text="Le partenaire nous inquiète", on=now.date(), by=paul, now=now)
    [team, partner] = [as_user(one).get(at(plan, "", full)).content.decode() for one in (paul, petra)]
    said = ("Compté par Rambo", "987", "Le partenaire nous inquiète")
    assert [word in team for word in said] == [True, True, True]
    assert [word in partner for word in said] == [False, False, False]


def test_a_partner_that_left_the_action_reads_it_no_more(plan, full, petra, paul, now, as_user):
    set_partners(action=full, partners=[], by=paul, now=now)
    client = as_user(petra)
    assert client.get(at(plan, "", full)).status_code == 404
    assert "Remise à l’emploi" not in client.get("/territoires/sormont/plans/mes-actions/").content.decode()


def test_pages_ask_as_many_queries_with_three_actions_as_with_one(plan, action, paul, now, as_user, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        client, counts = as_user(paul), {}
        for page in ("/territoires/sormont/plans/", at(plan), at(plan, "versions/"), at(plan, "versions/1/"), at(plan, "en-vigueur/")):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(page).status_code == 200
            counts[page] = len(queries)
        return counts

    create_version(plan=plan, reason="Première", by=paul, now=now)
    asked()  # caches of the process
    once = asked()
    for title in ("Deux", "Trois"):
        create_indicator(action=create_action(plan=plan, title=title, by=paul, now=now), name="n", unit="u", by=paul, now=now)
    assert asked() == once


def test_who_may_carry_a_plan_is_what_its_framework_says(plan, territory):
    from tissage.plan.forms.plans import PlanForm

    framework = plan.framework
    offered = PlanForm(territory=territory, plan=plan).fields["carrier_kind"].choices
    assert offered == [("municipality", "Commune"), ("cpas", "CPAS")]
    said = {"name": "Autre plan", "framework": framework.pk, "carrier_kind": "other", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    form = PlanForm(said, territory=territory)
    assert form.errors["carrier_kind"]
