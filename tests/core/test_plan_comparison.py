"""Two states of a plan side by side."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tissage.core.plan_comparison import COMPARED, ActionSaid, AmountSaid, PartnerSaid, TargetSaid, compare_actions, compare_plans

one = ActionSaid(action=10, sequence=1, title="Ateliers", partners=(PartnerSaid("Chantecler", "operator"),))


def test_the_same_plan_did_not_move():
    found = compare_plans([one], [one])
    assert (found.is_empty, found.count, found.same) == (True, 0, 1)


def test_an_action_is_known_by_its_key_whatever_its_number_and_title():
    found = compare_plans([one], [ActionSaid(action=10, sequence=4, title="Ateliers du soir", partners=one.partners)])
    [moved] = found.changed
    assert [(each.field, each.before, each.after) for each in moved.fields] == [
        ("sequence", 1, 4),
        ("title", "Ateliers", "Ateliers du soir"),
    ]


def test_what_came_and_what_went_is_told_by_number():
    others = [ActionSaid(action=number, sequence=number, title="…") for number in (30, 20)]
    found = compare_plans([one], others)
    assert [each.action for each in found.added] == [20, 30]
    assert [each.action for each in found.removed] == [10]
    assert found.count == 3


def test_a_list_says_what_left_and_what_arrived():
    said = (TargetSaid("Personnes", 2025, Decimal("12.00"), "personnes"), TargetSaid("Personnes", 2026, Decimal("14.00"), "personnes"))
    raised = (said[0], TargetSaid("Personnes", 2026, Decimal("20.00"), "personnes"))
    [moved] = compare_actions(
        ActionSaid(action=1, sequence=1, title="a", targets=said), ActionSaid(action=1, sequence=1, title="a", targets=raised)
    )
    assert (moved.field, moved.gone, moved.came) == ("targets", said[1:], raised[1:])


def test_a_list_in_another_order_did_not_move():
    places = ActionSaid(action=1, sequence=1, title="a", neighbourhoods=("Nord", "Sud"))
    assert compare_actions(places, ActionSaid(action=1, sequence=1, title="a", neighbourhoods=("Sud", "Nord"))) == ()


def test_work_going_on_is_no_change_of_the_plan_but_ending_is():
    def said(state):
        return ActionSaid(action=1, sequence=1, title="a", state=state)

    assert compare_actions(said("created"), said("ongoing")) == ()
    assert [each.field for each in compare_actions(said("ongoing"), said("stopped"))] == ["state"]
    assert [each.field for each in compare_actions(said("stopped"), said("ongoing"))] == ["state"]


def test_an_unknown_amount_is_not_zero():
    unknown, nothing = (
        ActionSaid(action=1, sequence=1, title="a", amounts=(AmountSaid("Subvention", 2026, amount),)) for amount in (None, Decimal(0))
    )
    assert [each.field for each in compare_actions(unknown, nothing)] == ["amounts"]


words = st.text(max_size=3)
states = st.builds(
    ActionSaid,
    action=st.integers(1, 5),
    sequence=st.integers(1, 5),
    title=words,
    description=words,
    neighbourhoods=st.lists(words, max_size=3).map(tuple),
)
plans = st.lists(states, max_size=5, unique_by=lambda each: each.action)


@given(plans, plans)
def test_looking_back_tells_the_same_story_backwards(older, newer):
    there, back = compare_plans(older, newer), compare_plans(newer, older)
    assert {each.action for each in there.added} == {each.action for each in back.removed}
    assert {(m.before, m.after) for m in there.changed} == {(m.after, m.before) for m in back.changed}
    assert there.same == back.same
    assert there.same + len(there.changed) + len(there.added) == len(newer)


def test_every_field_of_the_sheet_is_compared():
    assert {"title", "code", "amounts", "targets", "partners", "stop_reason", "ends_on"} <= set(COMPARED)
    assert "action" not in COMPARED
