"""Opening a territory."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory
from tissage.ui.forms import long_text

# Words that are addresses already: /territoires/ouvrir/.
RESERVED = {"ouvrir"}


class OpenTerritoryForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160)
    slug = forms.SlugField(
        label=_("Adresse courte"),
        max_length=60,
        help_text=_("En minuscules, sans accent ni espace, par exemple val-des-tisserands. Elle ne change plus ensuite."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=long_text(), help_text=_("Ce territoire, et pourquoi on y écoute.")
    )
    visibility = forms.ChoiceField(
        label=_("Qui voit sa page"),
        choices=[
            ("members", _("Ses membres seulement.")),
            (
                "public",
                _("Tout le monde : la description, et ce que les synthèses publiées montrent, après lecture et avec l’accord des groupes."),
            ),
        ],
        initial="members",
        widget=forms.RadioSelect,
    )
    suppression_threshold = forms.IntegerField(
        label=_("Seuil des petits groupes"),
        min_value=1,
        max_value=1000,
        initial=5,
        help_text=_("En dessous de ce nombre de participant·e·s, un groupe n’est jamais montré seul au public."),
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED or Territory.objects.filter(slug=slug).exists():
            raise forms.ValidationError(gettext("Cette adresse est déjà prise. Choisissez-en une autre, par exemple avec la province."))
        return slug
