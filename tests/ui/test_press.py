"""The press: our fonts only, words never markup, nothing of the machine read, letters that come out as they went in."""

from __future__ import annotations

import io
import re

import pytest
import typst
from pypdf import PdfReader

from tissage.ui.glyphs import printable
from tissage.ui.press import ROOT, iso_language, set_pdf
from tissage.ui.qr import qr_svg

TEMPLATE = """
#import "/ui/print/house.typ": *
#let said = json(bytes(sys.inputs.said))
#set document(title: "Essai")
#set text(font: sans, lang: "fr")
= Essai
#par(spoken(said.language, said.words, font: serif))
"""


@pytest.fixture
def press(tmp_path, monkeypatch):
    """Sets words with a template of its own, beside the house's inks and fonts."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "print").symlink_to(ROOT / "ui" / "print")
    monkeypatch.setattr("tissage.ui.press.ROOT", tmp_path)
    template = tmp_path / "page.typ"

    def press(words: str, language: str = "", source: str = TEMPLATE) -> PdfReader:
        template.write_text(source, encoding="utf-8")
        return PdfReader(io.BytesIO(set_pdf(template, day=0, said={"words": printable(words), "language": language})))

    return press


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "безпечна вулиця, щоб діти гралися біля під’їзду, ґанок"),
        ("tr", "çocuklarım için sıcak bir ev, ışığı gören İğne"),
        ("de", "Straße, Größe, übermäßig"),
        ("es", "¿Qué le hace bien? mañana, vergüenza"),
        ("pl", "żółć, gęś, źdźbło"),
        ("fr", "« cœur », naïveté, 1 234,50 € : l’été"),
    ],
)
def test_words_of_every_language_come_out_as_they_went_in(press, language, words):
    [page] = press(words, language).pages
    assert words in " ".join(page.extract_text().split()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "بيت دافئ لأولادي والجيران الطيبون"),
        ("ps", "پښتو ژبه گچ ځوان ډېر ټول ړوند ڼ ګل"),
        ("fa", "خانه گرم برای بچه‌هایم"),
    ],
)
def test_letters_of_a_language_written_from_the_right_stay_whole(press, language, words):
    """A line is extracted word after word from the other side; each word has all its letters, in order."""
    [page] = press(words, language).pages
    found = page.extract_text().replace("\u200c", "").split()
    assert sorted(word for word in found if word != "Essai") == sorted(words.replace("\u200c", "").split())


def test_only_our_fonts_are_used(press):
    reader = press("mot بيت 😀 дім", "")
    names = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0].lstrip("/") for font in reader.pages[0]["/Resources"]["/Font"].values()
    }
    assert names <= {"SourceSans3", "SourceSerif4", "Vazirmatn", "NotoEmoji"}


def test_words_are_never_markup(press):
    hostile = '#panic("non") *gras* $x$ #include "/etc/passwd" [a](b) @ici'
    assert hostile in " ".join(press(hostile).pages[0].extract_text().split())


def test_a_template_reads_nothing_outside_the_house(press):
    with pytest.raises(typst.TypstError):
        press("", source='#read("../../../../../../../../etc/passwd")')


def test_a_picture_without_an_alternative_is_refused(press):
    source = TEMPLATE + '#picture("<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 1 1\\"></svg>")'
    with pytest.raises(typst.TypstError, match="alt"):
        press("mot", source=source)


@pytest.mark.parametrize(("written", "read"), [("ar-MA", "ar"), ("FR", "fr"), ("", ""), ("x", ""), ("123", ""), ("ckb", "ckb")])
def test_a_language_is_its_code_or_nothing(written, read):
    assert iso_language(written) == read


def test_a_qr_code_is_told_in_words_or_hidden():
    assert 'role="img" aria-label="L&quot;adresse"' in qr_svg("https://exemple.be/", 'L"adresse')
    assert 'aria-hidden="true"' in qr_svg("https://exemple.be/")
    assert re.search(r"<(style|script)|style=", qr_svg("https://exemple.be/")) is None
