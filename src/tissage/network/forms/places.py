"""Places of organisations, and the neighbourhoods of the territory's own list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.folding import fold
from tissage.network.models import Place
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text

MOST_LINES = 300
LONGEST = 200


class AddressForm(forms.Form):
    name = forms.CharField(label=_("Nom du lieu"), max_length=LONGEST, help_text=_("Siège, antenne, local d’accueil…"))
    kind = forms.ChoiceField(label=_("Genre"), choices=[one for one in Place.Kind.choices if one[0] != Place.Kind.NEIGHBOURHOOD])
    address_visibility = forms.ChoiceField(
        label=_("Qui voit l’adresse"),
        widget=forms.RadioSelect,
        initial=Place.Visibility.ON_REQUEST,
        help_text=_("Dans le doute : donnée au contact. L’équipe du plan la lit toujours, sauf « jamais »."),
        choices=[
            (Place.Visibility.PUBLIC, _("Adresse publique : la rue peut être montrée à tout le monde")),
            (Place.Visibility.AREA_ONLY, _("Quartier ou commune seulement : la rue reste dans le registre")),
            (Place.Visibility.ON_REQUEST, _("Donnée au contact : la rue reste dans le registre")),
            (Place.Visibility.NEVER, _("Jamais : la rue n’est pas gardée, même ici")),
        ],
    )
    street = forms.CharField(
        label=_("Rue et numéro"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    postal_code = forms.CharField(
        label=_("Code postal"), max_length=10, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    public_area_label = forms.CharField(
        label=_("Ce qui se dit du lieu"), max_length=120, required=False, help_text=_("Par exemple : centre-ville, près de la gare.")
    )
    accessibility = forms.CharField(
        label=_("Accessibilité"), required=False, widget=long_text(2), help_text=_("Plain-pied, ascenseur, boucle à induction…")
    )
    ended_on = date_field(_("N’y est plus depuis le"))

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any) -> None:
        if place is not None:
            kwargs.setdefault("initial", {name: getattr(place, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        if place is None:
            del self.fields["ended_on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("address_visibility") == Place.Visibility.NEVER:
            cleaned["street"] = ""
        return cleaned


class NeighbourhoodsForm(forms.Form):
    """One name a line; what is already in the list is left alone."""

    names = forms.CharField(
        label=_("Quartiers à ajouter"),
        help_text=_("Un nom par ligne ; une liste se colle telle quelle. Ceux qui y sont déjà ne sont pas ajoutés deux fois."),
        widget=long_text(5),
    )

    def clean_names(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["names"]).splitlines()]
        found = {fold(line): line for line in reversed(lines) if line}
        if len(found) > MOST_LINES:
            raise forms.ValidationError(gettext("Au plus %(most)s quartiers à la fois.") % {"most": MOST_LINES})
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST:
                raise forms.ValidationError(gettext("Ligne %(number)s : plus de 200 caractères. Est-ce un seul nom ?") % {"number": number})
        return list(reversed(found.values()))


class NeighbourhoodForm(forms.Form):
    name = forms.CharField(label=_("Nom du quartier"), max_length=LONGEST)

    def __init__(self, *args: Any, territory: Territory, place: Place, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": place.name})
        super().__init__(*args, **kwargs)
        self.territory, self.place = territory, place

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = Place.objects.filter(territory=self.territory, kind=Place.Kind.NEIGHBOURHOOD).exclude(pk=self.place.pk)
        if fold(name) in {fold(other) for other in others.values_list("name", flat=True)}:
            raise forms.ValidationError(gettext("Un autre quartier de la liste porte déjà ce nom."))
        return name


class LeavingForm(forms.Form):
    """The day from which something no longer counts."""

    on = date_field(_("Depuis le"), required=True)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today})
        super().__init__(*args, **kwargs)
