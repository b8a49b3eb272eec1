"""Searching the base; correcting, splitting and withdrawing a criterion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.nomenclature import Nomenclature
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer, offer_words
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Question, Workshop
from tissage.voices.operations.criteria import Part
from tissage.voices.queries import criteria as base

from .entry import WorkshopChoice
from .fields import LANGUAGES


class SearchForm(forms.Form):
    """Filters of the base, in the address. What cannot be read asks nothing and is said."""

    q = forms.CharField(label=_("Mots"), required=False, max_length=200)
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=HomogeneousGroup.objects.none(), required=False, empty_label=_("tous"))
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("toutes"))
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    component = forms.ChoiceField(label=_("Composante"), required=False)
    letter = forms.ChoiceField(label=_("Lettre de sens"), required=False)
    state = forms.ChoiceField(
        label=_("Codage"),
        required=False,
        choices=[
            ("", _("tous")),
            (base.CODED, _("codés")),
            (base.UNCODED, _("à coder")),
            (base.IN_GENERAL, _("« en général » (x00)")),
        ],
    )
    heard = forms.ChoiceField(
        label=_("Relecture"),
        required=False,
        choices=[("", _("tous")), (base.HEARD, _("validés par le groupe")), (base.NOT_HEARD, _("pas encore relus avec le groupe"))],
    )
    since = date_field(_("Dits depuis le"))
    until = date_field(_("Dits jusqu’au"))
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, territory: Territory, nomenclature: Nomenclature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "fr").split("-")[0]
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "group", groups)
        offer(self, "question", Question.objects.filter(territory=territory).order_by("position", "code"))
        dimensions = nomenclature.dimensions
        offer_words(
            self, "dimension", [("", gettext("toutes"))] + [(term.code, f"{term.code} · {term.label(language)}") for term in dimensions]
        )
        offer_words(
            self,
            "component",
            [("", gettext("toutes"))]
            + [
                (
                    f"{dimension.code} · {dimension.label(language)}",
                    [(term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.components_of(dimension.code)],
                )
                for dimension in dimensions
            ],
        )
        offer_words(
            self,
            "letter",
            [
                ("", gettext("toutes")),
                *[(term.code, f"{term.code} · {term.label(language)}") for term in nomenclature.of_kind("sense_letter")],
                (base.NO_SENSE, gettext("sans sens")),
            ],
        )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("q", "group", "question", "state")]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The filters that stay folded until one of them is used."""
        return [self[name] for name in ("dimension", "component", "letter", "heard", "since", "until")]

    @property
    def asks_more(self) -> bool:
        return any(field.value() or field.errors for field in self.more_fields)

    @property
    def search(self) -> base.Search:
        """What is asked; fields that could not be read ask nothing."""
        self.is_valid()
        clean = self.cleaned_data
        sort = clean.get("sort") or base.DEFAULT_SORT
        return base.Search(
            words=clean.get("q", ""),
            group=clean["group"].pk if clean.get("group") else None,
            question=clean["question"].pk if clean.get("question") else None,
            dimension=clean.get("dimension", ""),
            component=clean.get("component", ""),
            letter=clean.get("letter", ""),
            state=clean.get("state", ""),
            heard=clean.get("heard", ""),
            since=clean.get("since"),
            until=clean.get("until"),
            sort=sort if sort.removeprefix("-") in base.SORTS else base.DEFAULT_SORT,
        )

    @property
    def asks(self) -> bool:
        return self.is_valid() and any(value for name, value in self.cleaned_data.items() if name != "sort")


class CriterionForm(forms.Form):
    text = forms.CharField(
        label=_("Critère"), widget=long_text(), help_text=_("Les mots de la personne. Corrigez une faute de frappe, pas l’idée.")
    )
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES, required=False)
    french_text = forms.CharField(
        label=_("Formulation française"), required=False, widget=long_text(2), help_text=_("Si le critère est dit dans une autre langue.")
    )
    imported_count = forms.IntegerField(
        label=_("NB express"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("Combien de post-its portaient exactement ce critère, sans compter les expressions rattachées une à une."),
    )
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=HomogeneousGroup.objects.none(), empty_label=None)
    question = forms.ModelChoiceField(label=_("Question"), queryset=Question.objects.none(), empty_label=None)
    workshop = WorkshopChoice(label=_("Atelier"), queryset=Workshop.objects.none(), required=False, empty_label=_("Aucun, ou inconnu"))

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(criterion, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        territory = criterion.territory_id
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        offer(self, "group", groups)
        offer(self, "question", Question.objects.filter(territory=territory).order_by("position", "code"))
        workshops = Workshop.objects.filter(Q(closed_at__isnull=True) | Q(pk=criterion.workshop_id or 0), territory=territory)
        offer(self, "workshop", workshops.select_related("group").order_by("group__name", "-held_on", "pk"))
        if criterion.language not in dict(LANGUAGES):
            offer_words(self, "language", [*LANGUAGES, (criterion.language, criterion.language)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        workshop, group = cleaned.get("workshop"), cleaned.get("group")
        if workshop and group and workshop.group_id != group.pk and "workshop" in self.changed_data:
            self.add_error("workshop", gettext("Cet atelier est celui d’un autre groupe."))
        return cleaned


class SplitForm(forms.Form):
    """Up to six wordings, two at least, with their shares; and for each linked expression, the wording it goes to."""

    PARTS = 6

    def __init__(self, *args: Any, criterion: Criterion, expressions: list[Expression], **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"text_1": criterion.text, "count_1": criterion.imported_count, "text_2": "", **{f"to_{e.pk}": "1" for e in expressions}},
        )
        super().__init__(*args, **kwargs)
        self.expressions = expressions
        for number in range(1, self.PARTS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=gettext("Formulation %(number)s") % {"number": number}, required=number <= 2, widget=long_text(2)
            )
            self.fields[f"count_{number}"] = forms.IntegerField(
                label=gettext("NB express %(number)s") % {"number": number}, required=False, min_value=0, max_value=1_000_000
            )
        for expression in expressions:
            self.fields[f"to_{expression.pk}"] = forms.TypedChoiceField(
                label=expression.text,
                coerce=int,
                choices=[(n, gettext("formulation %(number)s") % {"number": n}) for n in range(1, self.PARTS + 1)],
            )

    @property
    def part_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"text_{number}"], self[f"count_{number}"]) for number in range(1, self.PARTS + 1)]

    @property
    def expression_fields(self) -> list[forms.BoundField]:
        return [self[f"to_{expression.pk}"] for expression in self.expressions]

    @property
    def parts(self) -> list[Part]:
        """The parts that hold something; of a valid form."""
        clean = self.cleaned_data
        taken = {n: tuple(e.pk for e in self.expressions if clean[f"to_{e.pk}"] == n) for n in range(1, self.PARTS + 1)}
        return [
            Part(clean[f"text_{n}"], clean[f"count_{n}"] or 0, taken[n])
            for n in range(1, self.PARTS + 1)
            if clean[f"text_{n}"] or clean[f"count_{n}"] or taken[n]
        ]


class MergeForm(forms.Form):
    """Which of the criteria keeps its wording. Choices are given by the page."""

    target = forms.TypedChoiceField(label=_("La formulation qui reste"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_words(self, "target", [(criterion.pk, criterion.text) for criterion in criteria])
        if criteria:
            self.fields["target"].initial = max(criteria, key=lambda criterion: (criterion.expression_count, -criterion.pk)).pk


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Raison"), max_length=200, help_text=_("Qui l’a demandé (le groupe, jamais un nom) et quand. Elle reste dans l’équipe.")
    )


class PropositionForm(forms.Form):
    corrected_text = forms.CharField(
        label=_("Formulation corrigée"), required=False, widget=long_text(2), help_text=_("L’original est gardé. Vide : l’original sert.")
    )
