"""Campaigns and their partners: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.agenda.models import Campaign
from tissage.network.forms.collectives import LinesField, open_organizations
from tissage.network.models import Organization
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer


class WindowForm(forms.Form):
    """The days of an edition."""

    edition_year = forms.IntegerField(label=_("Édition"), min_value=2000, max_value=2100, help_text=_("L’année, par exemple 2027."))
    starts_on = date_field(_("Premier jour"), required=True)
    ends_on = date_field(_("Dernier jour"), required=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("Le dernier jour vient avant le premier."))
        return cleaned


class CampaignForm(WindowForm):
    name = forms.CharField(label=_("Nom"), max_length=200, help_text=_("Le même chaque année : l’édition la distingue."))
    kind = forms.ChoiceField(label=_("Genre"), choices=Campaign.Kind.choices, widget=forms.RadioSelect)
    lead = forms.ModelChoiceField(label=_("Coordination"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    proposals_until = date_field(_("Propositions jusqu’au"), help_text=_("Dit aux partenaires. Rien ne se ferme de soi-même ce jour-là."))
    objectives = LinesField(label=_("Objectifs"), required=False, widget=long_text(3), help_text=_("Un par ligne."))
    lessons = LinesField(
        label=_("Leçons et points ouverts"),
        required=False,
        widget=long_text(3),
        help_text=_("Un par ligne. L’édition suivante les reprend."),
    )
    field_order = ("name", "kind", "edition_year", "starts_on", "ends_on", "lead", "proposals_until", "objectives", "lessons")

    def __init__(self, *args: Any, territory: Territory, campaign: Campaign | None = None, **kwargs: Any) -> None:
        if campaign is not None:
            kwargs["initial"] = {name: getattr(campaign, name) for name in self.field_order}
        super().__init__(*args, **kwargs)
        offer(self, "lead", open_organizations(territory))


class CopyForm(WindowForm):
    """Next year's window: a year later, the weekdays kept."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        year = dt.timedelta(weeks=52)
        kwargs["initial"] = {
            "edition_year": campaign.edition_year + 1,
            "starts_on": campaign.starts_on + year,
            "ends_on": campaign.ends_on + year,
        }
        super().__init__(*args, **kwargs)


class InviteForm(forms.Form):
    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        required=False,
        help_text=_("Le lien y part aussitôt. Vide : l’organisation prend part, sans lien (elle a un compte, ou vous l’appellerez)."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", open_organizations(territory))
