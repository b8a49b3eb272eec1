"""Agreements: who is bound, from when to when, signed by whom and when. Their money, proofs and clawbacks are the plan's."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .organizations import Document, OfTheTerritory, Organization


class Agreement(models.Model):
    """Signed only when every party has dated its signature (`network.md` §4.2)."""

    class Kind(models.TextChoices):
        CHARTER = "charter", _("charte")
        MEMORANDUM = "memorandum", _("protocole")
        PARTNERSHIP = "partnership", _("convention de partenariat")
        SUBSIDY = "subsidy", _("convention de subvention")
        PREMISES = "premises", _("mise à disposition de locaux")
        DATA_SHARING = "data_sharing", _("partage de données")

    class Status(models.TextChoices):
        DRAFT = "draft", _("projet")
        SIGNED = "signed", _("signée")
        SUSPENDED = "suspended", _("suspendue")
        ENDED = "ended", _("arrivée à terme")
        TERMINATED = "terminated", _("résiliée")

    class Renewal(models.TextChoices):
        NONE = "none", _("aucun")
        TACIT = "tacit", _("tacite")
        EXPLICIT = "explicit", _("exprès")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    kind = models.CharField(_("genre"), max_length=12, choices=Kind.choices, default=Kind.SUBSIDY)
    title = models.CharField(_("objet"), max_length=200)
    purpose = models.TextField(_("à quoi sert l’aide"), blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    renewal = models.CharField(_("renouvellement"), max_length=8, choices=Renewal.choices, default=Renewal.NONE)
    notice_days = models.PositiveSmallIntegerField(_("préavis (jours)"), default=0)
    council_on = models.DateField(_("passée au conseil le"), null=True, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2, null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("renouvelle"))
    ended_reason = models.CharField(_("motif de fin"), max_length=200, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="agreement_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """One side of an agreement, who signs for it, and the date of that signature."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    signatory = models.CharField(_("signataire et qualité"), max_length=200, blank=True)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    receives = models.BooleanField(_("reçoit l’aide"), default=False)

    class Meta:
        verbose_name = _("partie à une convention")
        verbose_name_plural = _("parties à une convention")
        ordering = ["agreement", "receives", "organization__search", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "organization"], name="party_once_per_agreement")]

    def __str__(self) -> str:
        return str(self.organization)


class Amendment(models.Model):
    """A numbered, dated change of an agreement (avenant). `changes`: field → new value, as text."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("numéro"))
    text = models.TextField(_("ce qui change"))
    changes = models.JSONField(default=dict, blank=True)
    signed_on = models.DateField(_("signé le"))
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["agreement", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="amendment_number_once")]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.number}"

    @property
    def territory(self) -> Territory:
        return self.agreement.territory
