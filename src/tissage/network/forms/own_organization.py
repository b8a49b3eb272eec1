"""What the staff of an association change of its own sheet. Its name, kind, number and what it depends on stay with the team: others rest on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.ui.forms import long_text


class OwnOrganizationForm(forms.Form):
    alternate_name = forms.CharField(
        label=_("Autre nom"), max_length=200, required=False, help_text=_("Sigle, ancien nom : ce que les gens cherchent aussi.")
    )
    description = forms.CharField(label=_("Description"), required=False, widget=long_text(5), help_text=_("Ce que lit l’annuaire."))
    email = forms.EmailField(
        label=_("Adresse e-mail de contact"), required=False, help_text=_("Celle de la structure. Les demandes de vérification y arrivent.")
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(organization, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
