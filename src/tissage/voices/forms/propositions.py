"""Survey statements: which codes to look at, and one wording."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.nomenclature import Nomenclature
from tissage.ui.forms import long_text, offer_words


class PairsForm(forms.Form):
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    without = forms.BooleanField(label=_("seulement ce qui n’a pas encore de formulation"), required=False)

    def __init__(self, *args: Any, nomenclature: Nomenclature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "fr").split("-")[0]
        offer_words(
            self,
            "dimension",
            [("", gettext("toutes"))] + [(term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.dimensions],
        )


class WordingForm(forms.Form):
    text = forms.CharField(
        label=_("Formulation d’enquête"),
        max_length=300,
        widget=long_text(2),
        help_text=_("Une phrase à la première personne : « Je peux chauffer mon logement. » Ce n’est pas ce que la personne a dit."),
    )


class RewordForm(WordingForm):
    text = forms.CharField(
        label=_("Formulation corrigée"),
        max_length=300,
        required=False,
        widget=long_text(2),
        help_text=_("L’original est gardé à côté. Vide : l’original sert."),
    )
