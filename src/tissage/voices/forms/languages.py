"""A sheet that an interpreter filled, and what it does not say: the name of the language, its side, who read it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.answer_screen import Filled, UnreadableSheet, read_filled
from tissage.core.hall import is_language
from tissage.frameworks.queries import explain
from tissage.voices.queries.screens import Language, shipped_sheet

MOST_BYTES = 200_000


class NewLanguageForm(forms.Form):
    code = forms.CharField(
        label=_("Code de la langue"),
        max_length=10,
        help_text=_("Deux ou trois lettres, par exemple ps pour le pachto, sq pour l’albanais, tig pour le tigré."),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        code = code if "-" in code else code.lower()
        if not is_language(code):
            raise forms.ValidationError(gettext("Ce n’est pas un code de langue. Attendu : deux ou trois lettres, par exemple ps."))
        return code


class FillLanguageForm(forms.Form):
    """The file the first time; once it was looked at, its text comes back in `content`."""

    name = forms.CharField(label=_("Nom de la langue, dans cette langue"), max_length=60, help_text=_("Par exemple پښتو pour le pachto."))
    is_right_to_left = forms.BooleanField(label=_("S’écrit de droite à gauche"), required=False)
    reviewed_by = forms.CharField(
        label=_("Relue par"),
        max_length=120,
        required=False,
        help_text=_(
            "Le nom, connu de l’équipe, d’une personne qui parle cette langue et a relu chaque phrase. Sans relecture, l’écran le dit."
        ),
    )
    file = forms.FileField(
        label=_("Feuille remplie"),
        error_messages={"required": _("Choisissez la feuille remplie.")},
        help_text=_("Le fichier CSV téléchargé sur cette page, avec la dernière colonne remplie."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt", "class": "t-drop"}),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)

    def __init__(self, *arguments: Any, language: Language, **options: Any) -> None:
        initial = {"name": "" if language.name == language.code else language.name, "is_right_to_left": language.is_right_to_left}
        options["initial"] = initial
        super().__init__(*arguments, **options)
        self.fields["file"].required = not self.data.get("content")
        self.language = language
        self.filled: Filled | None = None

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("Ce fichier est trop grand pour une feuille de phrases : 200 ko au plus."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        text = _decoded(file.read()) if file else cleaned.get("content", "")
        if "file" in self.errors:
            return cleaned
        try:
            self.filled = read_filled(text, shipped_sheet(), self.language.code)
        except UnreadableSheet as error:
            self.add_error("file", explain(error.message))
            return cleaned
        if not self.filled.texts:
            self.add_error(
                "file", gettext("Aucune phrase de cette feuille ne peut être prise : la colonne de la langue est vide ou en erreur.")
            )
        cleaned["content"] = text
        return cleaned

    @property
    def problems(self) -> list[dict[str, Any]]:
        return [
            {"line": one.line, "key": one.key, "message": explain(one.message)} for one in (self.filled.problems if self.filled else ())
        ]

    @property
    def notices(self) -> list[dict[str, Any]]:
        return [{"line": one.line, "key": one.key, "message": explain(one.message)} for one in (self.filled.notices if self.filled else ())]


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what old spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
