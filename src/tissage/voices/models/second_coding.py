"""Double coding: a sample of coded criteria goes to a second person, who does not see the first code."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .criteria import Coding, Criterion


class DoubleCoding(models.Model):
    """One sample given to one second coder."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    label = models.CharField(_("libellé"), max_length=160)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("second codage par"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(_("tiré le"))
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("double codage")
        verbose_name_plural = _("doubles codages")
        ordering = ["territory", "-drawn_at", "-pk"]

    def __str__(self) -> str:
        return self.label


class BlindCoding(models.Model):
    """The second code of one criterion, beside the first one as it stood when the sample was drawn. It never changes the criterion.

    A disagreement is settled by a note and, when the code changes, by a new current coding (`settled_coding`).
    """

    sample = models.ForeignKey(DoubleCoding, on_delete=models.CASCADE, related_name="codings")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="+", verbose_name=_("premier codage"))
    position = models.PositiveIntegerField(default=0)
    component = models.CharField(_("composante"), max_length=3, blank=True)
    sub_component = models.CharField(_("sous-composante"), max_length=3, blank=True)
    sense = models.CharField(_("sens"), max_length=3, blank=True)
    beneficiary = models.CharField(_("bénéficiaire"), max_length=12, blank=True)
    facet = models.CharField(_("facette"), max_length=30, blank=True)
    memo = models.TextField(_("mémo"), blank=True)
    coded_at = models.DateTimeField(_("codé le"), null=True, blank=True)
    settled_at = models.DateTimeField(_("tranché le"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_note = models.TextField(_("note"), blank=True)
    settled_coding = models.ForeignKey(Coding, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("codage à l’aveugle")
        verbose_name_plural = _("codages à l’aveugle")
        ordering = ["sample", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "criterion"], name="blind_coding_once_per_sample"),
            models.CheckConstraint(condition=Q(coded_at__isnull=True) | ~Q(component=""), name="blind_coding_has_a_code_once_coded"),
        ]

    def __str__(self) -> str:
        return self.component + (f"/{self.sense}" if self.sense else "")
