"""What keeps the directory true: review requests, suggestions, a pause of public forms, and organisations that were two and are one."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .organizations import OfTheTerritory, Organization
from .services import Service


class ReviewRequest(models.Model):
    """One mail to one organisation about all its services due for a check. Its link opens a page of buttons; nothing happens by being opened.

    `round`: 0 for the first mail, then 1, 2, 3 (after 2, 4, 6 weeks). A new mail draws a new secret; the one before still opens the same page.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("adresse e-mail"))
    token_hash = models.CharField(max_length=64, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True, db_index=True)
    round = models.PositiveSmallIntegerField(_("rappel"), default=0)
    first_sent_at = models.DateTimeField(_("premier envoi le"))
    sent_at = models.DateTimeField(_("dernier envoi le"))
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("demande de vérification")
        verbose_name_plural = _("demandes de vérification")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=Q(ended_at__isnull=True), name="one_open_review_per_organization")
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def territory(self) -> Territory:
        return self.organization.territory

    @property
    def journal_label(self) -> str:
        return str(self.organization)


class ReviewAnswer(models.Model):
    """What became of one service of a review request. `before`: what the answer changed, for taking it back."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("pas encore de réponse")
        CONFIRMED = "confirmed", _("toujours exact")
        EDITED = "edited", _("corrigé")
        CLOSED = "closed", _("n’existe plus")
        BOUNCED = "bounced", _("l’e-mail est revenu")
        SILENT = "silent", _("sans réponse")

    request = models.ForeignKey(ReviewRequest, on_delete=models.CASCADE, related_name="answers")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="review_answers")
    outcome = models.CharField(_("réponse"), max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    before = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)

    class Meta:
        verbose_name = _("réponse à une vérification")
        verbose_name_plural = _("réponses à une vérification")
        ordering = ["request", "service__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "service"], name="one_review_answer_per_service")]

    def __str__(self) -> str:
        return f"{self.service} · {self.get_outcome_display()}"


class ChangeSuggestion(models.Model):
    """A change that anyone proposes: on a service, on an organisation, or a service that is missing. Read by the team before anything moves."""

    class Origin(models.TextChoices):
        ANONYMOUS = "anonymous", _("une personne sans compte")
        MEMBER = "member", _("une organisation")

    class Status(models.TextChoices):
        NEW = "new", _("à lire")
        ACCEPTED = "accepted", _("acceptée")
        REFUSED = "refused", _("refusée")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(_("ce qui change"), max_length=40, blank=True)
    text = models.TextField(_("proposition"))
    origin = models.CharField(_("par"), max_length=9, choices=Origin.choices, default=Origin.ANONYMOUS)
    status = models.CharField(_("état"), max_length=8, choices=Status.choices, default=Status.NEW)
    reason = models.CharField(_("motif du refus"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("reçue le"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("lue le"), null=True, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("proposition de changement")
        verbose_name_plural = _("propositions de changement")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def journal_label(self) -> str:
        return ""


class FormsPause(models.Model):
    """Public forms of a territory put to rest for a time (an attack, a holiday): suggestions, proposals, registrations, answers."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(_("jusqu’au"))
    reason = models.CharField(_("ce que lit le public"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(_("depuis"))
    ended_at = models.DateTimeField(_("levée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("pause des formulaires")
        verbose_name_plural = _("pauses des formulaires")
        ordering = ["territory", "-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["territory"], condition=Q(ended_at__isnull=True), name="one_open_pause")]

    def __str__(self) -> str:
        return f"{self.territory} {self.until:%d/%m/%Y}"


class OrganizationMerge(models.Model):
    """Two sheets that were one organisation. `merged`: the columns of the one that went; `moved`: {"app.table.column": [ids]} of what changed hands."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    merged_uuid = models.UUIDField(unique=True)
    merged_name = models.CharField(_("nom de la fiche absorbée"), max_length=200)
    merged = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("fusion d’organisations")
        verbose_name_plural = _("fusions d’organisations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept}"


class NotTheSame(models.Model):
    """Two organisations that look alike and are two: not proposed again."""

    first = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("organisations à ne pas confondre")
        verbose_name_plural = _("organisations à ne pas confondre")
        ordering = ["first", "second"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="not_the_same_once")]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
