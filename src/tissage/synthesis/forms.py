"""Clean the input of synthesis screens. Field names that stand in an address are French, like the paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.core.synthesis import Group
from tissage.ui.forms import offer_words

from .models import Synthesis


class SelectionForm(forms.Form):
    """Which groups and questions are looked at; nothing ticked is everything."""

    groupe = forms.MultipleChoiceField(label=_("Groupes"), required=False, widget=forms.CheckboxSelectMultiple)
    question = forms.MultipleChoiceField(label=_("Questions"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, groups: Iterable[Group], questions: Mapping[str, str], **options: Any) -> None:
        super().__init__(data, **options)
        offer_words(self, "groupe", [(str(group.id), group.name) for group in groups])
        offer_words(self, "question", list(questions.items()))

    def chosen(self) -> tuple[list[int], list[str]]:
        """Group ids and question codes. What the address names and the territory does not have is left aside."""
        known = {name: {value for value, _label in self.fields[name].choices} for name in ("groupe", "question")}  # type: ignore[attr-defined]
        given = {name: self.data.getlist(name) for name in known} if hasattr(self.data, "getlist") else {name: [] for name in known}
        return (
            [int(value) for value in dict.fromkeys(given["groupe"]) if value in known["groupe"]],
            [value for value in dict.fromkeys(given["question"]) if value in known["question"]],
        )


class LineFilterForm(forms.Form):
    """One group, one question, one letter, within what is looked at."""

    seul_groupe = forms.ChoiceField(label=_("Groupe"), required=False)
    seule_question = forms.ChoiceField(label=_("Question"), required=False)
    lettre = forms.ChoiceField(label=_("Lettre de sens"), required=False)

    def __init__(
        self, data: Any, *, groups: Iterable[Group], questions: Mapping[str, str], letters: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(data, **options)
        everything = {
            "seul_groupe": [("", _("tous")), *((str(group.id), group.name) for group in groups)],
            "seule_question": [("", _("toutes")), *questions.items()],
            "lettre": [("", _("toutes")), *letters.items()],
        }
        for name, choices in everything.items():
            offer_words(self, name, choices)
        if not letters:
            del self.fields["lettre"]

    def value(self, name: str) -> str:
        """What was chosen, or an empty string; a value that is not offered counts as none."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class DayField(forms.DateField):
    """A day, as a person writes it (3/2/2026) or with the picker of the browser."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"],
            error_messages={"invalid": _("Cette date n’est pas lisible. Attendu : jour/mois/année, par exemple 3/2/2026.")},
            **options,
        )


class FreezeForm(forms.Form):
    title = forms.CharField(label=_("Titre"), max_length=200, help_text=_("Par exemple : Ce que disent les habitantes et les habitants."))
    note = forms.CharField(
        label=_("Ce que cette version apporte"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lu par toute personne qui ouvre la synthèse."),
    )


class DiscussedForm(forms.Form):
    on = DayField(label=_("Discutée le"))


class ValidatedForm(forms.Form):
    on = DayField(label=_("Validée le"))
    present = forms.IntegerField(label=_("Personnes présentes"), min_value=1, max_value=32767)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Raison du retrait"), max_length=200, help_text=_("Elle est dite à la place de la synthèse."))


class CompareForm(forms.Form):
    """Two versions of a territory; the later one may be what stands today."""

    TODAY = "aujourdhui"

    avant = forms.ChoiceField(label=_("Avant"))
    apres = forms.ChoiceField(label=_("Après"))

    def __init__(self, data: Any, *, versions: Iterable[Synthesis], **options: Any) -> None:
        super().__init__(data, **options)
        numbered = [(str(one.number), _("Version %(number)s · %(title)s") % {"number": one.number, "title": one.title}) for one in versions]
        offer_words(self, "avant", numbered)
        offer_words(self, "apres", [(self.TODAY, _("La synthèse aujourd’hui")), *numbered])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("avant") and cleaned.get("avant") == cleaned.get("apres"):
            raise forms.ValidationError(_("Choisissez deux versions différentes."))
        return cleaned


class ReadingFilterForm(forms.Form):
    """Which lines are on the desk."""

    STATES = [
        ("unread", _("à lire")),
        ("all", _("toutes")),
        ("published", _("publiées telles quelles")),
        ("redacted", _("caviardées")),
        ("withheld", _("non publiées")),
    ]
    etat = forms.ChoiceField(label=_("Montrer"), choices=STATES, required=False)
    groupe = forms.ChoiceField(label=_("Groupe"), required=False)

    def __init__(self, data: Any, *, groups: Iterable[Group], **options: Any) -> None:
        super().__init__(data, **options)
        offer_words(self, "groupe", [("", _("tous")), *((str(group.id), group.name) for group in groups)])


class RedactForm(forms.Form):
    public_text = forms.CharField(
        label=_("Texte publié"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez le texte à publier, ou choisissez « Ne pas publier ».")},
    )


class WithholdForm(forms.Form):
    reason = forms.CharField(label=_("Raison"), max_length=200, error_messages={"required": _("Dites pourquoi cette parole ne sort pas.")})


class SheetLinkForm(forms.Form):
    """The group accepts a link to its own words: said by the person who asked it, never assumed."""

    days = forms.TypedChoiceField(
        label=_("Le lien reste ouvert"),
        coerce=int,
        choices=[(7, _("7 jours")), (30, _("30 jours")), (90, _("90 jours")), (180, _("180 jours"))],
        initial=90,
        help_text=_("Vous pouvez le fermer plus tôt, à tout moment."),
    )
    accepted = forms.BooleanField(
        label=_("Le groupe accepte un lien vers ses paroles : qui a le lien peut les lire."),
        error_messages={"required": _("Demandez d’abord au groupe. Sans son accord, remettez la feuille sur papier.")},
    )
