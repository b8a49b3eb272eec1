"""A municipality's own Word file: its fields listed, filled; what is missing named in red; what it may not say refused."""

import datetime as dt
import io

import docx
import pytest

from tests.reports.years import MISSING, action, book, figure, year
from tissage.people.models import Entry
from tissage.reports.documents.fields import FIELDS, TOP, fields_of
from tissage.reports.documents.own_sample import sample_form
from tissage.reports.documents.own_word import RED, FormRefused, check_form, fill_form
from tissage.reports.models import WordTemplate
from tissage.reports.operations.word_templates import keep_word_template, read_word_template, retire_word_template


def form(*paragraphs, header=""):
    file = docx.Document()
    for words in paragraphs:
        file.add_paragraph(words)
    if header:
        file.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def paragraphs(content):
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_form_is_filled():
    filled = fill_form(form("{{ plan }}, {{ annee }} : {{ depense }}", "{% for a in actions %}{{ a.numero }} {% endfor %}"), book())
    assert paragraphs(filled.content) == ["PCS 2020-2025, 2025 : 5\u202f403,00\u00a0€", "1 2 3 4 5 6 "]
    assert filled.missing == ()


def test_a_missing_field_is_named_in_red_never_blank():
    filled = fill_form(form("Séance du {{ seance }}, {{ invente }}."), book())
    assert paragraphs(filled.content) == ["Séance du [champ manquant : seance], [champ manquant : invente]."]
    runs = [run for one in docx.Document(io.BytesIO(filled.content)).paragraphs for run in one.runs if "manquant" in run.text]
    assert [str(run.font.color.rgb) for run in runs] == [RED, RED]
    assert filled.missing == ("seance", "invente")


def test_a_loop_over_nothing_known_is_not_silent():
    filled = fill_form(form("{% for x in inventes %}{{ x.nom }}{% endfor %}"), book())
    assert "[champ manquant :" in paragraphs(filled.content)[0]


def test_what_a_plan_says_is_never_markup():
    filled = fill_form(
        form("{% for a in actions %}{{ a.titre }}{% endfor %}"), book("activity", year(action(1, title="A & <w:b/> {{ x }}")))
    )
    assert paragraphs(filled.content) == ["A & <w:b/> {{ x }}"]


def test_a_form_of_ones_own_obeys_the_threshold_too():
    small = year(action(1, figures=(figure("Femmes relogées", 3),)))
    filled = fill_form(form("{% for a in actions %}{{ a.chiffres }}{% endfor %}"), book("activity", small))
    assert paragraphs(filled.content) == ["Femmes relogées : moins de 5 personnes"]


def test_a_draft_says_so_in_the_header_of_a_form():
    filled = fill_form(form("{{ plan }}"), book(draft=True))
    assert "PROJET" in [one.text for one in docx.Document(io.BytesIO(filled.content)).sections[0].header.paragraphs]


def test_the_fields_asked_are_listed_with_the_nearest_known():
    asked = check_form(form("{{ anee }} {{ plan }}", "{% for a in actions %}{{ a.titr }}{% endfor %}", header="{{ porteur }} {{ zzzz }}"))
    assert [(one.name, one.known, one.nearest) for one in asked] == [
        ("anee", False, "annee"),
        ("plan", True, ""),
        ("actions", True, ""),
        ("actions.titr", False, "actions.titre"),
        ("porteur", True, ""),
        ("zzzz", False, ""),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "{{ 'a' * 99999999 }}",
        "{{ range(9) }}",
        "{{ plan.__class__ }}",
        "{{ plan | attr('x') }}",
        "{% include 'autre' %}",
        "{% import 'autre' as x %}",
        "{% set a = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{{ plan",
        "{% for a in actions %}",
        "{{ actions[0] }}",
        "{% for a in actions %}{% for b in actions %}{% for c in actions %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_a_form_that_asks_for_more_than_fields_is_refused(words):
    for content in (form(words), form("rien", header=words)):
        with pytest.raises(FormRefused):
            check_form(content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 rien", b"%PDF-1.4"])
def test_a_file_that_is_no_word_file_is_refused(content):
    with pytest.raises(FormRefused):
        check_form(content)


def test_the_sample_asks_for_known_fields_only_and_fills():
    assert [one.name for one in check_form(sample_form()) if not one.known] == []
    assert fill_form(sample_form(), book("activity", number=3)).missing == ("seance",)


def test_every_field_documented_has_a_value_and_the_reverse():
    values = fields_of(book("activity", number=3, sitting_on=dt.date(2026, 3, 17), missing=MISSING))
    assert set(values) == set(TOP)
    for name, value in values.items():
        if isinstance(value, list):
            assert value, name
            assert {field.name for field in FIELDS if field.inside == name} == set(value[0])


def test_each_deposit_is_a_version_that_stays(territory, paul, now):
    kept = [
        keep_word_template(
            territory=territory, kind="activity", label="", upload_name="Papier.docx", content=form(f"{{{{ plan }}}} {n}"), by=paul, now=now
        )
        for n in range(2)
    ]
    retire_word_template(template=kept[0], by=paul, now=now)
    assert [(one.number, one.label) for one in kept] == [(1, "Papier.docx"), (2, "Papier.docx")]
    assert read_word_template(kept[0]) == form("{{ plan }} 0") or paragraphs(read_word_template(kept[0])) == ["{{ plan }} 0"]
    assert WordTemplate.objects.get(pk=kept[0].pk).retired_at == now
    assert list(Entry.objects.filter(verb__startswith="reports.").order_by("pk").values_list("verb", flat=True)) == [
        "reports.keep_word_template",
        "reports.keep_word_template",
        "reports.retire_word_template",
    ]


def test_a_form_without_a_field_is_refused_with_what_to_do(territory, paul, now):
    with pytest.raises(FormRefused, match="aucun champ"):
        keep_word_template(territory=territory, kind="activity", label="x", upload_name="x.docx", content=form("rien"), by=paul, now=now)
    assert not WordTemplate.objects.exists()
