"""A sample for a second coder who sees no code; figures from blind codes only; disagreements settled with a note."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code, parse_code
from tissage.core.sampling import draw_sample, shares
from tissage.people.models import Entry
from tissage.voices.models import BlindCoding, Coding, Criterion, DoubleCoding
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.criteria import withdraw_criterion
from tissage.voices.operations.double_coding import (
    AlreadyCoded,
    NothingToDraw,
    NothingToSettle,
    NotInTheTeam,
    NotYours,
    code_blind,
    draw_double_coding,
    reopen_disagreement,
    settle_disagreement,
    take_back_blind,
)
from tissage.voices.queries.agreement import pairs_of, report_of
from tissage.voices.queries.double_coding import disagreements_of, may_code_twice, next_blind, to_code_twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def draw(territory, erin, alice, now):
    """Draws all that Erin may code a second time, unless told otherwise."""

    def draw(*, coder=erin, by=alice, seed=1, **options) -> DoubleCoding:
        size = options or {"percent": 100}
        return draw_double_coding(territory=territory, coder=coder, label="Essai", draw=random.Random(seed), by=by, now=now, **size)

    return draw


@pytest.fixture
def coded(enter):
    """Criteria coded by Alice with these codes."""

    def coded(*codes: str) -> list[Criterion]:
        return enter(*((f"parole {place}", 1, parse_code(code)) for place, code in enumerate(codes)))

    return coded


def give(sample: DoubleCoding, by, now, **codes: str) -> None:
    """Second codes by criterion: `give(sample, erin, now, **{str(criterion.pk): "D03"})`."""
    for minute, (pk, code) in enumerate(codes.items()):
        code_blind(blind=sample.codings.get(criterion=pk), code=parse_code(code), by=by, now=now + dt.timedelta(minutes=minute))


# --- Drawing ----------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(0, 60), min_size=1, max_size=9), st.integers(0, 200))
def test_shares_are_whole_add_up_and_stay_within_one_of_the_proportion(sizes, count):
    total = sum(sizes.values())
    taken = shares(sizes, count)
    assert sum(taken.values()) == min(count, total)
    for stratum, size in sizes.items():
        assert 0 <= taken[stratum] <= size
        assert count >= total or abs(taken[stratum] - count * size / total) < 1


def test_the_same_seed_draws_the_same_and_its_order_says_nothing_of_the_strata():
    units = {letter: [f"{letter}{number}" for number in range(50)] for letter in "ABC"}
    one, again, other = (draw_sample(units, 30, random.Random(seed)) for seed in (5, 5, 6))
    assert one == again != other
    assert len(set(one)) == 30
    assert Counter(unit[0] for unit in one) == {"A": 10, "B": 10, "C": 10}
    assert [unit[0] for unit in one] != sorted(unit[0] for unit in one)


def test_criteria_that_the_person_coded_are_never_drawn_for_them(coded, draw, erin, alice, now):
    mine, hers, recoded = coded("A01", "D03", "H01")
    set_code(criterion=mine, code=Code("A02"), by=erin, now=now)
    set_code(criterion=recoded, code=Code("A02"), by=erin, now=now)
    set_code(criterion=recoded, code=Code("A03"), by=alice, now=now)
    sample = draw()
    assert list(sample.codings.values_list("criterion", flat=True)) == [hers.pk]
    assert not to_code_twice(sample.territory, alice).exists()
    with pytest.raises(NothingToDraw):
        draw(coder=alice, number=5, by=erin)


def test_uncoded_withdrawn_and_already_seen_criteria_are_not_drawn(coded, enter, draw, alice, now):
    keep, gone = coded("A01", "D03")
    enter("sans code")
    withdraw_criterion(criterion=gone, reason="", by=alice, now=now)
    assert list(draw().codings.values_list("criterion", flat=True)) == [keep.pk]
    with pytest.raises(NothingToDraw):
        draw()


def test_a_share_is_rounded_up_and_a_number_is_never_more_than_there_is(coded, draw, territory):
    coded(*["A01"] * 7, *["D03"] * 4)
    assert draw(percent=10).codings.count() == 2
    assert draw(number=500).codings.count() == 9


def test_stratified_keeps_the_share_of_each_dimension(coded, draw):
    coded(*["A01"] * 20, *["D03"] * 10, *["H01"] * 10)
    sample = draw(number=8)
    assert Counter(sample.codings.values_list("first__component", flat=True)) == {"A01": 4, "D03": 2, "H01": 2}
    assert sorted(sample.codings.values_list("position", flat=True)) == list(range(1, 9))


def test_only_the_team_codes_a_second_time(coded, draw, bob, dora):
    coded("A01")
    for person in (bob, dora):
        with pytest.raises(NotInTheTeam):
            draw(coder=person)


def test_the_form_says_for_each_person_how_many_may_be_drawn(coded, draw, territory, alice, erin, bob):
    coded("A01", "D03", "H01")
    assert may_code_twice(territory) == [(alice, 0), (erin, 3)]
    draw(number=2)
    assert may_code_twice(territory) == [(alice, 0), (erin, 1)]


# --- Coding blind -----------------------------------------------------------------------------------------------


def test_a_second_code_leaves_the_criterion_as_it_is(coded, draw, erin, now):
    [criterion] = coded("A01/P")
    sample = draw()
    code_blind(blind=sample.codings.get(), code=parse_code("D03/O21"), facet="money", memo=" j’hésite ", by=erin, now=now)
    criterion.refresh_from_db()
    assert (criterion.code, criterion.codings.count()) == ("A01/P", 1)
    blind = sample.codings.get()
    assert (blind.component, blind.sense, blind.facet, blind.memo, blind.coded_at) == ("D03", "O21", "money", "j’hésite", now)
    sample.refresh_from_db()
    assert sample.ended_at == now


def test_only_its_coder_codes_a_sample_and_each_criterion_once(coded, draw, alice, erin, now):
    coded("A01")
    sample = draw()
    blind = sample.codings.get()
    with pytest.raises(NotYours):
        code_blind(blind=blind, code=Code("D03"), by=alice, now=now)
    code_blind(blind=blind, code=Code("D03"), by=erin, now=now)
    with pytest.raises(AlreadyCoded):
        code_blind(blind=blind, code=Code("H01"), by=erin, now=now)
    assert sample.codings.get().component == "D03"


def test_the_last_code_is_taken_back_unless_settled(coded, draw, alice, erin, now):
    one, other = coded("A01", "D03")
    sample = draw()
    give(sample, erin, now, **{str(one.pk): "A02", str(other.pk): "H01"})
    assert take_back_blind(sample=sample, by=erin, now=now).criterion_id == other.pk
    sample.refresh_from_db()
    assert sample.ended_at is None
    assert next_blind(sample).criterion_id == other.pk
    settle_disagreement(blind=sample.codings.get(criterion=one), choice="first", note="vu ensemble", by=alice, now=now)
    with pytest.raises(AlreadyCoded):
        take_back_blind(sample=sample, by=erin, now=now)
    with pytest.raises(NotYours):
        take_back_blind(sample=sample, by=alice, now=now)


def test_what_is_skipped_comes_back_last(coded, draw):
    coded("A01", "D03", "H01")
    sample = draw()
    first, second, third = sample.codings.order_by("position")
    assert [next_blind(sample, after).pk for after in (0, 1, 2, 3)] == [first.pk, second.pk, third.pk, first.pk]


# --- Figures ----------------------------------------------------------------------------------------------------


def test_figures_stay_those_of_the_blind_codes_whatever_is_settled(coded, draw, territory, alice, erin, now):
    criteria = coded("A01", "A01", "D03", "D03")
    sample = draw()
    give(sample, erin, now, **dict(zip((str(one.pk) for one in criteria), ("A01", "A02", "D03", "H01"), strict=True)))
    before = report_of(territory)
    assert (before.whole.measured.units, before.whole.measured.alike) == (4, 2)
    for blind in disagreements_of(territory):
        settle_disagreement(blind=blind, choice="second", note="plus juste", by=alice, now=now)
    assert Criterion.objects.filter(component="H01").count() == 1
    assert report_of(territory) == before
    assert before.confused == (("A01", "A02", 1), ("D03", "H01", 1))
    assert before.by_dimension == {("A", "A"): 2, ("D", "D"): 1, ("D", "H"): 1}


def test_each_level_asks_more_of_two_codes_to_be_alike(coded, draw, territory, erin, now):
    criteria = coded("A01/P", "A01/P15", "A01", "A01")
    give(draw(), erin, now, **dict(zip((str(one.pk) for one in criteria), ("A01/O", "A01/P", "A02", "A01"), strict=True)))
    alike = {level: report_of(territory, level).whole.measured.alike for level in ("dimension", "component", "code")}
    assert alike == {"dimension": 4, "component": 3, "code": 2}
    assert {level: disagreements_of(territory, level).count() for level in alike} == {"dimension": 0, "component": 1, "code": 2}


def test_two_people_are_one_pair_whoever_coded_first(enter, draw, territory, alice, erin, now):
    [by_alice] = enter(("a", 1, Code("A01")), by=alice)
    [by_erin] = enter(("b", 1, Code("D03")), by=erin)
    give(draw(), erin, now, **{str(by_alice.pk): "A02"})
    give(draw(coder=alice, by=erin), alice, now, **{str(by_erin.pk): "D03"})
    [pair] = pairs_of(territory)
    assert (pair.coders, pair.figures.measured.units, pair.figures.measured.alike) == (("Alice", "Erin"), 2, 1)


def test_codes_that_came_with_a_file_have_no_coder_and_namesakes_are_told_apart(coded, draw, territory, alice, erin, now):
    imported, hers = coded("A01", "D03")
    Coding.objects.filter(criterion=imported).update(coder=None, origin="imported")
    alice.name = "Erin"
    alice.save()
    give(draw(), erin, now, **{str(imported.pk): "A01", str(hers.pk): "D03"})
    assert [pair.coders for pair in pairs_of(territory)] == [
        ("Erin (alice@example.org)", "Erin (erin@example.org)"),
        ("import", "Erin (erin@example.org)"),
    ]


def test_a_criterion_withdrawn_since_leaves_the_figures_and_the_queue(coded, draw, territory, alice, erin, now):
    criteria = coded("A01", "D03")
    give(draw(), erin, now, **{str(one.pk): "H01" for one in criteria})
    withdraw_criterion(criterion=criteria[0], reason="", by=alice, now=now)
    assert report_of(territory).whole.measured.units == 1
    assert [blind.criterion_id for blind in disagreements_of(territory)] == [criteria[1].pk]


# --- Settling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "code", "kept"), [("first", None, "A01/P"), ("second", None, "D03"), ("other", Code("H01", "", "O"), "H01/O")]
)
def test_settling_gives_the_criterion_the_code_that_was_kept_with_its_note(coded, draw, alice, erin, now, choice, code, kept):
    [criterion] = coded("A01/P")
    sample = draw()
    code_blind(blind=sample.codings.get(), code=Code("D03"), facet="contacts", by=erin, now=now)
    settle_disagreement(blind=sample.codings.get(), choice=choice, code=code, note="parce que", by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.code == kept
    blind = sample.codings.get()
    assert (blind.component, blind.first.component, blind.settled_by, blind.settled_note) == ("D03", "A01", alice, "parce que")
    current = criterion.codings.get(superseded_at__isnull=True)
    assert blind.settled_coding == current
    assert (current.memo, current.facet) == {"first": ("", ""), "second": ("parce que", "contacts"), "other": ("parce que", "")}[choice]
    assert criterion.codings.count() == (1 if choice == "first" else 2)


def test_keeping_the_first_code_gives_it_back_when_the_criterion_was_coded_anew_meanwhile(coded, draw, alice, erin, now):
    [criterion] = coded("A01")
    sample = draw()
    give(sample, erin, now, **{str(criterion.pk): "D03"})
    set_code(criterion=criterion, code=Code("H01"), by=erin, now=now)
    settle_disagreement(blind=sample.codings.get(), choice="first", note="retour", by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.code == "A01"


def test_what_is_settled_is_opened_again_and_settled_anew(coded, draw, territory, alice, erin, now):
    [criterion] = coded("A01")
    sample = draw()
    give(sample, erin, now, **{str(criterion.pk): "D03"})
    settle_disagreement(blind=sample.codings.get(), choice="second", note="un", by=alice, now=now)
    with pytest.raises(NothingToSettle):
        settle_disagreement(blind=sample.codings.get(), choice="first", note="deux", by=alice, now=now)
    reopen_disagreement(blind=sample.codings.get(), by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.code == "D03"
    assert disagreements_of(territory).filter(settled_at__isnull=True).count() == 1
    settle_disagreement(blind=sample.codings.get(), choice="first", note="deux", by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.code == "A01"


def test_two_codes_alike_are_nothing_to_settle(coded, draw, alice, erin, now):
    [criterion] = coded("A01/P")
    sample = draw()
    give(sample, erin, now, **{str(criterion.pk): "A01/P15/k"})
    with pytest.raises(NothingToSettle):
        settle_disagreement(blind=sample.codings.get(), choice="first", note="", by=alice, now=now)


def test_every_act_is_in_the_journal_without_a_word_of_anybody(coded, draw, alice, erin, now):
    coded("A01")
    sample = draw()
    code_blind(blind=sample.codings.get(), code=Code("D03"), memo="MÉMO", by=erin, now=now)
    take_back_blind(sample=sample, by=erin, now=now)
    code_blind(blind=sample.codings.get(), code=Code("D03"), by=erin, now=now)
    settle_disagreement(blind=sample.codings.get(), choice="second", note="NOTE", by=alice, now=now)
    reopen_disagreement(blind=sample.codings.get(), by=alice, now=now)
    said = list(Entry.objects.filter(territory=sample.territory, verb__in=JOURNALLED).order_by("pk"))
    assert [entry.verb for entry in said] == JOURNALLED
    assert not any(word in str(entry.__dict__) for entry in said for word in ("MÉMO", "NOTE", "parole"))


JOURNALLED = [
    "voices.draw_double_coding",
    "voices.code_blind",
    "voices.take_back_blind",
    "voices.code_blind",
    "voices.set_code",
    "voices.settle_disagreement",
    "voices.reopen_disagreement",
]


# --- Screens ----------------------------------------------------------------------------------------------------


def address(name: str, territory, *more) -> str:
    return reverse(f"voices:{name}", args=[territory.slug, *more])


def test_the_blind_screen_holds_the_words_and_nothing_of_the_first_code(enter, draw, territory, alice, erin, as_user, now):
    [criterion] = enter(("partir à la mer", 1, Code("I07", "12", "Q20", "k")))
    Coding.objects.update(facet="money", memo="MÉMO DU PREMIER")
    sample = draw()
    page = as_user(erin).get(address("blind_code", territory, sample.pk)).content.decode()
    assert "partir à la mer" in page
    for secret in ("I07", "Q20", "MÉMO DU PREMIER", "Alice", "/coder/valider", f"criteres/{criterion.pk}"):
        assert secret not in page.replace("nomenclature/I07", ""), secret
    assert "<title>" in page
    assert "checked" not in page.replace('name="letter" value="" ', "").split('id="matches"')[1].split("</fieldset>")[0]


def test_words_bring_components_and_a_typed_code_or_a_chosen_one_is_recorded(coded, draw, territory, erin, as_user):
    coded("A01", "D03", "H01")
    sample = draw()
    client = as_user(erin)
    screen = address("blind_code", territory, sample.pk)
    found = client.get(screen, {"words": "amis"}, headers={"HX-Request": "true"}).content.decode()
    assert 'value="D03"' in found
    assert "<html" not in found
    one, two, three = sample.codings.order_by("position")
    assert client.post(screen, {"blind": one.pk, "words": "d03/o", "facet": "", "memo": ""}).url == f"{screen}?apres=1"
    client.post(screen, {"blind": two.pk, "words": "amis", "component": "D03", "letter": "P", "facet": "money", "memo": "hm"})
    codes = [str(blind) for blind in sample.codings.order_by("position")]
    assert codes == ["D03/O", "D03/P", ""]
    refused = client.post(screen, {"blind": three.pk, "words": "un mot"})
    assert refused.status_code == 200
    assert "Choisissez une composante dans la liste" in refused.content.decode()
    assert client.post(address("take_back", territory, sample.pk)).url == f"{screen}?apres=1"
    assert sample.codings.filter(coded_at__isnull=False).count() == 1


def test_the_blind_screen_belongs_to_its_coder_alone(coded, draw, territory, alice, erin, bob, charlie, dora, as_user):
    coded("A01")
    sample = draw()
    for name, wanted in (("double_coding", 200), ("blind_code", 404)):
        assert as_user(alice).get(address(name, territory, sample.pk)).status_code == wanted
        assert as_user(erin).get(address(name, territory, sample.pk)).status_code == 200
    for person in (bob, charlie, dora):
        for name, more in (
            ("double_codings", ()),
            ("agreement", ()),
            ("agreement_csv", ()),
            ("disagreements", ()),
            ("blind_code", (sample.pk,)),
        ):
            assert as_user(person).get(address(name, territory, *more)).status_code == 404


def test_a_sample_is_drawn_on_the_screen_and_waits_among_the_things_to_do(coded, territory, alice, erin, as_user):
    coded(*["A01"] * 10)
    url = address("double_codings", territory)
    too_much = as_user(alice).post(url, {"coder": erin.pk, "size": 200, "unit": "percent", "method": "by_dimension"})
    assert "ne dépasse pas 100" in too_much.content.decode()
    answer = as_user(alice).post(url, {"coder": erin.pk, "size": 3, "unit": "number", "method": "at_random", "label": ""})
    sample = DoubleCoding.objects.get()
    assert answer.url == address("double_coding", territory, sample.pk)
    assert sample.codings.count() == 3
    assert sample.label.startswith("Double codage du ")
    assert "Coder 3 critères à l’aveugle" in as_user(erin).get("/a-faire/").content.decode()
    assert "à l’aveugle" not in as_user(alice).get("/a-faire/").content.decode()


def test_the_agreement_page_says_how_many_are_alike_first(coded, draw, territory, alice, erin, as_user, now):
    criteria = coded(*["A01"] * 15, *["D03"] * 5)
    give(draw(), erin, now, **{str(one.pk): "A01" for one in criteria})
    page = as_user(alice).get(address("agreement", territory)).content.decode()
    assert page.index("15 sur 20 pareils") < page.index("kappa de Cohen")
    assert "Trop peu pour conclure" in page
    assert "75\u00a0%" in page
    assert "Alice · Erin" in page
    table = as_user(alice).get(address("agreement_csv", territory)).content.decode()
    assert "ensemble;;component;20;15;0.75;0.0;" in table
    assert "confusion;A01 · D03;component;5" in table


def test_whoever_still_codes_blind_sees_no_first_code_of_that_sample_among_the_disagreements(
    coded, draw, territory, alice, erin, as_user, now
):
    """Her last code may be taken back: it must not be given again with the first one before her eyes."""
    one, two = coded("A01", "D03")
    sample = draw()
    give(sample, erin, now, **{str(one.pk): "H01"})
    blind = sample.codings.get(criterion=one)
    for person, wanted in ((erin, 404), (alice, 200)):
        assert as_user(person).get(address("settle", territory, blind.pk)).status_code == wanted
        assert (one.text in as_user(person).get(address("disagreements", territory)).content.decode()) == (wanted == 200)
    give(sample, erin, now, **{str(two.pk): "D03"})
    assert as_user(erin).get(address("settle", territory, blind.pk)).status_code == 200


def test_settling_on_the_screen_asks_why_and_passes_to_the_next(coded, draw, territory, alice, erin, as_user, now):
    criteria = coded("A01", "D03")
    give(draw(), erin, now, **{str(one.pk): "H01" for one in criteria})
    first, second = disagreements_of(territory)
    client = as_user(alice)
    url = address("settle", territory, first.pk)
    assert "Ce champ est obligatoire" in client.post(url, {"choice": "second"}).content.decode()
    refused = client.post(url, {"choice": "other", "code": "Z?9", "note": "x"}).content.decode()
    assert "Z?9" in refused
    answer = client.post(url, {"choice": "other", "code": "C01/O", "note": "ni l’un ni l’autre", "then_next": "1"})
    assert answer.url == address("settle", territory, second.pk)
    criteria[0].refresh_from_db()
    assert criteria[0].code == "C01/O"
    queue = client.get(address("disagreements", territory), {"etat": "tranches"}).content.decode()
    assert "ni l’un ni l’autre" in queue
    assert client.post(address("reopen", territory, first.pk)).url == url
    assert BlindCoding.objects.filter(settled_at__isnull=False).count() == 0


@pytest.mark.parametrize("items", [1, 3])
def test_every_page_asks_as_many_queries_for_three_as_for_one(
    coded, draw, territory, alice, erin, as_user, now, items, django_assert_num_queries
):
    criteria = coded(*["A01"] * 9)
    for start in range(items):
        sample = draw(number=1, seed=start)
        give(sample, erin, now, **{str(sample.codings.get().criterion_id): "H01"})
    assert len(criteria) == 9
    client = as_user(alice)
    for name, queries in QUERIES.items():
        client.get(address(name, territory))
        with django_assert_num_queries(queries):
            client.get(address(name, territory))


QUERIES = {"double_codings": 12, "agreement": 10, "disagreements": 12}
