"""The file to import, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.columns import REQUIRED
from tissage.people.models import Territory
from tissage.voices.exchange.uploads import format_of_upload
from tissage.voices.models import HomogeneousGroup, Question

MAX_BYTES = 300 * 1024 * 1024


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_(
            "Une page wikispiral enregistrée (texte ou HTML), un tableau CSV, XLSX, ODS ou JSON Lines, un projet REFI-QDA (.qdpx),"
            " ou des lignes NB;critère;composante."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx,.ods,.jsonl,.txt,.html,.htm,.qdpx", "class": "t-drop"}),
    )
    group = forms.ModelChoiceField(
        HomogeneousGroup.objects.none(),
        label=_("Groupe de toutes les lignes"),
        required=False,
        empty_label=_("le fichier le dit"),
        to_field_name="name",
        help_text=_("Seulement quand le fichier n’a pas de colonne « groupe »."),
    )
    question = forms.ModelChoiceField(
        Question.objects.none(),
        label=_("Question de toutes les lignes"),
        required=False,
        empty_label=_("le fichier le dit"),
        to_field_name="code",
        help_text=_("Seulement quand le fichier n’a pas de colonne « question »."),
    )

    def __init__(self, *arguments: Any, territory: Territory, **options: Any) -> None:
        super().__init__(*arguments, **options)
        groups: forms.ModelChoiceField[HomogeneousGroup] = self.fields["group"]  # type: ignore[assignment]
        questions: forms.ModelChoiceField[Question] = self.fields["question"]  # type: ignore[assignment]
        groups.queryset = HomogeneousGroup.objects.live().filter(territory=territory).order_by("name", "pk")
        questions.queryset = Question.objects.filter(territory=territory).order_by("position", "code")

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        start = file.read(4096)
        file.seek(0)
        self.format = format_of_upload(file.name or "", start)
        if not self.format:
            raise forms.ValidationError(
                gettext("Ce format n’est pas connu. Attendu : .csv, .xlsx, .ods, .jsonl, .qdpx, .txt ou .html."), code="format"
            )
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                gettext("Ce fichier dépasse 300 Mo. Coupez-le en deux, ou demandez un import sur le serveur."), code="size"
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if getattr(self, "format", "") == "lines":
            for name in ("group", "question"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, gettext("Des lignes NB;critère;composante ne disent ni le groupe ni la question : choisissez-les ici.")
                    )
        return cleaned

    @property
    def constants(self) -> dict[str, str]:
        group, question = self.cleaned_data.get("group"), self.cleaned_data.get("question")
        return {
            name: value
            for name, value in (("group", group.name if group else ""), ("question", question.code if question else ""))
            if value
        }


LABELS = {
    "text": _("Critère (ce qui a été dit)"),
    "group": _("Groupe"),
    "question": _("Question (WB, IB, ACT…)"),
    "count": _("NB express"),
    "code": _("Code complet (A01/P15)"),
    "component": _("Composante (A01)"),
    "sense": _("Sens (P15)"),
    "sub_component": _("Sous-composante"),
    "beneficiary": _("Bénéficiaire"),
    "facet": _("Facette"),
    "language": _("Langue"),
    "french_text": _("Formulation française"),
    "proposition": _("Proposition"),
    "external_id": _("Identifiant"),
    "platform": _("Plate-forme"),
    "source_created": _("Créé le (origine)"),
    "source_modified": _("Modifié le (origine)"),
    "said_on": _("Date de la parole"),
}

USEFUL = ("count", "code", "component", "sense", "proposition", "external_id", "said_on")


class ColumnsForm(forms.Form):
    """One choice a field: the column of the file that holds it. `suggested` are the fields recognised column by column."""

    def __init__(
        self,
        *arguments: Any,
        header: Sequence[str],
        suggested: Sequence[str],
        constants: Mapping[str, str],
        territory: Territory,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        guesses = {field: label for field, label in zip(suggested, header, strict=True) if field}
        choices = [("", gettext("aucune colonne")), *((label, label) for label in dict.fromkeys(header) if label.strip())]
        for name, label in LABELS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(label=label, choices=choices, required=False, initial=guesses.get(name, ""))
        questions = Question.objects.filter(territory=territory).order_by("position", "code")
        self.fields["constant_group"] = forms.CharField(
            label=_("Sinon, le groupe de toutes les lignes"), required=False, max_length=300, initial=constants.get("group", "")
        )
        self.fields["constant_question"] = forms.ChoiceField(
            label=_("Sinon, la question de toutes les lignes"),
            required=False,
            choices=[("", gettext("aucune")), *((question.code, str(question)) for question in questions)],
            initial=constants.get("question", ""),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        used: dict[str, str] = {}
        for name in LABELS:
            column = cleaned.get(f"column_{name}")
            if column and column in used:
                self.add_error(
                    f"column_{name}",
                    gettext("La colonne « %(column)s » sert déjà à « %(field)s ». Choisissez-en une autre.")
                    % {"column": column, "field": LABELS[used[column]]},
                )
            elif column:
                used[column] = name
        for name in REQUIRED:
            if not cleaned.get(f"column_{name}") and not cleaned.get(f"constant_{name}"):
                self.add_error(
                    f"column_{name}",
                    gettext("Sans cette colonne, aucune ligne ne peut être lue.")
                    if name == "text"
                    else gettext("Choisissez une colonne, ou donnez plus bas une valeur pour toutes les lignes."),
                )
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"column_{name}"] for name in LABELS if self.cleaned_data.get(f"column_{name}")}

    @property
    def constants(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"constant_{name}"] for name in ("group", "question") if self.cleaned_data.get(f"constant_{name}")}

    @property
    def needed(self) -> list[forms.BoundField]:
        return [self[name] for name in ("column_text", "column_group", "column_question", "constant_group", "constant_question")]

    @property
    def useful(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in USEFUL]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in LABELS if name not in (*REQUIRED, *USEFUL)]

    @property
    def rare_chosen(self) -> bool:
        return any(field.value() or field.errors for field in self.rare)
