"""Fields that several forms of a plan share."""

from __future__ import annotations

from typing import Any

from django import forms

from tissage.ui.forms import long_text


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
