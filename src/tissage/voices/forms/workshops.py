"""A workshop with the exact wordings put there, and the questions of a territory."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory, User
from tissage.ui.forms import date_field, long_text, offer
from tissage.voices.models import Question, Workshop
from tissage.voices.operations.workshops import Wording

from .fields import LANGUAGES

# `spiral.md` §6, names of the phases and cycles.
PHASES = [
    (1, _("1 · S’organiser, mobiliser")),
    (2, _("2 · Définir ensemble l’objectif : le bien-être de tous")),
    (3, _("3 · Co-évaluer avant d’agir")),
    (4, _("4 · Projeter, comparer")),
    (5, _("5 · Co-décider, s’engager")),
    (6, _("6 · Agir ensemble")),
    (7, _("7 · Co-évaluer après avoir agi")),
    (8, _("8 · Faire le bilan, préparer le cycle suivant")),
]
CYCLES = [
    (0, _("0 · Sensibilisation en un jour")),
    (1, _("1 · Préparation, appropriation")),
    (2, _("2 · Mobilisation")),
    (3, _("3 · Généralisation")),
]


class WorkshopForm(forms.Form):
    """One field pair a question: `asked_<id>` and `wording_<id>`, prefilled with the usual wording."""

    held_on = date_field(_("Date de la rencontre"), required=True)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    cycle = forms.TypedChoiceField(label=_("Cycle"), choices=CYCLES, coerce=int)
    phase = forms.TypedChoiceField(label=_("Phase"), choices=PHASES, coerce=int)
    facilitators = forms.ModelMultipleChoiceField(
        label=_("Animation"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les personnes de l’équipe qui ont un compte."),
    )
    other_facilitators = forms.CharField(
        label=_("Autres personnes à l’animation"), max_length=200, required=False, help_text=_("Un rôle plutôt qu’un nom, si possible.")
    )
    language = forms.ChoiceField(
        label=_("Langue des questions"), choices=LANGUAGES[1:], help_text=_("Celle dans laquelle elles ont été posées.")
    )
    note = forms.CharField(
        label=_("Remarque"), required=False, widget=long_text(), help_text=_("Sur le déroulement. Aucun nom de participant·e.")
    )

    def __init__(self, *args: Any, territory: Territory, workshop: Workshop | None = None, group_language: str = "", **kwargs: Any) -> None:
        self.questions = list(Question.objects.filter(territory=territory).order_by("position", "code"))
        noted = list(workshop.questions.order_by("position", "pk")) if workshop else []
        put = {item.question_id: item for item in reversed(noted)}  # the first wording of each; the others are its translations
        self.translations = [item for item in noted if item is not put[item.question_id]]
        initial: dict[str, Any] = {"cycle": 2, "phase": 2, "language": group_language or "fr"}
        if workshop is not None:
            names = ("held_on", "place", "cycle", "phase", "other_facilitators", "note")
            initial = {name: getattr(workshop, name) for name in names}
            initial["facilitators"] = list(workshop.facilitators.all())
            initial["language"] = next((item.language for item in put.values()), group_language or "fr")
        for question in self.questions:
            initial[f"asked_{question.pk}"] = question.pk in put if workshop else question.is_protected
            initial[f"wording_{question.pk}"] = put[question.pk].wording if question.pk in put else question.wording
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        team = (
            Membership.objects.open()
            .filter(territory=territory, role__in=(Membership.Role.COORDINATOR, Membership.Role.FACILITATOR))
            .values("user")
        )
        people = User.objects.filter(Q(pk__in=team) | Q(pk__in=[user.pk for user in workshop.facilitators.all()] if workshop else []))
        offer(self, "facilitators", people.order_by("name", "pk"))
        for question in self.questions:
            self.fields[f"asked_{question.pk}"] = forms.BooleanField(label=str(question), required=False)
            self.fields[f"wording_{question.pk}"] = forms.CharField(
                label=gettext("Formulation exacte de %(question)s") % {"question": question.code}, required=False, widget=long_text(2)
            )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("held_on", "place", "cycle", "phase", "facilitators", "other_facilitators")]

    @property
    def question_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"asked_{question.pk}"], self[f"wording_{question.pk}"]) for question in self.questions]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for question in self.questions:
            if cleaned.get(f"asked_{question.pk}") and not cleaned.get(f"wording_{question.pk}", "").strip():
                self.add_error(f"wording_{question.pk}", gettext("Écrivez la question telle qu’elle a été posée, ou décochez-la."))
        return cleaned

    @property
    def wordings(self) -> list[Wording]:
        """The questions put, with their exact words, then what they are in other languages; of a valid form."""
        language = self.cleaned_data["language"]
        asked = [question for question in self.questions if self.cleaned_data[f"asked_{question.pk}"]]
        first = [Wording(question, self.cleaned_data[f"wording_{question.pk}"], language) for question in asked]
        by_id = {question.pk: question for question in asked}
        return first + [
            Wording(by_id[item.question_id], item.wording, item.language)
            for item in self.translations
            if item.question_id in by_id and item.language != language
        ]

    @property
    def details(self) -> dict[str, Any]:
        names = ("held_on", "place", "cycle", "phase", "other_facilitators", "note")
        return {name: self.cleaned_data[name] for name in names}


class QuestionForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Court, en capitales, par exemple Q4. Il figure dans les fichiers et les synthèses.")
    )
    title = forms.CharField(label=_("Titre"), max_length=120)
    wording = forms.CharField(
        label=_("Formulation habituelle"),
        required=False,
        widget=long_text(2),
        help_text=_("Proposée à chaque atelier, où elle peut être changée."),
    )
    side = forms.ChoiceField(
        label=_("Ce qu’elle demande"), choices=Question.Side.choices, help_text=_("Le côté vient de la question, jamais de la réponse.")
    )

    def __init__(self, *args: Any, territory: Territory, question: Question | None = None, **kwargs: Any) -> None:
        if question is not None:
            kwargs.setdefault("initial", {name: getattr(question, name) for name in self.base_fields})
        else:
            kwargs.setdefault("initial", {"side": "none"})
        super().__init__(*args, **kwargs)
        self.territory, self.question = territory, question
        if question is not None and question.is_protected:
            del self.fields["code"]
            del self.fields["side"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        if not re.fullmatch(r"[A-Z][A-Z0-9]{0,11}", code):
            raise forms.ValidationError(gettext("Attendu : des lettres sans accent et des chiffres, une lettre d’abord, par exemple Q4."))
        same = Question.objects.filter(territory=self.territory, code=code)
        if self.question is not None:
            same = same.exclude(pk=self.question.pk)
        if same.exists():
            raise forms.ValidationError(gettext("Une autre question porte déjà ce code."))
        return code
