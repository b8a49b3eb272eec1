"""Writing an article, joining a picture to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.plan.models import Article
from tissage.ui.forms import date_field, long_text
from tissage.voices.exchange.photos import CleanPhoto, PhotoRefused, clean_photo


class ArticleForm(forms.ModelForm[Article]):
    on = date_field(_("Date"), required=True)

    class Meta:
        model = Article
        fields = ["title", "text", "on", "author"]
        widgets = {"text": long_text(12)}
        help_texts = {
            "text": _("Une ligne vide fait un paragraphe. Ne nommez pas de personne aidée."),
            "author": _("Le nom sous lequel l’article paraît : une personne, un service, une association."),
        }


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Image"),
        help_text=_(
            "JPEG, PNG ou WebP, 20 Mo au plus. Lieu, date et modèle de l’appareil sont effacés. Ayez l’accord des personnes visibles."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alternative = forms.CharField(
        label=_("Ce que montre l’image"),
        max_length=300,
        help_text=_("Lu à qui ne la voit pas. Par exemple : quatre enfants plantent un pommier devant l’école."),
    )

    def clean_picture(self) -> CleanPhoto:
        given: Any = self.cleaned_data["picture"]
        try:
            return clean_photo(given, given.size or 0)
        except PhotoRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
