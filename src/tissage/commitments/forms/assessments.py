"""Assessments: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Commitment, Completion, Evidence, Verdict
from tissage.commitments.queries.assessed import Subject, citable
from tissage.network.forms.documents import DocumentField
from tissage.ui.forms import long_text, offer

HELP = {
    Completion.NO_EVIDENCE: _("sans information : on ne sait pas"),
    Completion.NOT_STARTED: _("pas commencé : on sait, preuve à l’appui, que rien n’a commencé"),
    Completion.LIMITED: _("limité : quelque chose est fait, loin de la promesse"),
    Completion.SUBSTANTIAL: _("avancé : l’essentiel est fait"),
    Completion.COMPLETE: _("tenu avec preuve : une pièce officielle ou d’un tiers le montre"),
}
FIDELITY = [("", _("ne pas la noter")), *((number, str(number)) for number in range(1, 5))]


class EvidenceChoices(forms.ModelMultipleChoiceField[Evidence]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.fact_on:%d/%m/%Y} · {obj.summary} ({obj.get_strength_display()})"


class AssessmentForm(forms.Form):
    completion = forms.ChoiceField(label=_("Avancement"), choices=list(HELP.items()), widget=forms.RadioSelect)
    evidence = EvidenceChoices(
        label=_("Preuves validées qui le montrent"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Au moins une, sauf pour « sans information »."),
    )
    justification = forms.CharField(label=_("Sur quoi cela repose"), widget=long_text(5))
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, initial=Verdict.PENDING, required=False)
    fidelity = forms.TypedChoiceField(
        label=_("Fidélité à la promesse"),
        choices=FIDELITY,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("De 1 (autre chose que promis) à 4 (exactement ce qui était promis). Montrée à côté, jamais mêlée au score."),
    )

    def __init__(self, *args: Any, subject: Subject, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = citable(subject)
        if known:
            offer(self, "evidence", Evidence.objects.filter(pk__in=[one.pk for one in known]).order_by("fact_on", "pk"))
        else:
            del self.fields["evidence"]
        ends = subject.term_ends_on if isinstance(subject, Commitment) else None
        if ends is None or today < ends:
            del self.fields["verdict"]

    def columns(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "completion": cleaned["completion"],
            "evidence": list(cleaned.get("evidence", [])),
            "justification": cleaned["justification"],
            "verdict": cleaned.get("verdict") or Verdict.PENDING,
            "fidelity": cleaned["fidelity"],
        }


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Votre réponse"),
        widget=long_text(10),
        max_length=20_000,
        help_text=_("Elle est montrée entière, mot pour mot, à côté de l’évaluation."),
    )


class TellForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail de la partie évaluée"),
        required=False,
        help_text=_("Un lien y part pour répondre. Vide : vous l’avez prévenue autrement, et les quinze jours commencent aujourd’hui."),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class SheetForm(forms.Form):
    file = DocumentField(
        label=_("Fichier CSV"), help_text=_("Celui que vous avez téléchargé d’ici, avec vos avancements et vos justifications.")
    )
