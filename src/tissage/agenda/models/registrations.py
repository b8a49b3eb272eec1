"""Registrations without a name, and bookings of classes in counts only. Both leave by themselves (`agenda.md` §4, §5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.people.models import Territory

from .campaigns import Occurrence


class Registration(models.Model):
    """Somebody, or a few together, who will come. No name: a pseudonym of their own choice, drawn by the tool when the activity is sensitive.

    `email` and `needs` are encrypted. The row goes on `delete_after`, set when it is made; only the head count stays, in the report.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("une personne")
        GROUP = "group", _("un groupe")

    class State(models.TextChoices):
        PENDING = "pending", _("à confirmer par e-mail")
        CONFIRMED = "confirmed", _("confirmée")
        WAITLIST = "waitlist", _("liste d’attente")
        CANCELLED = "cancelled", _("annulée")

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="registrations")
    kind = models.CharField(_("genre"), max_length=10, choices=Kind.choices, default=Kind.INDIVIDUAL)
    pseudonym = models.CharField(_("pseudonyme"), max_length=60)
    email = models.TextField(_("adresse e-mail (chiffrée)"), blank=True)
    headcount = models.PositiveSmallIntegerField(_("personnes"), default=1)
    needs = models.TextField(_("besoins (chiffrés)"), blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State.choices, default=State.PENDING)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    delete_after = models.DateField(_("effacée après le"))

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["occurrence", "made_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(headcount__gte=1), name="registration_counts_somebody")]

    def __str__(self) -> str:
        return str(self.headcount)

    @property
    def territory(self) -> Territory:
        return self.occurrence.territory

    @property
    def journal_label(self) -> str:
        return ""


class SchoolBooking(models.Model):
    """Classes of a school at a date: counts only, never a pupil's name. The mail is a function's, encrypted, and goes with the row."""

    class Level(models.TextChoices):
        NURSERY = "nursery", _("maternelle")
        PRIMARY = "primary", _("primaire")
        SECONDARY_1 = "secondary_1", _("secondaire, 1er degré")
        SECONDARY_2 = "secondary_2", _("secondaire, 2e degré")
        SECONDARY_3 = "secondary_3", _("secondaire, 3e degré")
        SPECIAL = "special", _("spécialisé")
        HIGHER = "higher", _("supérieur")

    class State(models.TextChoices):
        ASKED = "asked", _("demandée")
        CONFIRMED = "confirmed", _("confirmée")
        REFUSED = "refused", _("refusée")
        CANCELLED = "cancelled", _("annulée")

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="school_bookings")
    school = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_name = models.CharField(_("école"), max_length=200)
    level = models.CharField(_("niveau"), max_length=11, choices=Level.choices)
    class_count = models.PositiveSmallIntegerField(_("classes"))
    pupils_count = models.PositiveSmallIntegerField(_("élèves"))
    contact_function = models.CharField(_("fonction de contact"), max_length=120)
    contact_email = models.TextField(_("adresse e-mail (chiffrée)"), blank=True)
    remark = models.CharField(_("remarque"), max_length=300, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State.choices, default=State.ASKED)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    delete_after = models.DateField(_("contact effacé après le"))

    class Meta:
        verbose_name = _("réservation d’une école")
        verbose_name_plural = _("réservations d’écoles")
        ordering = ["occurrence", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(class_count__gte=1), name="booking_counts_a_class"),
            models.CheckConstraint(condition=Q(pupils_count__gte=1), name="booking_counts_pupils"),
        ]

    def __str__(self) -> str:
        return self.school_name

    @property
    def territory(self) -> Territory:
        return self.occurrence.territory
