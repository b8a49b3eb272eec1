"""Collectives and who sits there: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Collective, CollectiveMembership, Organization, Person, Representative
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer

Status = CollectiveMembership.Status
SITTING = [one for one in Status.choices if one[0] != Status.LEFT]


class LinesField(forms.CharField):
    """Sentences, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", long_text(4))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [" ".join(line.split()) for line in str(super().clean(value)).splitlines() if line.strip()]


class CollectiveForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=200)
    kind = forms.ChoiceField(label=_("Genre"), choices=Collective.Kind.choices)
    purpose = forms.CharField(label=_("Raison d’être"), required=False, widget=long_text(3))
    missions = LinesField(label=_("Missions"), required=False, help_text=_("Une par ligne."))
    objectives = LinesField(label=_("Objectifs"), required=False, help_text=_("Un par ligne."))
    minimum_meetings = forms.IntegerField(
        label=_("Réunions par an au moins"),
        required=False,
        min_value=0,
        max_value=52,
        help_text=_("Vide : rien n’est imposé. La page dit chaque année combien se sont tenues."),
    )
    founded_on = date_field(_("Depuis"))
    coordinator = forms.ModelChoiceField(
        label=_("Coordination"), queryset=Organization.objects.none(), required=False, empty_label=_("personne encore")
    )
    political_lead = forms.CharField(
        label=_("Mandat politique"),
        max_length=200,
        required=False,
        help_text=_("La fonction, pas le nom : échevinat des affaires sociales."),
    )
    ended_on = date_field(_("Jusqu’au"), help_text=_("Le collectif n’existe plus ; tout ce qu’il a fait reste."))

    def __init__(self, *args: Any, territory: Territory, collective: Collective | None = None, **kwargs: Any) -> None:
        if collective is not None:
            kwargs["initial"] = {name: getattr(collective, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.territory, self.collective = territory, collective
        if collective is None:
            del self.fields["ended_on"]
        offer(self, "coordinator", open_organizations(territory))

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        same = Collective.objects.filter(territory=self.territory, name=name)
        if self.collective is not None:
            same = same.exclude(pk=self.collective.pk)
        if same.exists():
            raise forms.ValidationError(gettext("Un autre collectif porte déjà ce nom. Ajoutez ce qui les distingue."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        founded, ended = cleaned.get("founded_on"), cleaned.get("ended_on")
        if founded and ended and ended < founded:
            self.add_error("ended_on", gettext("La fin vient avant le début."))
        return cleaned


def open_organizations(territory: Territory) -> Any:
    return Organization.objects.filter(territory=territory, closed_on__isnull=True).order_by("search", "pk")


class JoinForm(forms.Form):
    """An organisation that does not sit yet."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    role = forms.ChoiceField(label=_("Rôle"), choices=CollectiveMembership.Role.choices)
    status = forms.ChoiceField(label=_("État"), choices=SITTING, initial=Status.ACTIVE)
    since = date_field(_("Depuis le"), required=True)
    commitments_text = forms.CharField(label=_("Ce à quoi elle s’engage"), required=False, widget=long_text(2))

    def __init__(self, *args: Any, collective: Collective, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": today, "role": "member"})
        super().__init__(*args, **kwargs)
        sitting = CollectiveMembership.objects.filter(collective=collective, until__isnull=True).values("organization")
        offer(self, "organization", open_organizations(collective.territory).exclude(pk__in=sitting))


class MembershipForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), choices=CollectiveMembership.Role.choices)
    status = forms.ChoiceField(label=_("État"), choices=SITTING, help_text=_("Une organisation suspendue n’est ni convoquée ni attendue."))
    commitments_text = forms.CharField(label=_("Ce à quoi elle s’engage"), required=False, widget=long_text(3))

    def __init__(self, *args: Any, membership: CollectiveMembership, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(membership, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)


class SeatForm(forms.Form):
    """Somebody of the organisation, or a new person noted in one gesture."""

    person = forms.ModelChoiceField(
        label=_("Personne"), queryset=Person.objects.none(), required=False, empty_label=_("une autre, notée ci-dessous")
    )
    display_name = forms.CharField(
        label=_("Autre personne"),
        max_length=120,
        required=False,
        help_text=_("Elle devient une personne de contact de l’organisation."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        required=False,
        help_text=_("Pour la convocation."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Titre"), choices=Representative.Kind.choices, widget=forms.RadioSelect, initial=Representative.Kind.TITULAR
    )
    since = date_field(_("Depuis le"), required=True)

    def __init__(self, *args: Any, membership: CollectiveMembership, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": max(today, membership.since), "kind": "titular"})
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(organization=membership.organization_id, ended_on__isnull=True)
        offer(self, "person", people.order_by("display_name", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("display_name")):
            self.add_error("person", gettext("Choisissez une personne, ou notez-en une autre : l’un ou l’autre."))
        return cleaned
