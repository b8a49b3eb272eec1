"""Forms of an action: its sheet, a comment, a partner."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import Node
from tissage.network.models import Organization, Place
from tissage.plan.models import Action, ActionPartner, Plan
from tissage.ui.forms import date_field, long_text, offer, offer_words

from .fields import OnePerLine

State = Action.State


class _Nodes(forms.ModelMultipleChoiceField[Node]):
    def label_from_instance(self, obj: Node) -> str:
        return f"{obj.code} · {obj.label}"


class ActionForm(forms.Form):
    """Everything of the sheet. `revision` is the sheet that was read, `seen` what it said: who saves second is shown both."""

    title = forms.CharField(label=_("Titre local"), max_length=300, help_text=_("Celui que les habitant·e·s connaissent."))
    sequence = forms.IntegerField(
        label=_("Numéro dans le plan"), required=False, min_value=1, max_value=9999, help_text=_("Vide : le suivant.")
    )
    node = forms.ChoiceField(
        label=_("Code du catalogue"),
        required=False,
        help_text=_("Un même code peut servir à plusieurs actions. Il peut manquer tant que l’action se prépare."),
    )
    basis = forms.ChoiceField(label=_("Base légale du financement"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=long_text(5))
    objectives = _Nodes(label=_("Objectifs"), queryset=Node.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    target_groups = OnePerLine(
        label=_("Publics"), required=False, help_text=_("Un par ligne : jeunes de 16 à 25 ans, familles monoparentales…")
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("Quartiers"), queryset=Place.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    lead_service = forms.ModelChoiceField(
        label=_("Service pilote"), queryset=Organization.objects.none(), required=False, empty_label=_("pas encore dit")
    )
    pst_reference = forms.CharField(
        label=_("Référence au PST"),
        max_length=60,
        required=False,
        help_text=_("Le numéro de la fiche du programme stratégique transversal."),
    )
    state = forms.ChoiceField(label=_("État"), required=False)
    health = forms.ChoiceField(label=_("Santé"), required=False)
    starts_on = date_field(_("Début"), help_text=_("Une dépense hors de ces dates est signalée. Vide : la période du plan."))
    ends_on = date_field(_("Fin"))
    is_pilot = forms.BooleanField(
        label=_("Action pilote"), required=False, help_text=_("Elle peut porter de courts articles sur la page publique du territoire.")
    )
    is_standing_service = forms.BooleanField(
        label=_("Service permanent, compté chaque mois"),
        required=False,
        help_text=_("Abri de nuit, épicerie sociale : l’équipe compte sur un téléphone."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    SHEET = (
        "title",
        "sequence",
        "node",
        "basis",
        "description",
        "objectives",
        "target_groups",
        "neighbourhoods",
        "lead_service",
        "pst_reference",
        "starts_on",
        "ends_on",
        "is_pilot",
        "is_standing_service",
    )

    def __init__(self, *args: Any, plan: Plan, action: Action | None = None, **kwargs: Any) -> None:
        if action is not None:
            said = said_by_sheet(action)
            lists = {"target_groups": action.target_groups, "starts_on": action.starts_on, "ends_on": action.ends_on}
            kwargs["initial"] = {**said, **lists, "revision": action.revision, "seen": json.dumps(said, ensure_ascii=False)}
        super().__init__(*args, **kwargs)
        self.plan, self.action = plan, action
        nodes = list(Node.objects.filter(version=plan.framework_id, kind__in=("action", "theme", "funding")).order_by("position", "pk"))
        self.nodes = {str(node.pk): node for node in nodes if node.kind == "action"}
        bases = [(node.code, node.label) for node in nodes if node.kind == "funding"]
        places = Place.objects.filter(territory=plan.territory_id, kind=Place.Kind.NEIGHBOURHOOD)
        kept = models.Q(ended_on__isnull=True) | (models.Q(pk__in=action.neighbourhoods.values("pk")) if action else models.Q())
        services = Organization.objects.filter(territory=plan.territory_id)
        open_or_mine = models.Q(closed_on__isnull=True) | models.Q(pk=action.lead_service_id if action else None)
        choices: dict[str, Any] = {
            "objectives": Node.objects.filter(version=plan.framework_id, kind="objective").order_by("position", "pk"),
            "neighbourhoods": (places.filter(kept) if action else places.filter(ended_on__isnull=True)).order_by("name", "pk"),
            "lead_service": services.filter(open_or_mine).order_by("search", "pk"),
        }
        for name, queryset in choices.items():
            offer(self, name, queryset)
        offer_words(self, "node", [("", _("pas encore de code")), *_by_theme(nodes)])
        offer_words(self, "basis", [("", _("pas encore dite")), *bases])
        offer_words(self, "state", [one for one in State.choices if one[0] != State.STOPPED])
        offer_words(self, "health", Action.Health.choices)
        if action is not None:  # a comment changes them, with its date and its words
            del self.fields["state"], self.fields["health"]
            self.fields["sequence"].required = True
            self.fields["sequence"].help_text = ""
        for name in ("objectives", "neighbourhoods"):
            if not choices[name].exists():
                del self.fields[name]

    def clean_node(self) -> Node | None:
        return self.nodes.get(self.cleaned_data["node"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", gettext("La fin de l’action vient après son début."))
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        """What the sheet says, ready for the operation. Fields that were not asked are left out."""
        given = {name: self.cleaned_data[name] for name in (*self.SHEET, "state", "health") if name in self.cleaned_data}
        return {name: value for name, value in given.items() if name not in ("state", "health") or value}

    @property
    def typed(self) -> dict[str, Any]:
        return {name: plain(value) for name, value in self.details.items()}

    @property
    def was_seen(self) -> dict[str, Any]:
        """What the sheet said when it was opened, as the page remembers it: only to propose a choice."""
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}


def said_by_sheet(action: Action) -> dict[str, Any]:
    """Every field of the sheet as a plain value that can be compared and written in a page."""
    return {name: plain(getattr(action, name)) for name in ActionForm.SHEET}


def plain(value: Any) -> Any:
    """A field as text, a number, a yes or no, or a sorted list of keys."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n")
    if value is None or isinstance(value, bool | int):
        return "" if value is None else value
    rows = value if isinstance(value, list | tuple) else value.all()
    listed = [plain(one) for one in rows]
    return listed if isinstance(value, list) else sorted(listed)


def _by_theme(nodes: list[Node]) -> list[tuple[str, list[tuple[str, str]]]]:
    themes = {node.pk: f"{node.code} · {node.label}" for node in nodes if node.kind == "theme"}
    grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node in nodes:
        if node.kind == "action":
            grouped[themes.get(node.parent_id or 0, gettext("Sans thème"))].append((str(node.pk), f"{node.code} · {node.label}"))
    return list(grouped.items())


class CommentForm(forms.Form):
    """A dated comment; state and health stand as they are until somebody changes them."""

    text = forms.CharField(
        label=_("Commentaire"),
        widget=long_text(4),
        help_text=_("Ce qui s’est passé. Si vous arrêtez l’action, ce commentaire en est la raison."),
        error_messages={"required": _("Écrivez quelques mots : ce qui s’est passé, ou pourquoi l’action s’arrête.")},
    )
    on = date_field(_("Date"), required=True)
    state = forms.ChoiceField(label=_("État"), choices=State.choices)
    health = forms.ChoiceField(label=_("Santé"), choices=Action.Health.choices)


class PartnerForm(forms.Form):
    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("Choisissez"))
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=ActionPartner.Role.choices,
        initial=ActionPartner.Role.PARTNER,
        help_text=_("L’opérateur mène l’action et reçoit l’argent qui lui est transmis ; un partenaire y prend part."),
    )
    note = forms.CharField(label=_("Précision"), max_length=200, required=False)
    since = date_field(_("Depuis"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organization.objects.filter(territory=plan.territory_id, closed_on__isnull=True).order_by("search", "pk")
        offer(self, "organization", known)


class UntilForm(forms.Form):
    until = date_field(_("Jusqu’au"), required=True)
