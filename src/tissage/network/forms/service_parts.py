"""How to reach a service, where it receives and when, and how it receives LGBTQIA+ people: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.exchange.opening_hours import WrongHours, check_hours
from tissage.network.languages import LANGUAGES
from tissage.network.models import Document, LabelAward, Place, Qualification, Service, ServiceAtPlace, ServiceContact
from tissage.network.queries.services import awards_in_force, qualifications_in_force
from tissage.ui.forms import date_field, offer

from .documents import DocumentField


class ContactForm(forms.Form):
    """A function, never a person's name."""

    label = forms.CharField(
        label=_("Qui répond"), max_length=120, required=False, help_text=_("Une fonction : accueil, permanence. Jamais un nom.")
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, help_text=_("Celle du service, pas celle d’une personne."))
    visibility = forms.ChoiceField(
        label=_("Qui le voit"),
        widget=forms.RadioSelect,
        choices=ServiceContact.Visibility.choices,
        initial=ServiceContact.Visibility.PUBLIC,
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues dans lesquelles on répond"),
        required=False,
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "t-many"}),
    )

    def __init__(self, *args: Any, contact: ServiceContact | None = None, **kwargs: Any) -> None:
        if contact is not None:
            kwargs.setdefault("initial", {name: getattr(contact, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and "email" in cleaned:
            self.add_error("phone", gettext("Donnez un téléphone ou une adresse e-mail."))
        return cleaned


class AtPlaceForm(forms.Form):
    place = forms.ModelChoiceField(label=_("Lieu"), queryset=Place.objects.none(), empty_label=_("Choisissez"))
    opening_hours = forms.CharField(
        label=_("Heures d’ouverture"),
        max_length=300,
        required=False,
        help_text=_("Par exemple : Lu-Ve 9h-12h, 13h30-17h ; Sa 10h-12h ; jours fériés fermé. L’écriture d’OpenStreetMap convient aussi."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False, help_text=_("Deuxième étage, sonner à gauche…"))
    valid_from = date_field(_("Valable du"))
    valid_to = date_field(_("À redemander après le"))

    def __init__(self, *args: Any, service: Service, at_place: ServiceAtPlace | None = None, **kwargs: Any) -> None:
        if at_place is not None:
            kwargs.setdefault("initial", {name: getattr(at_place, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.at_place = at_place
        if at_place is not None:
            del self.fields["place"]
        else:
            offer(self, "place", places_for(service))

    def clean_opening_hours(self) -> str:
        try:
            return check_hours(self.cleaned_data["opening_hours"])
        except WrongHours as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("Cette date vient avant l’autre. Échangez-les."))
        return cleaned


def places_for(service: Service) -> Any:
    """Places of the organisation, and of the one it depends on, where the service is not said to receive yet."""
    owner = service.organization
    own = Place.objects.filter(Q(organization=owner) | Q(organization=owner.parent_id, organization__isnull=False), ended_on__isnull=True)
    return own.exclude(pk__in=service.at_places.values("place")).order_by("name", "pk")


class WelcomeForm(forms.Form):
    """How a service receives LGBTQIA+ people: a claim tied to its proof. `statement`: a file chosen now, (name, content)."""

    lgbtqi_scope = forms.ChoiceField(
        label=_("Comment ce service accueille-t-il les personnes LGBTQIA+ ?"),
        widget=forms.RadioSelect,
        choices=[
            (Service.Scope.DEDICATED, _("Dédié : il est fait pour elles. Une déclaration de l’organisation est jointe.")),
            (Service.Scope.TRAINED, _("Personnel formé : un label ou une qualification en vigueur le montre.")),
            (Service.Scope.OPEN, _("Ouvert : l’organisation le déclare, sans preuve.")),
            (Service.Scope.UNKNOWN, _("Inconnu.")),
        ],
    )
    evidence_award = forms.ModelChoiceField(
        label=_("Label en vigueur"), queryset=LabelAward.objects.none(), required=False, empty_label=_("aucun")
    )
    evidence_qualification = forms.ModelChoiceField(
        label=_("Qualification en vigueur"), queryset=Qualification.objects.none(), required=False, empty_label=_("aucune")
    )
    evidence_document = forms.ModelChoiceField(
        label=_("Déclaration déjà déposée"), queryset=Document.objects.none(), required=False, empty_label=_("aucune")
    )
    statement = DocumentField(label=_("Ou déposer la déclaration"), required=False)

    def __init__(self, *args: Any, service: Service, day: dt.date, **kwargs: Any) -> None:
        names = ("lgbtqi_scope", "evidence_award", "evidence_qualification", "evidence_document")
        kwargs.setdefault("initial", {name: getattr(service, name) for name in names})
        super().__init__(*args, **kwargs)
        owner = service.organization
        offer(self, "evidence_award", awards_in_force(owner, day))
        offer(self, "evidence_qualification", qualifications_in_force(owner, day))
        offer(self, "evidence_document", Document.objects.filter(organization=owner).order_by("-added_at", "-pk"))
        qualification: Any = self.fields["evidence_qualification"]
        qualification.label_from_instance = lambda one: one.training.title  # never the person who holds it

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        scope = cleaned.get("lgbtqi_scope")
        if scope == Service.Scope.TRAINED and not (cleaned.get("evidence_award") or cleaned.get("evidence_qualification")):
            self.add_error(
                "lgbtqi_scope",
                gettext(
                    "« Personnel formé » demande un label ou une qualification en vigueur : choisissez-le plus bas, ou cochez « Ouvert »."
                ),
            )
        if scope == Service.Scope.DEDICATED and not (cleaned.get("evidence_document") or cleaned.get("statement")):
            self.add_error("statement", gettext("« Dédié » demande la déclaration de l’organisation : choisissez-la ou déposez-la."))
        return cleaned
