"""The anonymous questionnaire: as the lead prepares it, and as a passer-by answers it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tissage.agenda.operations.feedback import MOST_QUESTIONS, SCALE, YES_NO
from tissage.ui.forms import long_text

KINDS = [("score", gettext_lazy("de « pas du tout » à « tout à fait »")), ("yes_no", gettext_lazy("oui ou non"))]


def proposed() -> list[dict[str, str]]:
    """What most activities ask, to change or to keep."""
    return [
        {"text": _("Vous êtes-vous senti·e bienvenu·e ?"), "kind": "score"},
        {"text": _("Avez-vous appris quelque chose d’utile ?"), "kind": "score"},
        {"text": _("Était-ce la première fois que vous veniez ?"), "kind": "yes_no"},
    ]


class QuestionsForm(forms.Form):
    """At most five questions; an empty line asks nothing."""

    def __init__(self, *args: Any, questions: list[dict[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_QUESTIONS + 1):
            known = questions[number - 1] if number <= len(questions) else {"text": "", "kind": "score"}
            self.fields[f"text-{number}"] = forms.CharField(
                label=_("Question %(n)s") % {"n": number}, max_length=140, required=False, initial=known["text"]
            )
            self.fields[f"kind-{number}"] = forms.ChoiceField(
                label=_("Réponse à la question %(n)s") % {"n": number}, choices=KINDS, required=False, initial=known["kind"]
            )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"text-{number}"], self[f"kind-{number}"]) for number in range(1, MOST_QUESTIONS + 1)]

    def questions(self) -> list[dict[str, str]]:
        said = self.cleaned_data
        numbers = range(1, MOST_QUESTIONS + 1)
        return [{"text": said[f"text-{n}"].strip(), "kind": said[f"kind-{n}"] or "score"} for n in numbers if said[f"text-{n}"].strip()]


class OpinionForm(forms.Form):
    """One anonymous answer; every question may be left out."""

    comment = forms.CharField(
        label=gettext_lazy("Quelque chose à ajouter ?"),
        help_text=gettext_lazy("Ne dites pas qui vous êtes, ne nommez personne."),
        widget=long_text(3),
        max_length=600,
        required=False,
    )

    def __init__(self, *args: Any, questions: list[dict[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.asked = questions
        for number, question in enumerate(questions):
            choices = list(enumerate_words(question["kind"]))
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=question["text"], choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, required=False
            )
        self.order_fields([*(f"q{number}" for number in range(len(questions))), "comment"])

    def scores(self) -> list[int | None]:
        return [self.cleaned_data.get(f"q{number}") for number in range(len(self.asked))]


def enumerate_words(kind: str) -> list[tuple[int, str]]:
    """(score, words) of a kind of question, from least to most; « non » is 0, « oui » 1."""
    return [(value, str(words)) for value, words in (YES_NO if kind == "yes_no" else SCALE)]
