"""Fast entry, and gathering loose expressions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory
from tissage.ui.forms import long_text, offer
from tissage.voices.models import HomogeneousGroup, Question, Workshop

MOST_LINES = 2000


class WorkshopChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.group.name} · {date_format(obj.held_on, 'j F Y')}" + (f" · {obj.place}" if obj.place else "")


class EntryForm(forms.Form):
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=HomogeneousGroup.objects.none(), empty_label=_("Choisissez un groupe"))
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), empty_label=_("Choisissez une question"))
    workshop = WorkshopChoice(
        label=_("Atelier"),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=_("Aucun, ou inconnu"),
        help_text=_("Un atelier clos n’est plus dans la liste."),
    )
    mode = forms.ChoiceField(
        label=_("Ce que vous notez"),
        choices=[
            ("criteria", _("Des critères : chaque ligne est une idée approuvée par le groupe.")),
            ("expressions", _("Des post-its bruts : chaque ligne est la parole d’une personne, telle qu’écrite.")),
        ],
        initial="criteria",
        widget=forms.RadioSelect,
    )
    lines = forms.CharField(
        label=_("Une ligne par idée"),
        strip=False,
        widget=long_text(8, spellcheck="true", autocomplete="off"),
        help_text=_(
            "Tapez ou collez. Soit les mots seuls, soit « nombre ; critère ; code », par exemple : "
            "« 4;avoir beaucoup d’amis;D03 ». Nombre vide : 1. Code vide : à coder plus tard."
        ),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "group", groups)
        offer(self, "question", Question.objects.filter(territory=territory).order_by("position", "code"))
        offer(
            self,
            "workshop",
            (
                Workshop.objects.filter(territory=territory, closed_at__isnull=True)
                .select_related("group")
                .order_by("group__name", "-held_on", "pk")
            ),
        )

    @property
    def has_groups(self) -> bool:
        """Whether there is anybody to write down."""
        return bool(self.fields["group"].queryset.exists())  # type: ignore[attr-defined]

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        count = len(lines.splitlines())
        if count > MOST_LINES:
            raise forms.ValidationError(
                gettext("%(count)s lignes d’un coup, c’est trop pour cet écran (au plus %(most)s). Importez-les depuis un fichier.")
                % {"count": count, "most": MOST_LINES}
            )
        if not lines.strip():
            raise forms.ValidationError(gettext("Écrivez au moins une ligne."))
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        workshop, group = cleaned.get("workshop"), cleaned.get("group")
        if workshop and group and workshop.group_id != group.pk:
            self.add_error(
                "workshop",
                gettext("Cet atelier est celui d’un autre groupe. Choisissez un atelier de « %(group)s ».") % {"group": group.name},
            )
        return cleaned


class GatherForm(forms.Form):
    """The wording of a criterion made of loose expressions."""

    text = forms.CharField(
        label=_("Formulation du critère"),
        widget=long_text(2),
        help_text=_("Les mots du groupe. Elle est proposée d’après la première expression."),
    )
