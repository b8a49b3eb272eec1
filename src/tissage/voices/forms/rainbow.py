"""Rainbow groups, their workshops, and the wordings they agree on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer
from tissage.voices.models import CommonWording, Criterion, HomogeneousGroup, RainbowGroup, RainbowWorkshop
from tissage.voices.models.criteria import CriterionQuerySet


class RainbowForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160, help_text=_("Par exemple : « Arc-en-ciel de l’automne »."))
    groups = forms.ModelMultipleChoiceField(
        label=_("Groupes représentés"),
        queryset=HomogeneousGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deux au moins. Chaque groupe envoie une personne ; son nom n’est noté nulle part."),
    )

    def __init__(self, *args: Any, territory: Territory, rainbow: RainbowGroup | None = None, **kwargs: Any) -> None:
        if rainbow is not None:
            kwargs.setdefault("initial", {"name": rainbow.name, "groups": list(rainbow.groups.values_list("pk", flat=True))})
        super().__init__(*args, **kwargs)
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "groups", groups)


class RainbowWorkshopForm(forms.Form):
    held_on = date_field(_("Date de la rencontre"), required=True)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Remarque"), required=False, widget=long_text(), help_text=_("Sur le déroulement. Aucun nom de participant·e.")
    )

    def __init__(self, *args: Any, workshop: RainbowWorkshop | None = None, **kwargs: Any) -> None:
        if workshop is not None:
            kwargs.setdefault("initial", {name: getattr(workshop, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)


class SaidChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Criterion) -> str:
        said = f"{obj.text} ({obj.french_text})" if obj.french_text else obj.text
        return f"«\u00a0{said}\u00a0» · {obj.group.name} · {obj.question.code}"


class WordingForm(forms.Form):
    """A wording beside the originals, and which of them it brings together."""

    criteria = SaidChoice(
        label=_("Critères réunis"),
        queryset=Criterion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ils restent tels qu’ils ont été dits ; la formulation commune se lit à côté."),
    )
    text = forms.CharField(
        label=_("Formulation commune"), widget=long_text(3), help_text=_("Les mots sur lesquels les représentant·e·s se sont mis d’accord.")
    )

    def __init__(self, *args: Any, criteria: CriterionQuerySet, wording: CommonWording | None = None, **kwargs: Any) -> None:
        if wording is not None:
            kwargs.setdefault("initial", {"text": wording.text, "criteria": list(wording.criteria.values_list("pk", flat=True))})
        super().__init__(*args, **kwargs)
        chosen = criteria.select_related("group", "question").order_by("group__name", "group", "question__position", "pk")
        offer(self, "criteria", chosen)
