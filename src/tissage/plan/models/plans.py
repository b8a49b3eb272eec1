"""A plan, its versions, and each action as a version says it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import FrameworkVersion, Node
from tissage.network.models import Document, Organization
from tissage.network.models.organizations import territories_of_the_plan_side
from tissage.people.models import Territory


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Any) -> PlanQuerySet:
        """Plans of the territories where this person reads the register. Adopted things are read through `reports`, own actions through a partner's pages."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(territory__in=territories_of_the_plan_side(user))


class Plan(models.Model):
    """A programme of one territory under one framework: who carries it, who votes it, from when to when."""

    class CarrierKind(models.TextChoices):
        MUNICIPALITY = "municipality", _("commune")
        CPAS = "cpas", _("CPAS")
        ASSOCIATION = "association", _("association de communes")
        OTHER = "other", _("autre")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("référentiel"))
    name = models.CharField(_("nom"), max_length=200)
    carrier = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("porté par")
    )
    carrier_kind = models.CharField(_("genre de porteur"), max_length=12, choices=CarrierKind.choices, default=CarrierKind.MUNICIPALITY)
    members = models.ManyToManyField(Organization, related_name="+", blank=True, verbose_name=_("membres de l’association"))
    competent_council = models.CharField(_("conseil compétent"), max_length=120, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chef·fe de projet")
    )
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "name"], name="plan_name_once_per_territory"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="plan_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> range:
        """The calendar years the plan runs over."""
        return range(self.starts_on.year, self.ends_on.year + 1)


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def sent(self) -> PlanVersionQuerySet:
        return self.filter(sent_on__isnull=False)

    def in_force(self) -> PlanVersionQuerySet:
        """Versions that were accepted and have a date of effect; which one on a date is `queries.versions.version_on`."""
        return self.filter(effective_from__isnull=False, answer__in=("accepted", "accepted_with_remarks"))


class PlanVersion(models.Model):
    """The plan as put before the council and the region: frozen once sent (triggers). Marks (answer, effect) come after."""

    class Answer(models.TextChoices):
        NONE = "", _("pas encore de réponse")
        ACCEPTED = "accepted", _("acceptée")
        REMARKS = "accepted_with_remarks", _("acceptée avec remarques")
        REFUSED = "refused", _("refusée")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    reason = models.CharField(_("pourquoi cette version"), max_length=300)
    council_on = models.DateField(_("votée le"), null=True, blank=True)
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    answered_on = models.DateField(_("réponse du"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=22, choices=Answer.choices, default=Answer.NONE, blank=True)
    remarks = models.TextField(_("remarques reçues"), blank=True)
    effective_from = models.DateField(_("en vigueur à partir du"), null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version du plan")
        verbose_name_plural = _("versions du plan")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_on__isnull=False), name="plan_answer_has_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"

    @property
    def territory(self) -> Territory:
        return self.plan.territory

    @property
    def is_frozen(self) -> bool:
        return self.sent_on is not None


class ActionVersion(models.Model):
    """An action as one version of the plan says it: plain values, so that nothing renamed later rewrites what was approved.

    `partners`: [{"organization": id, "name": "…", "role": "operator", "basis": "art20"}]; `neighbourhoods`, `target_groups`, `objectives`:
    lists of names or codes; `targets`: [{"indicator": "…", "unit": "…", "year": 2026, "value": "12.00"}]; `amounts`: [{"line": "…", "year": 2026, "amount": "100.00"}].
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="actions")
    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="versions")
    sequence = models.PositiveSmallIntegerField(_("numéro"))
    node = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("titre"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    basis = models.CharField(_("base légale"), max_length=40, blank=True)
    lead_service = models.CharField(_("service pilote"), max_length=200, blank=True)
    objectives = models.JSONField(default=list, blank=True)
    target_groups = models.JSONField(default=list, blank=True)
    neighbourhoods = models.JSONField(default=list, blank=True)
    partners = models.JSONField(default=list, blank=True)
    targets = models.JSONField(default=list, blank=True)
    amounts = models.JSONField(default=list, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=16, default="created")
    stop_reason = models.CharField(_("raison de l’arrêt"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("action dans une version")
        verbose_name_plural = _("actions dans une version")
        ordering = ["version", "sequence"]
        constraints = [models.UniqueConstraint(fields=["version", "action"], name="action_once_per_plan_version")]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.title}"
