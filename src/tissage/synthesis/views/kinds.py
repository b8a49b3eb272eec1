"""The files that a synthesis gives: the word in the address, and what a person reads on the button."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = (
    ("pdf", _("PDF, à imprimer")),
    ("docx", _("Word, à retravailler")),
    ("xlsx", _("Tableur (XLSX)")),
    ("csv", _("Nombres (CSV)")),
    ("paroles", _("Paroles (CSV)")),
    ("json", _("Données (JSON)")),
    ("dictionnaire", _("Dictionnaire des données")),
)
