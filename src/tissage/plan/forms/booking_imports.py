"""The accounting extract to read, which of its columns is which, and the statement as a small table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.extracts import missing_columns
from tissage.frameworks.queries import explain
from tissage.plan.exchange.extracts import UnreadableFile, format_of_extract
from tissage.plan.models import Booking, Plan

from .bookings import choice

MAX_BYTES = 100 * 1024 * 1024
LABELS = {
    "booked_on": _("Date"),
    "amount": _("Montant"),
    "debit": _("Débit"),
    "credit": _("Crédit"),
    "number": _("Numéro de pièce"),
    "article": _("Article budgétaire"),
    "supplier": _("Fournisseur ou débiteur"),
    "label": _("Libellé"),
    "kind": _("Genre (engagement, dépense, recette)"),
    "function_code": _("Code fonctionnel"),
}


def table_field(label: Any, help_text: Any = "") -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods", "class": "t-drop"})
    return forms.FileField(label=label, help_text=help_text, widget=widget)


class TableForm(forms.Form):
    """A CSV, XLSX or ODS file; `format` says which."""

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            self.format = format_of_extract(file.name or "")
        except UnreadableFile as error:
            raise forms.ValidationError(explain(error.message), code="format") from None
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(gettext("Ce fichier dépasse 100 Mo. Demandez une lecture sur le serveur."), code="size")
        return file


class ExtractForm(TableForm):
    file = table_field(_("Extrait comptable"), _("CSV, XLSX ou ODS. Chaque ligne est une écriture ; la ligne des titres est reconnue."))
    year = forms.TypedChoiceField(label=_("Exercice"), coerce=int)
    partial = forms.BooleanField(
        label=_("Cet extrait n’a pas tout l’exercice : ne rien marquer comme disparu"),
        required=False,
    )

    def __init__(self, *arguments: Any, plan: Plan, year: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice(self, "year").choices = [(one, str(one)) for one in reversed(plan.years)]
        self.fields["year"].initial = year


class StatementTableForm(TableForm):
    file = table_field(
        _("Tableau des totaux"),
        _("Deux colonnes : code fonctionnel, total. Une troisième peut dire le genre (dépense, recette, engagement)."),
    )
    kind = forms.ChoiceField(label=_("Genre de ces totaux"), choices=Booking.Kind.choices, initial=Booking.Kind.EXPENSE)


class ColumnsForm(forms.Form):
    """One choice a field: the column of the extract that holds it."""

    kind_of_all = forms.ChoiceField(
        label=_("Sans colonne « genre », toutes les lignes sont des"),
        choices=[(Booking.Kind.EXPENSE, _("dépenses")), (Booking.Kind.RECEIPT, _("recettes")), (Booking.Kind.COMMITMENT, _("engagements"))],
        initial=Booking.Kind.EXPENSE,
    )

    def __init__(self, *arguments: Any, header: Sequence[str], suggested: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", gettext("aucune colonne")), *((label, label) for label in dict.fromkeys(header) if label.strip())]
        for name, label in LABELS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(label=label, choices=choices, required=False, initial=suggested.get(name, ""))
        self.fields["kind_of_all"].initial = suggested.get("kind_of_all", Booking.Kind.EXPENSE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        used: dict[str, str] = {}
        for name in LABELS:
            column = cleaned.get(f"column_{name}")
            if column and column in used:
                said = gettext("La colonne « %(column)s » sert déjà à « %(field)s ». Choisissez-en une autre.")
                self.add_error(f"column_{name}", said % {"column": column, "field": LABELS[used[column]]})
            elif column:
                used[column] = name
        if cleaned.get("column_amount") and (cleaned.get("column_debit") or cleaned.get("column_credit")):
            self.add_error("column_amount", gettext("Choisissez le montant, ou le débit et le crédit, pas les deux."))
        for name in missing_columns(dict.fromkeys(used.values(), "x")):
            self.add_error(f"column_{name}", gettext("Sans cette colonne, aucune ligne ne peut être lue."))
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        found = {name: self.cleaned_data[f"column_{name}"] for name in LABELS if self.cleaned_data.get(f"column_{name}")}
        return {**found, "kind_of_all": self.cleaned_data["kind_of_all"]}

    @property
    def needed(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in ("booked_on", "amount", "debit", "credit")]

    @property
    def useful(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in ("number", "article", "supplier", "label", "function_code", "kind")] + [
            self["kind_of_all"]
        ]
