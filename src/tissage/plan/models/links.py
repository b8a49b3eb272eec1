"""Secret addresses that need no password: a partner's figures of a year, a person's calendar. Only the hash of a secret is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.people.models import Territory

from .plans import Plan


class PartnerLink(models.Model):
    """What opens one organisation's figures of one year, all its actions together, until the deadline.

    `token_hash` is the latest secret sent; a new one (asked for by the partner towards `email`, or by a reminder) takes its place.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="partner_links")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("année"))
    email = models.EmailField(_("adresse e-mail"))
    token_hash = models.CharField(max_length=64, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True, db_index=True)
    deadline = models.DateField(_("à rendre pour le"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("rappelé le"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("remis le"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien d’un partenaire")
        verbose_name_plural = _("liens des partenaires")
        ordering = ["plan", "year", "organization__search", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organization", "year"], condition=Q(revoked_at__isnull=True), name="one_open_link_per_partner_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}"

    @property
    def territory(self) -> Territory:
        return self.plan.territory


class CalendarFeed(models.Model):
    """The secret address of somebody's calendar of a plan's dates; it can be drawn again."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendrier abonné")
        verbose_name_plural = _("calendriers abonnés")
        ordering = ["plan", "-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], condition=Q(revoked_at__isnull=True), name="one_open_feed_per_person")
        ]

    def __str__(self) -> str:
        return str(self.plan)
