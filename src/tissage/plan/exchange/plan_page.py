"""A saved page that publishes a plan, as text or as HTML, into numbered lines."""

from __future__ import annotations

import codecs

from tissage.core.messages import gettext_noop
from tissage.core.plan_page import PlanPage, read_plan_page
from tissage.people.exchange.errors import UnreadableFile
from tissage.voices.exchange.html import HtmlPage

LIMIT_BYTES = 4 * 1024 * 1024
_NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


def read_page(name: str, content: bytes, marks: dict[str, str]) -> PlanPage:
    """What the page holds (`core.plan_page`). Raises `UnreadableFile`: too large, no text, no action on it."""
    page = read_plan_page(lines_of(name, content), marks)
    if not page.actions and not page.problems:
        raise UnreadableFile(
            gettext_noop(
                "« %(file)s » ne contient aucune ligne d’un plan. Attendu : des lignes « 01 1.1.06 Titre de l’action », enregistrées avec"
                " la page ou copiées dans un fichier de texte."
            ),
            file=name,
        )
    return page


def lines_of(name: str, content: bytes) -> list[tuple[int, str]]:
    """The lines of a page with their number in the file; of HTML, a block or a row of a table is a line."""
    if len(content) > LIMIT_BYTES:
        raise UnreadableFile(gettext_noop("« %(file)s » dépasse 4 Mo. Enregistrez la page seule, sans ses images."), file=name)
    text = _decoded(name, content)
    start = text[:4096].lower()
    if not (name.lower().endswith((".html", ".htm")) or "<html" in start or start.lstrip().startswith("<!doctype")):
        return list(enumerate(text.splitlines(), start=1))
    page = HtmlPage()
    page.feed(text)
    page.close()
    return [
        (part.line, line)
        for part in page.taken()
        for line in ((" ".join(part.cells),) if part.cells is not None else part.text.split("\n"))
    ]


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_NOT_TEXT):
        raise UnreadableFile(
            gettext_noop(
                "« %(file)s » n’est ni du texte ni du HTML. Enregistrez la page en HTML, ou copiez son texte dans un fichier .txt."
            ),
            file=name,
        )
    encodings = ["utf-16"] if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(
        gettext_noop("L’encodage de « %(file)s » n’est pas reconnu. Enregistrez-le en UTF-8, puis recommencez."), file=name
    )
