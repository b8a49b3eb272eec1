"""The sheet of a service, section by section: what was typed, cleaned. A section says which columns and which words it holds."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.vocabulary import EVERYBODY, Term, Vocabulary
from tissage.network.languages import LANGUAGES
from tissage.network.models import Organization, Service
from tissage.network.queries.services import codes_of
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer, offer_words


def _choice(name: str, label: Any, **more: Any) -> forms.TypedChoiceField:
    column: Any = Service._meta.get_field(name)
    return forms.TypedChoiceField(label=label, choices=column.choices, coerce=column.to_python, initial=column.default, **more)


def _many(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": "t-many"})
    return forms.MultipleChoiceField(label=label, required=False, help_text=help_text, widget=widget)


class SectionForm(forms.Form):
    """One section of a sheet. `columns`: fields that are columns of the table; `words`: {field: kind of words}."""

    title: ClassVar[Any] = ""
    columns: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, service: Service, vocabulary: Vocabulary, day: dt.date, **kwargs: Any) -> None:
        self.service, self.vocabulary, self.day = service, vocabulary, day
        codes = codes_of(service)
        stored: dict[str, Any] = {name: getattr(service, name) for name in self.columns}
        stored |= {field: sorted(codes[kind]) for field, kind in self.words.items()}
        kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for field, kind in self.words.items():
            terms = list(LANGUAGES) if kind == "language" else [(term.code, term.label) for term in vocabulary.of_kind(kind)]
            known = {code for code, _label in terms}
            offer_words(self, field, terms + [(code, code) for code in sorted(codes[kind] - known)])

    def given(self) -> dict[str, Any]:
        """For `change_service`: the columns, and the words by kind."""
        columns = {name: self.cleaned_data[name] for name in self.columns}
        return {**columns, "terms": {kind: self.cleaned_data[field] for field, kind in self.words.items()}}


class WhatForm(SectionForm):
    """`families`: the themes under their family, drawn folded."""

    title = _("Ce que fait le service")
    columns = ("name", "short_description", "description", "status", "area")
    words: ClassVar[dict[str, str]] = {"service_kinds": "service_kind", "themes": "theme"}

    name = forms.CharField(label=_("Nom du service"), max_length=200)
    short_description = forms.CharField(
        label=_("En une phrase"), max_length=280, required=False, help_text=_("Ce que lit quelqu’un qui parcourt l’annuaire.")
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=long_text(7),
        help_text=_("Deux cents signes au moins disent assez ; deux mille, trop."),
    )
    status = _choice("status", _("État du service"))
    area = forms.CharField(
        label=_("Territoire desservi"),
        max_length=160,
        required=False,
        help_text=_("Par exemple : Mons et Colfontaine ; toute la province."),
    )
    service_kinds = _many(_("Genres de service"))
    themes = _many(_("Thèmes"), _("Ouvrez une famille, cochez ce qui convient."))

    def families(self) -> list[tuple[Term, list[tuple[Term, bool]], int]]:
        """(family, its themes with whether each is ticked, the family itself first; how many are)."""
        ticked = set(self["themes"].value() or ())
        found = []
        for top, terms in self.vocabulary.families():
            rows = [(term, term.code in ticked) for term in (top, *terms)]
            found.append((top, rows, sum(is_ticked for _term, is_ticked in rows)))
        return found


class WhomForm(SectionForm):
    title = _("Pour qui")
    columns = ("audience_note", "min_age", "max_age", "who_may_use", "interpretation")
    words: ClassVar[dict[str, str]] = {"audiences": "audience", "concerned_groups": "concerned_group", "languages": "language"}

    audiences = _many(_("Publics"), _("Qui est accueilli. « Tous publics » se coche seul."))
    concerned_groups = _many(
        _("Groupes concernés"), _("De qui il s’agit, sans dire qui vient : une formation de professionnel·le·s peut concerner les jeunes.")
    )
    audience_note = forms.CharField(
        label=_("Précisions sur le public"), max_length=300, required=False, help_text=_("Dites aussi à qui le service ne s’adresse pas.")
    )
    min_age = forms.IntegerField(label=_("À partir de (ans)"), required=False, min_value=0, max_value=120)
    max_age = forms.IntegerField(label=_("Jusqu’à (ans)"), required=False, min_value=0, max_value=120)
    who_may_use = forms.ChoiceField(
        label=_("Qui peut y faire appel"), required=False, choices=[("", _("à préciser")), *Service.WhoMayUse.choices]
    )
    languages = _many(_("Langues parlées"))
    interpretation = _choice("interpretation", _("Interprétation"))

    def clean_audiences(self) -> list[str]:
        codes: list[str] = self.cleaned_data["audiences"]
        if EVERYBODY in codes and len(codes) > 1:
            raise forms.ValidationError(gettext("« Tous publics » se coche seul : décochez-le, ou décochez les autres."))
        return codes

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        youngest, oldest = cleaned.get("min_age"), cleaned.get("max_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("max_age", gettext("L’âge le plus grand est plus petit que l’autre. Échangez-les."))
        return cleaned


class ReachForm(SectionForm):
    title = _("Comment faire")
    columns = ("contact_link", "application_process", "required_documents")
    words: ClassVar[dict[str, str]] = {"receptions": "reception", "contact_modes": "contact_mode"}

    receptions = _many(_("Où l’on est reçu"))
    contact_modes = _many(_("Comment prendre contact"))
    contact_link = forms.URLField(
        label=_("Lien pour prendre contact"),
        required=False,
        assume_scheme="https",
        help_text=_("Une page de rendez-vous ou un formulaire."),
    )
    application_process = forms.CharField(
        label=_("Comment faire"), required=False, widget=long_text(3), help_text=_("Avec ou sans rendez-vous, délai, étapes.")
    )
    required_documents = forms.CharField(label=_("Documents à apporter"), required=False, widget=long_text(2))


class PriceForm(SectionForm):
    """A change of capacity is dated by itself."""

    title = _("Prix et places")
    columns = ("fee", "fee_note", "capacity", "alert", "alert_until")

    fee = _choice("fee", _("Prix"))
    fee_note = forms.CharField(
        label=_("Précisions sur le prix"), max_length=300, required=False, help_text=_("Montants, réductions, à qui demander un geste.")
    )
    capacity = _choice("capacity", _("Places"), help_text=_("La date d’aujourd’hui se note à côté."))
    alert = forms.CharField(
        label=_("À savoir en ce moment"),
        max_length=300,
        required=False,
        help_text=_("Déménagement, fermeture d’été… S’affiche en haut de la fiche."),
    )
    alert_until = date_field(_("Jusqu’au"), help_text=_("Le message s’efface de lui-même après ce jour."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("alert") and not cleaned.get("alert_until") and "alert_until" in cleaned:
            self.add_error("alert_until", gettext("Dites jusqu’à quand : un message sans fin n’est plus lu."))
        return cleaned

    def given(self) -> dict[str, Any]:
        given = super().given()
        if given["capacity"] != self.service.capacity:
            given["capacity_on"] = None if given["capacity"] == Service.Capacity.UNKNOWN else self.day
        if not given["alert"]:
            given["alert_until"] = None
        return given


class CheckForm(SectionForm):
    title = _("Vérification")
    columns = ("assured_on", "review_every", "noindex")

    assured_on = date_field(_("Vérifié le"), help_text=_("Le dernier jour où quelqu’un a relu toute la fiche avec le service."))
    review_every = _choice("review_every", _("À revérifier"), help_text=_("Un e-mail part vers l’organisation quand le jour arrive."))
    noindex = forms.BooleanField(
        label=_("Cacher cette fiche aux moteurs de recherche"), required=False, help_text=_("Elle reste lisible dans l’annuaire.")
    )

    def clean_assured_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["assured_on"]
        if day is not None and day > self.day:
            raise forms.ValidationError(gettext("Ce jour n’est pas encore venu."))
        return day


class NewServiceForm(forms.Form):
    """The least that makes a sheet; the sheet then says what is missing."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none())
    name = forms.CharField(
        label=_("Nom du service"), max_length=200, help_text=_("Ce que l’on vient y chercher : « Permanence juridique ».")
    )
    short_description = forms.CharField(label=_("En une phrase"), max_length=280, required=False)
    area = forms.CharField(label=_("Territoire desservi"), max_length=160, required=False)

    def __init__(self, *args: Any, territory: Territory, organization: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organization is not None:
            del self.fields["organization"]
        else:
            offer(self, "organization", Organization.objects.filter(territory=territory, closed_on__isnull=True).order_by("search", "pk"))


class ServiceFilters(forms.Form):
    q = forms.CharField(label=_("Mot"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organization.objects.none(), empty_label=_("toutes")
    )
    publication = forms.ChoiceField(label=_("Publication"), required=False, choices=[("", _("toutes")), *Service.Publication.choices])
    verification = forms.ChoiceField(
        label=_("Vérification"),
        required=False,
        choices=[
            ("", _("toutes")),
            ("fresh", _("à jour")),
            ("due", _("à revérifier")),
            ("stale", _("non vérifié depuis longtemps")),
            ("hidden", _("sorti de l’annuaire")),
        ],
    )
    manque = forms.BooleanField(label=_("Fiches incomplètes"), required=False)
    archives = forms.BooleanField(label=_("Montrer les archivées"), required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "organisation",
            Organization.objects.filter(territory=territory, services__isnull=False).distinct().order_by("search", "pk"),
        )
