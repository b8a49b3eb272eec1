from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tissage.core.suppression import GroupFacts, Suppression, isolable, leak, public_labels, suppress
from tissage.core.synthesis import Cell, overview


def group(key: int, participants: int | None, consent: str = "statements", name: str = "", **criteria: int) -> GroupFacts:
    return GroupFacts(key, name, participants, consent, criteria or {"WB": 3})


def shown(decision: Suppression, question: str = "WB") -> list[set[int]]:
    return sorted((set(block.members[question]) for block in decision.blocks if question in block.members), key=sorted)


def test_a_large_group_that_consents_is_shown_alone():
    decision = suppress([group(1, 8), group(2, 5)])
    assert shown(decision) == [{1}, {2}]
    assert decision.left_out == ()


def test_a_group_without_consent_never_appears():
    decision = suppress([group(1, 8), group(2, 30, "none")])
    assert shown(decision) == [{1}]
    assert [(left.group, left.question) for left in decision.left_out] == [(2, "")]
    cells = [Cell(1, "WB", "A01", "P", 3, 3), Cell(2, "WB", "A01", "P", 40, 40)]
    assert overview(decision.public_cells(cells), decision.groups).criteria == 3


def test_small_groups_are_shown_together_when_they_are_enough():
    decision = suppress([group(1, 8), group(2, 2), group(3, 3)])
    assert shown(decision) == [{1}, {2, 3}]
    assert [block.label for block in decision.blocks] == ["Groupe A", "Autres groupes"]


@pytest.mark.parametrize(
    "small",
    [[(2, 4)], [(2, 2), (3, 2)], [(2, None), (3, 4)], [(2, None), (3, None)]],
    ids=["one alone", "four people together", "an unknown number adds nothing", "nobody knows"],
)
def test_small_groups_too_few_together_are_left_out_of_totals_too(small):
    decision = suppress([group(1, 8), *(group(key, count) for key, count in small)])
    assert shown(decision) == [{1}]
    assert {left.group for left in decision.left_out} == {key for key, _ in small}
    cells = [Cell(key, "WB", "A01", "", 7, 7) for key in (1, 2, 3)]
    assert sum(cell.criteria for cell in decision.public_cells(cells)) == 7


def test_the_threshold_is_the_territorys():
    assert shown(suppress([group(1, 8)], threshold=10)) == []
    assert shown(suppress([group(1, 1)], threshold=1)) == [{1}]


def test_a_group_that_said_nothing_hides_nobody():
    """Group 3 spoke of WB only: on IB the merged block would hold the words of group 2 alone."""
    decision = suppress([group(2, 3, WB=4, IB=2), group(3, 4, WB=1, IB=0)])
    assert shown(decision, "WB") == [{2, 3}]
    assert shown(decision, "IB") == []
    assert [(left.group, left.question) for left in decision.left_out] == [(2, "IB")]


def test_a_large_group_not_heard_has_its_block_and_a_small_one_has_none():
    decision = suppress([group(1, 8, name="Aînés", WB=0), group(2, 3, name="Jeunes", WB=0)])
    assert [(block.label, block.members) for block in decision.blocks] == [("Aînés", {})]


def test_a_newcomer_is_not_added_to_a_block_already_published():
    published = [("WB", frozenset({2, 3}))]
    decision = suppress([group(2, 3), group(3, 3), group(4, 2)], published=published)
    assert shown(decision) == [{2, 3}]
    assert [(left.group, "comparaison" in left.reason) for left in decision.left_out] == [(4, True)]


def test_newcomers_enough_to_hide_each_other_may_join():
    published = [("WB", frozenset({2, 3}))]
    decision = suppress([group(2, 3), group(3, 3), group(4, 3), group(5, 2)], published=published)
    assert shown(decision) == [{2, 3, 4, 5}]


def test_a_group_stated_larger_later_stays_merged_when_alone_it_would_betray_another():
    published = [("WB", frozenset({2, 3}))]
    decision = suppress([group(2, 9), group(3, 3)], published=published)
    assert shown(decision) == [{2, 3}]
    assert [remark.group for remark in decision.remarks] == [2]


def test_a_withdrawn_consent_does_not_isolate_those_who_stay():
    published = [("WB", frozenset({2, 3, 4}))]
    decision = suppress([group(2, 3), group(3, 3), group(4, 3, "none")], published=published)
    assert shown(decision) == []


def test_another_question_is_another_matter():
    decision = suppress([group(2, 3), group(3, 3), group(4, 2)], published=[("IB", frozenset({2, 3}))])
    assert shown(decision) == [{2, 3, 4}]


def test_publishing_the_same_again_is_always_allowed():
    groups = [group(1, 8), group(2, 3), group(3, 3)]
    first = suppress(groups)
    assert shown(suppress(groups, published=list(first.rows()))) == shown(first)


def test_statements_of_part_of_a_block_wait_when_counting_them_would_betray_the_rest():
    decision = suppress([group(2, 3, "statements"), group(3, 3, "statistics")])
    (block,) = decision.blocks
    assert block.members == {"WB": frozenset({2, 3})}
    assert block.statements == {}
    assert [remark.group for remark in decision.remarks] == [2]


def test_statements_of_a_whole_block_go_out_under_its_label():
    decision = suppress([group(2, 3), group(3, 3), group(1, 6, "statistics")])
    assert decision.speaking_block(2, "WB").label == "Autres groupes"
    assert decision.speaking_block(1, "WB") is None
    assert decision.block_of(1, "WB").label == "Groupe A"


def test_labels_are_public_names_else_letters_and_never_twice_the_same():
    names = ["", "Aînés", "", "Aînés", "Groupe A"]
    assert public_labels([group(key, 9, name=name) for key, name in enumerate(names, 1)]) == {
        1: "Groupe B",
        2: "Aînés",
        3: "Groupe C",
        4: "Aînés (2)",
        5: "Groupe A",
    }


def test_letters_go_on_after_z():
    labels = public_labels([group(key, 9) for key in range(1, 29)])
    assert (labels[26], labels[27], labels[28]) == ("Groupe Z", "Groupe AA", "Groupe AB")


def test_a_decision_survives_json():
    decision = suppress([group(1, 8, name="Aînés"), group(2, 3), group(3, 3), group(4, 3, "none")], published=[("WB", frozenset({2, 3}))])
    assert Suppression.from_json(decision.as_json()) == decision
    assert "5 participant·e·s" in decision.rule


def test_only_combinations_that_bear_on_small_groups_matter():
    assert isolable([frozenset({1, 2}), frozenset({1})], frozenset({2})) == [{2: Fraction(1)}]
    assert isolable([frozenset({1, 2})], frozenset({2})) == []
    assert leak([frozenset({1, 2})], [frozenset({1})], {1: 9, 2: 3}, 5) == frozenset({2})


# --- An attacker who tries everything ---------------------------------------------------------------------------


def rank(rows: list[list[Fraction]]) -> int:
    rows = [list(row) for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * other for value, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def betrayed(rows: list[frozenset[int]], participants: dict[int, int | None], threshold: int) -> set[frozenset[int]]:
    """Every set of groups below the threshold whose sum some combination of the rows gives."""
    keys = sorted(participants)
    matrix = [[Fraction(key in row) for key in keys] for row in rows]
    before = rank(matrix)
    found = set()
    for size in range(1, len(keys) + 1):
        for chosen in combinations(keys, size):
            if sum(participants[key] or 0 for key in chosen) < threshold:
                target = [Fraction(key in chosen) for key in keys]
                if rank([*matrix, target]) == before:
                    found.add(frozenset(chosen))
    return found


sizes = st.dictionaries(st.integers(1, 6), st.one_of(st.none(), st.integers(0, 7)), min_size=1, max_size=6)
consents = st.sampled_from(["statements", "statements", "statements", "statistics", "none"])
crowds = st.fixed_dictionaries({key: st.sampled_from([3, 2, 4, 1, None, 6]) for key in range(1, 7)})


@settings(max_examples=60, deadline=None)
@given(crowds, st.data())
def test_no_run_of_publications_lets_anybody_isolate_a_small_group(participants, data):
    """Selections, consents and who spoke change from one publication to the next; sizes do not (data unchanged)."""
    published: list[tuple[str, frozenset[int]]] = []
    for _ in range(data.draw(st.integers(2, 4))):
        facts = [
            GroupFacts(key, "", count, data.draw(consents), {"WB": data.draw(st.sampled_from([1, 1, 1, 0]))})
            for key, count in participants.items()
            if data.draw(st.sampled_from([True, True, True, False]))
        ]
        decision = suppress(facts, threshold=5, published=published, participants_elsewhere=participants)
        published += decision.rows()
        assert betrayed([row for _question, row in published], participants, 5) == set()
        for block in decision.blocks:
            for members in block.members.values():
                assert all(fact.consent != "none" for fact in facts if fact.id in members)
            for question, words in block.statements.items():
                assert words <= block.members[question]
                assert all(fact.consent == "statements" for fact in facts if fact.id in words)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(sizes, st.data())
def test_a_leak_is_never_missed(participants, data):
    """Most draws leak nothing new: they are set aside, and forty that do are kept."""
    keys = sorted(participants)
    rows = st.lists(st.frozensets(st.sampled_from(keys), min_size=1), max_size=4)
    published, new = data.draw(rows), data.draw(rows)
    before = betrayed(published, participants, 5) if published else set()
    after = betrayed([*published, *new], participants, 5) if published or new else set()
    assume(after - before)
    assume(not any(len(known) == 1 for known in before))
    assert leak(published, new, participants, 5) is not None


def test_published_totals_cannot_be_subtracted():
    """Real counts, every published number, every difference of two of them: none is the count of a small group."""
    groups = [group(1, 12, WB=7, IB=4), group(2, 3, WB=11, IB=0), group(3, 2, WB=5, IB=9), group(4, None, WB=17, IB=0)]
    cells = [Cell(facts.id, code, "A01", "", count, count) for facts in groups for code, count in facts.criteria.items() if count]
    decision = suppress(groups)
    public = overview(decision.public_cells(cells), decision.groups)
    numbers = {0, public.criteria, *public.by_group.values(), *public.by_question.values(), *(cell.criteria for cell in public.cells)}
    assert public.criteria == 7 + 4 + (11 + 5 + 17)
    differences = {abs(one - other) for one, other in product(numbers, repeat=2)}
    assert {5, 9, 17} & differences == set()
