"""Labels and charters: a scheme, its dated versions and requirements, awards that expire by date alone, reports handled in private (`network.md` §4.3)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .organizations import Document, OfTheTerritory, Organization, Place
from .trainings import Training, TrainingAttendance

EXPIRING_DAYS = 60


class LabelScheme(models.Model):
    """A label or a charter that an organisation runs."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    name = models.CharField(_("nom"), max_length=160)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("tenu par"))
    description = models.TextField(_("description"), blank=True)
    validity_months = models.PositiveSmallIntegerField(_("durée d’une attribution (mois)"), default=24)
    ended_on = models.DateField(_("arrêté le"), null=True, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("label ou charte")
        verbose_name_plural = _("labels et chartes")
        ordering = ["territory", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "name"], name="label_name_once_per_territory"),
            models.CheckConstraint(condition=Q(validity_months__gte=1), name="label_validity_at_least_a_month"),
        ]

    def __str__(self) -> str:
        return self.name


class LabelVersion(models.Model):
    """The text and requirements of a label from a day on. Once published it does not change; a new version never upgrades an old award."""

    scheme = models.ForeignKey(LabelScheme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    charter_text = models.TextField(_("texte de la charte"), blank=True)
    valid_from = models.DateField(_("en vigueur du"))
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("version de label")
        verbose_name_plural = _("versions de label")
        ordering = ["scheme", "-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="label_version_number_once")]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.number}"

    @property
    def territory(self) -> Territory:
        return self.scheme.territory


class LabelRequirement(models.Model):
    """What one must do to hold the label: follow a training, sign, display, show something."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("formation suivie")
        SIGNATURE = "signature", _("charte signée")
        DISPLAY = "display", _("affichage")
        EVIDENCE = "evidence", _("preuve")

    version = models.ForeignKey(LabelVersion, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(_("genre"), max_length=9, choices=Kind.choices)
    text = models.CharField(_("exigence"), max_length=300)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mandatory = models.BooleanField(_("obligatoire"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("exigence d’un label")
        verbose_name_plural = _("exigences d’un label")
        ordering = ["version", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class LabelAward(models.Model):
    """A label held by an organisation, or one of its places. Expiring and expired are said by the date, whatever `status` is stored (`state_on`)."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("demandé")
        IN_TRAINING = "in_training", _("formation en cours")
        PROPOSED = "proposed", _("à confirmer")
        ACTIVE = "active", _("en vigueur")
        SUSPENDED = "suspended", _("suspendu")
        WITHDRAWN = "withdrawn", _("retiré")

    class State(models.TextChoices):
        APPLIED = "applied", _("demandé")
        IN_TRAINING = "in_training", _("formation en cours")
        PROPOSED = "proposed", _("à confirmer")
        ACTIVE = "active", _("en vigueur")
        EXPIRING = "expiring", _("expire bientôt")
        EXPIRED = "expired", _("expiré")
        SUSPENDED = "suspended", _("suspendu")
        WITHDRAWN = "withdrawn", _("retiré")

    version = models.ForeignKey(LabelVersion, on_delete=models.PROTECT, related_name="awards")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="awards")
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(_("état"), max_length=11, choices=Status.choices, default=Status.APPLIED)
    asked_on = models.DateField(_("demandé le"))
    granted_on = models.DateField(_("attribué le"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    list_publicly = models.BooleanField(_("dans la liste publique"), default=False)
    decision_note = models.TextField(_("décision"), blank=True)

    class Meta:
        verbose_name = _("attribution d’un label")
        verbose_name_plural = _("attributions d’un label")
        ordering = ["version", "organization__search", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="active") | (Q(granted_on__isnull=False) & Q(valid_until__isnull=False)),
                name="an_active_award_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(granted_on__isnull=True) | Q(valid_until__gte=F("granted_on")),
                name="award_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.scheme} · {self.organization}"

    @property
    def territory(self) -> Territory:
        return self.organization.territory

    def state_on(self, day: dt.date) -> LabelAward.State:
        """What the award is on a day: its end date wins over what was stored."""
        if self.status == self.Status.ACTIVE and self.valid_until is not None:
            if day > self.valid_until:
                return self.State.EXPIRED
            if day > self.valid_until - dt.timedelta(days=EXPIRING_DAYS):
                return self.State.EXPIRING
        return self.State(self.status)

    def is_in_force(self, day: dt.date) -> bool:
        return self.state_on(day) in (self.State.ACTIVE, self.State.EXPIRING)


class LabelFulfilment(models.Model):
    """A requirement met by a holder, with what shows it: an attendance of the training, a document, words."""

    award = models.ForeignKey(LabelAward, on_delete=models.CASCADE, related_name="fulfilments")
    requirement = models.ForeignKey(LabelRequirement, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField(_("remplie le"))
    attendance = models.ForeignKey(TrainingAttendance, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.CharField(_("ce qui le montre"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("exigence remplie")
        verbose_name_plural = _("exigences remplies")
        ordering = ["award", "requirement", "pk"]
        constraints = [models.UniqueConstraint(fields=["award", "requirement"], name="a_requirement_is_met_once")]

    def __str__(self) -> str:
        return f"{self.requirement} · {self.met_on:%d/%m/%Y}"


class LabelReport(models.Model):
    """Somebody says a label is not respected. Private; the holder may answer before any decision; never counted in public. `contact` is encrypted."""

    class Value(models.TextChoices):
        GONE = "gone", _("le lieu n’existe plus")
        WRONG_INFO = "wrong_info", _("une information est fausse")
        CHARTER_BREACH = "charter_breach", _("la charte n’est pas respectée")
        OTHER = "other", _("autre chose")

    class Status(models.TextChoices):
        NEW = "new", _("à lire")
        IN_REVIEW = "in_review", _("à l’examen")
        FOUNDED = "founded", _("fondé")
        UNFOUNDED = "unfounded", _("non fondé")

    award = models.ForeignKey(LabelAward, on_delete=models.CASCADE, related_name="reports")
    value = models.CharField(_("genre"), max_length=14, choices=Value.choices)
    text = models.TextField(_("ce qui s’est passé"))
    contact = models.TextField(_("contact (chiffré)"), blank=True)
    status = models.CharField(_("état"), max_length=9, choices=Status.choices, default=Status.NEW)
    told_holder_on = models.DateField(_("dit à l’organisation le"), null=True, blank=True)
    reply = models.TextField(_("réponse de l’organisation"), blank=True)
    reply_on = models.DateField(_("répondu le"), null=True, blank=True)
    resolution = models.TextField(_("suite donnée"), blank=True)
    resolved_on = models.DateField(_("conclu le"), null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(_("reçu le"))

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("founded", "unfounded")) | Q(resolved_on__isnull=False), name="a_judged_report_has_a_date"
            )
        ]

    def __str__(self) -> str:
        return self.get_value_display()

    @property
    def territory(self) -> Territory:
        return self.award.territory

    @property
    def journal_label(self) -> str:
        return ""
