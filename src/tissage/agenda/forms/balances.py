"""Issuing a balance, and asking for the file of a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.ui.forms import long_text, offer


class NarrativeForm(forms.Form):
    narrative = forms.CharField(
        label=_("Le mot de la coordination"),
        help_text=_("Quelques lignes qui ouvrent le bilan. Les chiffres et les leçons s’écrivent d’eux-mêmes."),
        widget=long_text(6),
        max_length=4000,
        required=False,
    )


class YearForm(forms.Form):
    """Whose year, which one, as what. An organisation one does not speak for is not offered."""

    organization = forms.ModelChoiceField(queryset=Organization.objects.none())
    year = forms.IntegerField(min_value=2000, max_value=2100)
    format = forms.ChoiceField(choices=[("docx", "Word"), ("xlsx", "XLSX")])

    def __init__(self, *args: Any, own: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", own)
