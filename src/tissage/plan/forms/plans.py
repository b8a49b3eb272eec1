"""Forms of a plan: who carries it, who votes it, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.plan_framework import CARRIER
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries_plan import plan_framework, plan_versions
from tissage.network.models import Organization
from tissage.people.models import Membership, Territory, User
from tissage.plan.models import Plan
from tissage.ui.forms import date_field, offer, offer_words


class _FrameworkChoice(forms.ModelChoiceField[FrameworkVersion]):
    def label_from_instance(self, obj: FrameworkVersion) -> str:
        ends = obj.extended_to or obj.valid_to
        if obj.valid_from is None or ends is None:
            return str(obj)
        words = {"name": obj, "begins": date_format(obj.valid_from, "Y"), "ends": date_format(ends, "Y")}
        if obj.extended_to:
            return gettext("%(name)s (de %(begins)s à %(ends)s, prolongation comprise)") % words
        return gettext("%(name)s (de %(begins)s à %(ends)s)") % words


def carrier_kinds(versions: Sequence[FrameworkVersion]) -> dict[str, str]:
    """Who may carry a plan, code → words, as these editions say it (the first that names a code words it); ours when none says."""
    said: dict[str, str] = {}
    for version in versions:
        for entry in plan_framework(version).of_kind(CARRIER):
            said.setdefault(entry.code, entry.label)
    return said or {code: str(label) for code, label in Plan.CarrierKind.choices}


class PlanForm(forms.Form):
    """`territory`: where the plan stands; `plan`: the one that changes. The framework of a plan stays, so it is asked once."""

    framework = _FrameworkChoice(
        label=_("Référentiel"),
        queryset=FrameworkVersion.objects.none(),
        empty_label=None,
        help_text=_("Les axes, les droits, le catalogue et les échéances en viennent. Il reste celui du plan."),
    )
    name = forms.CharField(label=_("Nom du plan"), max_length=200)
    carrier_kind = forms.ChoiceField(label=_("Genre de porteur"), widget=forms.RadioSelect)
    carrier = forms.ModelChoiceField(
        label=_("Porté par"), queryset=Organization.objects.none(), required=False, empty_label=_("pas encore dit")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Membres de l’association"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les communes et CPAS qui portent le plan ensemble. Rien à cocher pour un porteur seul."),
    )
    competent_council = forms.CharField(
        label=_("Conseil compétent"),
        max_length=120,
        required=False,
        help_text=_("Celui qui vote le plan et ses rapports. Vide : celui que le référentiel donne à ce genre de porteur."),
    )
    manager = forms.ModelChoiceField(
        label=_("Chef·fe de projet"), queryset=User.objects.none(), required=False, empty_label=_("pas encore dit")
    )
    starts_on = date_field(_("Début"), required=False)
    ends_on = date_field(
        _("Fin, prolongation comprise"), required=False, help_text=_("Vide : la période du référentiel, avec sa prolongation.")
    )

    def __init__(self, *args: Any, territory: Territory, plan: Plan | None = None, **kwargs: Any) -> None:
        if plan is not None:
            names = ("name", "carrier", "carrier_kind", "competent_council", "manager", "starts_on", "ends_on")
            kwargs["initial"] = {name: getattr(plan, name) for name in names} | {"members": list(plan.members.all())}
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.versions = list(plan_versions())
        organizations = Organization.objects.filter(territory=territory, closed_on__isnull=True).order_by("search", "pk")
        bodies = organizations.filter(kind__in=("municipality", "cpas"))
        insiders = Membership.objects.open().filter(territory=territory, role__in=("coordinator", "plan_manager"))
        choices: dict[str, Any] = {
            "framework": plan_versions(),
            "carrier": organizations,
            "members": bodies,
            "manager": User.objects.filter(pk__in=insiders.values("user")).order_by("name", "pk"),
        }
        for name, queryset in choices.items():
            offer(self, name, queryset)
        kinds = carrier_kinds([plan.framework] if plan else self.versions)
        offer_words(self, "carrier_kind", list(kinds.items()))
        self.fields["carrier_kind"].initial = next(iter(kinds), None)
        if not bodies.exists():
            del self.fields["members"]
        if plan is not None:
            del self.fields["framework"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        version: FrameworkVersion | None = self.plan.framework if self.plan else cleaned.get("framework")
        if version is None:
            return cleaned
        framework = plan_framework(version)
        kinds = carrier_kinds([version])
        if cleaned.get("carrier_kind") and cleaned["carrier_kind"] not in kinds:
            self.add_error(
                "carrier_kind", gettext("Ce référentiel connaît d’autres porteurs : %(names)s.") % {"names": ", ".join(kinds.values())}
            )
        if "starts_on" in cleaned and cleaned["starts_on"] is None:
            cleaned["starts_on"] = framework.starts_on
        if "ends_on" in cleaned and cleaned["ends_on"] is None:
            cleaned["ends_on"] = framework.extended_to or framework.ends_on
        for name in ("starts_on", "ends_on"):
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, gettext("Ce référentiel ne dit pas sa période : donnez cette date."))
        if not cleaned.get("competent_council"):
            carriers = {entry.code: entry for entry in framework.of_kind("carrier")}
            entry = carriers.get(cleaned.get("carrier_kind", ""))
            cleaned["competent_council"] = str(entry.extra.get("council", "")) if entry else ""
        return cleaned
