"""An agreement, its amendments, its instalments, proofs and claims."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import Node, in_language
from tissage.network.models import Agreement, AgreementParty, Organization
from tissage.network.operations.agreements import Party
from tissage.plan.models import Action, AgreementAction, Plan
from tissage.ui.forms import date_field, long_text, offer_words

PARTIES = 4
UPLOAD_HELP = _("PDF, image, Word, Excel ou OpenDocument, 10 Mo au plus.")


def amount_field(label: Any, *, required: bool = True, help_text: Any = "", minimum: str = "0.01") -> forms.DecimalField:
    """Euros and cents, typed with a comma or a point."""
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(minimum),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class AgreementForm(forms.Form):
    """A draft: object, dates, amount, up to four parties, the actions it serves with their parts."""

    title = forms.CharField(label=_("Objet de la convention"), max_length=200)
    kind = forms.ChoiceField(label=_("Genre"), choices=Agreement.Kind.choices, initial=Agreement.Kind.SUBSIDY)
    purpose = forms.CharField(label=_("À quoi sert l’aide"), required=False, widget=long_text(3))
    amount = amount_field(_("Montant (€)"), required=False, minimum="0", help_text=_("Vide : la convention ne nomme pas de montant."))
    starts_on = date_field(_("Début"), required=True)
    ends_on = date_field(_("Fin"), help_text=_("Vide : sans fin prévue."))
    renewal = forms.ChoiceField(label=_("Renouvellement"), choices=Agreement.Renewal.choices)
    notice_days = forms.IntegerField(label=_("Préavis, en jours"), min_value=0, max_value=730, initial=0)
    council_on = date_field(_("Passée au conseil le"))

    DETAILS = ("title", "kind", "purpose", "amount", "starts_on", "ends_on", "renewal", "notice_days", "council_on")

    def __init__(self, *args: Any, plan: Plan, agreement: Agreement | None = None, action: Action | None = None, **kwargs: Any) -> None:
        self.plan_actions = list(Action.objects.filter(plan=plan).order_by("sequence"))
        initial: dict[str, Any] = {"starts_on": plan.starts_on}
        parties: list[AgreementParty] = []
        if agreement is not None:
            initial = {name: getattr(agreement, name) for name in self.DETAILS}
            parties = list(agreement.parties.order_by("pk"))
            for served in AgreementAction.objects.filter(agreement=agreement):
                initial |= {f"serves_{served.action_id}": True, f"part_{served.action_id}": served.amount}
        elif plan.carrier_id:
            parties = [AgreementParty(organization_id=plan.carrier_id)]
        if action is not None:
            initial[f"serves_{action.pk}"] = True
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        known = Organization.objects.filter(territory=plan.territory, closed_on__isnull=True).order_by("search", "pk")
        for number in range(1, PARTIES + 1):
            party = parties[number - 1] if number <= len(parties) else None
            self.fields[f"party_{number}"] = forms.ModelChoiceField(
                label=gettext("Partie %(number)s") % {"number": number},
                queryset=known,
                required=number <= 2,
                initial=party.organization_id if party else None,
            )
            self.fields[f"signatory_{number}"] = forms.CharField(
                label=gettext("Signe pour la partie %(number)s : nom et qualité") % {"number": number},
                max_length=200,
                required=False,
                initial=party.signatory if party else "",
            )
            self.fields[f"receives_{number}"] = forms.BooleanField(
                label=gettext("La partie %(number)s reçoit l’aide") % {"number": number},
                required=False,
                initial=party.receives if party else number == 2,
            )
        for each in self.plan_actions:
            self.fields[f"serves_{each.pk}"] = forms.BooleanField(label=str(each), required=False)
            self.fields[f"part_{each.pk}"] = amount_field(
                gettext("Part de l’action %(number)s (€)") % {"number": each.sequence}, required=False, minimum="0"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("La fin ne peut pas précéder le début."))
        chosen = [cleaned.get(f"party_{number}") for number in range(1, PARTIES + 1) if cleaned.get(f"party_{number}")]
        if len(chosen) != len(set(chosen)):
            self.add_error("party_2", gettext("La même organisation figure deux fois. Choisissez deux parties différentes."))
        unticked = [
            each for each in self.plan_actions if cleaned.get(f"part_{each.pk}") is not None and not cleaned.get(f"serves_{each.pk}")
        ]
        for each in unticked:
            self.add_error(f"part_{each.pk}", gettext("Cochez aussi l’action, ou videz sa part."))
        if not any(cleaned.get(f"serves_{each.pk}") for each in self.plan_actions):
            self.add_error(None, gettext("Cochez au moins une action que cette convention sert."))
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}

    @property
    def parties(self) -> list[Party]:
        given = self.cleaned_data
        return [
            Party(given[f"party_{number}"], given[f"signatory_{number}"], given[f"receives_{number}"])
            for number in range(1, PARTIES + 1)
            if given[f"party_{number}"]
        ]

    @property
    def served(self) -> dict[Action, Decimal | None]:
        given = self.cleaned_data
        return {each: given[f"part_{each.pk}"] for each in self.plan_actions if given[f"serves_{each.pk}"]}

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.DETAILS]

    @property
    def party_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        names = ("party", "signatory", "receives")
        return [(number, [self[f"{name}_{number}"] for name in names]) for number in range(1, PARTIES + 1)]

    @property
    def action_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"serves_{each.pk}"], self[f"part_{each.pk}"]) for each in self.plan_actions]


class SignatureForm(forms.Form):
    signed_on = date_field(_("Signée le"), required=True)


class AmendmentForm(forms.Form):
    """What changes, dated and signed; every field starts from what stands."""

    text = forms.CharField(label=_("Ce que change l’avenant"), widget=long_text(3))
    signed_on = date_field(_("Signé par toutes les parties le"), required=True)
    ends_on = date_field(_("Fin de la convention"))
    amount = amount_field(_("Montant (€)"), required=False, minimum="0")
    notice_days = forms.IntegerField(label=_("Préavis, en jours"), min_value=0, max_value=730)
    renewal = forms.ChoiceField(label=_("Renouvellement"), choices=Agreement.Renewal.choices)
    purpose = forms.CharField(label=_("À quoi sert l’aide"), required=False, widget=long_text(3))
    document = forms.FileField(label=_("Avenant signé"), required=False, help_text=UPLOAD_HELP)


class MoveForm(forms.Form):
    """Suspend, resume, end or terminate."""

    status = forms.ChoiceField(label=_("Cette convention est désormais"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Motif"), max_length=200, required=False)
    document = forms.FileField(label=_("Pièce (obligatoire pour résilier)"), required=False, help_text=UPLOAD_HELP)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_words(self, "status", choices)


class InstalmentForm(forms.Form):
    due_on = date_field(_("Prévue le"), required=True)
    amount = amount_field(_("Montant (€)"))
    condition = forms.CharField(
        label=_("À condition que"), max_length=200, required=False, help_text=_("Par exemple : à la remise des pièces.")
    )


class PaymentForm(forms.Form):
    paid_on = date_field(_("Payée le"), required=True)


class ProofForm(forms.Form):
    title = forms.CharField(label=_("Pièce"), max_length=200, help_text=_("Par exemple : facture de location, fiche de prestations."))
    submitted = amount_field(_("Montant présenté (€)"))
    submitted_on = date_field(_("Remise le"), required=True)
    document = forms.FileField(label=_("Fichier"), required=False, help_text=UPLOAD_HELP)


class JudgementForm(forms.Form):
    accepted = amount_field(_("Montant accepté (€)"), minimum="0", help_text=_("Tout le montant, une partie, ou 0 pour refuser."))
    reason = forms.CharField(label=_("Motif, si une partie est refusée"), max_length=300, required=False)


class ClawbackForm(forms.Form):
    """Reasons come from the framework of the plan (nodes of kind `clawback`)."""

    reason = forms.ChoiceField(label=_("Motif"))
    amount = amount_field(_("Montant réclamé (€)"))
    asked_on = date_field(_("Demandée le"), required=True)
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = Node.objects.of_kind("clawback").filter(version=plan.framework).order_by("position", "pk")
        choices = [(node.code, in_language(node.labels)) for node in reasons] or [("other", gettext("autre motif, à préciser"))]
        offer_words(self, "reason", choices)


class ClawbackEndForm(forms.Form):
    on = date_field(_("Le"), required=True)
    received = forms.ChoiceField(
        label=_("Ce qui s’est passé"),
        choices=[("yes", _("l’argent est revenu")), ("no", _("la demande est abandonnée"))],
        widget=forms.RadioSelect,
    )


def unsigned_in_words(count: int) -> str:
    return ngettext("%(count)s signature manque", "%(count)s signatures manquent", count) % {"count": count}
