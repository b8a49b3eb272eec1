"""Meetings, decisions and what follows: what was typed, cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Decision, Meeting, Organization, Person
from tissage.network.operations.decisions import Owed
from tissage.people.models import Territory
from tissage.ui.forms import date_field, long_text, offer

from .collectives import LinesField, open_organizations


class MeetingForm(forms.Form):
    day = date_field(_("Jour"), required=True)
    begins = forms.TimeField(label=_("Début"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Fin"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    title = forms.CharField(label=_("Objet"), max_length=200, required=False)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    agenda = forms.CharField(label=_("Ordre du jour"), required=False, widget=long_text(7), help_text=_("Un point par ligne."))

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            starts = timezone.localtime(meeting.starts_at)
            kwargs["initial"] = {
                "day": starts.date(),
                "begins": starts.time(),
                "ends": timezone.localtime(meeting.ends_at).time() if meeting.ends_at else None,
                **{name: getattr(meeting, name) for name in ("title", "place", "agenda")},
            }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Columns of a meeting."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, begins, ends = (cleaned.pop(name, None) for name in ("day", "begins", "ends"))
        if day and begins:
            cleaned["starts_at"] = timezone.make_aware(dt.datetime.combine(day, begins))
            cleaned["ends_at"] = timezone.make_aware(dt.datetime.combine(day, ends)) if ends else None
            if ends and ends < begins:
                self.add_error("ends", gettext("La fin vient avant le début."))
        return cleaned


class MinutesForm(forms.Form):
    """`seen` is the text that stood when writing began."""

    minutes = forms.CharField(
        label=_("Procès-verbal"),
        required=False,
        widget=long_text(18),
        help_text=_("Ce qui s’est dit, point par point. Les décisions se notent à part : elles s’ajoutent d’elles-mêmes au document."),
    )
    minutes_visibility = forms.ChoiceField(label=_("Qui lit le procès-verbal"), choices=Meeting.MinutesVisibility.choices)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "minutes": meeting.minutes or meeting.agenda,
            "minutes_visibility": meeting.minutes_visibility,
            "seen": meeting.minutes,
        }
        super().__init__(*args, **kwargs)


class OwedFields(forms.Form):
    """What follows, asked in three fields or four. `required` says whether it must be there."""

    owed_text = forms.CharField(
        label=_("À faire"), max_length=300, required=False, help_text=_("Commencez par un verbe : « envoyer », « inviter », « chiffrer ».")
    )
    owner = forms.ModelChoiceField(
        label=_("Qui s’en charge"), queryset=Organization.objects.none(), required=False, empty_label=_("choisir")
    )
    person = forms.ModelChoiceField(
        label=_("Personne"), queryset=Person.objects.none(), required=False, empty_label=_("personne en particulier")
    )
    due_on = date_field(_("Pour le"))
    NEEDED = ("owed_text", "owner", "due_on")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", open_organizations(territory))
        people = Person.objects.filter(territory=territory, ended_on__isnull=True).select_related("organization")
        chosen: Any = self.fields["person"]
        chosen.queryset = people.order_by("display_name", "pk")
        chosen.label_from_instance = lambda one: f"{one.display_name} · {one.organization}" if one.organization else one.display_name

    @property
    def owed(self) -> Owed | None:
        given = self.cleaned_data
        if not given.get("owed_text"):
            return None
        return Owed(given["owed_text"], given["owner"], given["due_on"], given["person"])

    def complete_owed(self, cleaned: dict[str, Any], *, required: bool) -> None:
        """Either nothing of it, or all that is needed."""
        if required or any(cleaned.get(name) for name in (*self.NEEDED, "person")):
            missing = {
                "owed_text": gettext("Dites ce qui est à faire."),
                "owner": gettext("Dites quelle organisation s’en charge."),
                "due_on": gettext("Donnez une date, quitte à la déplacer ensuite."),
            }
            for name, words in missing.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)


class DecisionWords(forms.Form):
    kind = forms.ChoiceField(label=_("Genre"), choices=Decision.Kind.choices, widget=forms.RadioSelect, initial=Decision.Kind.DECISION)
    text = forms.CharField(label=_("Texte"), widget=long_text(3))
    vote = forms.CharField(
        label=_("Vote"), max_length=200, required=False, help_text=_("« à l’unanimité », ou « 9 pour, 1 contre, 2 abstentions ».")
    )
    subjects = LinesField(
        label=_("Sujets"), required=False, widget=long_text(2), help_text=_("De quoi il s’agit, un par ligne : une action, une convention.")
    )


class DecisionForm(OwedFields, DecisionWords):
    """A decision with what follows from it, or why nothing does."""

    no_action_reason = forms.CharField(
        label=_("Sinon, pourquoi rien n’est à faire"),
        max_length=200,
        required=False,
        help_text=_("À remplir seulement s’il n’y a pas de suite."),
    )
    field_order = ("kind", "text", "vote", "subjects", "owed_text", "owner", "person", "due_on", "no_action_reason")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.complete_owed(cleaned, required=False)
        return cleaned


class ChangedDecisionForm(DecisionWords):
    """The words of a decision; what follows is changed beside."""

    no_action_reason = forms.CharField(label=_("Pourquoi rien n’est à faire"), max_length=200, required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{name: getattr(decision, name) for name in ("kind", "text", "vote", "no_action_reason")},
            "subjects": [str(one.get("label", "")) for one in decision.subjects],
        }
        super().__init__(*args, **kwargs)


class OwedForm(OwedFields):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.complete_owed(cleaned, required=True)
        return cleaned


class MoveForm(forms.Form):
    due_on = date_field(_("Nouvelle date"), required=True)
    why = forms.CharField(label=_("Pourquoi"), max_length=200, help_text=_("Gardé avec l’ancienne date."))


class FinishForm(forms.Form):
    on = date_field(_("Fait le"), required=True)
    evidence = forms.CharField(
        label=_("Ce qui le montre"), max_length=300, help_text=_("Un document, un lien, un constat : « lettre envoyée le 3 mars ».")
    )


class DropForm(forms.Form):
    on = date_field(_("Abandonné le"), required=True)
    evidence = forms.CharField(label=_("Pourquoi"), max_length=300)


class AdoptForm(forms.Form):
    on = date_field(
        _("Approuvé le"), required=True, help_text=_("Le plus souvent, le jour de la réunion suivante. Ensuite, le texte ne change plus.")
    )
