"""Dates: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.agenda.models import Activity, Occurrence
from tissage.agenda.operations.occurrences import MOST_REPEATED
from tissage.core.activity_kinds import rules_of
from tissage.network.models import Organization, Place
from tissage.ui.forms import date_field, offer, offer_words


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class TimeForm(forms.Form):
    """A day and its hours. After midnight, the end is the day after."""

    day = date_field(_("Jour"), required=True)
    begins = _time(_("Début"))
    ends = _time(_("Fin"))

    def __init__(self, *args: Any, occurrence: Occurrence | None = None, **kwargs: Any) -> None:
        if occurrence is not None:
            starts, ends = timezone.localtime(occurrence.starts_at), timezone.localtime(occurrence.ends_at)
            times = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
            kwargs["initial"] = {**times, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, begins, ends = (cleaned.pop(name, None) for name in ("day", "begins", "ends"))
        if day and begins and ends:
            last = day if ends > begins else day + dt.timedelta(days=1)
            cleaned["starts_at"] = timezone.make_aware(dt.datetime.combine(day, begins))
            cleaned["ends_at"] = timezone.make_aware(dt.datetime.combine(last, ends))
        return cleaned


class DetailsForm(forms.Form):
    """Where it is, how one comes in."""

    place = forms.ModelChoiceField(
        label=_("Lieu"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("à préciser"),
        help_text=_("Ce que le public en lit dépend du lieu : adresse, quartier, ou rien."),
    )
    room = forms.CharField(
        label=_("Salle, précisions"), max_length=200, required=False, help_text=_("Jamais montrée pour une activité sensible.")
    )
    attendance_mode = forms.ChoiceField(label=_("On y vient"), choices=Occurrence.Mode.choices)
    online_url = forms.URLField(
        label=_("Lien de connexion"),
        required=False,
        assume_scheme="https",
        help_text=_("Privé : donné aux personnes inscrites, jamais au public."),
    )
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000, help_text=_("Vide : sans limite."))
    registration_mode = forms.ChoiceField(label=_("Inscription"))
    registration_url = forms.URLField(
        label=_("Où s’inscrire"), required=False, assume_scheme="https", help_text=_("Pour une inscription sur un autre site.")
    )
    NAMES = ("place", "room", "attendance_mode", "online_url", "capacity", "registration_mode", "registration_url")

    def __init__(
        self, *args: Any, activity: Activity, occurrence: Occurrence | None = None, only_of: Organization | None = None, **kwargs: Any
    ) -> None:
        """`only_of`: the organisation whose places, beside the neighbourhoods and public addresses, are offered: the very name of a shelter is not for others. All when None."""
        allowed = rules_of(activity.type).registrations
        first = {} if occurrence is None else {name: getattr(occurrence, name) for name in self.NAMES}
        kwargs["initial"] = {"registration_mode": allowed[0], **first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        offer_words(self, "registration_mode", [one for one in Occurrence.Registering.choices if one[0] in allowed])
        kept = Q(pk=occurrence.place_id) if occurrence is not None and occurrence.place_id else Q(pk__in=[])
        places = Place.objects.filter(Q(ended_on__isnull=True) | kept, territory=activity.territory).select_related("organization")
        if only_of is not None:
            own = Q(organization=only_of) | Q(organization=only_of.parent_id, organization__isnull=False)
            known = Q(address_visibility=Place.Visibility.PUBLIC) | Q(kind=Place.Kind.NEIGHBOURHOOD)
            places = places.filter(own | known | kept)
        offer(self, "place", places.order_by("name", "pk"))
        chosen: Any = self.fields["place"]
        chosen.label_from_instance = lambda one: f"{one.name} ({one.organization})" if one.organization else one.name
        if rules_of(activity.type).counts_only:
            self.fields["registration_mode"].help_text = gettext("Ce genre d’activité ne prend aucune inscription : on compte à la porte.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("registration_mode") == Occurrence.Registering.EXTERNAL and not cleaned.get("registration_url"):
            self.add_error("registration_url", gettext("Donnez l’adresse du site où l’on s’inscrit."))
        return cleaned


class OccurrenceForm(TimeForm, DetailsForm):
    """A new date, or several: the same hours again every week or every month."""

    every = forms.ChoiceField(
        label=_("Répéter"),
        choices=[("", _("une seule date")), ("weekly", _("chaque semaine")), ("monthly", _("chaque mois, le même jour de la semaine"))],
        required=False,
    )
    times = forms.IntegerField(
        label=_("Nombre de dates en tout"), required=False, min_value=1, max_value=MOST_REPEATED, help_text=_("Si elle se répète.")
    )
    field_order = ("day", "begins", "ends", "every", "times", *DetailsForm.NAMES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("every") and not cleaned.get("times"):
            self.add_error("times", gettext("Dites combien de dates en tout."))
        return cleaned


class MoveForm(TimeForm):
    note = forms.CharField(
        label=_("Ce qu’il faut savoir"), max_length=200, required=False, help_text=_("Écrit aux personnes inscrites et sur l’agenda.")
    )


class StatusNoteForm(forms.Form):
    note = forms.CharField(
        label=_("Ce qu’il faut savoir"), max_length=200, required=False, help_text=_("Écrit aux personnes inscrites et sur l’agenda.")
    )
