"""Forms of reference data: they clean what was typed; operations do the rest."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tissage.core.nomenclature import BENEFICIARY, COMPONENT, DIMENSION, SENSE, SENSE_LETTER, well_formed

from .exchange.nomenclature_csv import LIMIT_BYTES
from .models import Framework, Node, Status
from .queries import phrases_of

KIND_NAMES = {
    DIMENSION: _("dimension"),
    COMPONENT: _("composante"),
    SENSE_LETTER: _("lettre de sens"),
    SENSE: _("sens"),
    BENEFICIARY: _("bénéficiaire"),
}
SHAPE_HELP = {
    DIMENSION: _("Une lettre capitale, par exemple J."),
    COMPONENT: _("La lettre de sa dimension et deux chiffres, par exemple A12."),
    SENSE_LETTER: _("Une lettre capitale, par exemple P."),
    SENSE: _("Sa lettre et deux chiffres, par exemple P16."),
    BENEFICIARY: _("Une à douze lettres minuscules, par exemple k."),
}
LANGUAGES = ("fr", "en")
_PHRASE_LENGTH = 200


def _text(label: Any, *, rows: int = 0, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=required, widget=widget, **more)


class TermForm(forms.Form):
    """What is said of a code: labels, keys, status, source."""

    label_fr = _text(_("Libellé en français"), required=True, max_length=200)
    label_en = _text(_("Libellé en anglais"), max_length=200)
    key_fr = _text(_("Clé de détermination en français"), rows=3, help_text=_("Ce qui dit quand choisir ce code."))
    key_en = _text(_("Clé de détermination en anglais"), rows=3)
    status = forms.ChoiceField(
        label=_("Statut"),
        choices=Status.choices,
        initial=Status.UNVERIFIED,
        help_text=_(
            "Confirmé : code et nom lus dans une source publiée. Partiel : code attesté, nom ou clé à lire. Non vérifié : proposé."
        ),
    )
    source = _text(_("Source"), rows=2, help_text=_("Où le libellé a été lu, ou ce qui reste à vérifier."))

    def texts(self, prefix: str) -> dict[str, str]:
        """The labels or keys that were typed, by language."""
        return {language: self.cleaned_data[f"{prefix}_{language}"] for language in LANGUAGES}


class CorrectForm(TermForm):
    """Corrects a code; the phrases of a component, one a line."""

    def __init__(self, data: Any = None, *, node: Node) -> None:
        phrases = phrases_of(node) if node.kind == COMPONENT else {}
        initial = {"status": node.status, "source": node.source}
        for language in LANGUAGES:
            initial[f"label_{language}"] = node.labels.get(language, "")
            initial[f"key_{language}"] = node.keys.get(language, "")
            initial[f"phrases_{language}"] = "\n".join(phrases.get(language, []))
        super().__init__(data, initial=initial)
        if node.kind == COMPONENT:
            self.fields["phrases_fr"] = _text(
                _("Phrases en français"), rows=8, help_text=_("Ce qu’un·e habitant·e dirait, une phrase par ligne.")
            )
            self.fields["phrases_en"] = _text(_("Phrases en anglais"), rows=4)

    def clean(self) -> dict[str, Any]:
        for name in ("phrases_fr", "phrases_en"):
            for number, line in enumerate(self.cleaned_data.get(name, "").splitlines(), start=1):
                if len(line.strip()) > _PHRASE_LENGTH:
                    self.add_error(
                        name,
                        ValidationError(
                            _("Ligne %(line)d : la phrase dépasse %(limit)d caractères. Raccourcissez-la."),
                            params={"line": number, "limit": _PHRASE_LENGTH},
                        ),
                    )
        return self.cleaned_data

    def phrases(self) -> dict[str, list[str]] | None:
        if "phrases_fr" not in self.fields:
            return None
        return {language: self.cleaned_data[f"phrases_{language}"].splitlines() for language in LANGUAGES}


class AddForm(TermForm):
    """A new code of one kind."""

    code = _text(_("Code"), required=True, max_length=20)
    field_order = ("code",)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["code"].help_text = SHAPE_HELP[kind]
        self.fields["code"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not well_formed(self.kind, code):
            raise ValidationError(
                _("« %(code)s » n’a pas la forme attendue. %(shape)s"), params={"code": code, "shape": str(SHAPE_HELP[self.kind])}
            )
        return code


class WordForm(forms.Form):
    """A word more in the vocabulary; its code is made from its French label."""

    label_fr = _text(_("Mot en français"), required=True, max_length=120)
    label_en = _text(_("Mot en anglais"), max_length=120)
    family = forms.ChoiceField(label=_("Famille"), required=False, help_text=_("Vide : ce mot est lui-même une famille."))
    external_uri = forms.URLField(
        label=_("Adresse du même mot ailleurs"), required=False, assume_scheme="https", help_text=_("Par exemple dans data·inclusion.")
    )
    status = forms.ChoiceField(label=_("Statut"), choices=Status.choices, initial=Status.PARTIAL)
    source = _text(_("Source"), rows=2, help_text=_("Où ce mot a été lu, ou qui l’a proposé."))

    def __init__(self, *args: Any, families: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if families:
            self.fields["family"].choices = [("", _("aucune : c’est une famille")), *families]  # type: ignore[attr-defined]
        else:
            del self.fields["family"]


class MappingForm(forms.Form):
    """What becomes of a code in the next version."""

    targets = _text(
        _("Code ou codes qui prennent sa place"), help_text=_("Un code de la nouvelle version, ou plusieurs séparés par une virgule.")
    )
    abandoned = forms.BooleanField(label=_("Ce code est abandonné : aucun ne prend sa place"), required=False)
    note = _text(_("Remarque"), rows=2, help_text=_("Pourquoi ce choix, pour qui relira."))

    def clean_targets(self) -> list[str]:
        return [code for code in re.split(r"[,;\s]+", self.cleaned_data["targets"]) if code]

    def clean(self) -> dict[str, Any]:
        targets, abandoned = self.cleaned_data.get("targets"), self.cleaned_data.get("abandoned")
        if "targets" in self.cleaned_data and not targets and not abandoned:
            self.add_error("targets", _("Donnez un code, ou dites que celui-ci est abandonné."))
        if targets and abandoned:
            self.add_error("abandoned", _("Un code abandonné n’a pas de remplaçant. Videz les codes, ou décochez."))
        return self.cleaned_data


class UploadForm(forms.Form):
    """The first step of an import: a file and the name of the version it will become."""

    label = _text(_("Nom de la nouvelle version"), required=True, max_length=60, help_text=_("Par exemple 2026-relecture-1."))
    file = forms.FileField(
        label=_("Fichier CSV ou codebook REFI-QDA (.qdc)"),
        help_text=_(
            "Un CSV avec les colonnes d’un export : kind, code, parent, label_fr, label_en, key_fr, key_en, status, source, valid_from,"
            " valid_to. Ou un codebook dont les noms commencent par leur code : « D03 · Amitié »."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.qdc"}),
    )
    source = _text(_("Source de cette version"), rows=2, help_text=_("D’où viennent ces codes : page, document, date."))

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if self.framework.versions.filter(label=label).exists():
            raise ValidationError(_("Une version s’appelle déjà « %(label)s ». Donnez un autre nom."), params={"label": label})
        return label

    def clean_file(self) -> bytes:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LIMIT_BYTES:
            raise ValidationError(_("Le fichier dépasse 2 Mo. Une nomenclature en compte bien moins : vérifiez que c’est le bon fichier."))
        return bytes(file.read())


class ApplyForm(UploadForm):
    """The second step: the same file, carried by the preview page, so that nothing is written before the answer."""

    file = forms.CharField(widget=forms.HiddenInput)  # type: ignore[assignment]
    label = _text(_("Nom de la nouvelle version"), required=True, max_length=60)
    source = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["file"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(_("Le fichier s’est perdu en route. Déposez-le à nouveau.")) from None

    @classmethod
    def carrying(cls, upload: UploadForm) -> ApplyForm:
        """The form of the preview page, holding what the upload gave; what was wrong there is said here again."""
        given = {name: upload.data.get(name, "") for name in ("label", "source")}
        given["file"] = base64.b64encode(upload.cleaned_data["file"]).decode("ascii")
        return cls(given, framework=upload.framework) if upload.errors else cls(framework=upload.framework, initial=given)
