"""Questions put to the people, and the dated meetings where they were put."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory

from .groups import HomogeneousGroup


class Question(models.Model):
    """An open question: a short code and its usual wording. WB, IB and ACT are protected (`spiral.md` §3)."""

    class Side(models.TextChoices):
        POSITIVE = "positive", _("bien-être")
        NEGATIVE = "negative", _("mal-être")
        CONTRIBUTION = "contribution", _("contribution")
        NONE = "none", _("sans côté")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    code = models.CharField(_("code"), max_length=12)
    title = models.CharField(_("titre"), max_length=120)
    wording = models.TextField(_("formulation habituelle"), blank=True)
    side = models.CharField(_("côté"), max_length=12, choices=Side.choices, default=Side.NONE)
    is_protected = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["territory", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["territory", "code"], name="question_code_once_per_territory")]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> WorkshopQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class Workshop(models.Model):
    """One dated meeting of one group, in one cycle and phase (`spiral.md` §6)."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    group = models.ForeignKey(HomogeneousGroup, on_delete=models.PROTECT, related_name="workshops", verbose_name=_("groupe"))
    held_on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=2)
    phase = models.PositiveSmallIntegerField(_("phase"), default=2)
    facilitators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("animation (comptes)"))
    other_facilitators = models.CharField(_("autres personnes à l’animation"), max_length=200, blank=True)
    note = models.TextField(_("remarque"), blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("atelier")
        verbose_name_plural = _("ateliers")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cycle__gte=0, cycle__lte=3), name="workshop_cycle_0_to_3"),
            models.CheckConstraint(condition=Q(phase__gte=1, phase__lte=8), name="workshop_phase_1_to_8"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.held_on:%d/%m/%Y}"


class WorkshopQuestion(models.Model):
    """The exact wording in which a question was put at a workshop. Answers to different wordings are told apart."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    wording = models.TextField(_("formulation exacte"))
    language = models.CharField(_("langue"), max_length=10, default="fr")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question posée")
        verbose_name_plural = _("questions posées")
        ordering = ["workshop", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "question", "language"], name="question_once_per_workshop_and_language")]

    def __str__(self) -> str:
        return self.wording
