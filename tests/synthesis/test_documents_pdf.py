"""The synthesis on paper: everything said, nothing hyphenated, readable by a screen reader, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tissage.core.synthesis import Group
from tissage.synthesis.documents import CONTENT_TYPES, file_name, render_group_sheet_pdf, render_pdf, write_pdf
from tissage.ui.glyphs import MISSING, drawable, lacks_shapes, printable

from .papers import HOSTILE, PARENTS, USUAL, YOUNG, Said, document


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """Without white space and without what is not seen: lines may break anywhere, a hyphen would show."""
    return re.sub(r"[\s\u200b\u00a0\u202f]+", "", text)


@lru_cache(maxsize=8)
def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in read(pdf).pages)


def words_of(pdf: bytes) -> str:
    return squeezed(text_of(pdf))


def tagged(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in reading order."""

    def walk(node: object) -> Iterator[DictionaryObject]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for child in node:
                yield from walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"])


ENDLESS = "long" * 500
ODD = (
    *(Said(text, "A01") for text in HOSTILE.values()),
    Said(ENDLESS, "A02"),
    Said("un\r\ndeux\ntrois\tquatre", "A03"),
    Said("ሰላም ami\x07e\ufeff", "A04"),
    Said("een warm huis", "A05", language="nl-BE", french="une maison chaude"),
    Said("بيت دافئ", "A05", language="ar", french="un toit"),
    *(Said(f"langue {number}", "A06", language=code) for number, code in enumerate(("français", "x", "123", "zz-ZZ"))),
    Said("le secret de la rue Basse", "A07", withdrawn=True),
    Said("je vis avec", "A08", decision="redacted"),
    Said("souvent", "I00", times=12345),
    Said("une parole calme", "B01"),
)


@pytest.fixture(scope="module")
def usual() -> bytes:
    return render_pdf(document())


@pytest.fixture(scope="module")
def odd() -> bytes:
    return render_pdf(document(ODD))


def test_every_criterion_is_printed_under_its_component_in_order_and_never_hyphenated(usual):
    text = words_of(usual)
    statements = text[text.rindex("Touteslesparoles") :]
    places = [statements.index(squeezed(f"« {one.text} »")) for one in sorted(USUAL, key=lambda one: (one.code[:3] or "~", one.code))]
    assert places == sorted(places)
    assert [text.count(squeezed(f"« {one.text} »")) for one in USUAL] == [1] * len(USUAL)


def test_a_count_is_said_when_it_is_more_than_one(usual):
    assert re.findall(r"dit\d+fois", words_of(usual)) == ["dit3fois"]


def test_counts_are_never_percentages(usual):
    assert "%" not in words_of(usual)


def test_a_label_that_was_not_verified_says_so(usual, odd):
    assert "H04Êtreàl'écoute,aider,partager,solidarité" in words_of(usual)
    assert "libelléàconfirmer" in words_of(usual)
    assert "libellénonvérifié" in words_of(odd)


def test_the_file_is_tagged_and_says_its_title_and_language(usual):
    reader = read(usual)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Ce que nous avons entendu · Sormont"
    assert reader.metadata.author == "Sormont"


def test_the_file_claims_pdf_ua_1(usual):
    metadata = read(usual).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.findall(r"pdfuaid:part\W+(\d)", metadata) == ["1"]


def test_every_figure_is_told_in_words(usual):
    alternatives = [str(node["/Alt"]) for node in tagged(read(usual)) if node["/S"] == "/Figure"]
    assert all(alternatives)
    assert [text for text in alternatives if text.startswith("De quoi on a parlé, par dimension.")] != []


def test_headings_tables_and_quotes_are_tagged(usual):
    kinds = {str(node["/S"]) for node in tagged(read(usual))}
    assert {"/Title", "/H1", "/H2", "/H3", "/TOC", "/Table", "/TH", "/L", "/LI", "/Figure"} <= kinds


def test_bookmarks_follow_the_parts(usual):
    def titles(entries: list[object]) -> Iterator[str]:
        for entry in entries:
            if not isinstance(entry, list):
                yield str(entry["/Title"])

    assert list(titles(read(usual).outline)) == [
        "Table des matières",
        "Comment lire ce document",
        "Vue d’ensemble",
        "Ce qui manque",
        "Ce qui est partagé, ce qui est propre à un groupe",
        "Toutes les paroles",
        "Annexes",
    ]


def test_only_the_fonts_we_carry_are_used_and_they_are_embedded(usual):
    names = set()
    for page in read(usual).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(font.get_object()["/BaseFont"].split("+")[-1].split("-")[0].lstrip("/"))
    assert names <= {"SourceSans3", "SourceSerif4", "Vazirmatn", "NotoSansArabic", "NotoEmoji"}
    assert "SourceSerif4" in names


def test_pages_are_numbered_and_carry_territory_and_date(usual):
    pages = [squeezed(page.extract_text()) for page in read(usual).pages]
    assert "page1/" not in pages[0]
    for number, text in enumerate(pages[1:], 2):
        assert f"page{number}/{len(pages)}" in text
        assert "Sormont" in text
        assert "1ernovembre2026" in text


def test_the_same_document_gives_the_same_bytes(usual):
    assert render_pdf(document()) == usual


def test_another_day_gives_other_bytes(usual):
    assert render_pdf(document(made_on=dt.date(2026, 11, 2))) != usual


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("Arabic", "emoji")])
def test_what_a_resident_typed_is_printed_as_typed(odd, name):
    assert squeezed(f"«{HOSTILE[name]}»") in words_of(odd)


def test_arabic_and_emoji_have_their_shapes(odd):
    """Words of a line from right to left are extracted in another order: what counts is that each is whole."""
    assert {"مرحبا", "بالعالم"} <= set(text_of(odd).split())
    assert set("😀👍❤") <= set(text_of(odd))
    assert text_of(odd).count(MISSING) == 3 + 1  # the Ethiopic word, and the note about it


def test_hostile_words_in_titles_and_groups_break_nothing():
    group = Group(9, '#panic("non") <b> & « groupe »')
    pdf = render_pdf(document([Said("bonjour", "A01", group=group)], [group], title="*Titre* $x$ #1 <a>", territory="[Ville] @x"))
    assert squeezed('#panic("non") <b> & « groupe »') in words_of(pdf)
    assert read(pdf).metadata.title == "*Titre* $x$ #1 <a> · [Ville] @x"


def test_a_statement_of_two_thousand_characters_without_a_space_stays_on_the_page(odd):
    assert text_of(odd).count("long") >= 500
    pages = [page for page in read(odd).pages if "longlong" in page.extract_text()]
    assert max(edge for page in pages for edge in _right_edges(page)) < 595


def _right_edges(page) -> list[float]:
    found: list[float] = [0.0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.append(cm[4] + tm[4]) if text.strip() else None)
    return found


def test_a_statement_keeps_its_lines(odd):
    assert "un\ndeux\ntrois quatre" in text_of(odd)


def test_a_sign_no_font_draws_leaves_a_box_and_a_word_about_it(odd):
    assert "□□□ amie" in text_of(odd)
    assert squeezed("« □ » tient la place d’un signe") in words_of(odd)


def test_words_in_another_language_stand_with_their_french(odd):
    assert squeezed("« een warm huis »") in words_of(odd)
    assert squeezed("En français : « une maison chaude »") in words_of(odd)
    assert {"nl", "ar"} <= {str(node.get("/Lang", "")).split("-")[0] for node in tagged(read(odd))}


def test_a_strange_language_code_breaks_nothing(odd):
    assert [squeezed(f"« langue {number} »") in words_of(odd) for number in range(4)] == [True] * 4


def test_a_draft_says_so_on_every_page_and_a_published_version_says_when():
    draft = read(render_pdf(document()))
    assert all("document de travail" in page.extract_text() for page in draft.pages)
    dates = {"frozen_on": dt.date(2026, 10, 3), "published_on": dt.date(2026, 10, 9), "validated_on": dt.date(2026, 10, 5)}
    public = document(version=2, audience="public", rule="Seuil : 5 personnes.", validated_present=11, **dates)
    text = words_of(render_pdf(public))
    assert "documentdetravail" not in text
    assert "publiéele9octobre2026" in text
    assert squeezed("Version 2") in text
    assert squeezed("5 octobre 2026, 11 personnes présentes") in text
    assert squeezed("Seuil : 5 personnes.") in text


def test_silence_is_told():
    text = words_of(render_pdf(document()))
    silent = text[text.rindex("Dimensionsdontpersonnen’aparlé") : text.rindex("Groupesquin’ontpasencoreétéentendus")]
    assert "GSentimentsdebien-être/mal-être" in silent
    assert "AAccès" not in silent
    unheard = document(groups=(PARENTS, YOUNG, Group(3, "Aînés & voisins"), Group(4, "Gens du voyage")))
    assert words_of(render_pdf(unheard)).count("Gensduvoyage") >= 2


def test_counts_without_statements_leave_the_words_out():
    text = words_of(render_pdf(document(audience="public", rule="Seuil : 5.", has_statements=False, lines_of=lambda component: iter(()))))
    assert squeezed(USUAL[0].text) not in text
    assert squeezed("Les paroles ne sortent qu’après une lecture avant publication") in text


def test_words_kept_back_are_counted():
    public = document(audience="public", rule="Seuil : 5.")
    kept = document(audience="public", rule="Seuil : 5.", lines_of=lambda component: iter(list(public.lines_of(component))[:1]))
    text = words_of(render_pdf(kept))
    assert squeezed(USUAL[1].text) not in text
    assert squeezed("1 parole n’est pas publiée.") in text


def test_a_withdrawn_criterion_keeps_its_place_without_its_words(odd):
    assert "rue Basse" not in text_of(odd)
    assert squeezed("critère retiré par le groupe") in words_of(odd)


def test_the_team_reads_which_words_are_masked_for_the_public(odd):
    assert squeezed("La version publique masque un passage.") in words_of(odd)


def test_one_group_alone_shares_nothing_and_owns_nothing():
    text = words_of(render_pdf(document([Said("le calme", "B01")])))
    assert squeezed("Il faut au moins deux groupes entendus") in text
    assert "Composantesdontunseulgroupeaparlé" not in text


def test_an_empty_selection_is_told():
    assert squeezed("Cette sélection ne contient aucun critère.") in words_of(render_pdf(document([])))


def test_thirty_groups_fit_on_their_pages():
    groups = [Group(number, f"Groupe du quartier numéro {number:02}") for number in range(1, 31)]
    text = words_of(render_pdf(document([Said(f"parole {group.id}", "A01", group=group) for group in groups], groups)))
    assert text.count("Lesnombres:tableau") == 2 + 2 * 2  # dimensions, questions; groups and answers by pages of 24
    assert text.count("Groupes25à30sur30.") == 2


def test_thousands_are_set_apart_by_a_narrow_space(odd):
    assert "dit 12\u202f345 fois" in text_of(odd)


def test_a_plain_space_is_read_as_a_plain_space(usual):
    assert "un loyer à prix correct" in text_of(usual)


def test_an_english_document_says_it_is_english():
    reader = read(render_pdf(document(), language="en"))
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert "Housing/furniture" in squeezed("".join(page.extract_text() for page in reader.pages))


def test_the_sheet_of_a_group_holds_its_words_only():
    pdf = render_group_sheet_pdf(document(), PARENTS.id)
    text = words_of(pdf)
    mine = [one for one in USUAL if one.group == PARENTS]
    assert [squeezed(f"« {one.text} »") in text for one in mine] == [True] * len(mine)
    assert squeezed("garder les enfants des voisins") not in text
    assert read(pdf).metadata.title == "Parents · Sormont"


def test_a_file_is_written_whole(tmp_path, usual):
    write_pdf(document(), tmp_path / "synthese.pdf")
    assert (tmp_path / "synthese.pdf").read_bytes() == usual


def test_file_names_are_plain():
    assert file_name(document(territory="Val-d’Été & co"), "pdf") == "synthese-val-dete-co-travail-2026-11-01.pdf"
    assert file_name(document(version=3, audience="public", frozen_on=dt.date(2026, 10, 3)), "docx") == (
        "synthese-sormont-v3-public-2026-10-03.docx"
    )
    assert sorted(CONTENT_TYPES) == ["docx", "pdf", "xlsx"]


def test_printable_text_loses_no_letter():
    assert drawable("a\u2028b\x85c\td") == "a\nb\nc d"
    assert drawable("x\x00y\ufeffz") == "xyz"
    assert printable("é" * 120).replace("\u200b", "") == "é" * 120
    assert max(map(len, printable("é" * 120).split("\u200b"))) == 16
    assert lacks_shapes("ሰ")
    assert not lacks_shapes("□ été 😀")
