"""Indicators, targets and observed figures. An unknown figure is no zero."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Document, Organization

from .actions import Action, ReviewState


class Indicator(models.Model):
    """What an action counts: unit, method, source, direction, where it started. Monthly for standing services."""

    class Direction(models.TextChoices):
        UP = "up", _("à augmenter")
        DOWN = "down", _("à diminuer")
        NONE = "none", _("sans sens")

    class Level(models.TextChoices):
        OUTPUT = "output", _("réalisation")
        RESULT = "result", _("résultat")
        IMPACT = "impact", _("effet")
        PROCESS = "process", _("processus")

    class Period(models.TextChoices):
        YEAR = "year", _("par an")
        MONTH = "month", _("par mois")

    class Sum(models.TextChoices):
        ADD = "add", _("les mois s’additionnent")
        LAST = "last", _("le dernier mois compte")
        MEAN = "mean", _("moyenne des mois")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicateur"), max_length=200)
    unit = models.CharField(_("unité"), max_length=60)
    method = models.CharField(_("comment on compte"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    direction = models.CharField(_("sens"), max_length=4, choices=Direction.choices, default=Direction.UP)
    level = models.CharField(_("niveau"), max_length=8, choices=Level.choices, default=Level.OUTPUT)
    period = models.CharField(_("rythme"), max_length=5, choices=Period.choices, default=Period.YEAR)
    over_year = models.CharField(_("sur l’année"), max_length=4, choices=Sum.choices, default=Sum.ADD)
    baseline = models.DecimalField(_("point de départ"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("année de départ"), null=True, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compté par (vide : l’équipe)")
    )
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(_("plus compté depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")
        ordering = ["action", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "name"], name="indicator_name_once_per_action")]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What an indicator should reach in a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("année"))
    value = models.DecimalField(_("cible"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("cible")
        verbose_name_plural = _("cibles")
        ordering = ["indicator", "year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_target_per_year")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class Observation(models.Model):
    """A figure for a year, or a month of it. No value: unknown, never zero; `is_unknown` when its author said so. Only approved ones enter documents."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="observations")
    year = models.PositiveSmallIntegerField(_("année"))
    month = models.PositiveSmallIntegerField(_("mois"), null=True, blank=True)
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=2, null=True, blank=True)
    is_unknown = models.BooleanField(_("je ne sais pas"), default=False)
    how_counted = models.CharField(_("comment compté"), max_length=300, blank=True)
    sentence = models.CharField(_("une phrase"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=ReviewState.choices, default=ReviewState.DRAFT)
    comment = models.TextField(_("commentaire de relecture"), blank=True)
    documents = models.ManyToManyField(Document, related_name="+", blank=True, verbose_name=_("pièces"))
    via_link = models.BooleanField(_("remis par le lien du partenaire"), default=False)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("chiffre observé")
        verbose_name_plural = _("chiffres observés")
        ordering = ["indicator", "-year", "-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "month"], name="one_observation_per_month"),
            models.UniqueConstraint(fields=["indicator", "year"], condition=Q(month__isnull=True), name="one_observation_per_year"),
            models.CheckConstraint(condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="observation_month_1_to_12"),
            models.CheckConstraint(condition=Q(is_unknown=False) | Q(value__isnull=True), name="an_unknown_figure_has_no_value"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"

    @property
    def month_name(self) -> str:
        return str(MONTHS[self.month]) if self.month else ""
