"""A dossier as a ZIP of named annexes: numbered files, the texts to paste, and an inventory with the checksum of each."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

from django.utils.translation import gettext as _

from tissage.reports.models import Report

from . import words
from .book import Book
from .names import slug_of
from .pdf import render_pdf, stamp
from .vote_text import as_html, as_text
from .word import render_docx
from .workbook import render_xlsx

RENDER = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
ANNEXES: tuple[tuple[str, str], ...] = (
    (Report.Kind.DOSSIER, "pdf"),
    (Report.Kind.ACTIVITY, "pdf"),
    (Report.Kind.ACTIVITY, "docx"),
    (Report.Kind.FINANCIAL, "pdf"),
    (Report.Kind.FINANCIAL, "docx"),
    (Report.Kind.FINANCIAL, "xlsx"),
    (Report.Kind.SHEETS, "pdf"),
    (Report.Kind.DASHBOARD, "xlsx"),
)
INVENTORY = "00-inventaire.txt"


def render_zip(book: Book) -> bytes:
    """The annexes of a dossier, or one document in each of its formats. Every annexe is made from the same frozen year."""
    wanted = ANNEXES if book.kind == Report.Kind.DOSSIER else tuple((book.kind, extension) for extension in RENDER)
    annexes = (
        [(f"01-deliberation-{book.data.facts.year}.txt", as_text(book).encode("utf-8-sig"))] if book.kind == Report.Kind.DOSSIER else []
    )
    if annexes:
        annexes.append((f"02-deliberation-{book.data.facts.year}.html", as_html(book).encode()))
    for kind, extension in wanted:
        name = f"{len(annexes) + 1:02d}-{slug_of(replace(book, kind=kind))}.{extension}"
        annexes.append((name, RENDER[extension](replace(book, kind=kind))))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(INVENTORY, inventory(book, annexes)), *annexes]:
            archive.writestr(_entry(name, book), content)
    return stream.getvalue()


def inventory(book: Book, annexes: list[tuple[str, bytes]]) -> bytes:
    """What the archive holds: name, size in bytes, SHA-256; as `sha256sum -c` reads the lines below the rule."""
    head = [
        words.dot(book.title, book.data.facts.territory),
        words.dot(book.dated, stamp(book)),
        book.source,
        _("Données arrêtées : empreinte %(sha)s") % {"sha": book.sha256} if book.sha256 else _("PROJET : données non arrêtées"),
        "",
        *(_("%(name)s : %(size)s octets") % {"name": name, "size": len(content)} for name, content in annexes),
        "",
        _("Empreintes SHA-256 :"),
        *(f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in annexes),
    ]
    return ("\n".join(head) + "\n").encode("utf-8")


def _entry(name: str, book: Book) -> zipfile.ZipInfo:
    """Dated by the data, not by the clock."""
    on = book.frozen_on or book.made_on
    made = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made
