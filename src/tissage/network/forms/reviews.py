"""The short form of a review, and what the coordinator types to keep the directory true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Service, ServiceContact
from tissage.network.operations.suggestions import LONGEST
from tissage.ui.forms import date_field, long_text

FIELDS = ("short_description", "application_process", "fee", "fee_note", "capacity", "alert", "alert_until")


class CorrectionForm(forms.Form):
    """What changes most often. Each contact that the directory shows has its two fields."""

    short_description = forms.CharField(label=_("En une phrase"), max_length=280, required=False, widget=long_text(2))
    application_process = forms.CharField(label=_("Comment faire pour y avoir recours"), required=False, widget=long_text(3))
    fee = forms.ChoiceField(label=_("Prix"), choices=Service.Fee.choices)
    fee_note = forms.CharField(label=_("Précisions sur le prix"), max_length=300, required=False)
    capacity = forms.ChoiceField(label=_("Places en ce moment"), choices=Service.Capacity.choices)
    alert = forms.CharField(
        label=_("À savoir en ce moment"), max_length=300, required=False, help_text=_("Fermeture, déménagement, congés…")
    )
    alert_until = date_field(_("Jusqu’au"))
    other = forms.CharField(
        label=_("Autre chose à corriger"),
        max_length=LONGEST,
        required=False,
        widget=long_text(3),
        help_text=_("L’adresse, les heures, le public… L’équipe le lit et corrige la fiche."),
    )

    def __init__(self, *args: Any, service: Service, contacts: Iterable[ServiceContact], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(service, name) for name in FIELDS})
        super().__init__(*args, **kwargs)
        self.service, self.contacts = service, list(contacts)
        last = self.fields.pop("other")
        for contact in self.contacts:
            told = {"who": contact.label or gettext("contact")}
            self.fields[f"phone-{contact.pk}"] = forms.CharField(
                label=gettext("Téléphone (%(who)s)") % told, max_length=40, required=False, initial=contact.phone
            )
            self.fields[f"email-{contact.pk}"] = forms.EmailField(
                label=gettext("Adresse e-mail (%(who)s)") % told, required=False, initial=contact.email
            )
        self.fields["other"] = last

    def clean(self) -> dict[str, Any] | None:
        for contact in self.contacts:
            names = (f"phone-{contact.pk}", f"email-{contact.pk}")
            if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
                self.add_error(names[0], gettext("Gardez un téléphone ou une adresse e-mail : sinon personne ne peut joindre le service."))
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        """Columns of the service; the day of its places when they were said anew."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def reached(self) -> Mapping[int, dict[str, str]]:
        return {one.pk: {name: self.cleaned_data[f"{name}-{one.pk}"] for name in ("phone", "email")} for one in self.contacts}


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=200, help_text=_("Pour l’équipe : par exemple « déjà exact », « hors du territoire ».")
    )


class PauseForm(forms.Form):
    until = forms.DateTimeField(
        label=_("Jusqu’à quand"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Les formulaires rouvrent d’eux-mêmes à ce moment."),
    )
    reason = forms.CharField(
        label=_("Ce que lit le public"),
        max_length=200,
        required=False,
        help_text=_("Une phrase, par exemple : « L’équipe est en congé, écrivez-nous après le 4 janvier. »"),
    )

    def clean_until(self) -> dt.datetime:
        until: dt.datetime = self.cleaned_data["until"]
        return until
