"""Photos of sheets and recordings of questions: what is chosen or taken on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.ui.forms import date_field, offer
from tissage.voices.exchange.photos import CleanPhoto, PhotoRefused, clean_photo
from tissage.voices.exchange.sounds import SoundRefused, read_sound
from tissage.voices.models import Question, Workshop

MOST_AT_ONCE = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, each read and made bare. A photo that cannot be read is named; the others wait with it."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[CleanPhoto]:
        given: Sequence[UploadedFile[bytes]] = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(gettext("Au plus %(most)s photos à la fois.") % {"most": MOST_AT_ONCE})
        found, wrong = [], []
        for one in given:
            try:
                found.append(clean_photo(one, one.size or 0))
            except PhotoRefused as refusal:
                wrong.append(f"{one.name} : {refusal}")
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class PhotosForm(forms.Form):
    taken = PhotosField(
        label=_("Prendre une photo"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/*", "capture": "environment", "class": "t-drop"}),
        help_text=_("Ouvre l’appareil photo du téléphone."),
    )
    chosen = PhotosField(
        label=_("Choisir des photos"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True, "class": "t-drop"}),
        help_text=_("Jusqu’à 20 à la fois, 20 Mo chacune. Lieu, date et modèle de l’appareil sont effacés."),
    )
    question = forms.ModelChoiceField(
        label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("plusieurs, ou je ne sais pas")
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = Question.objects.filter(territory=workshop.territory_id).order_by("position", "code")
        offer(self, "question", questions)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.photos:
            self.add_error("chosen", gettext("Choisissez au moins une photo."))
        return cleaned

    @property
    def photos(self) -> list[CleanPhoto]:
        return [*self.cleaned_data.get("taken", []), *self.cleaned_data.get("chosen", [])]


class PhotoDateForm(forms.Form):
    delete_on = date_field(_("S’efface le"), required=True)


class RecordingForm(forms.Form):
    """One recording of one question in one language."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.CharField(max_length=10, widget=forms.HiddenInput)
    sound = forms.FileField(label=_("Fichier son"), error_messages={"required": _("Choisissez un fichier son.")})

    def clean_sound(self) -> tuple[bytes, str]:
        """The bytes and their content type."""
        given: UploadedFile[bytes] = self.cleaned_data["sound"]
        try:
            return read_sound(given, given.size or 0)
        except SoundRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
