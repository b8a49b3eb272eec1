"""A document chosen on one's computer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.network.exchange.document_kinds import ACCEPT, MOST_BYTES, DocumentRefused, check_document
from tissage.network.models import Document
from tissage.ui.forms import date_field


class DocumentField(forms.FileField):
    """A file of a kind that is kept; cleans to (clean name, bytes). For forms of this app and of those downstream."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPT}))
        kwargs.setdefault("help_text", _("PDF, PNG, JPEG, WebP, DOCX, XLSX, ODT, ODS, CSV ou TXT, 10 Mo au plus."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes] | None:
        given: UploadedFile[bytes] | None = super().clean(data, initial)
        if not given:
            return None
        if (given.size or 0) > MOST_BYTES:  # before it is read whole
            raise forms.ValidationError(gettext("Ce fichier pèse plus de 10 Mo. Allégez-le, ou partagez-le en plusieurs fichiers."))
        content = given.read()
        try:
            name, _type = check_document(given.name or "", content)
        except DocumentRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name, content


class DocumentForm(forms.Form):
    file = DocumentField(label=_("Fichier"))
    title = forms.CharField(
        label=_("Titre"), max_length=200, required=False, help_text=_("Vide : le nom du fichier. Pas de nom de personne aidée.")
    )
    signed_on = date_field(_("Signé le"))
    visibility = forms.ChoiceField(
        label=_("Qui peut le lire"), choices=Document.Visibility.choices, initial=Document.Visibility.PRIVATE, widget=forms.RadioSelect
    )
