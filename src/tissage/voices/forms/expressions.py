"""Filtering loose expressions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory
from tissage.ui.forms import offer
from tissage.voices.models import HomogeneousGroup, Question


class LooseForm(forms.Form):
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=HomogeneousGroup.objects.none(), required=False, empty_label=_("tous"))
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("toutes"))

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "group", groups)
        offer(self, "question", Question.objects.filter(territory=territory).order_by("position", "code"))
