"""The synthesis in Word: real headings, pictures told in words, everything said, nothing that runs."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from tissage.synthesis.documents import render_docx

from .papers import HOSTILE, USUAL, Said, document

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(docx: bytes):
    return Document(io.BytesIO(docx))


@pytest.fixture(scope="module")
def usual() -> bytes:
    return render_docx(document())


def quotes(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(docx).paragraphs if paragraph.style.name == "Quote"]


def test_every_criterion_is_quoted_in_the_order_of_the_nomenclature(usual):
    in_order = sorted(USUAL, key=lambda one: (one.code[:3] or "~", one.code))
    assert quotes(usual) == [f"«\u202f{one.text}\u202f»" for one in in_order]


def test_headings_are_heading_styles(usual):
    found = [(paragraph.style.name, paragraph.text) for paragraph in read(usual).paragraphs if paragraph.style.name.startswith("Heading")]
    assert [text for style, text in found if style == "Heading 1"] == [
        "Comment lire ce document",
        "Vue d’ensemble",
        "Ce qui manque",
        "Ce qui est partagé, ce qui est propre à un groupe",
        "Toutes les paroles",
        "Annexes",
    ]
    assert ("Heading 2", "B Cadre de vie") in found
    assert ("Heading 3", "A03 Logement / mobilier") in found


def test_every_picture_is_told_in_words(usual):
    told = [shape._inline.docPr.get("descr") for shape in read(usual).inline_shapes]
    assert len(told) == 9  # five of the whole, four dimensions
    assert all(told)
    assert told[0].startswith("De quoi on a parlé, par dimension.")


def test_tables_have_a_header_row_that_comes_back_on_each_page(usual):
    tables = read(usual).tables
    assert tables
    assert [len(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) for table in tables] == [1] * len(tables)
    assert all(table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in tables)


def test_the_contents_are_a_field_whose_links_lead_somewhere(usual):
    body = read(usual).element.body
    assert [code.text.strip() for code in body.iter(qn("w:instrText"))] == ['TOC \\o "1-2" \\h \\z \\u']
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    bookmarks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert set(anchors) <= bookmarks
    fields = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert fields == ["begin", "separate", "end"]


def test_the_language_is_belgian_french(usual):
    language = read(usual).styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:lang"))
    assert language.get(qn("w:val")) == "fr-BE"


def test_the_file_says_what_it_is(usual):
    core = read(usual).core_properties
    assert (core.title, core.author, core.language) == ("Ce que nous avons entendu · Sormont", "Sormont", "fr-BE")
    assert core.created == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_the_file_holds_no_macro_and_nothing_from_outside(usual):
    names = zipfile.ZipFile(io.BytesIO(usual)).namelist()
    assert [name for name in names if "vba" in name.lower() or name.endswith(".bin")] == []
    relations = zipfile.ZipFile(io.BytesIO(usual)).read("word/_rels/document.xml.rels").decode()
    assert "External" not in relations


def test_what_a_resident_typed_is_written_as_typed_but_for_controls():
    said = [Said(text, "A01") for text in (*HOSTILE.values(), "a\x00b\x07\nc\ud800d")]
    assert quotes(render_docx(document(said))) == [f"«\u202f{text}\u202f»" for text in (*HOSTILE.values(), "ab\ncd")]


def test_other_languages_are_marked_for_the_spelling():
    file = read(render_docx(document([Said("een warm huis", "A03", language="nl"), Said("بيت", "A03", language="ar")])))
    dutch, arabic = (paragraph for paragraph in file.paragraphs if paragraph.style.name == "Quote")
    assert dutch._p.xpath(".//w:lang/@w:val") == ["nl"]
    assert arabic._p.xpath(".//w:lang/@w:bidi") == ["ar"]
    assert len(arabic._p.xpath("./w:pPr/w:bidi")) == 1


def test_a_withdrawn_criterion_leaves_no_word():
    docx = render_docx(document([Said("le secret de la rue Basse", "A01", withdrawn=True)]))
    assert b"rue Basse" not in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml")


def test_an_empty_selection_is_told():
    assert "Cette sélection ne contient aucun critère." in [paragraph.text for paragraph in read(render_docx(document([]))).paragraphs]
