"""Forms of a version: why it is made, the vote and the sending, the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.plan.models import PlanVersion
from tissage.ui.forms import date_field, long_text


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi cette version"),
        max_length=300,
        help_text=_("Par exemple : plan approuvé en 2019 ; l’action 12 change d’opérateur ; une action s’ajoute."),
    )


class SendForm(forms.Form):
    council_on = date_field(_("Votée le"), help_text=_("Le jour où le conseil l’a adoptée."))
    sent_on = date_field(_("Envoyée le"), required=True, help_text=_("Dès l’envoi, cette version ne change plus."))
    deliberation = forms.FileField(
        label=_("Délibération ou courrier"), required=False, help_text=_("PDF, Word, image ; 10 Mo au plus. Gardé avec la version.")
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Réponse"), choices=[one for one in PlanVersion.Answer.choices if one[0]], widget=forms.RadioSelect)
    answered_on = date_field(_("Reçue le"), required=True)
    effective_from = date_field(_("En vigueur à partir du"), help_text=_("Pour une version acceptée."))
    remarks = forms.CharField(label=_("Remarques reçues"), required=False, widget=long_text(4))


class CompareForm(forms.Form):
    """Two versions of a plan, or a version and what the team does today."""

    NOW = "aujourdhui"

    def __init__(self, *args: Any, versions: list[PlanVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = [(str(one.number), str(_("Version %(number)s") % {"number": one.number})) for one in versions]
        self.fields["de"] = forms.ChoiceField(label=_("De"), choices=numbered)
        self.fields["a"] = forms.ChoiceField(label=_("À"), choices=[*numbered, (self.NOW, _("Ce que fait l’équipe aujourd’hui"))])


class DayForm(forms.Form):
    le = date_field(_("Le"), required=True)
