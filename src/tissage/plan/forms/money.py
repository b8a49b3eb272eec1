"""Forms of the money of a plan: what is looked at, funding lines, stages, help in kind, staff."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.money import AmountUnreadable
from tissage.core.money_grid import BLANK, Blank, Cell, read_cell, write_cell
from tissage.core.plan_framework import FUNDING
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Organization
from tissage.plan.models import Action, BudgetStage, FundingLine, HelpInKind, Plan, StaffShare
from tissage.plan.queries.money import By
from tissage.ui.forms import date_field, offer, offer_words

WAYS: dict[str, By] = {
    "action": "action",
    "axe": "axis",
    "financeur": "funder",
    "partenaire": "partner",
    "quartier": "neighbourhood",
    "annee": "year",
}
WAY_WORDS = {
    "axe": _("Axe"),
    "action": _("Action"),
    "financeur": _("Pouvoir subsidiant"),
    "partenaire": _("Partenaire"),
    "quartier": _("Quartier"),
    "annee": _("Année"),
}
ALL_YEARS = "toutes"


def year_asked(text: str | None, plan: Plan, this_year: int) -> int:
    """A year of the plan; the one nearest to today when the address says none that it has."""
    years = plan.years
    if text and text.isascii() and text.isdigit() and int(text) in years:
        return int(text)
    return min(max(this_year, years[0]), years[-1])


class MoneyFilter(forms.Form):
    """What the page of money shows, in the address: a year or all of them, and what rows are of."""

    annee = forms.ChoiceField(label=_("Année"), required=False)
    par = forms.ChoiceField(label=_("Par"), required=False, choices=list(WAY_WORDS.items()))

    def __init__(self, data: Any, *, plan: Plan, this_year: int) -> None:
        asked, way = data.get("annee"), data.get("par")
        self.year = None if asked == ALL_YEARS else year_asked(asked, plan, this_year)
        self.way = way if way in WAYS else ("axe" if self.year else "annee")
        super().__init__({"annee": str(self.year or ALL_YEARS), "par": self.way}, auto_id="money_%s")
        years = [(str(year), str(year)) for year in plan.years]
        offer_words(self, "annee", [*years, (ALL_YEARS, gettext("toutes les années du plan"))])

    @property
    def by(self) -> By:
        return WAYS[self.way]


class AmountField(forms.CharField):
    """An amount as a person writes it. Gives a `Cell`: an amount, None for « ? », `BLANK` for nothing."""

    default_error_messages = {
        "unreadable": _("« %(text)s » n’est pas un montant. Écrivez par exemple 1 234,50, ou « ? » si personne ne le sait encore."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return write_cell(value) if isinstance(value, Decimal | Blank) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        try:
            return read_cell(text)
        except AmountUnreadable:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable", params={"text": text}) from None


class FundingForm(forms.Form):
    """A line: who gives, under which legal basis. The amount is asked once; after that it lives in the stages of the budget."""

    funder = forms.ModelChoiceField(label=_("Qui donne"), queryset=Organization.objects.none(), empty_label=_("choisissez"))
    basis = forms.ChoiceField(label=_("Base légale"), widget=forms.RadioSelect)
    label = forms.CharField(label=_("Libellé"), max_length=200, help_text=_("Comme au budget, par exemple « Subvention du plan »."))
    amount = AmountField(
        label=_("Montant de l’année"), required=False, help_text=_("En euros. « ? » ou rien du tout : personne ne le sait encore.")
    )
    function_code = forms.CharField(
        label=_("Code fonctionnel"), max_length=20, required=False, help_text=_("Vide : celui du référentiel pour ce porteur, s’il le dit.")
    )
    note = forms.CharField(label=_("Remarque"), max_length=300, required=False)

    def __init__(self, *args: Any, plan: Plan, line: FundingLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            kwargs["initial"] = {name: getattr(line, name) for name in ("funder", "basis", "label", "function_code", "note")}
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.bases = {entry.code: entry for entry in plan_framework(plan.framework).of_kind(FUNDING)}
        organizations = Organization.objects.filter(territory=plan.territory).order_by("search", "pk")
        offer(self, "funder", organizations)
        offer_words(self, "basis", [(code, entry.label) for code, entry in self.bases.items()])
        if line is not None:
            del self.fields["amount"]

    def clean_amount(self) -> Cell:
        amount: Cell = self.cleaned_data["amount"]
        return None if isinstance(amount, Blank) else amount

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("function_code") and (entry := self.bases.get(cleaned.get("basis", ""))) is not None:
            cleaned["function_code"] = str(entry.extra.get("function_codes", {}).get(self.plan.carrier_kind, ""))
        return cleaned


class StageForm(forms.Form):
    label = forms.CharField(
        label=_("Libellé"), max_length=120, required=False, help_text=_("Vide : « Budget initial », « Modification budgétaire 1 »…")
    )
    voted_on = date_field(_("Votée le"), help_text=_("Vide tant que le conseil n’a pas voté."))

    def __init__(self, *args: Any, stage: BudgetStage | None = None, **kwargs: Any) -> None:
        if stage is not None:
            kwargs["initial"] = {"label": stage.label, "voted_on": stage.voted_on}
        super().__init__(*args, **kwargs)


class _ActionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.sequence} · {obj.title}"


class HelpForm(forms.Form):
    """Help in kind for an action in a year."""

    action = _ActionChoice(label=_("Pour l’action"), queryset=Action.objects.none(), empty_label=_("choisissez"))
    organization = forms.ModelChoiceField(label=_("Donnée par"), queryset=Organization.objects.none(), empty_label=_("choisissez"))
    description = forms.CharField(
        label=_("Quoi"),
        max_length=300,
        help_text=_("Une salle dix soirées, l’impression de 500 affiches, une intervenante… Jamais le nom d’une personne."),
    )
    value = AmountField(
        label=_("Valeur estimée"),
        required=False,
        help_text=_("En euros. Rien : personne ne l’a estimée. Elle ne s’ajoute jamais à l’argent."),
    )
    how_estimated = forms.CharField(label=_("Comment elle est estimée"), max_length=200, required=False)

    def __init__(self, *args: Any, plan: Plan, row: HelpInKind | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in ("action", "organization", "description", "value", "how_estimated")}
        super().__init__(*args, **kwargs)
        offer(self, "action", plan.actions.order_by("sequence"))
        offer(self, "organization", Organization.objects.filter(territory=plan.territory).order_by("search", "pk"))
        if row is not None:
            del self.fields["action"]

    def clean_value(self) -> Decimal | None:
        value: Cell = self.cleaned_data["value"]
        return None if isinstance(value, Blank) else value


class StaffForm(forms.Form):
    """Full-time equivalents of a function on an action."""

    function = forms.CharField(label=_("Fonction"), max_length=120, help_text=_("Jamais un nom : « Éducatrice de rue », « Coordination »."))
    action = _ActionChoice(label=_("Sur l’action"), queryset=Action.objects.none(), empty_label=_("choisissez"))
    fte = forms.DecimalField(
        label=_("Équivalents temps plein"),
        max_digits=6,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("0,5 pour un mi-temps ; 0,25 pour un quart."),
    )
    starts_on = date_field(_("Du"), required=True)
    ends_on = date_field(_("Au"), required=True)

    def __init__(self, *args: Any, plan: Plan, year: int, row: StaffShare | None = None, **kwargs: Any) -> None:
        names = ("function", "action", "fte", "starts_on", "ends_on")
        whole = {"starts_on": dt.date(year, 1, 1), "ends_on": dt.date(year, 12, 31)}
        kwargs["initial"] = {name: getattr(row, name) for name in names} if row is not None else whole
        super().__init__(*args, **kwargs)
        offer(self, "action", plan.actions.order_by("sequence"))
        known = plan.staff.order_by("function").values_list("function", flat=True).distinct()
        if functions := ", ".join(known):
            self.fields["function"].help_text = gettext("Jamais un nom. Déjà là : %(functions)s.") % {"functions": functions}


class CopyForm(forms.Form):
    with_amounts = forms.BooleanField(
        label=_("Reprendre aussi les montants et les affectations, comme première proposition"),
        required=False,
        help_text=_("Sinon les lignes arrivent avec un montant inconnu."),
    )


def day_words(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""


__all__ = ["ALL_YEARS", "BLANK", "CopyForm", "FundingForm", "HelpForm", "MoneyFilter", "StaffForm", "StageForm", "day_words", "year_asked"]
