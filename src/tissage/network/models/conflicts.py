"""Declarations of conflict of interest: shown to the chair when the subject is on the agenda."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .collectives import CollectiveMembership


class ConflictDeclaration(models.Model):
    """A member organisation says where it is judge and party, and how that is handled."""

    membership = models.ForeignKey(CollectiveMembership, on_delete=models.CASCADE, related_name="conflicts")
    subject = models.CharField(_("sujet"), max_length=200)
    declared_on = models.DateField(_("déclaré le"))
    handled_how = models.CharField(_("comment c’est géré"), max_length=300, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("déclaration de conflit d’intérêts")
        verbose_name_plural = _("déclarations de conflit d’intérêts")
        ordering = ["membership", "-declared_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("declared_on")), name="conflict_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def territory(self) -> Territory:
        return self.membership.collective.territory
