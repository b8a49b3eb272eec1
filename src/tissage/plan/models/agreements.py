"""The money side of an agreement: which actions it serves, instalments, proofs asked and judged, what is claimed back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Agreement, Document

from .actions import Action


class AgreementAction(models.Model):
    """An action that an agreement serves; `amount` is the part of the agreement meant for it, null when not said."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="agreements")
    amount = models.DecimalField(_("montant"), null=True, blank=True, max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("action d’une convention")
        verbose_name_plural = _("actions d’une convention")
        ordering = ["agreement", "action__sequence"]
        constraints = [models.UniqueConstraint(fields=["agreement", "action"], name="action_once_per_agreement")]

    def __str__(self) -> str:
        return f"{self.agreement} → {self.action}"


class Instalment(models.Model):
    """A payment foreseen by an agreement, and when it was made."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("numéro"))
    due_on = models.DateField(_("prévu le"))
    amount = models.DecimalField(_("montant"), max_digits=14, decimal_places=2)
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    paid_on = models.DateField(_("payé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["agreement", "number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="instalment_number_once")]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.number}"


class Proof(models.Model):
    """A justification of use: amount submitted, then accepted or refused with a reason."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("remise")
        ACCEPTED = "accepted", _("acceptée")
        PARTLY = "partly", _("acceptée en partie")
        REFUSED = "refused", _("refusée")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("pièce"), max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted = models.DecimalField(_("montant présenté"), max_digits=14, decimal_places=2)
    accepted = models.DecimalField(_("montant accepté"), null=True, blank=True, max_digits=14, decimal_places=2)
    state = models.CharField(_("état"), max_length=9, choices=State.choices, default=State.SUBMITTED)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    submitted_on = models.DateField(_("remise le"))
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("justificatif")
        verbose_name_plural = _("justificatifs")
        ordering = ["agreement", "submitted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", accepted__isnull=True) | (~Q(state="submitted") & Q(accepted__isnull=False)),
                name="a_judged_proof_has_an_amount",
            ),
            models.CheckConstraint(condition=~Q(state__in=("refused", "partly")) | ~Q(reason=""), name="a_refused_proof_says_why"),
        ]

    def __str__(self) -> str:
        return self.title


class Clawback(models.Model):
    """Money claimed back: used for another purpose, proofs late or below what was paid, control refused (reasons are nodes of kind `clawback`)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("motif"), max_length=40)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=14, decimal_places=2)
    asked_on = models.DateField(_("demandée le"))
    received_on = models.DateField(_("reçue le"), null=True, blank=True)
    dropped_on = models.DateField(_("abandonnée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("restitution")
        verbose_name_plural = _("restitutions")
        ordering = ["agreement", "asked_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="clawback_is_positive")]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.asked_on:%d/%m/%Y}"
