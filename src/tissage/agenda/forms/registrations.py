"""Registering, and booking for a school: what a stranger typed, cleaned. A sensitive date has no field for words at all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.agenda.models import SchoolBooking
from tissage.agenda.operations.registrations import MOST_HEADS
from tissage.core.name_lists import looks_like_names


class PlaceForm(forms.Form):
    """A place or a few. Without `pseudonym` and `needs` when the activity is sensitive; without `email` once it is made."""

    headcount = forms.IntegerField(label=_("Combien serez-vous ?"), min_value=1, max_value=MOST_HEADS, initial=1)
    pseudonym = forms.CharField(
        label=_("Un pseudonyme"),
        max_length=60,
        required=False,
        help_text=_("Celui que vous voulez, pour vous reconnaître à l’entrée. Pas votre nom. Vide : nous en tirons un."),
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        required=False,
        help_text=_("Seulement si vous voulez être prévenu·e d’un changement. Elle est chiffrée, et s’efface avec l’inscription."),
    )
    needs = forms.CharField(
        label=_("De quoi avez-vous besoin pour venir ?"),
        max_length=300,
        required=False,
        help_text=_("Un accès en fauteuil, une interprétation, une garderie. L’organisation seule le lit."),
    )

    def __init__(self, *args: Any, is_sensitive: bool, is_made: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_sensitive:
            del self.fields["pseudonym"], self.fields["needs"]
        if is_made:
            del self.fields["email"]


class SchoolForm(forms.Form):
    school_name = forms.CharField(label=_("École"), max_length=200)
    level = forms.ChoiceField(label=_("Niveau"), choices=[("", _("choisir")), *SchoolBooking.Level.choices])
    class_count = forms.IntegerField(label=_("Nombre de classes"), min_value=1, max_value=40, initial=1)
    pupils_count = forms.IntegerField(label=_("Nombre d’élèves en tout"), min_value=1, max_value=1500)
    contact_function = forms.CharField(
        label=_("Votre fonction"), max_length=120, help_text=_("La fonction, pas le nom : direction, titulaire de 4e, éducation.")
    )
    contact_email = forms.EmailField(
        label=_("Adresse e-mail professionnelle"), help_text=_("La réponse y part. Elle est chiffrée, et s’efface après la date.")
    )
    remark = forms.CharField(
        label=_("Remarque"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ce qu’il faut savoir pour vous accueillir. Aucun nom d’élève, ni ici ni ailleurs."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("school_name", "contact_function", "remark"):
            if looks_like_names(cleaned.get(name, "")):
                self.add_error(
                    name,
                    gettext(
                        "Ceci ressemble à une liste de noms. Aucun nom d’élève ici : donnez des nombres, nous n’avons besoin de rien d’autre."
                    ),
                )
        return cleaned
