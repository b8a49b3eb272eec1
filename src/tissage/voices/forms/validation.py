"""Reading back to the group: on which day, and what it corrects."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.ui.forms import date_field, long_text


def read_day(text: str) -> dt.date | None:
    """The day an address or a hidden field names, or None when it names none that has come."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= timezone.localdate() else None


class DayForm(forms.Form):
    """The day of the reading, kept in the address of the page."""

    le = date_field(_("Relu le"), required=True)

    def clean_le(self) -> dt.date:
        day: dt.date = self.cleaned_data["le"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("Cette date n’est pas encore venue. Donnez le jour où le groupe a relu."))
        return day


class CorrectionForm(forms.Form):
    text = forms.CharField(label=_("Les mots du groupe"), widget=long_text(2, dir="auto"))
    french_text = forms.CharField(label=_("En français"), required=False, widget=long_text(2, lang="fr"))
