"""Forms of a set of asks: what it says of itself, its categories, its asks, its table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Ask, AskCategory, AskSet
from tissage.core.ask_rows import LONGEST
from tissage.ui.forms import date_field, long_text, offer

MOST_WEIGHT = Decimal("9999.99")
TABLE_BYTES = 1024 * 1024
FILE_BYTES = 8 * 1024 * 1024


class AskSetForm(forms.Form):
    title = forms.CharField(label=_("Titre"), max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"), help_text=_("Ce que les listes lisent d’abord."), required=False, max_length=6_000, widget=long_text(4)
    )
    owner_name = forms.CharField(label=_("De qui viennent les demandes"), max_length=200)
    selection_rule = forms.CharField(
        label=_("Comment demandes et destinataires ont été choisis"),
        help_text=_("Publié avec les réponses. Sans cette règle, le texte ne se fige pas."),
        required=False,
        max_length=6_000,
        widget=long_text(3),
    )
    neutrality_note = forms.CharField(label=_("Note de neutralité"), required=False, max_length=6_000, widget=long_text(3))
    counted_competences = forms.MultipleChoiceField(
        label=_("Compétences qui comptent au score"),
        help_text=_("Une demande qui n’en a aucune est publiée, hors score."),
        choices=Ask.Competence.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class NewAskSetForm(AskSetForm):
    field_order = ["start", "code", "title"]
    start = forms.ChoiceField(
        label=_("Partir de"),
        choices=[("blank", _("une page blanche")), ("seed", _("neuf leviers et quatre demandes pour une commune, à adapter"))],
        initial="seed",
        widget=forms.RadioSelect,
    )
    code = forms.SlugField(label=_("Code"), help_text=_("Court, sans accent : droits-2030. Il ne change plus."), max_length=40)

    @property
    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "start"}


def said_of(ask_set: AskSet) -> dict[str, Any]:
    return {name: getattr(ask_set, name) for name in AskSetForm.base_fields}


class CategoryForm(forms.Form):
    label = forms.CharField(label=_("Catégorie"), max_length=160)
    code = forms.SlugField(label=_("Code"), help_text=_("Des minuscules sans accent : formation."), max_length=40)
    weight = forms.DecimalField(
        label=_("Poids"),
        min_value=Decimal("0.01"),
        max_value=MOST_WEIGHT,
        decimal_places=2,
        initial=1,
        help_text=_("Ce que pèse la catégorie dans le score."),
    )


class AskForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9.-]{0,9}$",
        label=_("Code"),
        error_messages={"invalid": _("Attendu : une lettre puis des chiffres ou des lettres, par exemple L7a.")},
    )
    kind = forms.ChoiceField(label=_("Genre"), choices=Ask.Kind.choices)
    category = forms.ModelChoiceField(label=_("Catégorie"), queryset=AskCategory.objects.none())
    text = forms.CharField(label=_("Demande"), help_text=_("Une seule chose par demande."), max_length=LONGEST["text"], widget=long_text(3))
    rationale = forms.CharField(label=_("Pourquoi"), required=False, max_length=LONGEST["rationale"], widget=long_text(2))
    competence = forms.MultipleChoiceField(
        label=_("Compétence"),
        help_text=_("Qui peut agir. « À confirmer » tant qu’un·e juriste ne l’a pas vérifiée."),
        choices=Ask.Competence.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    verifiable = forms.ChoiceField(label=_("Vérifiable"), choices=Ask.Verifiable.choices, initial=Ask.Verifiable.NEEDS_CRITERION)
    success_criterion = forms.CharField(
        label=_("Tenue quand"),
        help_text=_("Ce qu’on verra si c’est fait. Sans critère écrit, elle est publiée, hors score."),
        required=False,
        max_length=LONGEST["success_criterion"],
        widget=long_text(2),
    )
    weight = forms.DecimalField(label=_("Poids"), min_value=Decimal("0.01"), max_value=MOST_WEIGHT, decimal_places=2, initial=1)
    proof_hint = forms.CharField(label=_("D’où peut venir la preuve"), required=False, max_length=LONGEST["proof_hint"])
    source_ref = forms.CharField(label=_("Source"), required=False, max_length=LONGEST["source_ref"])
    legal_mapping_note = forms.CharField(label=_("Note sur la compétence"), required=False, max_length=LONGEST["legal_mapping_note"])

    def __init__(self, *args: Any, ask_set: AskSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", ask_set.categories.all())


def words_of(ask: Ask) -> dict[str, Any]:
    return {**{name: getattr(ask, name) for name in AskForm.base_fields}, "category": ask.category_id}


class CompetenceForm(forms.Form):
    confirmed_by = forms.CharField(
        label=_("Confirmée par"),
        help_text=_("Une fonction ou un service plutôt qu’une personne : service juridique de la commune."),
        max_length=160,
    )
    on = date_field(_("Confirmée le"), required=True)
    mapping_note = forms.CharField(label=_("Note sur la compétence"), required=False, max_length=300)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Tableau de demandes (CSV)"), help_text=_("Le tableau que donne « Emporter le tableau », rempli dans un tableur.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > TABLE_BYTES:
            raise forms.ValidationError(_("Ce fichier pèse plus de 1 Mo."))
        return file


class AskFileForm(forms.Form):
    file = forms.FileField(label=_("Fichier de demandes (JSON)"), help_text=_("Celui qu’une association a emporté de son espace."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(_("Ce fichier pèse plus de 8 Mo : ce n’est pas un ensemble de demandes écrit par Tissage."))
        return file


class AgainForm(forms.Form):
    """What was read and shown, sent back with the button that says yes: it is read again, nothing is trusted."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=FILE_BYTES)
