"""Forms of readers: a link to give, a comment, an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Person
from tissage.plan.models import Plan
from tissage.reports.models import ReaderLink
from tissage.ui.forms import date_field, long_text, offer


class _People(forms.ModelChoiceField[Person]):
    def label_from_instance(self, obj: Person) -> str:
        return " · ".join(part for part in (obj.display_name, obj.organization.name if obj.organization else obj.role) if part)


class GiveLinkForm(forms.Form):
    """Somebody of the register, or a name and an address."""

    person = _People(label=_("Personne"), queryset=Person.objects.none(), required=False, empty_label=_("une autre personne, ci-dessous"))
    name = forms.CharField(label=_("Nom d’usage"), max_length=120, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Lit au titre"),
        choices=[
            (ReaderLink.Role.COUNCILLOR, _("du conseil")),
            (ReaderLink.Role.COMMISSION, _("de la commission : lit aussi ses procès-verbaux approuvés")),
        ],
        widget=forms.RadioSelect,
    )
    expires_on = date_field(_("Valable jusqu’au"), required=True)

    def __init__(self, *args: Any, plan: Plan, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"expires_on": today.replace(year=today.year + 1, day=min(today.day, 28)), "role": ReaderLink.Role.COUNCILLOR}
        )
        super().__init__(*args, **kwargs)
        known = Person.objects.filter(territory=plan.territory_id, ended_on__isnull=True).exclude(email="")
        offer(self, "person", known.select_related("organization").order_by("display_name", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("person") is None and not self.errors.get("email"):
            if not cleaned.get("name"):
                self.add_error("name", gettext("Choisissez une personne, ou donnez un nom et une adresse."))
            if not cleaned.get("email"):
                self.add_error("email", gettext("Le lien part à cette adresse : donnez-la."))
        return cleaned


class ReaderCommentForm(forms.Form):
    text = forms.CharField(
        label=_("Votre commentaire"), max_length=4000, widget=long_text(4), help_text=_("L’équipe du plan le lit et vous répond ici.")
    )


class AnswerCommentForm(forms.Form):
    text = forms.CharField(label=_("Votre réponse"), max_length=4000, widget=long_text(3))
