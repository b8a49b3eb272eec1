"""Fields that the forms of several apps share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, typed as a person writes it or picked."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def long_text(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """What a list of this form lets one choose among, known only when the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def offer_words(form: forms.BaseForm, name: str, choices: list[tuple[Any, Any]]) -> None:
    """The same for choices that are no rows: (value, words)."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
