"""Forms of a year's documents: what to take, what to issue, why to reopen, what came of the vote, a Word file of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.plan.forms.agreements import amount_field
from tissage.reports.documents import FORMATS
from tissage.reports.models import Deliberation, Report, WordTemplate
from tissage.ui.forms import date_field, long_text

FORMAT_WORDS = {
    "pdf": _("PDF, à lire et à imprimer"),
    "docx": _("Word, à retoucher"),
    "xlsx": _("classeur, à calculer"),
    "zip": _("ZIP d’annexes numérotées, avec les textes à coller"),
}
FORMAT_CHOICES = [(name, FORMAT_WORDS[name]) for name in FORMATS]
KINDS = (Report.Kind.DOSSIER, Report.Kind.ACTIVITY, Report.Kind.FINANCIAL, Report.Kind.SHEETS, Report.Kind.DASHBOARD)


def kind_field(labels: dict[str, str] | None = None) -> forms.ChoiceField:
    """Which document, in the words of the framework's form when it has them."""
    choices = [(kind, (labels or {}).get(kind, kind.label)) for kind in KINDS]
    return forms.ChoiceField(label=_("Document"), choices=choices)


class TakeForm(forms.Form):
    """A document to take away without issuing it."""

    kind = kind_field()
    format = forms.ChoiceField(label=_("Format"), choices=FORMAT_CHOICES)

    def __init__(self, *args: Any, labels: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = kind_field(labels)


def _name_of(obj: WordTemplate) -> str:
    return f"{obj.label} ({obj.get_kind_display()}, version {obj.number})"


class IssueForm(forms.Form):
    """A document to issue: which, in which formats, with which Word form."""

    kind = kind_field()
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=FORMAT_CHOICES, widget=forms.CheckboxSelectMultiple, initial=["pdf", "docx"]
    )
    own = forms.ModelChoiceField(
        label=_("Modèle Word de la commune"),
        queryset=WordTemplate.objects.none(),
        required=False,
        empty_label=_("aucun : le Word de Tissage"),
        help_text=_("Il remplace le fichier Word du document pour lequel il a été déposé."),
    )

    def __init__(self, *args: Any, templates: Any, labels: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = kind_field(labels)
        own = self.fields["own"]
        assert isinstance(own, forms.ModelChoiceField)
        own.queryset = templates
        own.label_from_instance = _name_of  # type: ignore[method-assign]
        self.order_fields(["kind", "formats", "own"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = cleaned.get("own")
        if own is not None and own.kind != cleaned.get("kind"):
            self.add_error("own", _("Ce modèle Word n’est pas fait pour ce document."))
        return cleaned


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi rouvrir l’année"),
        max_length=300,
        help_text=_("Cette raison reste dans le registre. Par exemple : un chiffre corrigé après la commission."),
    )


class VoteForm(forms.Form):
    """What came of the vote, filled in as it comes."""

    body = forms.CharField(label=_("Organe"), max_length=120, help_text=_("Qui a voté, comme le plan le nomme : conseil, assemblée…"))
    held_on = date_field(_("Séance du"))
    result = forms.ChoiceField(label=_("Résultat"), choices=Deliberation.Result.choices, required=False)
    votes_for = forms.IntegerField(label=_("Pour"), min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label=_("Contre"), min_value=0, max_value=999, required=False)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=999, required=False)
    signed = forms.FileField(
        label=_("Délibération signée"), required=False, help_text=_("PDF de préférence, 10 Mo au plus. Gardée, lue par l’équipe seulement.")
    )
    sent_on = date_field(_("Envoyée le"))
    answered_on = date_field(_("Réponse du"))
    answer = forms.ChoiceField(label=_("Réponse"), choices=Deliberation.Answer.choices, required=False)
    balance = amount_field(
        _("Solde (€)"),
        required=False,
        minimum="-999999999999.99",
        help_text=_("Ce qui reste à recevoir ; négatif : à rendre. Vide : inconnu."),
    )
    note = forms.CharField(label=_("Remarque"), required=False, widget=long_text(3))


class WordTemplateForm(forms.Form):
    kind = kind_field()
    label = forms.CharField(label=_("Nom du modèle"), max_length=120, help_text=_("Par exemple : papier à en-tête du CPAS."))
    file = forms.FileField(
        label=_("Fichier Word (.docx)"), help_text=_("10 Mo au plus. Les champs s’écrivent entre deux accolades : {{ annee }}.")
    )
