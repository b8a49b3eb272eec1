"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("", _("inconnue")),
    ("fr", _("français")),
    ("nl", _("néerlandais")),
    ("de", _("allemand")),
    ("en", _("anglais")),
    ("ar", _("arabe")),
    ("tr", _("turc")),
    ("it", _("italien")),
    ("es", _("espagnol")),
    ("pt", _("portugais")),
    ("ro", _("roumain")),
    ("uk", _("ukrainien")),
]


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, typed as a person writes it or picked."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def long_text(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})
