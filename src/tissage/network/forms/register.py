"""A table of organisations: the file, then what it would do, carried from one page to the next under a signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tissage.core.register_rows import Row
from tissage.network.exchange.register_tables import FORMATS

SALT = "network.register"


class RegisterFileForm(forms.Form):
    file = forms.FileField(
        label=_("Votre tableau"),
        help_text=_(
            "CSV, XLSX, ODS, ou un texte avec un nom par ligne ; 4 Mo au plus. La première ligne nomme les colonnes : « Nom », puis, si vous les avez, « Genre », « Dépend de », « Numéro d’entreprise », « E-mail », « Téléphone », « Site », « Description »."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)}),
    )

    @property
    def upload(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        return upload


class RegisterApplyForm(forms.Form):
    """`rows`: what was read, signed; `seen`: what the page said it would do; `keep`: names whose parent, read in the name, is wanted."""

    rows = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_rows(self) -> list[Row]:
        try:
            carried: Any = signing.loads(self.cleaned_data["rows"], salt=SALT, max_age=24 * 3600)
        except signing.BadSignature:
            raise forms.ValidationError(_("Ce qui a été lu s’est perdu en route. Déposez le fichier à nouveau.")) from None
        return [Row(line, values) for line, values in carried]


def carried(rows: tuple[Row, ...]) -> str:
    return signing.dumps([[row.line, dict(row.values)] for row in rows], salt=SALT, compress=True)
