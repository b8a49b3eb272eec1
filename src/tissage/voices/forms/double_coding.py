"""Drawing a sample, coding it blind, settling a disagreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tissage.core.codes import Code, MalformedCode, parse_code
from tissage.core.nomenclature import COMPONENT, SENSE_LETTER, Nomenclature
from tissage.frameworks.queries import explain_malformed
from tissage.people.models import User
from tissage.ui.forms import offer_words
from tissage.voices.operations.double_coding import FIRST, MOST, OTHER, SECOND

from .coding import FACET_WORDS

PERCENT, NUMBER = "percent", "number"
BY_DIMENSION, AT_RANDOM = "by_dimension", "at_random"


class DrawForm(forms.Form):
    """`available`: who may code a second time, each with the number of criteria that can be drawn for them."""

    coder = forms.ChoiceField(
        label=_("Qui code une deuxième fois ?"), help_text=_("Sont écartés les critères que cette personne a codés ou déjà vus ainsi.")
    )
    size = forms.IntegerField(
        label=_("Combien ?"), min_value=1, max_value=MOST, initial=10, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    unit = forms.ChoiceField(
        label=_("C’est"),
        choices=[(PERCENT, _("une part, en pour cent des critères possibles")), (NUMBER, _("un nombre de critères"))],
        widget=forms.RadioSelect,
        initial=PERCENT,
    )
    method = forms.ChoiceField(
        label=_("Comment tirer ?"),
        choices=[
            (BY_DIMENSION, _("en gardant la part de chaque dimension")),
            (AT_RANDOM, _("tout à fait au hasard")),
        ],
        widget=forms.RadioSelect,
        initial=BY_DIMENSION,
    )
    label = forms.CharField(label=_("Nom de ce double codage"), required=False, max_length=160, help_text=_("Sinon, sa date."))

    def __init__(self, *args: Any, available: list[tuple[User, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): (person, count) for person, count in available}
        offer_words(
            self,
            "coder",
            [
                (
                    pk,
                    ngettext("%(name)s : %(count)s critère possible", "%(name)s : %(count)s critères possibles", count)
                    % {"name": person.name, "count": count},
                )
                for pk, (person, count) in self._people.items()
            ],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("unit") == PERCENT and (cleaned.get("size") or 0) > 100:
            self.add_error("size", gettext("Une part ne dépasse pas 100 %. Pour un nombre de critères, cochez « un nombre »."))
        return cleaned

    @property
    def person(self) -> User:
        return self._people[self.cleaned_data["coder"]][0]

    @property
    def number(self) -> int | None:
        return self.cleaned_data["size"] if self.cleaned_data["unit"] == NUMBER else None

    @property
    def percent(self) -> int | None:
        return self.cleaned_data["size"] if self.cleaned_data["unit"] == PERCENT else None


def _letters(nomenclature: Nomenclature) -> list[tuple[str, str]]:
    language = (get_language() or "fr").split("-")[0]
    return [("", gettext("rien n’est dit du sens"))] + [
        (term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.of_kind(SENSE_LETTER)
    ]


def as_a_code(written: str) -> str:
    """A code typed in haste: object and sense in capitals (`d03/o15/k` → `D03/O15/k`)."""
    return "/".join(part.upper() if place < 2 else part for place, part in enumerate(written.split("/")))


class BlindForm(forms.Form):
    """A second code: a component chosen in the list that the words bring, or a code written whole; then letter, facet, memo."""

    words = forms.CharField(
        label=_("Code, ou mots pour le chercher"),
        required=False,
        max_length=80,
        help_text=_("Par exemple D03, D03/O, ou « amis ». Flèche bas pour choisir, Entrée pour enregistrer."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "autofocus": True}),
    )
    component = forms.CharField(required=False)
    letter = forms.ChoiceField(
        label=_("Lettre de sens"), required=False, widget=forms.RadioSelect, help_text=_("Une catégorie de besoin, jamais une note.")
    )
    facet = forms.ChoiceField(label=_("Facette : pourquoi ?"), required=False, choices=FACET_WORDS)
    memo = forms.CharField(
        label=_("Mémo"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ce qui vous a fait hésiter. L’équipe le lira au moment de trancher."),
    )

    def __init__(self, *args: Any, nomenclature: Nomenclature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nomenclature = nomenclature
        offer_words(self, "letter", _letters(nomenclature))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written, component, letter = cleaned.get("words", "").strip(), cleaned.get("component", ""), cleaned.get("letter", "")
        try:
            self.code = parse_code(as_a_code(written)) if written else Code("")
        except MalformedCode as error:
            if not component:
                looks_like_a_code = len(written) <= 3 or "/" in written
                self.add_error(
                    "words",
                    explain_malformed(error)
                    if looks_like_a_code
                    else gettext("Choisissez une composante dans la liste, ou écrivez son code."),
                )
            self.code = Code("")
        if not self.code.object:
            if component and self.nomenclature.get(COMPONENT, component) is None:
                self.add_error("words", gettext("Cette composante n’est pas de la nomenclature."))
            elif not component and not self.errors:
                self.add_error("words", gettext("Écrivez un code, ou des mots pour le chercher ; ou passez ce critère."))
            self.code = Code(component)
        if letter and not self.code.sense:
            self.code = Code(self.code.object, self.code.sub_component, letter)
        return cleaned


class SettleForm(forms.Form):
    choice = forms.ChoiceField(label=_("Quel code retenir ?"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("L’autre code, s’il y en a un"),
        required=False,
        max_length=40,
        help_text=_("objet/sens/bénéficiaire, par exemple A01-11/P15/k."),
    )
    note = forms.CharField(
        label=_("Pourquoi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une phrase, pour qui relira et pour la suite du codage."),
    )

    def __init__(self, *args: Any, first: str, second: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_words(
            self,
            "choice",
            [
                (FIRST, gettext("Garder le premier : %(code)s") % {"code": first}),
                (SECOND, gettext("Prendre le second : %(code)s") % {"code": second}),
                (OTHER, gettext("Un autre code")),
            ],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.code_given: Code | None = None
        if cleaned.get("choice") == OTHER:
            try:
                self.code_given = parse_code(cleaned.get("code", ""))
            except MalformedCode as error:
                self.add_error("code", explain_malformed(error))
        return cleaned
