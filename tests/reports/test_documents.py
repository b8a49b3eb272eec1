"""Documents of a year, read back: totals, units, how counted; « PROJET » on every page of a draft; nothing that may not go out."""

import hashlib
import io
import itertools
import re
import zipfile
from decimal import Decimal

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from tests.reports.years import MISSING, action, book, figure, forms, year
from tissage.core.money import Money
from tissage.core.plan_year import AccountOfYear
from tissage.reports.documents import FORMATS, render, render_docx, render_pdf, render_xlsx, render_zip
from tissage.reports.models import Report

KINDS = tuple(Report.Kind.values)


def pages(content):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def text(content):
    return flat(" ".join(pages(content)))


def flat(words):
    return re.sub(r"[\s\u00a0\u202f]+", " ", words)


def word_text(content):
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return flat("\n".join([*(one.text for one in file.paragraphs), *cells]))


def sheets(content):
    return {
        name: flat(str(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python())) for name in names(content)
    }


def names(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_tagged_pdf_with_a_title_and_a_language(kind):
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(book(kind))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "fr-BE"
    assert "Sormont" in reader.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_same_year_gives_the_same_bytes():
    assert render_pdf(book("dossier")) == render_pdf(book("dossier"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so_on_every_page(kind):
    said = pages(render_pdf(book(kind, draft=True)))
    assert [page.count("PROJET") >= 2 for page in said] == [True] * len(said)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dossier"])
def test_a_frozen_year_is_no_draft(kind):
    assert not any("PROJET" in page for page in pages(render_pdf(book(kind))))


def test_pages_are_numbered_dated_and_carry_their_version():
    said = pages(render_pdf(book("dossier", number=12)))
    count = len(said)
    assert [f"page {i} / {count}" in page for i, page in enumerate(said, 1)] == [True] * count
    assert all("document 12 · version 1" in page and "2 février 2026" in page for page in said)


def test_the_dossier_opens_with_two_pages_for_the_councillor():
    said = pages(render_pdf(book("dossier")))
    first, second = flat(said[0]), flat(said[1])
    assert "6 actions" in first
    assert "version 2 du plan en vigueur" in first
    assert "5 403,00 €" in first
    assert "dépenses des comptes" in first
    assert "Personnes accueillies : 46 personnes" in first
    assert "feuille de présence" in first
    assert "Ce qui est mis au vote" in second
    assert "Article 1er. Le rapport 2025 est approuvé." in second
    assert "En retard" in second
    assert said[2].find("Table des matières") != -1


def test_the_two_pages_stay_two_when_everything_is_long():
    long = "Accueillir et accompagner durablement les personnes les plus éloignées de leurs droits dans chaque quartier " * 3
    many = [
        action(
            number,
            title=long,
            late="devait commencer le 01/01/2025",
            target_groups=(f"{long} {number}",),
            neighbourhoods=(f"Quartier {number} {long}",),
            figures=(figure(long[:190], 400 + number),),
        )
        for number in range(1, 41)
    ]
    made = forms()
    made["dossier"] = type(made["dossier"])(
        "dossier", "dossier", "Dossier du conseil", made["dossier"].sections, decision=tuple(f"Article {n}. {long}{long}" for n in range(9))
    )
    said = pages(render_pdf(book("dossier", year(*many), templates=made, missing=MISSING * 40)))
    assert "Table des matières" in said[2]
    assert "Table des matières" not in said[0] + said[1]


def test_totals_are_the_same_on_paper_in_word_and_in_the_workbook():
    made = book("financial")
    for said in (text(render_pdf(made)), word_text(render_docx(made))):
        assert "Total 6 000,00 € 0,00 € 5 403,00 € 5 000,00 € 597,00 €" in said.replace("\n", " ")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(made))).get_sheet_by_name("Argent").to_python()
    header = rows[0].index("Dépensé")
    actions_total = sum(Decimal(str(row[header])) for row in rows[1:-2])
    assert (rows[-1][1], Decimal(str(rows[-1][header])), actions_total) == ("Total", Decimal("5403"), Decimal("5403"))


def test_an_unknown_amount_is_said_never_zero():
    unknown = year(action(1, money=Money(None, None, None, None)), total=Money(None, None, None, None))
    for said in (text(render_pdf(book("financial", unknown))), word_text(render_docx(book("financial", unknown)))):
        assert "1. Action numéro 1 inconnu inconnu inconnu inconnu inconnu" in said.replace("\n", " ")
    assert "'inconnu'" in sheets(render_xlsx(book("financial", unknown)))["Argent"]


def test_a_sum_with_an_unknown_part_says_at_least():
    assert "au moins 125 000,00 €, 1 montant inconnu" in text(render_pdf(book("financial")))


def test_a_figure_that_is_missing_names_who_owes_it():
    late = year(action(1, figures=(figure("Nuitées", None, "nuitées", owed="Maison des Liens"),)))
    assert "Nuitées manque pas de cible inconnu dû par Maison des Liens" in text(render_pdf(book("activity", late)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extension", ["pdf", "docx", "xlsx"])
def test_nothing_that_may_not_go_out_is_in_any_document(kind, extension):
    account = AccountOfYear(
        "Maison des Liens",
        "Écrire à anne@example.org, 0475 12 34 56 ; 3 personnes relogées.",
        feedback="Elle dit : « j’ai peur chez moi ».",
    )
    secret = action(1, accounts=(account,), figures=(figure("Personnes relogées", 3, sentence="Trois femmes, dont 2 du Centre"),))
    content = render(book(kind, year(secret), draft=True), extension)
    said = text(content) if extension == "pdf" else word_text(content) if extension == "docx" else str(sheets(content))
    for word in ("anne@example.org", "0475", "j’ai peur", "3 personnes", "dont 2 du Centre", "3.0"):
        assert word not in said
    if kind != "financial":
        assert "moins de 5 personnes" in said


def test_word_repeats_table_headings_speaks_french_and_has_real_headings():
    file = docx.Document(io.BytesIO(render_docx(book("dossier"))))
    assert file.core_properties.language == "fr-BE"
    language = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:lang"))
    assert language.get(qn("w:val")) == "fr-BE"
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    levels = [int(one.style.name[-1]) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_word_says_a_draft_in_the_header():
    file = docx.Document(io.BytesIO(render_docx(book("activity", draft=True))))
    assert "PROJET" in [one.text for one in file.sections[0].header.paragraphs]


def test_pictures_have_words():
    file = docx.Document(io.BytesIO(render_docx(book("activity"))))
    described = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert len(described) == 1
    assert "L’axe qui a coûté le plus" in described[0]


def test_the_workbook_takes_no_text_for_a_formula():
    evil = year(action(1, title='=HYPERLINK("http://x")'))
    archive = zipfile.ZipFile(io.BytesIO(render_xlsx(book("dashboard", evil))))
    written = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert "<f>" not in written
    assert "=HYPERLINK" in archive.read("xl/sharedStrings.xml").decode()


def test_the_zip_holds_named_annexes_with_their_checksums_and_the_texts_to_paste():
    archive = zipfile.ZipFile(io.BytesIO(render_zip(book("dossier"))))
    listed = archive.namelist()
    assert listed == [
        "00-inventaire.txt",
        "01-deliberation-2025.txt",
        "02-deliberation-2025.html",
        "03-dossier-du-conseil-2025.pdf",
        "04-rapport-d-activite-2025.pdf",
        "05-rapport-d-activite-2025.docx",
        "06-rapport-financier-2025.pdf",
        "07-rapport-financier-2025.docx",
        "08-rapport-financier-2025.xlsx",
        "09-fiches-action-2025.pdf",
        "10-tableau-de-bord-2025.xlsx",
    ]
    sums = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", archive.read("00-inventaire.txt").decode(), re.MULTILINE)[::1])
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in listed[1:]} == {name: one for one, name in sums.items()}
    pasted = archive.read("01-deliberation-2025.txt").decode("utf-8-sig")
    assert "Vu le plan « PCS 2020-2025 » ;" in pasted
    assert "Article 2. Il est transmis, séance du [champ manquant : seance]." in pasted
    assert "<p>Article 1er. Le rapport 2025 est approuvé.</p>" in archive.read("02-deliberation-2025.html").decode()


def test_pasted_html_holds_no_markup_of_a_plan():
    import dataclasses

    data = year()
    data = dataclasses.replace(data, facts=dataclasses.replace(data.facts, plan="<script>alert(1)</script>"))
    page = zipfile.ZipFile(io.BytesIO(render_zip(book("dossier", data)))).read("02-deliberation-2025.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_sections_come_in_the_order_of_the_form_and_an_unknown_one_is_said():
    made = forms(activity=("commission", "summary", "horoscope"))
    said = text(render_pdf(book("activity", templates=made)))
    assert said.index("La commission d’accompagnement") < said.index("En bref")
    assert "cette version ne sait pas écrire : horoscope" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extension", FORMATS)
def test_a_plan_with_nothing_yet_still_makes_every_document(kind, extension):
    from tests.reports.years import FACTS
    from tissage.core.plan_year import YearData

    assert len(render(book(kind, YearData(FACTS), draft=True), extension)) > 500
