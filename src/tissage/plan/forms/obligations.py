"""Forms of obligations: a sitting, a day something was done, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.ui.forms import date_field


class SittingForm(forms.Form):
    sitting_on = date_field(_("Date de la séance"), required=True)

    def __init__(self, *args: Any, council: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if council:
            self.fields["sitting_on"].help_text = _("Celle du %(council)s qui vote.") % {"council": council}


class MetForm(forms.Form):
    """When the obligation was met."""

    done_on = date_field(_("Remplie le"), required=True)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi l’écarter cette année"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Les autres années gardent la leur. Vous pourrez la reprendre."),
    )
