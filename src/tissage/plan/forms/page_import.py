"""Importing a published plan, in two steps: the file, then the same file carried by the preview until it is applied."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries_plan import plan_versions
from tissage.people.models import Territory
from tissage.plan.exchange.plan_page import LIMIT_BYTES
from tissage.plan.models import Plan
from tissage.ui.forms import offer


class PageForm(forms.Form):
    """`territory`: where the plan stands, or will."""

    file = forms.FileField(
        label=_("Page enregistrée (.html ou .txt)"),
        help_text=_("Dans le navigateur : « Enregistrer sous… », ou le texte de la page copié dans un fichier. Une ligne par action."),
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.txt,text/html,text/plain"}),
    )
    framework = forms.ModelChoiceField(
        label=_("Référentiel"),
        queryset=FrameworkVersion.objects.none(),
        empty_label=None,
        help_text=_("Les codes de la page sont cherchés dans son catalogue."),
    )
    plan = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("celui de ce référentiel, créé s’il n’existe pas"),
        help_text=_("À choisir seulement si plusieurs plans suivent le même référentiel."),
    )
    carrier_kind = forms.ChoiceField(
        label=_("Porté par, si le plan est à créer"), choices=Plan.CarrierKind.choices, initial=Plan.CarrierKind.MUNICIPALITY
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "framework", plan_versions())
        plans = Plan.objects.filter(territory=territory).select_related("framework__framework").order_by("-starts_on", "name", "pk")
        offer(self, "plan", plans)
        if not plans.exists():
            self.fields["plan"].widget = self.fields["plan"].hidden_widget()

    def clean_file(self) -> bytes:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LIMIT_BYTES:
            raise ValidationError(_("Le fichier dépasse 4 Mo. Enregistrez la page seule, sans ses images."))
        self.cleaned_data["file_name"] = file.name or "page"
        return bytes(file.read())

    def clean(self) -> dict[str, Any]:
        plan, framework = self.cleaned_data.get("plan"), self.cleaned_data.get("framework")
        if plan and framework and plan.framework.framework_id != framework.framework_id:
            self.add_error("plan", _("Ce plan suit un autre référentiel. Choisissez le sien, ou un autre plan."))
        return self.cleaned_data


class ApplyForm(PageForm):
    """The second step: what the first gave, hidden in the preview, and whether unreadable lines are left aside."""

    file = forms.CharField(widget=forms.HiddenInput)  # type: ignore[assignment]
    file_name = forms.CharField(widget=forms.HiddenInput, max_length=300)
    accept_problems = forms.BooleanField(label=_("Importer le reste sans les lignes illisibles"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("framework", "plan", "carrier_kind"):
            self.fields[name].widget = self.fields[name].hidden_widget()

    def clean_file(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["file"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(_("Le fichier s’est perdu en route. Déposez-le à nouveau.")) from None

    @classmethod
    def carrying(cls, upload: PageForm, *, territory: Territory) -> ApplyForm:
        given = upload.cleaned_data
        return cls(
            territory=territory,
            initial={
                "file": base64.b64encode(given["file"]).decode("ascii"),
                "file_name": given["file_name"],
                "framework": given["framework"].pk,
                "plan": given["plan"].pk if given["plan"] else "",
                "carrier_kind": given["carrier_kind"],
            },
        )
