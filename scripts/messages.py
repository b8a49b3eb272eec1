"""Message catalogues: message identifiers are French, English is a translation. `make messages` refreshes and compiles them.

The French catalogue holds plurals only, so that zero takes the singular (« 0 critère »).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tissage"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Message = tuple[str | tuple[str, str], str | None]


def python_messages(path: Path) -> Iterator[Message]:
    for _line, function, found, _comments in extract_python(io.BytesIO(path.read_bytes()), list(KEYWORDS), [], {}):
        texts = list(found) if isinstance(found, tuple) else [found]
        spec = KEYWORDS[function]
        context = None
        if spec and isinstance(spec[0], tuple):
            context, *texts = texts
        if spec and len(texts) >= 2 and function.startswith(("ngettext", "npgettext")):
            if texts[0] and texts[1]:
                yield (texts[0], texts[1]), context
        elif texts and texts[0]:
            yield texts[0], context


def template_messages(path: Path) -> Iterator[Message]:
    """Messages of {% translate %}, {% blocktranslate %} and _("…") in tags and variables."""
    singular: list[str] = []
    plural: list[str] | None = None
    block: re.Match[str] | None = None
    trimmed = False

    def whole(parts: list[str]) -> str:
        text = "".join(parts)
        return trim_whitespace(text) if trimmed else text

    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if block is not None:
            if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
                context = (block.group(1) or "").strip("\"'") or None
                yield ((whole(singular), whole(plural)) if plural is not None else whole(singular)), context
                block, singular, plural = None, [], None
            elif token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
                plural = []
            elif token.token_type == TokenType.VAR:
                (singular if plural is None else plural).append(f"%({token.contents.strip()})s")
            elif token.token_type == TokenType.TEXT:
                (singular if plural is None else plural).append(token.contents.replace("%", "%%"))
            continue
        if token.token_type == TokenType.BLOCK:
            if found := block_re.match(token.contents):
                block, trimmed = found, " trimmed" in token.contents
                continue
            if found := inline_re.match(token.contents):
                text = found.group(1)[1:-1].replace("%", "%%")  # as Django looks it up
                yield text, (found.group(3) or "").strip("\"'") or None
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for constant in constant_re.findall(token.contents):
                yield constant[1:-1].replace("%", "%%"), None


def extract() -> Catalog:
    """Every message of the source, in a stable order."""
    catalog = Catalog(project="Tissage", charset="utf-8")
    for path in sorted(SOURCE.rglob("*")):
        if "vendor" in path.parts or "migrations" in path.parts:
            continue
        read = python_messages if path.suffix == ".py" else template_messages if path.suffix in (".html", ".svg", ".txt") else None
        if read is None or (path.suffix != ".py" and "templates" not in path.parts):
            continue
        for text, context in read(path):
            catalog.add(text, locations=[(path.relative_to(SOURCE).as_posix(), None)], context=context)  # type: ignore[list-item]
    return catalog


def load(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language, project="Tissage", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def store(catalog: Catalog, language: str) -> None:
    catalog.creation_date = catalog.revision_date = EPOCH  # the same source gives the same file
    catalog.header_comment = f"# Tissage: {catalog.locale.english_name if catalog.locale else language}. EUPL-1.2."
    catalog.version, catalog.msgid_bugs_address, catalog.last_translator, catalog.language_team = "1", "", "Tissage", "Tissage"
    catalog.fuzzy = False
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as stream:
        write_po(stream, catalog, width=140, sort_output=True, ignore_obsolete=True, include_lineno=False, omit_header=False)
    with (folder / "django.mo").open("wb") as stream:
        write_mo(stream, catalog)


def untranslated(catalog: Catalog) -> list[str]:
    def empty(string: object) -> bool:
        return not string or (isinstance(string, list | tuple) and not all(string))

    return [str(message.id) for message in catalog if message.id and (empty(message.string) or message.fuzzy)]


def main() -> int:
    template = extract()
    english = load("en")
    english.update(template, no_fuzzy_matching=True, update_header_comment=False)
    store(english, "en")
    french = Catalog(locale="fr", project="Tissage", charset="utf-8")
    for message in template:
        if message.id and isinstance(message.id, tuple | list):
            french.add(tuple(message.id), tuple(message.id), context=message.context)
    store(french, "fr")
    missing = untranslated(english)
    for text in missing:
        print("English missing:", text)
    print(f"{len(template)} messages, {len(missing)} without English.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
