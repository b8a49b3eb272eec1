"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, typed as a person writes it or picked."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def long_text(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})
