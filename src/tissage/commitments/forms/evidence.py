"""Evidence: what was typed, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Evidence
from tissage.network.forms.collectives import open_organizations
from tissage.network.forms.documents import DocumentField
from tissage.network.models import Organization
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer


class EvidenceForm(forms.Form):
    summary = forms.CharField(
        label=_("Ce que cela montre"), max_length=300, widget=long_text(2), help_text=_("Une phrase. Jamais le nom d’une personne aidée.")
    )
    kind = forms.ChoiceField(label=_("Genre de pièce"), choices=Evidence.Kind.choices)
    fact_on = date_field(_("Date du fait"), required=True, help_text=_("Celle de ce qui s’est passé, pas celle d’aujourd’hui."))
    strength = forms.ChoiceField(
        label=_("Force"),
        choices=Evidence.Strength.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Officielle : une autorité l’a décidé ou compté. D’un tiers : quelqu’un d’autre que l’intéressé·e le confirme. "
            "Déclarée par l’intéressé·e : elle seule le dit ; cela ne suffit pas pour « tenu avec preuve »."
        ),
    )
    issuer = forms.ModelChoiceField(
        label=_("De quelle organisation"), queryset=Organization.objects.none(), required=False, empty_label=_("aucune de la liste")
    )
    issuer_name = forms.CharField(label=_("De qui, si elle n’est pas dans la liste"), max_length=200, required=False)
    upload = DocumentField(
        label=_("Copie de la pièce"),
        required=False,
        help_text=_("PDF, image, DOCX, ODT… 10 Mo au plus. Gardée avec son empreinte : une page qui disparaît reste prouvée."),
    )
    url = forms.URLField(
        label=_("Adresse où elle se trouve"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=_("Notée, jamais ouverte par Tissage."),
    )
    is_public = forms.BooleanField(label=_("La montrer au public, avec sa copie, une fois validée"), required=False)

    DETAILS = ("url", "issuer_name", "is_public")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "issuer", open_organizations(territory))


class ContestForm(forms.Form):
    contested_by = forms.CharField(
        label=_("Contestée par"), max_length=160, help_text=_("Une organisation ou une fonction plutôt qu’un nom.")
    )
    why = forms.CharField(label=_("Pourquoi"), widget=long_text(4), help_text=_("Mot pour mot, si possible."))


STATES = [("proposed", _("à valider")), ("validated", _("validées")), ("refused", _("écartées")), ("contested", _("contestées"))]


class EvidenceFilter(forms.Form):
    etat = forms.ChoiceField(label=_("État"), choices=STATES, required=False)
