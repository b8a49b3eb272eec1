"""French first, English complete: every message of the source is in the catalogue, translated and compiled."""

import pytest
from babel.messages.mofile import read_mo
from scripts.messages import LOCALE, extract, load, untranslated


@pytest.fixture(scope="module")
def source():
    return {(message.id, message.context) for message in extract() if message.id}


def test_the_english_catalogue_holds_every_message_of_the_source(source):
    english = {(message.id, message.context) for message in load("en") if message.id}
    assert source - english == set(), "run `make messages`, then write the English"


def test_nothing_is_left_untranslated():
    assert untranslated(load("en")) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_compiled_catalogue_is_the_one_of_the_text(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        compiled = read_mo(stream)

    def strings(catalog):
        def plain(text):
            return tuple(text) if isinstance(text, list) else text

        return {(plain(message.id), message.context): plain(message.string) for message in catalog if message.id}

    assert strings(compiled) == strings(load(language))


def test_placeholders_survive_translation():
    import re

    names = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
    wrong = []
    for message in load("en"):
        if message.id and message.string:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if set(names.findall(ids[-1])) != set(names.findall(strings[-1])):
                wrong.append(ids[0])
    assert wrong == []


def test_zero_takes_the_singular_in_french(settings):
    from django.utils import translation
    from django.utils.translation import ngettext

    plural = next(message.id for message in load("fr") if isinstance(message.id, tuple))
    with translation.override("fr"):
        assert ngettext(plural[0], plural[1], 0) == plural[0]
