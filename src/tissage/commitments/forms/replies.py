"""What a list says to one ask: typed by itself behind its link, or by the space from paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Answer, Ask
from tissage.commitments.operations.answers import Reply
from tissage.ui.forms import long_text

LONGEST = 6_000
POSITIONS = [("", _("pas de réponse")), *Answer.Position.choices]


class ReplyForm(forms.Form):
    """One ask. Nothing is chosen beforehand, and nothing chosen is no answer; words need a position to stand beside."""

    position = forms.ChoiceField(label=_("Position"), choices=POSITIONS, required=False, widget=forms.RadioSelect)
    verbatim = forms.CharField(
        label=_("Réponse, mot pour mot"),
        help_text=_("Elle sera publiée telle quelle."),
        required=False,
        max_length=LONGEST,
        widget=long_text(3),
    )
    how = forms.CharField(
        label=_("Comment"), help_text=_("Avec quels moyens, pour quand."), required=False, max_length=LONGEST, widget=long_text(2)
    )

    def __init__(self, data: Any = None, *, ask: Ask, answer: Answer | None = None) -> None:
        said = {"position": answer.position, "how": answer.how, "verbatim": answer.verbatim} if answer else {"position": ""}
        super().__init__(data, prefix=f"d{ask.pk}", initial=said)
        self.ask, self.answer = ask, answer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("position") and (cleaned.get("verbatim") or cleaned.get("how")) and "position" not in self.errors:
            self.add_error("position", _("Choisissez une position pour cette réponse, ou « ne prend pas position »."))
        return cleaned

    @property
    def reply(self) -> Reply:
        return Reply(self.cleaned_data["position"], self.cleaned_data["how"].strip(), self.cleaned_data["verbatim"].strip())


def reply_forms(asks: list[Ask], answers: Mapping[int, Answer], data: Any = None) -> list[ReplyForm]:
    return [ReplyForm(data, ask=ask, answer=answers.get(ask.pk)) for ask in asks]
