"""Trainings, who followed them, and qualifications that expire (`network.md` §4.4)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .organizations import Document, OfTheTerritory, Organization, Person


class Training(models.Model):
    """A training that organisations follow. `valid_months`: how long what it gives stays in force; empty: it gives nothing that expires."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    title = models.CharField(_("intitulé"), max_length=200)
    provider = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("donnée par")
    )
    hours = models.DecimalField(_("heures"), max_digits=5, decimal_places=1, null=True, blank=True)
    gives_qualification = models.BooleanField(_("donne une qualification"), default=False)
    valid_months = models.PositiveSmallIntegerField(_("valable (mois)"), null=True, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    description = models.TextField(_("description"), blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["territory", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "title"], name="training_title_once_per_territory")]

    def __str__(self) -> str:
        return self.title


class TrainingSession(models.Model):
    """One day a training was given, or will be."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("séance de formation")
        verbose_name_plural = _("séances de formation")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.training} · {self.held_on:%d/%m/%Y}"

    @property
    def territory(self) -> Territory:
        return self.training.territory


class TrainingAttendance(models.Model):
    """How many people of an organisation followed a session. A person is named only when the qualification is theirs."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    headcount = models.PositiveSmallIntegerField(_("personnes"))
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("participation à une formation")
        verbose_name_plural = _("participations à une formation")
        ordering = ["session", "organization__search", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "organization", "person"], name="one_attendance_per_person"),
            models.UniqueConstraint(
                fields=["session", "organization"], condition=Q(person__isnull=True), name="one_headcount_per_organization"
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="attendance_counts_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.headcount}"


class Qualification(models.Model):
    """What a training gave an organisation (or one of its people): kept once expired, and shown as expired."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="qualifications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="+")
    attendance = models.ForeignKey(TrainingAttendance, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted_on = models.DateField(_("obtenue le"))
    expires_on = models.DateField(_("expire le"), null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["organization", "-granted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("granted_on")), name="qualification_expires_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.training} · {self.organization}"

    @property
    def territory(self) -> Territory:
        return self.organization.territory

    @property
    def journal_label(self) -> str:
        return str(self.organization)

    def is_in_force(self, day: dt.date) -> bool:
        return self.granted_on <= day and (self.expires_on is None or day < self.expires_on)
