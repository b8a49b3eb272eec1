"""The motivation and the decision, to paste into the council's own software: plain text and HTML of the same lines."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

from .book import Book
from .sections.closing import decision_lines, motivation_lines


def as_text(book: Book) -> str:
    """Paragraphs with an empty line between, « DÉCIDE » above the decision. Lines end as Windows writes them."""
    parts = [_("PROJET DE DÉLIBÉRATION"), *motivation_lines(book)]
    if decision := decision_lines(book):
        parts += [_("DÉCIDE :"), *decision]
    if len(parts) == 1:
        parts.append(_("Le référentiel de ce plan ne propose aucun texte de délibération."))
    return "\r\n\r\n".join(parts) + "\r\n"


def as_html(book: Book) -> str:
    """A whole page without style: what an editor keeps when it is pasted."""
    title = escape(_("Projet de délibération"))
    lines = [f"<h1>{title}</h1>", *(f"<p>{escape(line)}</p>" for line in motivation_lines(book))]
    if decision := decision_lines(book):
        lines += [f"<h2>{escape(_('Décide'))}</h2>", *(f"<p>{escape(line)}</p>" for line in decision)]
    body = "\n".join(lines)
    return (
        f'<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n{body}\n</body>\n</html>\n'
    )
