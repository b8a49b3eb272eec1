"""Organisations and the people who speak for them: what was typed, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.enterprise_number import SCHEME, Fault, WrongEnterpriseNumber, parse_enterprise_number, written
from tissage.network.models import Organization, Person
from tissage.network.queries.organizations import find_by_name
from tissage.people.models import Membership, Territory, User
from tissage.ui.forms import date_field, long_text, offer

WRONG_NUMBER = {
    Fault.LENGTH: _("Un numéro d’entreprise a dix chiffres, par exemple 0878.502.472. Comptez-les, puis corrigez."),
    Fault.BEGINNING: _("Un numéro d’entreprise commence par 0 ou 1. Vérifiez le premier chiffre."),
    Fault.CHECK: _(
        "Un chiffre est faux : les deux derniers ne correspondent pas aux huit premiers. Recopiez le numéro depuis un statut ou un devis."
    ),
}


NUMBERS = ("enterprise_number", "other_numbers")


class OrganizationForm(forms.Form):
    """`same`: after a refusal for a name already taken, the organisation that goes by it."""

    name = forms.CharField(label=_("Nom"), max_length=200, help_text=_("Tel qu’il figure sur ses documents."))
    alternate_name = forms.CharField(
        label=_("Autre nom"),
        max_length=200,
        required=False,
        help_text=_("Sigle, ancien nom, autre façon de l’écrire. Sert à la retrouver."),
    )
    kind = forms.ChoiceField(label=_("Genre"), choices=Organization.Kind.choices, initial=Organization.Kind.ASBL)
    enterprise_number = forms.CharField(
        label=_("Numéro d’entreprise (BCE)"),
        max_length=40,
        required=False,
        help_text=_("Dix chiffres ; les points, les espaces et « BE » sont acceptés. Un service n’en a pas : dites de qui il dépend."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    other_numbers = forms.CharField(
        label=_("Autres numéros"),
        required=False,
        widget=long_text(2),
        help_text=_("Un par ligne : le registre, deux-points, le numéro. Par exemple : NIS : 53053 ou FASE : 2345."),
    )
    parent = forms.ModelChoiceField(
        label=_("Dépend de"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("de personne"),
        help_text=_("Pour un service du CPAS ou de la commune, une antenne locale."),
    )
    email = forms.EmailField(
        label=_("Adresse e-mail de contact"), required=False, help_text=_("Celle de la structure, pas d’une personne.")
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")
    description = forms.CharField(label=_("Description"), required=False, widget=long_text(4))
    closed_on = date_field(_("Fermée le"), help_text=_("L’organisation reste dans l’histoire ; elle n’est plus proposée."))

    def __init__(self, *args: Any, territory: Territory, organization: Organization | None = None, **kwargs: Any) -> None:
        if organization is not None:
            kwargs.setdefault("initial", {name: getattr(organization, name) for name in self.base_fields if name not in NUMBERS})
            numbers = dict(organization.identifiers.order_by("scheme").values_list("scheme", "value"))
            number = numbers.pop(SCHEME, "")
            lines = "\n".join(f"{scheme} : {value}" for scheme, value in numbers.items())
            kwargs["initial"] |= {"enterprise_number": written(number) if number else "", "other_numbers": lines}
        super().__init__(*args, **kwargs)
        self.territory, self.organization, self.same = territory, organization, None
        others = Organization.objects.filter(territory=territory)
        if organization is None:
            del self.fields["closed_on"]
        else:
            others = others.exclude(pk=organization.pk)
        offer(self, "parent", others.order_by("search", "pk"))

    same: Organization | None

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        self.same = find_by_name(self.territory, name, but=self.organization)
        if self.same is not None:
            raise forms.ValidationError(gettext("« %(name)s » est déjà dans le registre.") % {"name": self.same.name})
        return name

    def clean_enterprise_number(self) -> str:
        typed: str = self.cleaned_data["enterprise_number"]
        if not typed:
            return ""
        try:
            return parse_enterprise_number(typed)
        except WrongEnterpriseNumber as wrong:
            raise forms.ValidationError(WRONG_NUMBER[wrong.fault]) from wrong

    def clean_other_numbers(self) -> dict[str, str]:
        """{register: number} of the lines typed."""
        found: dict[str, str] = {}
        for place, line in enumerate(str(self.cleaned_data["other_numbers"]).splitlines(), 1):
            scheme, colon, value = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            where = {"line": place}
            if not (scheme and colon and value):
                raise forms.ValidationError(gettext("Ligne %(line)s : attendu un registre, deux-points, un numéro.") % where)
            if len(scheme) > 20 or len(value) > 40:
                raise forms.ValidationError(gettext("Ligne %(line)s : 20 signes au plus pour le registre, 40 pour le numéro.") % where)
            if scheme.upper() == SCHEME.upper():
                raise forms.ValidationError(gettext("Ligne %(line)s : le numéro d’entreprise a son propre champ, plus haut.") % where)
            if scheme in found:
                raise forms.ValidationError(gettext("Ligne %(line)s : ce registre est déjà donné plus haut.") % where)
            found[scheme] = value
        return found


class OrganizationFilters(forms.Form):
    q = forms.CharField(label=_("Nom"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    genre = forms.ChoiceField(label=_("Genre"), required=False, choices=[("", _("tous")), *Organization.Kind.choices])
    fermees = forms.BooleanField(label=_("Montrer celles qui ont fermé"), required=False)


class PersonForm(forms.Form):
    """Never public. An account may be linked so that mail and « À faire » reach the same person."""

    display_name = forms.CharField(label=_("Nom d’usage"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.CharField(
        label=_("Fonction"), max_length=120, required=False, help_text=_("Direction, présidence, travail social de rue…")
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    user = forms.ModelChoiceField(
        label=_("Compte sur Tissage"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("aucun"),
        help_text=_("Si cette personne en a un dans ce territoire."),
    )
    ended_on = date_field(_("A quitté sa fonction le"), help_text=_("Ses sièges ouverts se ferment le même jour ; l’histoire reste."))

    def __init__(self, *args: Any, territory: Territory, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs.setdefault("initial", {name: getattr(person, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        if person is None:
            del self.fields["ended_on"]
        accounts = User.objects.filter(pk__in=Membership.objects.open().filter(territory=territory).values("user"))
        offer(self, "user", accounts.order_by("name", "pk"))
