"""Forms of the team around figures: opening links, returning with a comment, counting a month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.figures import UnreadableNumber, read_number
from tissage.plan.models import Indicator
from tissage.ui.forms import date_field


class LinksForm(forms.Form):
    """The day by which partners answer; which ones, among those who have an address and no link."""

    deadline = date_field(_("À rendre pour le"), required=True, help_text=_("Comme 15/2/2027. Le lien s’ouvre jusqu’à ce jour compris."))
    partners = forms.MultipleChoiceField(label=_("Envoyer un lien à"), widget=forms.CheckboxSelectMultiple, required=True)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partners"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        field.initial = [value for value, _label in choices]


class DeadlineForm(forms.Form):
    deadline = date_field(_("Nouveau délai pour tous"), required=True, help_text=_("Comme 15/2/2027. Les liens déjà envoyés restent bons."))


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=_("Ce qu’il faut revoir"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce qu’il faut revoir : sans cela, la personne ne saurait que faire.")},
    )


class CountForm(forms.Form):
    """One month of a standing service, on a phone."""

    indicator = forms.ChoiceField(label=_("Ce que vous comptez"))
    month = forms.ChoiceField(label=_("Mois"))
    value = forms.CharField(
        label=_("Combien ?"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    how_counted = forms.CharField(label=_("Comment compté"), max_length=300, required=False)
    sentence = forms.CharField(label=_("Une phrase"), max_length=500, required=False)

    def __init__(self, *args: Any, indicators: list[Indicator], months: list[tuple[int, int]], **kwargs: Any) -> None:
        """`months`: (year, month) that may be counted, latest first."""
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in indicators}
        named = [(str(one.pk), f"{one.action.title} · {one.name}") for one in indicators]
        self.fields["indicator"] = forms.ChoiceField(label=_("Ce que vous comptez"), choices=named)
        labels = [(f"{year}-{month}", f"{str(MONTHS[month]).capitalize()} {year}") for year, month in months]
        self.fields["month"] = forms.ChoiceField(label=_("Mois"), choices=labels)

    def clean_indicator(self) -> Indicator:
        return self.known[self.cleaned_data["indicator"]]

    def clean_month(self) -> tuple[int, int]:
        year, _dash, month = self.cleaned_data["month"].partition("-")
        return int(year), int(month)

    def clean_value(self) -> Any:
        try:
            return read_number(self.cleaned_data["value"])
        except UnreadableNumber as error:
            raise forms.ValidationError(
                gettext("« %(typed)s » n’est pas un nombre. Attendu : 12, 1 250 ou 12,5.") % {"typed": self.cleaned_data["value"]}
            ) from error


def next_deadline(today: dt.date) -> dt.date:
    """What is offered: three weeks from now."""
    return today + dt.timedelta(days=21)
