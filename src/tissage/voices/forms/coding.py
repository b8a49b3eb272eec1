"""Giving a code: in parts, or written whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.codes import Code, MalformedCode, parse_code
from tissage.core.nomenclature import BENEFICIARY, SENSE, SENSE_LETTER, Nomenclature
from tissage.frameworks.queries import explain_malformed
from tissage.ui.forms import offer_words

# The order of `spiral.md` §8.4; the keys are those of `operations.codings.FACETS`.
FACET_WORDS = [
    ("", _("aucune")),
    ("existence", _("existence")),
    ("amount", _("quantité")),
    ("quality", _("qualité, adéquation")),
    ("access", _("accès physique, distance")),
    ("law", _("droit, administration")),
    ("discrimination", _("discrimination, exclusion")),
    ("contacts", _("contacts")),
    ("money", _("argent")),
    ("help", _("aide")),
    ("ability", _("capacité personnelle")),
]


class CodingForm(forms.Form):
    """`nomenclature`: where the choices come from; `dimension`: whose components are offered, `x00` last."""

    component = forms.ChoiceField(label=_("Composante"), widget=forms.RadioSelect)
    letter = forms.ChoiceField(
        label=_("Lettre de sens"), required=False, widget=forms.RadioSelect, help_text=_("Une catégorie de besoin, jamais une note.")
    )
    facet = forms.ChoiceField(label=_("Facette : pourquoi ?"), required=False, choices=FACET_WORDS)
    sense = forms.ChoiceField(
        label=_("Sens détaillé"), required=False, help_text=_("Deux chiffres. Utile seulement au-delà de quelques milliers de critères.")
    )
    sub_component = forms.CharField(label=_("Sous-composante"), required=False, max_length=3, help_text=_("Un à trois chiffres."))
    beneficiary = forms.ChoiceField(label=_("Pour qui"), required=False)

    def __init__(self, *args: Any, nomenclature: Nomenclature, dimension: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "fr").split("-")[0]
        self.terms = nomenclature.components_of(dimension)
        offer_words(self, "component", [(term.code, f"{term.code} · {term.label(language)}") for term in self.terms])
        letters = nomenclature.of_kind(SENSE_LETTER)
        offer_words(
            self,
            "letter",
            [
                ("", gettext("Aucune : rien n’est dit du sens")),
                *[(term.code, f"{term.code} · {term.label(language)}") for term in letters],
            ],
        )
        offer_words(
            self,
            "sense",
            [("", gettext("aucun"))]
            + [
                (
                    f"{letter.code} · {letter.label(language)}",
                    [(t.code, f"{t.code} · {t.label(language)}") for t in nomenclature.of_kind(SENSE) if t.code.startswith(letter.code)],
                )
                for letter in letters
            ],
        )
        offer_words(
            self,
            "beneficiary",
            [("", gettext("non précisé"))]
            + [(term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.of_kind(BENEFICIARY)],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        letter, sense = cleaned.get("letter", ""), cleaned.get("sense", "")
        if sense and letter and not sense.startswith(letter):
            self.add_error("sense", gettext("Ce sens n’est pas sous la lettre %(letter)s.") % {"letter": letter})
        sub = cleaned.get("sub_component", "")
        if sub and not (sub.isascii() and sub.isdigit()):
            self.add_error("sub_component", gettext("Attendu : un à trois chiffres, par exemple 11."))
        if cleaned.get("beneficiary") and not (letter or sense):
            self.add_error("beneficiary", gettext("Donnez d’abord une lettre de sens : un code ne peut pas sauter cette partie."))
        return cleaned

    @property
    def code(self) -> Code:
        clean = self.cleaned_data
        return Code(clean["component"], clean["sub_component"], clean["sense"] or clean["letter"], clean["beneficiary"])


class WholeCodeForm(forms.Form):
    whole = forms.CharField(
        label=_("Code écrit en entier"),
        max_length=40,
        help_text=_("objet/sens/bénéficiaire, par exemple A01-11/P15/k. La fin peut manquer."),
    )
    facet = forms.ChoiceField(label=_("Facette : pourquoi ?"), required=False, choices=FACET_WORDS)

    def clean_whole(self) -> Code:
        try:
            return parse_code(self.cleaned_data["whole"])
        except MalformedCode as error:
            raise forms.ValidationError(explain_malformed(error)) from None
