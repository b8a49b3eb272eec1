"""Homogeneous groups: people who share a social profile. The group has a record; its members have none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory

from .batches import Batch, hidden_batches


class HomogeneousGroupQuerySet(models.QuerySet["HomogeneousGroup"]):
    def live(self) -> HomogeneousGroupQuerySet:
        """Groups that are there: not made by an import that is still waiting or was undone."""
        return self.filter(Q(batch__isnull=True) | ~Q(batch__in=hidden_batches()))

    def visible_to(self, user: Any) -> HomogeneousGroupQuerySet:
        """Groups are the team's; the public meets them through a published synthesis only."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.live().filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class HomogeneousGroup(models.Model):
    class Consent(models.TextChoices):
        NONE = "none", _("aucune publication")
        STATISTICS = "statistics", _("les nombres seulement")
        STATEMENTS = "statements", _("les nombres et les paroles")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    name = models.CharField(_("nom interne"), max_length=300)
    source_name = models.CharField(_("nom dans le fichier d’origine"), max_length=300, blank=True)
    public_name = models.CharField(_("nom public"), max_length=160, blank=True)
    audience = models.CharField(_("public réuni"), max_length=200, blank=True)
    language = models.CharField(_("langue"), max_length=10, blank=True)
    created_on = models.DateField(_("créé le"), null=True, blank=True)
    participants_count = models.PositiveSmallIntegerField(_("nombre de participant·e·s"), null=True, blank=True)
    participants_stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    participants_stated_on = models.DateField(null=True, blank=True)
    consent = models.CharField(_("accord du groupe"), max_length=10, choices=Consent.choices, default=Consent.NONE)
    consent_recorded_on = models.DateField(_("accord noté le"), null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects = HomogeneousGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe homogène")
        verbose_name_plural = _("groupes homogènes")
        ordering = ["territory", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="group_name_once_per_territory")]

    def __str__(self) -> str:
        return self.name

    @property
    def consents_to_statistics(self) -> bool:
        return self.consent in (self.Consent.STATISTICS, self.Consent.STATEMENTS)

    @property
    def consents_to_statements(self) -> bool:
        return self.consent == self.Consent.STATEMENTS
