"""The hall: how its code is written and read, what an answer may be, and which copy of an answer counts.

A code is eight signs of an alphabet of 28, without vowels (no word comes out) and without signs that look alike: 28**8, that is
3.8e11 codes. With a hundred halls open and `WRONG_CODES` tries every ten minutes, one address finds one by chance in 240 years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
WRONG_CODES = 300  # per address and ten minutes: a whole hall may stand behind one address
WRONG_CODES_MINUTES = 10

MOST_CHARACTERS = 280
MOST_ANSWERS = 60  # for one question on one phone
MOST_WRITES = 40  # a minute on one phone
MOST_PHONES = 400
MOST_CARDS = 20_000
MOST_REVISION = 1_000_000

_BETWEEN = re.compile(r"[\s\u00a0\u202f.·_–—-]+")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,6})?")


def draw_code(choose: Callable[[str], str]) -> str:
    """A new code; `choose` draws one sign of a text (`secrets.choice`)."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """A code as people type it (any case, spaces, dashes), or None when it cannot be one.

    >>> read_code(" k7mp-4xqr ")
    'K7MP4XQR'
    """
    code = _BETWEEN.sub("", typed[:40]).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def spell_code(code: str) -> str:
    """A code as it is shown, in two halves that stay on one line: `K7MP 4XQR`."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}\u00a0{code[half:]}"


def is_token(token: str) -> bool:
    """Whether a device made this token as it should: 22 to 128 url-safe characters, 128 bits or more."""
    return _TOKEN.fullmatch(token) is not None


def is_language(code: str) -> bool:
    """Whether this can be the code of a language: `fr`, `ps`, `pt-BR`."""
    return _LANGUAGE.fullmatch(code) is not None


def tidy(text: str) -> str:
    """An answer as it is kept: the person's own words on one line, without control or direction-forcing signs at work.

    Joiners that scripts need (zero-width joiner and non-joiner) stay.
    """
    kept = (sign for sign in unicodedata.normalize("NFC", text) if sign in "\u200c\u200d\n\t" or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def why_refused(text: str, revision: int, *, withdrawn: bool) -> str:
    """Why an answer cannot be kept (`unreadable`, `too_long`, `empty`), or an empty text. `text` is tidied."""
    if not 0 <= revision <= MOST_REVISION:
        return "unreadable"
    if withdrawn:
        return ""
    if len(text) > MOST_CHARACTERS:
        return "too_long"
    return "" if text else "empty"
