"""What was exported imports to an identical base: identical bytes for CSV and JSON Lines, identical cells for XLSX and ODS."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voices.importing import DATA, NOW, bring
from tissage.core.codes import Code
from tissage.core.columns import EXPORTED
from tissage.people.exchange.errors import TooLong
from tissage.people.exchange.tables import unprotected
from tissage.people.models import Territory
from tissage.voices.exchange.ods import read_rows
from tissage.voices.exchange.sources import open_source
from tissage.voices.exchange.writers import WRITERS, export_rows, protected, write_xlsx
from tissage.voices.models import Coding, Criterion, Expression
from tissage.voices.operations import open_territory
from tissage.voices.operations.codings import set_code, validate_coding
from tissage.voices.operations.criteria import withdraw_criterion

pytestmark = pytest.mark.django_db

DELICATE = [
    "=1+1", "'=1+1", "''@x", "+32", "-", "@home", "'", "a;b", 'dit "oui"', "a|b", "ligne\nautre", "ligne\r\nautre", "a\rb", "\tretrait",
    "  bords  ", "deux  espaces", "🧵 fil", "1", "2014-02-26", "http://exemple.be", "<b>&amp;</b>", "_x000D_", "\u00a0insécable\u00a0", "ß œ æ",
    "\u2028", "a\n\n b ", "'\t", "\\n",
]  # fmt: skip
WORDS = st.text(
    st.one_of(
        st.sampled_from("\"';,|\n\r\t =+-@é🧵\\'<&_x0"), st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    ),
    max_size=30,
)


def exported(territory: Territory, format: str) -> bytes:
    stream = io.BytesIO()
    WRITERS[format](stream, export_rows(territory))
    return stream.getvalue()


def cells(path: Path, format: str):
    source = open_source(path, format)
    return [source.header, *(line[1] for line in source.rows())]


def put(territory: Territory, group, question, batch, *texts: str) -> None:
    for number, text in enumerate(texts):
        Criterion.objects.create(
            territory=territory,
            group=group,
            question=question,
            batch=batch,
            text=text,
            french_text=text,
            search="",
            external_id=f"x{number}",
            recorded_at=NOW,
        )


def round_trip(territory: Territory, folder: Path, format: str) -> None:
    """Export, import into a new territory of the same name, export: the same."""
    first = exported(territory, format)
    path = folder / f"out.{format}"
    path.write_bytes(first)
    again = open_territory(slug=f"{territory.slug}-{format}", name=territory.name, now=NOW)
    plan, _ = bring(path, format, again.slug)
    assert plan.problems.as_list() == []
    assert plan.created == Criterion.objects.live().filter(territory=territory).count()
    second = exported(again, format)
    if format in ("csv", "jsonl"):
        assert second == first
    other = folder / f"again.{format}"
    other.write_bytes(second)
    assert cells(other, format) == cells(path, format)
    assert bring(path, format, again.slug)[0].unchanged == plan.created


@pytest.mark.parametrize("format", ["csv", "jsonl", "xlsx", "ods"])
def test_a_round_trip_changes_nothing(enter, territory, group, question, alice, now, tmp_path, format):
    one, two, *_ = enter(*((text, 1, None) for text in DELICATE if text.strip()), ("un toit", 3, Code("A01", "11", "P15", "k")))
    for criterion in Criterion.objects.all():
        # As typed, byte for byte: entry by screen trims, files need not.
        Criterion.objects.filter(pk=criterion.pk).update(
            language="fr", french_text=criterion.text, source_created="2014-02-26 08:49", said_on="2026-03-01"
        )
    set_code(criterion=one, code=Code("D03", "", "O"), facet="money", by=alice, now=now)
    validate_coding(criterion=one, by=alice, now=now)
    for text, language, french in (("une note\tlongue\\\nsur deux lignes", "", ""), ("een noot", "nl", "une note\r\n")):
        Expression.objects.create(
            territory=territory,
            group=group,
            question=question,
            criterion=one,
            batch=one.batch,
            text=text,
            language=language,
            french_text=french,
            recorded_at=now,
        )
    Criterion.objects.filter(pk=one.pk).update(expression_count=3)
    bring(DATA / "page.txt", "wikispiral", territory.slug)
    withdraw_criterion(criterion=two, reason="", by=alice, now=now)
    round_trip(territory, tmp_path, format)
    copy = Criterion.objects.get(territory__slug=f"{territory.slug}-{format}", external_id=one.external_id)
    assert (copy.expression_count, copy.code) == (3, "D03/O")
    assert list(copy.codings.values_list("facet", "status", "origin", "coder")) == [("money", "validated", "human", None)]
    assert list(copy.expressions.order_by("pk").values_list("text", "language", "french_text")) == [
        ("une note\tlongue\\\nsur deux lignes", "", ""),
        ("een noot", "nl", "une note\r\n"),
    ]


@pytest.mark.parametrize("format", ["csv", "jsonl", "xlsx", "ods"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS.filter(str.strip), min_size=1, max_size=6))
def test_any_words_survive_a_round_trip(enter, territory, group, question, tmp_path, format, texts):
    from tissage.people.models import Entry

    Criterion.objects.filter(territory__slug__startswith="sormont").update(withdrawn_at=NOW)
    enter("x")
    batch = Criterion.objects.order_by("-pk")[0].batch
    Criterion.objects.filter(batch=batch).update(withdrawn_at=NOW)
    made = [
        Criterion.objects.create(
            territory=territory, group=group, question=question, batch=batch, text=text, french_text=text, recorded_at=NOW
        )
        for text in texts
    ]
    assert Entry.objects.exists()
    copy = open_territory(slug=f"sormont-{made[0].pk}", name=territory.name, now=NOW)
    path = tmp_path / f"out.{format}"
    path.write_bytes(exported(territory, format))
    bring(path, format, copy.slug)
    assert list(Criterion.objects.live().filter(territory=copy).order_by("pk").values_list("text", flat=True)) == texts


@given(st.text())
def test_a_protected_cell_is_no_formula_and_comes_back(cell):
    assert protected(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert unprotected(protected(cell)) == cell


def test_a_csv_keeps_formulas_from_running_and_spreadsheets_hold_text(enter, territory, tmp_path):
    enter("=HYPERLINK(1)")
    row = list(csv.reader(io.StringIO(exported(territory, "csv").decode(), newline="")))[1]
    assert row[list(EXPORTED).index("text")] == "'=HYPERLINK(1)"
    path = tmp_path / "o.ods"
    path.write_bytes(exported(territory, "ods"))
    assert next(rows for line, rows in read_rows(path) if line == 2)[list(EXPORTED).index("text")] == "=HYPERLINK(1)"


def test_an_export_holds_live_criteria_of_its_territory_only(enter, territory, other_territory, alice, now, tmp_path):
    _kept, gone = enter("gardé", "parti")
    withdraw_criterion(criterion=gone, reason="", by=alice, now=now)
    bring(DATA / "page.txt", "wikispiral", other_territory.slug)
    hidden = Criterion.objects.get(external_id="900001").batch
    hidden.state = "undone"
    hidden.save()
    assert [row[6] for row in export_rows(territory)] == ["gardé"]
    assert list(export_rows(other_territory)) == []


def test_a_text_too_long_for_a_spreadsheet_is_said(enter, territory):
    enter("x")
    Criterion.objects.update(french_text="y" * 40_000)
    with pytest.raises(TooLong, match="CSV, ODS ou JSON Lines"):
        write_xlsx(io.BytesIO(), export_rows(territory))


def test_an_uncoded_criterion_has_no_coding_in_its_row(enter, territory):
    enter("rire")
    assert not Coding.objects.exists()
    assert next(export_rows(territory))[9:16] == [""] * 7
