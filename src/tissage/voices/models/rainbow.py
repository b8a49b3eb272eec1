"""Rainbow groups (« groupes arc-en-ciel »): one representative of each homogeneous group, who cross what the groups said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory

from .criteria import Criterion
from .groups import HomogeneousGroup


class OfATerritory(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> OfATerritory:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class RainbowGroup(models.Model):
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    name = models.CharField(_("nom"), max_length=160)
    groups = models.ManyToManyField(HomogeneousGroup, related_name="+", verbose_name=_("groupes représentés"))
    created_at = models.DateTimeField()

    objects = OfATerritory.as_manager()

    class Meta:
        verbose_name = _("groupe arc-en-ciel")
        verbose_name_plural = _("groupes arc-en-ciel")
        ordering = ["territory", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="rainbow_name_once_per_territory")]

    def __str__(self) -> str:
        return self.name


class RainbowWorkshop(models.Model):
    """One dated meeting of a rainbow group. It reads the groups' validated criteria; it changes and deletes none of them."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    rainbow = models.ForeignKey(RainbowGroup, on_delete=models.PROTECT, related_name="workshops", verbose_name=_("groupe arc-en-ciel"))
    held_on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    note = models.TextField(_("remarque"), blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    objects = OfATerritory.as_manager()

    class Meta:
        verbose_name = _("atelier arc-en-ciel")
        verbose_name_plural = _("ateliers arc-en-ciel")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.rainbow} · {self.held_on:%d/%m/%Y}"


class RainbowMark(models.Model):
    """What the rainbow group says of one criterion: shared by all, proper to one group, or contested."""

    class Mark(models.TextChoices):
        SHARED = "shared", _("partagé")
        PROPER = "proper", _("propre à un groupe")
        CONTESTED = "contested", _("discuté")

    workshop = models.ForeignKey(RainbowWorkshop, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(_("marque"), max_length=10, choices=Mark.choices)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("marque d’un atelier arc-en-ciel")
        verbose_name_plural = _("marques d’un atelier arc-en-ciel")
        ordering = ["workshop", "pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "criterion"], name="one_mark_per_rainbow_and_criterion")]

    def __str__(self) -> str:
        return self.get_mark_display()


class CommonWording(models.Model):
    """A wording agreed by the rainbow group beside the originals, which stay as they were said."""

    workshop = models.ForeignKey(RainbowWorkshop, on_delete=models.CASCADE, related_name="wordings")
    component = models.CharField(_("composante"), max_length=3, blank=True)
    text = models.TextField(_("formulation commune"))
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name=_("critères réunis"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("formulation commune")
        verbose_name_plural = _("formulations communes")
        ordering = ["workshop", "component", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="common_wording_says_something")]

    def __str__(self) -> str:
        return self.text

    @property
    def journal_label(self) -> str:
        return f"formulation commune {self.pk}"
