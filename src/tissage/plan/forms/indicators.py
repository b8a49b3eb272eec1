"""Forms of an indicator and of its targets, a field a year of the plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.plan.models import Action, Indicator
from tissage.ui.forms import offer

FIGURE: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "required": False, "localize": True}


class IndicatorForm(forms.Form):
    name = forms.CharField(label=_("Indicateur"), max_length=200, help_text=_("Ce qui est compté : personnes formées, repas servis…"))
    unit = forms.CharField(label=_("Unité"), max_length=60, help_text=_("personnes, repas, heures, %"))
    method = forms.CharField(
        label=_("Comment on compte"),
        max_length=300,
        required=False,
        help_text=_("Une personne venue deux fois compte-t-elle une fois ou deux ?"),
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False, help_text=_("Registre des présences, agenda, enquête…"))
    level = forms.ChoiceField(label=_("Niveau"), choices=Indicator.Level.choices)
    direction = forms.ChoiceField(label=_("Sens"), choices=Indicator.Direction.choices)
    period = forms.ChoiceField(label=_("Rythme"), choices=Indicator.Period.choices)
    over_year = forms.ChoiceField(
        label=_("Sur l’année"),
        choices=Indicator.Sum.choices,
        help_text=_("Comment les mois font l’année. Sans effet pour un chiffre annuel."),
    )
    organization = forms.ModelChoiceField(
        label=_("Compté par"), queryset=Organization.objects.none(), required=False, empty_label=_("l’équipe du plan")
    )
    baseline = forms.DecimalField(label=_("Point de départ"), help_text=_("Vide : inconnu."), **FIGURE)
    baseline_year = forms.IntegerField(label=_("Année de départ"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, action: Action, indicator: Indicator | None = None, **kwargs: Any) -> None:
        if indicator is not None:
            kwargs["initial"] = {name: getattr(indicator, name) for name in self.base_fields}
            self.known = {one.year: one.value for one in indicator.targets.all()}
        else:
            self.known = {}
        super().__init__(*args, **kwargs)
        partners = Organization.objects.filter(pk__in=action.partners.filter(until__isnull=True).values("organization"))
        if indicator is not None and indicator.organization_id:
            partners = partners | Organization.objects.filter(pk=indicator.organization_id)
        offer(self, "organization", partners.order_by("search", "pk"))
        self.years = sorted({*action.plan.years, *self.known})
        for year in self.years:
            self.fields[f"target_{year}"] = forms.DecimalField(
                label=_("Cible %(year)s") % {"year": year}, initial=self.known.get(year), **FIGURE
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("baseline") is None:
            cleaned["baseline_year"] = None
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.base_fields}

    @property
    def targets(self) -> dict[int, Decimal | None]:
        return {year: self.cleaned_data[f"target_{year}"] for year in self.years}

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def target_fields(self) -> list[forms.BoundField]:
        return [self[f"target_{year}"] for year in self.years]
