"""Labels, what they ask, who holds them, and reports of a breach: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import LabelReport, LabelRequirement, LabelScheme, LabelVersion, Organization, Place, Training
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer

from .collectives import open_organizations


class LabelForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160)
    owner = forms.ModelChoiceField(
        label=_("Tenu par"),
        queryset=Organization.objects.none(),
        empty_label=_("choisir"),
        help_text=_("L’organisation qui confirme chaque attribution."),
    )
    description = forms.CharField(label=_("En quelques phrases"), required=False, widget=long_text(3), help_text=_("Lu par tout le monde."))
    validity_months = forms.IntegerField(
        label=_("Durée d’une attribution, en mois"),
        min_value=1,
        max_value=240,
        initial=24,
        help_text=_("Ensuite elle expire d’elle-même. Les attributions déjà faites gardent leur date."),
    )
    ended_on = date_field(_("Ne s’attribue plus depuis le"), help_text=_("Celles qui courent vont jusqu’à leur terme."))

    def __init__(self, *args: Any, territory: Territory, scheme: LabelScheme | None = None, **kwargs: Any) -> None:
        if scheme is not None:
            kwargs["initial"] = {name: getattr(scheme, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.territory, self.scheme = territory, scheme
        if scheme is None:
            del self.fields["ended_on"]
        offer(self, "owner", open_organizations(territory))

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        same = LabelScheme.objects.filter(territory=self.territory, name=name)
        if self.scheme is not None:
            same = same.exclude(pk=self.scheme.pk)
        if same.exists():
            raise forms.ValidationError(gettext("Un autre label porte déjà ce nom."))
        return name


class VersionForm(forms.Form):
    charter_text = forms.CharField(label=_("Texte de la charte"), required=False, widget=long_text(14))
    valid_from = date_field(_("En vigueur à partir du"), required=True)

    def __init__(self, *args: Any, version: LabelVersion, **kwargs: Any) -> None:
        kwargs["initial"] = {"charter_text": version.charter_text, "valid_from": version.valid_from}
        super().__init__(*args, **kwargs)


class RequirementForm(forms.Form):
    kind = forms.ChoiceField(label=_("Genre"), choices=LabelRequirement.Kind.choices, widget=forms.RadioSelect, initial="training")
    text = forms.CharField(
        label=_("Ce qui est demandé"), max_length=300, help_text=_("« Une personne de l’équipe suit la séance d’information. »")
    )
    training = forms.ModelChoiceField(
        label=_("Formation"),
        queryset=Training.objects.none(),
        required=False,
        empty_label=_("aucune"),
        help_text=_("Pour une formation suivie."),
    )
    mandatory = forms.BooleanField(label=_("Obligatoire pour recevoir le label"), required=False, initial=True)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "training", Training.objects.filter(territory=territory).order_by("title", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == LabelRequirement.Kind.TRAINING and not cleaned.get("training") and "training" not in self.errors:
            self.add_error("training", gettext("Dites quelle formation. Créez-la d’abord si elle n’est pas dans la liste."))
        return cleaned


class AskForm(forms.Form):
    """Who asks for the label: an organisation, and one of its places when the label is for a place."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    place = forms.ModelChoiceField(
        label=_("Lieu"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("l’organisation entière"),
        help_text=_("Un lieu de cette organisation."),
    )

    def __init__(self, *args: Any, holders: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", holders)
        places = Place.objects.filter(organization__in=holders.order_by(), ended_on__isnull=True).select_related("organization")
        offer(self, "place", places.order_by("organization__search", "name", "pk"))
        chosen: Any = self.fields["place"]
        chosen.label_from_instance = lambda one: f"{one.organization} · {one.name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        place, organization = cleaned.get("place"), cleaned.get("organization")
        if place and organization and place.organization_id != organization.pk:
            self.add_error("place", gettext("Ce lieu est d’une autre organisation."))
        return cleaned


class FulfilForm(forms.Form):
    met_on = date_field(_("Rempli le"), required=True)
    evidence = forms.CharField(
        label=_("Ce qui le montre"),
        max_length=300,
        required=False,
        help_text=_("« charte signée par la direction », « autocollant vu en vitrine »"),
    )


class ConfirmForm(forms.Form):
    on = date_field(_("Attribué le"), required=True)
    list_publicly = forms.BooleanField(
        label=_("Mettre dans la liste publique"),
        required=False,
        initial=True,
        help_text=_("L’organisation ou vous l’en retirez d’un geste."),
    )
    note = forms.CharField(label=_("Remarque"), required=False, widget=long_text(2), help_text=_("Lue par l’organisation et par l’équipe."))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today, "list_publicly": True})
        super().__init__(*args, **kwargs)


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Pourquoi"), widget=long_text(2), help_text=_("Lu par l’organisation et par l’équipe."))


class BreachForm(forms.Form):
    """What anybody may write, without an account."""

    value = forms.ChoiceField(label=_("Ce qui ne va pas"), choices=LabelReport.Value.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=4000,
        widget=long_text(6, maxlength=4000),
        help_text=_("Quand, où, ce qui a été dit ou fait. N’écrivez le nom de personne : ni le vôtre, ni celui de quelqu’un d’autre."),
    )
    contact = forms.CharField(
        label=_("Comment vous joindre"),
        max_length=200,
        required=False,
        help_text=_("Seulement si vous le voulez. Gardé chiffré, lu par la coordination seule, effacé une fois le signalement conclu."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReplyForm(forms.Form):
    reply = forms.CharField(label=_("Votre réponse"), max_length=4000, widget=long_text(6, maxlength=4000))


class JudgeForm(forms.Form):
    founded = forms.ChoiceField(label=_("Conclusion"), choices=[("yes", _("fondé")), ("no", _("non fondé"))], widget=forms.RadioSelect)
    resolution = forms.CharField(
        label=_("Suite donnée"), widget=long_text(3), help_text=_("Ce qui a été fait, ou pourquoi rien n’est à faire.")
    )
