"""A year frozen, what was issued from it, and what came of the vote."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Document
from tissage.network.models.organizations import OfTheTerritory
from tissage.people.models import Territory
from tissage.plan.models import Plan


class FrozenYear(models.Model):
    """The data of one year of a plan as they stood when it was frozen, version N. Immutable (triggers) save for its reopening.

    `data`: `core.plan_year.YearData` as JSON. `missing`: what was incomplete and who owed it, as said at the freeze:
    [{"what": "…", "owed_by": "…", "url": "…"}]. `difference`: what changed since the version before, as sentences.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField(_("version"))
    data = models.JSONField()
    missing = models.JSONField(default=list)
    difference = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(_("arrêtée le"))
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reopened_at = models.DateTimeField(_("rouverte le"), null=True, blank=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reopen_reason = models.CharField(_("pourquoi la rouvrir"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("année arrêtée")
        verbose_name_plural = _("années arrêtées")
        ordering = ["plan", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="frozen_year_number_once"),
            models.UniqueConstraint(fields=["plan", "year"], condition=Q(reopened_at__isnull=True), name="one_standing_freeze_per_year"),
            models.CheckConstraint(condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""), name="reopening_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.year} · {self.number}"

    @property
    def territory(self) -> Territory:
        return self.plan.territory


class Report(models.Model):
    """A document issued from a frozen year: numbered within the territory, immutable; its files are listed with their checksum."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("rapport d’activité")
        FINANCIAL = "financial", _("rapport financier")
        SHEETS = "sheets", _("fiches action")
        DASHBOARD = "dashboard", _("tableau de bord")
        DOSSIER = "dossier", _("dossier du conseil")

    frozen_year = models.ForeignKey(FrozenYear, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField(_("numéro"))
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("genre"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("titre"), max_length=300)
    template = models.CharField(_("modèle"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("émis le"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("document émis")
        verbose_name_plural = _("documents émis")
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "number"], name="report_number_once_per_territory")]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"


class ReportFile(models.Model):
    """One format of an issued document, kept byte for byte."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=5)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    size = models.PositiveIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64)

    class Meta:
        verbose_name = _("fichier émis")
        verbose_name_plural = _("fichiers émis")
        ordering = ["report", "format"]
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="one_file_per_format")]

    def __str__(self) -> str:
        return self.file_name


class Deliberation(models.Model):
    """After the vote on a frozen year: result, signed deliberation, sent on, and the region's answer with the balance."""

    class Result(models.TextChoices):
        PENDING = "", _("pas encore votée")
        ADOPTED = "adopted", _("adoptée")
        REFUSED = "refused", _("refusée")
        POSTPONED = "postponed", _("reportée")

    class Answer(models.TextChoices):
        NONE = "", _("pas encore de réponse")
        ACCEPTED = "accepted", _("acceptée")
        REFUSED = "refused", _("refusée")

    frozen_year = models.OneToOneField(FrozenYear, on_delete=models.PROTECT, related_name="deliberation")
    body = models.CharField(_("organe"), max_length=120)
    held_on = models.DateField(_("séance du"), null=True, blank=True)
    result = models.CharField(_("résultat"), max_length=10, choices=Result.choices, default=Result.PENDING, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("contre"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    answered_on = models.DateField(_("réponse du"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer.choices, default=Answer.NONE, blank=True)
    balance = models.DecimalField(_("solde"), null=True, blank=True, max_digits=14, decimal_places=2)
    note = models.TextField(_("remarque"), blank=True)

    class Meta:
        verbose_name = _("délibération")
        verbose_name_plural = _("délibérations")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.frozen_year} · {self.body}"

    @property
    def territory(self) -> Territory:
        return self.frozen_year.plan.territory


class WordTemplate(models.Model):
    """A municipality's own Word file for a kind of document, kept as it was given; documents already issued keep theirs."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("genre"), max_length=10, choices=Report.Kind.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    label = models.CharField(_("nom"), max_length=120)
    file_name = models.CharField(_("fichier"), max_length=200)
    sha256 = models.CharField(max_length=64)
    fields = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("modèle Word")
        verbose_name_plural = _("modèles Word")
        ordering = ["territory", "kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "number"], name="word_template_number_once")]

    def __str__(self) -> str:
        return f"{self.label} · {self.number}"
