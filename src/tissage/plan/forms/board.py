"""Filters of the board, in the address. What cannot be read asks nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.plan.models import Action, Plan
from tissage.plan.queries.board import WAYS, BoardFilter, has_passed_on
from tissage.ui.forms import offer_words

LIST, TIMELINE = "liste", "frise"
WAY_WORDS = {
    "axe": _("Axe"),
    "droit": _("Droit"),
    "partenaire": _("Partenaire"),
    "quartier": _("Quartier"),
    "etat": _("État"),
    "sante": _("Santé"),
}


class BoardForm(forms.Form):
    """How the board is grouped, which year its money is of, and what is kept."""

    par = forms.ChoiceField(label=_("Grouper par"), required=False, choices=list(WAY_WORDS.items()))
    annee = forms.ChoiceField(label=_("Année"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("tous")), *Action.State.choices])
    sante = forms.ChoiceField(label=_("Santé"), required=False, choices=[("", _("toutes")), *Action.Health.choices])
    q = forms.CharField(label=_("Mots"), required=False, max_length=120)
    pilote = forms.BooleanField(label=_("Actions pilotes seulement"), required=False)
    transfert = forms.BooleanField(required=False)
    vue = forms.ChoiceField(required=False, choices=[(LIST, LIST), (TIMELINE, TIMELINE)], widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = list(plan.years)
        self.default_year = min(max(this_year, years[0]), years[-1])
        offer_words(self, "annee", [(str(year), str(year)) for year in years])
        self.initial = {"par": "axe", "annee": str(self.default_year), "vue": LIST}
        if words := has_passed_on(plan):
            self.fields["transfert"].label = gettext("%(basis)s seulement") % {"basis": words}
        else:
            del self.fields["transfert"]
        self.is_valid()
        for name in self.errors:  # an address typed by hand asks nothing more than it can
            self.cleaned_data.pop(name, None)
        if self.is_bound:
            shown = {"par": self.way, "annee": str(self.year), "vue": self.view}
            self.data = {**self.data.dict(), **shown} if isinstance(self.data, QueryDict) else {**self.data, **shown}
        self._errors = forms.utils.ErrorDict()

    def _said(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name) or ""

    @property
    def way(self) -> str:
        return self._said("par") or WAYS[0]

    @property
    def year(self) -> int:
        return int(self._said("annee") or self.default_year)

    @property
    def view(self) -> str:
        return self._said("vue") or LIST

    @property
    def filter(self) -> BoardFilter:
        return BoardFilter(
            state=self._said("etat"),
            health=self._said("sante"),
            passed_on=bool(self._said("transfert")),
            pilot=bool(self._said("pilote")),
            text=self._said("q"),
        )
