"""Trainings, their sessions, who came; conflicts of interest: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import CollectiveMembership, Organization, Person, Training, TrainingSession
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer

from .collectives import open_organizations


class TrainingForm(forms.Form):
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    provider = forms.ModelChoiceField(
        label=_("Donnée par"), queryset=Organization.objects.none(), required=False, empty_label=_("non précisé")
    )
    description = forms.CharField(label=_("Ce qu’on y apprend"), required=False, widget=long_text(3))
    hours = forms.DecimalField(label=_("Heures"), required=False, min_value=0, max_value=999, max_digits=5, decimal_places=1)
    gives_qualification = forms.BooleanField(label=_("Donne une qualification à l’organisation qui l’a suivie"), required=False)
    valid_months = forms.IntegerField(
        label=_("Valable combien de mois"), required=False, min_value=1, max_value=240, help_text=_("Vide : ce qu’elle donne n’expire pas.")
    )

    def __init__(self, *args: Any, territory: Territory, training: Training | None = None, **kwargs: Any) -> None:
        if training is not None:
            kwargs["initial"] = {name: getattr(training, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.territory, self.training = territory, training
        offer(self, "provider", open_organizations(territory))

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        same = Training.objects.filter(territory=self.territory, title=title)
        if self.training is not None:
            same = same.exclude(pk=self.training.pk)
        if same.exists():
            raise forms.ValidationError(gettext("Une autre formation porte déjà cet intitulé."))
        return title


class SessionForm(forms.Form):
    held_on = date_field(_("Date"), required=True)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)


class AttendanceForm(forms.Form):
    """How many people of an organisation came. A person is named only when the qualification is theirs."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    headcount = forms.IntegerField(label=_("Personnes"), min_value=1, max_value=999, initial=1)
    person = forms.ModelChoiceField(
        label=_("Personne de contact"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("personne en particulier"),
        help_text=_("Seulement si la qualification est la sienne, et qu’elle le sait."),
    )

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory = session.territory
        offer(self, "organization", open_organizations(territory))
        people = Person.objects.filter(territory=territory, organization__isnull=False, ended_on__isnull=True).select_related(
            "organization"
        )
        offer(self, "person", people.order_by("organization__search", "display_name", "pk"))
        chosen: Any = self.fields["person"]
        chosen.label_from_instance = lambda one: f"{one.organization} · {one.display_name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        who, organization = cleaned.get("person"), cleaned.get("organization")
        if who and organization and who.organization_id != organization.pk:
            self.add_error("person", gettext("Cette personne est d’une autre organisation."))
        if who and cleaned.get("headcount", 1) != 1:
            self.add_error("headcount", gettext("Une personne nommée compte pour une. Comptez les autres à part, sans nom."))
        return cleaned


class ConflictForm(forms.Form):
    membership = forms.ModelChoiceField(label=_("Organisation"), queryset=CollectiveMembership.objects.none(), empty_label=_("choisir"))
    subject = forms.CharField(
        label=_("Sujet"),
        max_length=200,
        help_text=_(
            "Avec les mots qu’aurait un ordre du jour : « subvention du refuge », « location de la salle ». Ni nom de personne, ni détail privé."
        ),
    )
    handled_how = forms.CharField(
        label=_("Comment c’est géré"), max_length=300, required=False, help_text=_("« elle se retire du débat et du vote »")
    )
    declared_on = date_field(_("Déclaré le"), required=True)

    def __init__(self, *args: Any, members: QuerySet[CollectiveMembership], today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"declared_on": today})
        super().__init__(*args, **kwargs)
        offer(self, "membership", members)
        chosen: Any = self.fields["membership"]
        chosen.label_from_instance = lambda one: one.organization.name
        if len(members) == 1:
            self.fields["membership"].initial = members[0].pk


class EndForm(forms.Form):
    on = date_field(_("Dernier jour"), required=True)
