"""What a stranger types in the directory: what they look for, and what they propose to change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.vocabulary import AUDIENCE, CONCERNED_GROUP, THEME, Vocabulary
from tissage.network.languages import LANGUAGES
from tissage.network.models import Organization
from tissage.network.operations.suggestions import LONGEST
from tissage.network.queries.directory_search import LANGUAGE, Wanted
from tissage.network.queries.postcodes import postcodes
from tissage.ui.forms import long_text, offer_words

DISTANCES = ((0, _("dans ce code postal")), (5, _("à 5 km")), (10, _("à 10 km")), (25, _("à 25 km")), (50, _("à 50 km")))
ALL: tuple[str, Any] = ("", _("tous"))


class SearchForm(forms.Form):
    """Offers only what some listed service bears. Names of fields stand in addresses that people share."""

    q = forms.CharField(label=_("Ce que vous cherchez"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    theme = forms.ChoiceField(label=_("Thème"), required=False)
    public = forms.ChoiceField(label=_("Pour qui"), required=False)
    groupe = forms.ChoiceField(label=_("Personnes concernées"), required=False)
    langue = forms.ChoiceField(label=_("Langue"), required=False)
    genre = forms.ChoiceField(label=_("Genre d’organisation"), required=False)
    cp = forms.CharField(
        label=_("Code postal"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    km = forms.TypedChoiceField(label=_("Jusqu’où"), required=False, choices=DISTANCES, coerce=int, empty_value="")

    def __init__(self, *args: Any, vocabulary: Vocabulary, used: Mapping[str, set[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

        def some(kind: str) -> list[tuple[Any, Any]]:
            return [ALL, *((term.code, term.label) for term in vocabulary.of_kind(kind) if term.code in used.get(kind, ()))]

        offer_words(self, "theme", self._themes(vocabulary, used.get(THEME, set())))
        offer_words(self, "public", some(AUDIENCE))
        offer_words(self, "groupe", some(CONCERNED_GROUP))
        offer_words(self, "langue", [("", _("toutes")), *((code, words) for code, words in LANGUAGES if code in used.get(LANGUAGE, ()))])
        offer_words(self, "genre", [ALL, *((value, words) for value, words in Organization.Kind.choices if value in used.get("genre", ()))])

    def _themes(self, vocabulary: Vocabulary, used: set[str]) -> list[tuple[Any, Any]]:
        choices: list[tuple[Any, Any]] = [ALL]
        for family, themes in vocabulary.families():
            mine = [(term.code, term.label) for term in themes if term.code in used]
            if mine:
                choices.append((family.label, [(family.code, gettext("%(theme)s : tout") % {"theme": family.label}), *mine]))
            elif family.code in used:
                choices.append((family.code, family.label))
        return choices

    def clean_cp(self) -> str:
        typed = str(self.cleaned_data["cp"]).strip()
        if typed and typed not in postcodes():
            raise forms.ValidationError(
                gettext("« %(code)s » n’est pas un code postal belge. Écrivez quatre chiffres, par exemple 7000.") % {"code": typed}
            )
        return typed

    @property
    def wanted(self) -> Wanted:
        """What was asked; what was asked wrongly is left out, and said beside its field."""
        self.is_valid()
        asked = self.cleaned_data if self.is_bound else {}
        return Wanted(
            words=asked.get("q", ""),
            theme=asked.get("theme", ""),
            audience=asked.get("public", ""),
            concerned_group=asked.get("groupe", ""),
            language=asked.get("langue", ""),
            organization_kind=asked.get("genre", ""),
            postal_code=asked.get("cp", ""),
            km=asked.get("km") or 0,
        )


FIELDS = (
    ("closed", _("il n’existe plus, ou il est fermé")),
    ("contact", _("le téléphone, l’adresse e-mail ou le site")),
    ("place", _("l’adresse ou l’accès")),
    ("hours", _("les heures")),
    ("fee", _("le prix")),
    ("words", _("la description")),
    ("other", _("autre chose")),
)


class SuggestionForm(forms.Form):
    field = forms.ChoiceField(label=_("Ce qui n’est pas exact"), choices=FIELDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Ce qu’il faudrait écrire"),
        max_length=LONGEST,
        widget=long_text(4),
        help_text=_("N’écrivez le nom de personne, ni rien de votre situation : ce n’est pas un message au service."),
    )


class MissingServiceForm(forms.Form):
    text = forms.CharField(
        label=_("Quel service, de quelle organisation, où ?"),
        max_length=LONGEST,
        widget=long_text(5),
        help_text=_("Avec un site ou un numéro de téléphone si vous en connaissez un. N’écrivez le nom de personne."),
    )
