"""Facts carried in the free description of another program's format, so that a person may read them there and we may read them back.

words for the person
— Tissage —
identifiant: 12
nb: 4
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MARK = "\u2014 Tissage \u2014"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BACKSLASH = "\\"
_UNESCAPES = {written: character for character, written in _ESCAPES.items()}
_TO_ESCAPE = re.compile(r"[\\\n\r\t]")
_ESCAPED = re.compile(r"\\[\\nrt]")


def describe(words: str, facts: Mapping[str, str]) -> str:
    """A description: the words, then one line a fact. Empty facts are left out; without any, the words alone.

    Names hold no colon and no line end. Values may hold anything.
    """
    lines = [
        f"{name}: {value}" if value.isprintable() and _BACKSLASH not in value else f"{name}: {_TO_ESCAPE.sub(_escape, value)}"
        for name, value in facts.items()
        if value
    ]
    if not lines:
        return words
    return "\n".join(([words] if words else []) + [MARK, *lines])


def read_description(text: str) -> tuple[str, dict[str, str]]:
    """The words and the facts of a description; other programs may have changed the line ends or trimmed it."""
    words, mark, rest = text.replace("\r\n", "\n").partition(MARK)
    if not mark:
        return text, {}
    facts: dict[str, str] = {}
    for line in rest.split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            value = value[1:] if value.startswith(" ") else value
            facts[name.strip()] = _ESCAPED.sub(_unescape, value) if "\\" in value else value
    return words.removesuffix("\n"), facts


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES[found.group()]


def _unescape(found: re.Match[str]) -> str:
    return _UNESCAPES[found.group()]
