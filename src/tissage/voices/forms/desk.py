"""The desk: what to code, and one code chosen in a few strokes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.codes import Code
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, SENSE_LETTER, Nomenclature, Term
from tissage.people.models import Territory
from tissage.ui.forms import long_text, offer, offer_words
from tissage.voices.models import Coding, Criterion, HomogeneousGroup, Question, Workshop
from tissage.voices.queries.desk import IMPORTED, PROPOSED, UNCODED, Queue

from .coding import FACET_WORDS
from .entry import WorkshopChoice


class QueueForm(forms.Form):
    """What to code, in the address. What cannot be read asks nothing."""

    group = forms.ModelChoiceField(label=_("Groupe"), queryset=HomogeneousGroup.objects.none(), required=False, empty_label=_("tous"))
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("toutes"))
    workshop = WorkshopChoice(label=_("Atelier"), queryset=Workshop.objects.none(), required=False, empty_label=_("tous"))
    state = forms.ChoiceField(
        label=_("Que faire"),
        required=False,
        choices=[
            (UNCODED, _("coder ce qui n’a pas de code")),
            (IMPORTED, _("relire les codes importés")),
            (PROPOSED, _("valider les codes proposés")),
        ],
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "group", groups)
        offer(self, "question", Question.objects.filter(territory=territory).order_by("position", "code"))
        workshops = Workshop.objects.filter(territory=territory).select_related("group").order_by("group__name", "-held_on", "pk")
        offer(self, "workshop", workshops)

    @property
    def queue(self) -> Queue:
        self.is_valid()
        clean = self.cleaned_data
        chosen = {name: clean[name].pk if clean.get(name) else None for name in ("group", "question", "workshop")}
        return Queue(**chosen, state=clean.get("state", UNCODED))


class DeskForm(forms.Form):
    """One code: a component of the nomenclature, and whatever else is known. `criterion` and `current` are what it starts from.

    What the desk does not ask (sub-component, digits of the sense) stays as it was while the part it belongs to stays.
    """

    component = forms.CharField(max_length=3, error_messages={"required": _("Choisissez une composante.")})
    letter = forms.ChoiceField(label=_("Sens"), required=False)
    facet = forms.ChoiceField(label=_("Pourquoi ?"), required=False, choices=FACET_WORDS)
    beneficiary = forms.ChoiceField(label=_("Pour qui"), required=False)
    memo = forms.CharField(
        label=_("Mémo"), required=False, max_length=500, widget=long_text(2), help_text=_("Pourquoi ce code. Jamais le nom d’une personne.")
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nomenclature: Nomenclature, criterion: Criterion, current: Coding | None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"facet": current.facet if current else "", "beneficiary": criterion.beneficiary},
        )
        super().__init__(*args, **kwargs)
        self.nomenclature, self.criterion = nomenclature, criterion
        language = (get_language() or "fr").split("-")[0]
        self.letters: list[Term] = list(nomenclature.of_kind(SENSE_LETTER))
        offer_words(self, "letter", [("", ""), *((term.code, term.label(language)) for term in self.letters)])
        people = [(term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.of_kind(BENEFICIARY)]
        if criterion.beneficiary and criterion.beneficiary not in dict(people):
            people.append((criterion.beneficiary, criterion.beneficiary))
        offer_words(self, "beneficiary", [("", gettext("non précisé")), *people])

    def clean_component(self) -> str:
        given: str = self.cleaned_data["component"]
        if self.nomenclature.get(COMPONENT, given) is None and given != self.criterion.component:
            raise forms.ValidationError(gettext("Cette composante n’est pas dans la nomenclature du territoire."))
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("beneficiary") and not cleaned.get("letter"):
            self.add_error("beneficiary", gettext("Donnez d’abord une lettre de sens : un code ne peut pas sauter cette partie."))
        return cleaned

    @property
    def code(self) -> Code:
        """The code chosen; of a valid form."""
        clean, before = self.cleaned_data, self.criterion
        same = clean["component"] == before.component
        sense = before.sense if clean["letter"] == before.letter else clean["letter"]
        return Code(clean["component"], before.sub_component if same else "", sense, clean["beneficiary"])

    @property
    def origin(self) -> str:
        """Where the code comes from: one of those offered, another one though some were offered, or typed."""
        offered = self.cleaned_data["shown"].split()
        if self.cleaned_data["component"] in offered:
            return str(Coding.Origin.SUGGESTION)
        return str(Coding.Origin.CHANGED if offered else Coding.Origin.HUMAN)
