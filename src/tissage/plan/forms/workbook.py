"""Giving a workbook back, and saying which of its columns is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.plan_workbook import IGNORED, KINDS, MARK, SHEETS, year_heading
from tissage.plan.exchange.workbook_in import OpenedSheet, UnreadableFile, format_of, missing_of
from tissage.ui.forms import offer_words

MOST_BYTES = 10 * 1024 * 1024


class WorkbookForm(forms.Form):
    """A file: ours coming back, or the town's own."""

    file = forms.FileField(
        label=_("Votre classeur"),
        help_text=_("XLSX ou ODS, 10 Mo au plus. Celui de Tissage modifié, ou le vôtre : les colonnes se reconnaissent à leurs noms."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods"}),
    )
    format = ""

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                gettext("Ce classeur fait plus de 10 Mo. Retirez-en les images, ou coupez-le en plusieurs fichiers.")
            )
        try:
            self.format = format_of(upload.name or "")
        except UnreadableFile as error:
            raise forms.ValidationError(" ".join(gettext(one) % error.message.values for one in error.message.templates)) from None
        return upload


class SheetForm(forms.Form):
    """One sheet: what it is, then what each of its columns is."""

    kind = forms.ChoiceField(label=_("Ce que montre cette feuille"))

    def __init__(self, *args: Any, sheet: OpenedSheet, said: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        kinds = [(IGNORED, gettext("ne pas lire cette feuille")), *((kind, SHEETS[kind].title) for kind in KINDS)]
        offer_words(self, "kind", kinds)
        self.fields["kind"].initial = said.get("kind", IGNORED)
        self.columns = [(f"column-{i}", heading) for i, heading in enumerate(sheet.header) if heading]
        shown = said.get("kind", IGNORED)
        for i, heading in enumerate(sheet.header):
            if not heading:
                continue
            name = said.get("columns", {}).get(heading, IGNORED)
            example = sheet.example[i] if i < len(sheet.example) else ""
            self.fields[f"column-{i}"] = forms.ChoiceField(
                label=f"« {heading} »",
                required=False,
                choices=column_choices(shown, name),
                initial=name,
                help_text=gettext("par exemple : %(example)s") % {"example": example[:80]} if example.strip() else "",
            )

    @property
    def answer(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"]
        columns = {heading: self.cleaned_data.get(name) or IGNORED for name, heading in self.columns}
        return {"kind": kind, "columns": {} if kind == IGNORED else columns}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind", IGNORED)
        if kind == IGNORED:
            return cleaned
        named = [cleaned.get(name) for name, _heading in self.columns if cleaned.get(name, IGNORED) not in ("", IGNORED)]
        if twice := {name for name in named if named.count(name) > 1}:
            words = ", ".join(column_words(kind, str(name)) for name in twice)
            raise forms.ValidationError(gettext("Deux colonnes disent la même chose : %(words)s. Gardez-en une.") % {"words": words})
        if missing := missing_of({"kind": kind, "columns": dict(enumerate(named))}):
            words = ", ".join(column_words(kind, name) for name in missing)
            raise forms.ValidationError(gettext("Pour lire cette feuille, dites quelle colonne donne : %(words)s.") % {"words": words})
        return cleaned


def column_words(kind: str, name: str) -> str:
    return SHEETS[kind].column(name).heading


def column_choices(kind: str, chosen: str) -> list[tuple[str, Any]]:
    """Every field of every sheet, in groups: the kind of a sheet may change in the same form. Columns of years keep the one they were read as."""
    ordered = sorted(KINDS, key=lambda one: one != kind)
    groups: list[tuple[str, Any]] = [(IGNORED, gettext("ne pas lire"))]
    seen: set[str] = set()
    if ":" in chosen:
        groups.append((chosen, year_heading(chosen)))
    for one in ordered:
        fields = [(field.name, field.heading) for field in SHEETS[one].fields if field.name not in seen]
        seen |= {name for name, _heading in fields}
        if fields:
            groups.append((SHEETS[one].title, fields))
    groups.append((MARK.name, MARK.heading))
    return groups


class ColumnsForm:
    """All the sheets of a file on one page."""

    def __init__(self, data: Any, *, opened: Sequence[OpenedSheet], said: Mapping[str, Mapping[str, Any]]) -> None:
        sheets = [sheet for sheet in opened if not sheet.is_help]
        self.is_bound = data is not None
        self.sheets = [
            SheetForm(data, prefix=f"s{i}", sheet=sheet, said=said.get(sheet.title) or sheet.guess) for i, sheet in enumerate(sheets)
        ]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.sheets]
        if all(valid) and not any(form.cleaned_data["kind"] != IGNORED for form in self.sheets):
            self.sheets[0].add_error("kind", gettext("Choisissez au moins une feuille à lire."))
            return False
        return all(valid)

    @property
    def errors(self) -> bool:
        return self.is_bound and any(form.errors for form in self.sheets)

    @property
    def answers(self) -> dict[str, tuple[str, dict[str, Any]]]:
        return {form.sheet.title: (form.sheet.key, form.answer) for form in self.sheets}
