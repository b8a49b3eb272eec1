"""Charts: nothing leaves the canvas, bars start at zero and keep proportion, the same input gives the same picture."""

import itertools
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tissage.core.charts import (
    DIMENSIONS,
    SENSES,
    Bar,
    Chart,
    Column,
    Series,
    Stack,
    Text,
    bar_chart,
    coverage_grid,
    heat_map,
    number_text,
    stacked_bars,
    text_width,
    wrap,
)
from tissage.core.charts.inks import HEAT, contrast, readable_on

SERIES = [
    Series("R", "Opposition"),
    Series("P", "Possibilité"),
    Series("O", "Obtention"),
    Series("Q", "Qualité"),
    Series("S", "Soutenabilité"),
]
labels = st.text(max_size=60)
values = st.none() | st.integers(0, 10**6) | st.floats(0, 1e9)
bars = st.lists(st.builds(Bar, labels, values, st.sampled_from(["", "A", "C", "I", "Z"]), st.just("") | labels), max_size=8)
stacks = st.lists(st.builds(Stack, labels, st.dictionaries(st.sampled_from("RPOQS"), values), st.sampled_from(["", "B"])), max_size=6)
narrow = st.booleans()
few = settings(max_examples=25, deadline=None)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[str], list[Column], list[list[float | None]]]:
    rows = draw(st.lists(labels, max_size=5))
    columns = draw(st.lists(st.builds(Column, st.sampled_from(["A", "I", "A01", "WB"]), labels), max_size=14))
    cells = st.lists(values, min_size=len(columns), max_size=len(columns))
    return rows, columns, [draw(cells) for _ in rows]


def a_bar_chart(rows: list[Bar], narrow: bool) -> Chart:
    return bar_chart(
        rows, name="Essai", title="Critères par dimension", desc="Ce qui est vu.", order="Du plus au moins nombreux.", narrow=narrow
    )


def a_stacked_chart(rows: list[Stack], narrow: bool) -> Chart:
    return stacked_bars(rows, SERIES, name="Essai", title="Sens par dimension", desc="Ce qui est vu.", narrow=narrow)


def a_heat_map(grid: tuple[list[str], list[Column], list[list[float | None]]], narrow: bool) -> Chart:
    return heat_map(*grid, name="Essai", title="Groupes et dimensions", desc="Ce qui est vu.", narrow=narrow)


def a_coverage_grid(grid: tuple[list[str], list[Column], list[list[float | None]]], narrow: bool) -> Chart:
    rows, columns, cells = grid
    present = [[None if cell is None else bool(cell) for cell in line] for line in cells]
    return coverage_grid(rows, columns, present, name="Essai", title="Qui a quoi", desc="Ce qui est vu.", narrow=narrow)


def left_of(text: Text) -> float:
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return float(text.x) - shift * text_width(text.text, float(text.size))


def assert_inside(chart: Chart) -> None:
    wide, high = float(chart.width), float(chart.height)
    for rect in chart.rects:
        assert 0 <= float(rect.x) <= float(rect.x) + float(rect.width) <= wide + 0.2
        assert 0 <= float(rect.y) <= float(rect.y) + float(rect.height) <= high + 0.2
    for line in chart.lines:
        assert 0 <= float(line.x1) <= float(line.x2) <= wide
        assert 0 <= float(line.y1) <= float(line.y2) <= high
    for text in chart.texts:
        assert text.text.strip()
        assert -0.2 <= left_of(text) <= left_of(text) + text_width(text.text, float(text.size)) <= wide + 0.2
        assert 0 < float(text.y) <= high


def assert_plain_numbers(chart: Chart) -> None:
    for mark in (*chart.rects, *chart.lines, *chart.texts):
        for field in fields(mark):
            if field.name in {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "size", "radius"}:
                assert getattr(mark, field.name).replace(".", "", 1).isdigit()


def assert_sound(chart: Chart) -> None:
    assert_inside(chart)
    assert_plain_numbers(chart)
    assert all(row[0] for row in chart.table.rows)
    assert {len(row) for row in chart.table.rows} <= {len(chart.table.headings)}
    assert len({pattern.id for pattern in chart.patterns}) == len(chart.patterns)


@few
@given(bars, narrow)
def test_a_bar_chart_stays_on_its_canvas(rows: list[Bar], narrow: bool) -> None:
    assert_sound(a_bar_chart(rows, narrow))


@few
@given(stacks, narrow)
def test_stacked_bars_stay_on_their_canvas(rows: list[Stack], narrow: bool) -> None:
    assert_sound(a_stacked_chart(rows, narrow))


@few
@given(grids(), narrow)
def test_a_heat_map_stays_on_its_canvas(grid: tuple[list[str], list[Column], list[list[float | None]]], narrow: bool) -> None:
    assert_sound(a_heat_map(grid, narrow))


@few
@given(grids(), narrow)
def test_a_coverage_grid_stays_on_its_canvas(grid: tuple[list[str], list[Column], list[list[float | None]]], narrow: bool) -> None:
    assert_sound(a_coverage_grid(grid, narrow))


@few
@given(bars, stacks, grids(), narrow)
def test_the_same_input_gives_the_same_picture(
    rows: list[Bar], piles: list[Stack], grid: tuple[list[str], list[Column], list[list[float | None]]], narrow: bool
) -> None:
    assert a_bar_chart(rows, narrow) == a_bar_chart(rows, narrow)
    assert a_stacked_chart(piles, narrow) == a_stacked_chart(piles, narrow)
    assert a_heat_map(grid, narrow) == a_heat_map(grid, narrow)


@few
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=9), narrow)
def test_bars_start_at_zero_and_keep_proportion(numbers: list[int], narrow: bool) -> None:
    chart = a_bar_chart([Bar(f"Groupe {i}", number) for i, number in enumerate(numbers)], narrow)
    assert {rect.x for rect in chart.rects} == {line.x1 for line in chart.lines}
    longest = max(float(rect.width) for rect in chart.rects)
    for number, rect in zip(numbers, chart.rects, strict=True):
        assert float(rect.width) == pytest.approx(longest * number / max(numbers), abs=0.11)


@few
@given(st.dictionaries(st.sampled_from("RPOQS"), st.integers(1, 50), min_size=1))
def test_segments_touch_each_other_and_add_up(values: dict[str, int]) -> None:
    chart = a_stacked_chart([Stack("Groupe", dict(values))], narrow=False)
    segments = [rect for rect in chart.rects if rect.height == "26"]
    assert len(segments) == len(values)
    for before, after in itertools.pairwise(segments):
        assert float(before.x) + float(before.width) == pytest.approx(float(after.x), abs=0.11)
    assert chart.table.rows[0][-1] == number_text(sum(values.values()))


@few
@given(st.dictionaries(st.sampled_from("RPOQS"), st.integers(1, 50), min_size=1), narrow)
def test_every_number_of_a_stack_is_written_in_or_under_its_bar(values: dict[str, int], narrow: bool) -> None:
    chart = a_stacked_chart([Stack("Groupe", dict(values))], narrow)
    written = " · ".join(text.text for text in chart.texts).split(" · ")
    assert sorted(f"{key} {value}" for key, value in values.items()) == sorted(
        word for word in written if word[:2] in {"R ", "P ", "O ", "Q ", "S "}
    )


def test_an_unknown_value_is_said_and_has_no_bar() -> None:
    chart = a_bar_chart([Bar("Groupe", None)], narrow=False)
    assert chart.rects == ()
    assert chart.table.rows == (("Groupe", "inconnu"),)


def test_a_withheld_cell_is_marked_and_differs_from_zero() -> None:
    chart = a_heat_map((["Groupe"], [Column("A"), Column("B")], [[None, 0]]), narrow=False)
    assert [rect.role for rect in chart.rects if rect.role in {"missing", "cell"}] == ["missing", "cell"]
    assert chart.table.rows == (("Groupe", "–", "0"),)


def test_a_withheld_part_cannot_be_found_by_subtraction() -> None:
    chart = a_stacked_chart([Stack("Groupe", {"P": 4, "O": None})], narrow=False)
    assert chart.table.rows[0][-1] == "4 + –"
    assert "O –" in [text.text for text in chart.texts]


def test_a_letter_is_worn_with_its_hatch_and_written() -> None:
    chart = a_bar_chart([Bar("Accès aux moyens de vie", 3, key="A")], narrow=False)
    assert [pattern.ground for pattern in chart.patterns] == ["#332288"]
    assert "A" in [text.text for text in chart.texts]


def test_two_dimensions_never_share_a_hatch() -> None:
    assert len({ink.hatch for ink in DIMENSIONS.values()}) == 9


@pytest.mark.parametrize("ground", [*HEAT, *(ink.ground for ink in DIMENSIONS.values()), *(ink.ground for ink in SENSES.values())])
def test_what_is_written_on_a_mark_can_be_read(ground: str) -> None:
    assert contrast(readable_on(ground), ground) >= 4.5


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_number_that_no_bar_can_show_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="starts at zero"):
        a_bar_chart([Bar("Groupe", value)], narrow=False)


@pytest.mark.parametrize(("title", "desc"), [("", "Ce qui est vu."), ("Titre", " \n")])
def test_a_chart_without_words_is_refused(title: str, desc: str) -> None:
    with pytest.raises(ValueError, match="title and a sentence"):
        bar_chart([], name="essai", title=title, desc=desc)


def test_wide_and_narrow_charts_share_a_page_without_sharing_ids() -> None:
    row = [Bar("Accès", 3, key="A")]
    wide, narrow = a_bar_chart(row, narrow=False), a_bar_chart(row, narrow=True)
    assert {pattern.id for pattern in wide.patterns}.isdisjoint(pattern.id for pattern in narrow.patterns)
    assert wide.name != narrow.name


@few
@given(labels, st.floats(40, 400))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert all(text_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (1234.5, "1\u202f234,5"), (12, "12"), (100, "100"), (0.125, "0,12"), (None, "inconnu")]
)
def test_a_number_reads_as_it_is_written_in_french(value: float | None, said: str) -> None:
    assert number_text(value) == said
