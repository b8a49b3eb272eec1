"""The board: actions in groups, each counted once; filters that say what they hide; a constant number of queries."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.plan.boards import make_board
from tissage.core.money import Total
from tissage.plan.models import Action, ActionPartner, ActionVersion, PlanVersion
from tissage.plan.queries.board import BoardFilter, board_rows, group_board, group_order, groups_of

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def made(territory, now):
    return make_board(territory, now)


def rows_of(made):
    return board_rows(made.plan, year=2026, today=TODAY)


def grouped(made, by):
    board = group_board(rows_of(made), by, group_order(made.plan, by))
    return {group.label: [row.sequence for row in group.rows] for group in board.groups}, board


def test_a_row_says_what_one_asks_first(made):
    row = rows_of(made)[0]
    assert (row.sequence, row.code, row.title, row.state, row.health) == (1, "1.1.06", "Soutien scolaire", "ongoing", "risk")
    assert (row.budget, row.spent) == (Total(Decimal("10000.50")), Decimal("400.00"))
    assert row.partners == [(made.partner.pk, "ASBL Chantecler", "operator")]
    assert (row.next_on, row.next_words) == (dt.date(2026, 12, 15), "fin de convention")


def test_the_last_figure_is_the_last_approved_one(made):
    assert rows_of(made)[0].figure == ("Enfants suivis", Decimal("38.00"), "enfants", 2025, None)


def test_what_is_not_known_stays_unknown(made):
    garden = rows_of(made)[1]
    assert garden.figure is None
    assert garden.next_on is None


def test_by_axis_in_the_order_of_the_framework_and_what_has_none_last(made):
    labels, board = grouped(made, "axe")
    assert list(labels.values()) == [[1], [2], [3]]
    assert [group.key for group in board.groups] == ["1", "3", ""]


def test_an_action_in_two_neighbourhoods_stands_in_both_and_counts_once(made):
    labels, board = grouped(made, "quartier")
    assert labels == {"Centre": [2], "Nord": [2], "": [1, 3]}
    assert (board.shown, board.lines, board.several) == (3, 4, 1)


def test_by_partner_state_and_health(made):
    assert grouped(made, "partenaire")[0] == {"ASBL Chantecler": [1, 2], "": [3]}
    assert grouped(made, "etat")[0] == {"en cours": [1, 2], "arrêtée": [3]}
    assert grouped(made, "sante")[0] == {"à risque": [1], "va bien": [2, 3]}


def test_rights_come_from_the_axis_when_none_was_chosen_and_from_the_action_when_one_was(made):
    from tissage.frameworks.models import Node

    row = rows_of(made)[0]
    assert [key for key, _label in groups_of(row, "droit")] == ["DF01", "DF02", "DF03", "DF04"]
    made.workshop.objectives.add(Node.objects.get(version=made.plan.framework, kind="right", code="DF03"))
    assert groups_of(rows_of(made)[0], "droit") == [("DF03", "apprentissage")]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (BoardFilter(state="stopped"), [3]),
        (BoardFilter(health="risk"), [1]),
        (BoardFilter(passed_on=True), [1]),
        (BoardFilter(pilot=True), [1]),
        (BoardFilter(text="jardin CENTRE"), [2]),
        (BoardFilter(text="chantecler"), [1, 2]),
        (BoardFilter(text="inconnu"), []),
        (BoardFilter(), [1, 2, 3]),
    ],
)
def test_filters_keep_what_they_say(made, asked, kept):
    assert [row.sequence for row in rows_of(made) if asked.keeps(row)] == kept


def test_approved_dates_are_those_of_the_version_in_force(made, now):
    for number, effective, ends_on in ((1, dt.date(2020, 1, 1), dt.date(2025, 12, 31)), (2, dt.date(2027, 1, 1), dt.date(2027, 12, 31))):
        version = PlanVersion.objects.create(
            plan=made.plan, number=number, reason="r", answer="accepted", answered_on=effective, effective_from=effective, made_at=now
        )
        ActionVersion.objects.create(version=version, action=made.workshop, sequence=1, title="t", ends_on=ends_on)
    assert [row.approved for row in rows_of(made)] == [(None, dt.date(2025, 12, 31)), (None, None), (None, None)]


def test_a_partner_who_left_is_not_on_the_board(made):
    ActionPartner.objects.filter(action=made.garden).update(until=TODAY)
    assert rows_of(made)[1].partners == []


def test_the_page_groups_filters_and_says_what_it_hides(made, erin, as_user):
    page = as_user(erin).get(f"/territoires/sormont/plans/{made.plan.pk}/tableau/", {"par": "quartier", "sante": "risk"})
    text = page.content.decode()
    assert "Soutien scolaire" in text
    assert "Jardin partagé" not in text
    assert "les filtres en masquent 2" in text
    assert "10\u202f000,50\u00a0€" in text
    assert "38 enfants (2025)" in text
    assert "99" not in text


def test_the_page_says_that_an_action_stands_in_two_groups(made, erin, as_user):
    text = as_user(erin).get(f"/territoires/sormont/plans/{made.plan.pk}/tableau/", {"par": "quartier"}).content.decode()
    assert "1 action figure dans plusieurs groupes" in text


def test_the_timeline_marks_what_was_stopped(made, erin, as_user):
    page = as_user(erin).get(f"/territoires/sormont/plans/{made.plan.pk}/tableau/", {"vue": "frise"})
    rows = page.context["timeline"].table.rows
    assert ("3 · Navette", "dates inconnues", "01/03/2021 – 30/06/2022", "arrêtée") in rows
    assert page.context["timeline_sentence"] == "3 actions entre 2020 et 2026, 1 arrêtée, 1 sans dates."


@pytest.mark.parametrize("asked", ["par=n%27importe&annee=1&etat=x&vue=y", "annee=2020&par=sante", "transfert=on&pilote=on&q=%00"])
def test_an_address_typed_by_hand_still_answers(made, erin, as_user, asked):
    assert as_user(erin).get(f"/territoires/sormont/plans/{made.plan.pk}/tableau/?{asked}").status_code == 200


@pytest.mark.parametrize("view", ["", "frise"])
def test_the_board_asks_as_many_queries_for_forty_actions_as_for_three(made, erin, as_user, django_assert_num_queries, view):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = as_user(erin), f"/territoires/sormont/plans/{made.plan.pk}/tableau/?vue={view}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(4, 44):
        action = Action.objects.create(plan=made.plan, sequence=number, node=made.workshop.node, title=f"Action {number}", state="ongoing")
        ActionPartner.objects.create(action=action, organization=made.partner)
        action.neighbourhoods.set(made.garden.neighbourhoods.all())
    with django_assert_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize(("who", "status"), [("erin", 200), ("alice", 200), ("bob", 200), ("charlie", 404), ("dora", 404)])
def test_who_reads_the_board_the_sheets_and_the_partners(request, made, as_user, who, status):
    client = as_user(request.getfixturevalue(who))
    base = f"/territoires/sormont/plans/{made.plan.pk}"
    for page in ("tableau/", "partenaires/", f"actions/{made.workshop.pk}/fiche/", f"partenaires/{made.partner.pk}/fiche/"):
        answer = client.get(f"{base}/{page}")
        assert answer.status_code == status
        assert ("zoe@chantecler.example" in answer.content.decode()) == (status == 200 and "fiche" in page)
