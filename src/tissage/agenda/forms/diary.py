"""What one may ask the public agenda."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.agenda.models import Campaign
from tissage.agenda.queries.activities import AUDIENCE
from tissage.core.vocabulary import ACTIVITY_TYPE, Vocabulary
from tissage.network.models import Organization
from tissage.ui.forms import offer_words


class DiaryForm(forms.Form):
    campagne = forms.ChoiceField(label=_("Campagne"), required=False)
    public = forms.ChoiceField(label=_("Pour qui"), required=False)
    genre = forms.ChoiceField(label=_("Genre"), required=False)
    par = forms.ChoiceField(label=_("Proposé par"), required=False)

    def __init__(
        self,
        *args: Any,
        words: Vocabulary,
        campaigns: list[Campaign],
        audiences: set[str],
        types: set[str],
        leads: list[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", gettext("tout"))
        offer_words(self, "campagne", [everything, *((str(one.uuid), str(one)) for one in campaigns)])
        offer_words(self, "public", [everything, *((term.code, term.label) for term in words.of_kind(AUDIENCE) if term.code in audiences)])
        offer_words(self, "genre", [everything, *((term.code, term.label) for term in words.of_kind(ACTIVITY_TYPE) if term.code in types)])
        offer_words(self, "par", [everything, *((str(one.pk), one.name) for one in leads)])

    @property
    def asked(self) -> dict[str, str]:
        """What was asked and makes sense; the rest is left aside."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def words(self) -> str:
        """What was asked, in the words of the lists."""
        offered: dict[str, Any] = {name: field.choices for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)}
        return " · ".join(str(dict(offered[name])[value]) for name, value in self.asked.items())
