"""What a kept page needs: the release it belongs to, and every file that its files ask for."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from tissage.ui.release import RELEASE_HEADER, MissingFile, files_of, release, stamp


def test_a_style_sheet_brings_its_fonts_and_a_module_brings_its_modules():
    files = files_of("ui/fonts.css", "ui/base.css")
    assert files[:2] == ("/static/ui/fonts.css", "/static/ui/base.css")
    fonts = {file for file in files if file.endswith(".woff2")}
    assert "/static/vendor/source-serif-4/source-serif-4-latin-600-normal.woff2" in fonts
    assert "/static/vendor/noto-sans-arabic/noto-sans-arabic-arabic-400-normal.woff2" in fonts
    assert all(finders.find(file.removeprefix("/static/")) for file in files)


def test_a_file_that_is_not_there_is_a_mistake_of_ours():
    with pytest.raises(MissingFile):
        files_of("ui/nothing.css")


def test_a_page_says_which_release_it_belongs_to():
    assert stamp(HttpResponse()).headers[RELEASE_HEADER] == release()
    assert len(release()) == 12


def test_another_byte_in_a_static_file_is_another_release(settings, tmp_path):
    sheet = tmp_path / "ui" / "static" / "ui" / "one.css"
    sheet.parent.mkdir(parents=True)
    settings.PACKAGE = tmp_path
    try:
        seen = set()
        for words in ("a", "b", "a"):
            sheet.write_text(words)
            release.cache_clear()
            seen.add(release())
        assert len(seen) == 2
    finally:
        release.cache_clear()
