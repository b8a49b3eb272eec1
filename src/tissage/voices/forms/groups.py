"""A homogeneous group: what the team knows of it, and what the coordination states."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory
from tissage.ui.forms import date_field
from tissage.voices.models import HomogeneousGroup

from .fields import LANGUAGES


class GroupForm(forms.Form):
    """`territory`: where names must differ. `may_state`: whether the number and the consent are asked."""

    name = forms.CharField(label=_("Nom interne"), max_length=300, help_text=_("Pour l’équipe seulement. Jamais un nom de personne."))
    public_name = forms.CharField(
        label=_("Nom public"),
        max_length=160,
        required=False,
        help_text=_("Un nom neutre, montré dans les synthèses publiées. Vide : « Groupe A », « Groupe B »…"),
    )
    audience = forms.CharField(
        label=_("Public réuni"), max_length=200, required=False, help_text=_("Ce que ces personnes ont en commun : âge, statut, situation.")
    )
    language = forms.ChoiceField(label=_("Langue du groupe"), choices=LANGUAGES, required=False)
    created_on = date_field(_("Créé le"))
    participants_count = forms.IntegerField(
        label=_("Nombre de participant·e·s"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_(
            "Combien de personnes ce groupe réunit. Votre nom et la date sont gardés avec ce nombre. "
            "Tant qu’il est inconnu, le groupe compte comme un petit groupe et n’est pas montré seul au public."
        ),
    )
    participants_stated_on = date_field(_("Nombre constaté le"), help_text=_("Vide : aujourd’hui."))
    consent = forms.ChoiceField(
        label=_("Accord du groupe"),
        choices=[
            ("none", _("Aucune publication : ce groupe n’apparaît nulle part hors de l’équipe.")),
            ("statistics", _("Les nombres seulement : combien d’expressions, sur quels sujets. Aucune parole.")),
            ("statements", _("Les nombres et les paroles : chaque parole est encore relue avant d’être publiée.")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Ce que le groupe a accepté de voir publié, demandé de vive voix. Dans le doute : aucune publication."),
    )
    consent_recorded_on = date_field(_("Accord recueilli le"), help_text=_("Vide : aujourd’hui."))

    STATED = ("participants_count", "participants_stated_on", "consent", "consent_recorded_on")

    def __init__(
        self, *args: Any, territory: Territory, may_state: bool, today: dt.date, group: HomogeneousGroup | None = None, **kwargs: Any
    ) -> None:
        if group is not None:
            kwargs.setdefault("initial", {name: getattr(group, name) for name in self.base_fields})
        else:
            kwargs.setdefault("initial", {"created_on": today, "consent": "none", "language": "fr"})
        super().__init__(*args, **kwargs)
        self.territory, self.group, self.today = territory, group, today
        if not may_state:
            for name in self.STATED:
                del self.fields[name]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = HomogeneousGroup.objects.filter(territory=self.territory, name=name)
        if self.group is not None:
            same = same.exclude(pk=self.group.pk)
        if same.exists():
            raise forms.ValidationError(gettext("Un autre groupe porte déjà ce nom. Ajoutez ce qui les distingue."))
        return name

    def _not_tomorrow(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get(name)
        if day is not None and day > self.today:
            raise forms.ValidationError(gettext("Cette date est dans le futur. Donnez le jour où cela a été constaté."))
        return day

    def clean_participants_stated_on(self) -> dt.date | None:
        return self._not_tomorrow("participants_stated_on")

    def clean_consent_recorded_on(self) -> dt.date | None:
        return self._not_tomorrow("consent_recorded_on")
