"""What a plan did about an obligation in a year: the sitting chosen, when it was met, or why it was switched off."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import Obligation
from tissage.network.models import Document

from .plans import Plan


class ObligationYear(models.Model):
    """An obligation of a plan for the year it reports on. Its dates are computed from `sitting_on` and the framework's delays, never stored."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="obligations")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("année concernée"))
    sitting_on = models.DateField(_("séance choisie"), null=True, blank=True)
    steps_done = models.JSONField(_("étapes faites"), default=dict, blank=True)
    met_on = models.DateField(_("rempli le"), null=True, blank=True)
    switched_off_on = models.DateField(_("écarté le"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("obligation de l’année")
        verbose_name_plural = _("obligations de l’année")
        ordering = ["plan", "-year", "obligation__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "obligation", "year"], name="obligation_once_per_year")]

    def __str__(self) -> str:
        return f"{self.obligation} {self.year}"
