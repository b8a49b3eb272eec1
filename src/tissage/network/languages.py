"""Languages in which a service answers: ISO 639 codes (two letters, three for signed languages) and their words, those most spoken around us first."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("fr", _("français")),
    ("nl", _("néerlandais")),
    ("de", _("allemand")),
    ("en", _("anglais")),
    ("sfb", _("langue des signes de Belgique francophone")),
    ("vgt", _("langue des signes flamande")),
    ("sq", _("albanais")),
    ("am", _("amharique")),
    ("ar", _("arabe")),
    ("hy", _("arménien")),
    ("ber", _("berbère")),
    ("bg", _("bulgare")),
    ("zh", _("chinois")),
    ("prs", _("dari")),
    ("es", _("espagnol")),
    ("ff", _("peul")),
    ("el", _("grec")),
    ("hi", _("hindi")),
    ("hu", _("hongrois")),
    ("it", _("italien")),
    ("rw", _("kinyarwanda")),
    ("ku", _("kurde")),
    ("ln", _("lingala")),
    ("ps", _("pachto")),
    ("fa", _("persan")),
    ("pl", _("polonais")),
    ("pt", _("portugais")),
    ("rom", _("romani")),
    ("ro", _("roumain")),
    ("ru", _("russe")),
    ("so", _("somali")),
    ("sw", _("swahili")),
    ("ti", _("tigrigna")),
    ("tr", _("turc")),
    ("uk", _("ukrainien")),
    ("ur", _("ourdou")),
    ("wa", _("wallon")),
    ("wo", _("wolof")),
)
_WORDS = dict(LANGUAGES)
_ORDER = {code: place for place, (code, _words) in enumerate(LANGUAGES)}


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes in the order of the list above, those it does not know last."""
    return sorted(codes, key=lambda code: (_ORDER.get(code, len(_ORDER)), code))


def language_words(code: str) -> str:
    """A language in words; its code when we have none."""
    return str(_WORDS.get(code, code))
