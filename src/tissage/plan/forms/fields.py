"""Fields that several forms of a plan share."""

from __future__ import annotations

from typing import Any

from django import forms


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, typed as a person writes it or picked."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OnePerLine(forms.CharField):
    """A short list, one line each. Gives a list without blanks and without twice the same."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=long_text(3), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in (super().clean(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))
