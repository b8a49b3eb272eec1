"""Campaigns, activities, who carries them, and their dates (`agenda.md` §2, §9)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.core.folding import fold
from tissage.network.models import Organization, Place
from tissage.network.models.organizations import OfTheTerritory
from tissage.people.models import Territory
from tissage.plan.models import Action, Indicator


class Campaign(models.Model):
    """One edition of a campaign: around 17 May, the fortnight of October and November, or another window."""

    class Kind(models.TextChoices):
        MAY17 = "may17", _("autour du 17 mai")
        OCT_FORTNIGHT = "oct_fortnight", _("quinzaine d’octobre-novembre")
        OTHER = "other", _("autre campagne")

    class Status(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        OPEN = "open_for_proposals", _("ouverte aux propositions")
        PUBLISHED = "published", _("programme publié")
        RUNNING = "running", _("en cours")
        EVALUATING = "evaluating", _("à évaluer")
        CLOSED = "closed", _("close")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("genre"), max_length=13, choices=Kind.choices, default=Kind.OTHER)
    edition_year = models.PositiveSmallIntegerField(_("édition"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    lessons = models.JSONField(_("leçons et points ouverts"), default=list, blank=True)
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("coordination"))
    status = models.CharField(_("état"), max_length=18, choices=Status.choices, default=Status.DRAFT)
    proposals_until = models.DateField(_("propositions jusqu’au"), null=True, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "name", "edition_year"], name="campaign_edition_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(status="closed") | Q(closed_at__isnull=False), name="a_closed_campaign_has_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.edition_year}"


class CampaignPartner(models.Model):
    """An organisation invited to a campaign. Its link, without password, lets it propose activities and report dates until `expires_at`."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("adresse e-mail"), blank=True)
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_at = models.DateTimeField(_("lien envoyé le"), null=True, blank=True)
    expires_at = models.DateTimeField(_("lien valable jusqu’au"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("lien fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("partenaire d’une campagne")
        verbose_name_plural = _("partenaires d’une campagne")
        ordering = ["campaign", "organization__search", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="one_partner_row_per_campaign")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.campaign}"

    @property
    def territory(self) -> Territory:
        return self.campaign.territory


class ActivityQuerySet(OfTheTerritory):
    def accepted(self) -> ActivityQuerySet:
        return self.filter(moderation=Activity.Moderation.ACCEPTED)

    def public(self) -> ActivityQuerySet:
        """Accepted and for everyone to see. Sensitive ones are shown under their neutral title, without description or room."""
        return self.accepted().filter(visibility=Activity.Visibility.PUBLIC)


class Activity(models.Model):
    """What is proposed. Who is in the room (`audience`) and whom it is about (`concerned_group`) are two kinds of `ActivityTerm`, never merged."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("tout le monde")
        BY_INVITATION = "by_invitation", _("sur invitation")
        NETWORK = "network", _("le réseau")
        PRIVATE = "private", _("l’organisation seulement")

    class Moderation(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PROPOSED = "proposed", _("proposée")
        ACCEPTED = "accepted", _("acceptée")
        REFUSED = "refused", _("refusée")

    class Sensitivity(models.TextChoices):
        NORMAL = "normal", _("ordinaire")
        SENSITIVE = "sensitive", _("sensible")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities")
    title = models.CharField(_("titre"), max_length=200)
    neutral_title = models.CharField(_("titre neutre, pour le public"), max_length=200, blank=True)
    summary = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("description"), blank=True)
    type = models.CharField(_("genre d’activité"), max_length=40)
    is_dated = models.BooleanField(_("a des dates"), default=True)
    lead = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation responsable"))
    language = models.CharField(_("langue"), max_length=5, default="fr")
    min_age = models.PositiveSmallIntegerField(_("à partir de (ans)"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("jusqu’à (ans)"), null=True, blank=True)
    is_free = models.BooleanField(_("gratuite"), default=True)
    price_note = models.CharField(_("précisions sur le prix"), max_length=200, blank=True)
    visibility = models.CharField(_("qui la voit"), max_length=13, choices=Visibility.choices, default=Visibility.PUBLIC)
    moderation = models.CharField(_("modération"), max_length=8, choices=Moderation.choices, default=Moderation.DRAFT)
    moderation_note = models.CharField(_("mot de la coordination"), max_length=300, blank=True)
    was_published = models.BooleanField(default=False)
    sensitivity = models.CharField(_("sensibilité"), max_length=9, choices=Sensitivity.choices, default=Sensitivity.NORMAL)
    resources = models.JSONField(_("qui prête quoi"), default=list, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    via_link = models.BooleanField(_("proposée par le lien d’un partenaire"), default=False)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    search = models.TextField(editable=False, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["territory", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sensitivity="sensitive") | ~Q(neutral_title=""), name="a_sensitive_activity_has_a_neutral_title"
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")), name="activity_ages_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.title} {self.summary}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search"}
        super().save(*args, **kwargs)

    @property
    def is_sensitive(self) -> bool:
        return self.sensitivity == self.Sensitivity.SENSITIVE

    @property
    def public_title(self) -> str:
        """What a stranger may read: the neutral title of a sensitive activity."""
        return self.neutral_title if self.is_sensitive else self.title

    @property
    def journal_label(self) -> str:
        return self.public_title


class ActivityTerm(models.Model):
    """A word of the vocabulary said of an activity: kind `audience` (who is in the room), `concerned_group` (whom it is about) or `theme`."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("terme d’une activité")
        verbose_name_plural = _("termes d’une activité")
        ordering = ["activity", "kind", "code"]
        constraints = [models.UniqueConstraint(fields=["activity", "kind", "code"], name="activity_term_once")]
        indexes = [models.Index(fields=["kind", "code", "activity"], name="activity_by_term")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ActivityPartner(models.Model):
    """A co-organiser and its part. The lead alone files reports; a co-organiser may comment."""

    class Role(models.TextChoices):
        HOST = "host", _("accueille")
        FACILITATOR = "facilitator", _("anime")
        TRAINER = "trainer", _("forme")
        FUNDER = "funder", _("finance")
        LOGISTICS = "logistics", _("logistique")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("rôle"), max_length=11, choices=Role.choices, default=Role.FACILITATOR)

    class Meta:
        verbose_name = _("co-organisation d’une activité")
        verbose_name_plural = _("co-organisations d’une activité")
        ordering = ["activity", "organization__search", "role", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "organization", "role"], name="activity_partner_role_once")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_role_display()}"


class ActivityAction(models.Model):
    """An action of the plan that an activity serves, and the figure its reports feed, as a proposal the plan manager approves."""

    class Feeds(models.TextChoices):
        NOTHING = "", _("aucun chiffre")
        DATES = "dates", _("nombre de dates tenues")
        HEADCOUNT = "headcount", _("nombre de personnes")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="plan_actions")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    feeds = models.CharField(_("nourrit"), max_length=9, choices=Feeds.choices, default=Feeds.NOTHING, blank=True)

    class Meta:
        verbose_name = _("action servie par une activité")
        verbose_name_plural = _("actions servies par une activité")
        ordering = ["activity", "action", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "action"], name="activity_serves_an_action_once")]

    def __str__(self) -> str:
        return f"{self.activity} → {self.action}"


class Occurrence(models.Model):
    """A date of an activity: one line in a calendar. `uuid` is its UID for life; `sequence` rises at each change of time, place, status or title."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("sur place")
        ONLINE = "online", _("en ligne")
        MIXED = "mixed", _("les deux")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("prévue")
        FULL = "full", _("complète")
        POSTPONED = "postponed", _("reportée, date à venir")
        RESCHEDULED = "rescheduled", _("déplacée")
        CANCELLED = "cancelled", _("annulée")

    class Registering(models.TextChoices):
        NONE = "none", _("entrée libre")
        EXTERNAL = "external", _("sur un autre site")
        LIGHT = "light", _("inscription légère, sans nom")
        SCHOOL = "school", _("réservation d’une école")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    timezone = models.CharField(max_length=40, default="Europe/Brussels")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lieu"))
    room = models.CharField(_("salle, précisions"), max_length=200, blank=True)
    attendance_mode = models.CharField(_("on y vient"), max_length=7, choices=Mode.choices, default=Mode.ON_SITE)
    online_url = models.URLField(_("lien de connexion (privé)"), blank=True)
    status = models.CharField(_("état"), max_length=11, choices=Status.choices, default=Status.SCHEDULED)
    status_note = models.CharField(_("ce qu’il faut savoir"), max_length=200, blank=True)
    previous_start = models.DateTimeField(_("était prévue le"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registered_count = models.PositiveIntegerField(_("personnes inscrites, une fois les inscriptions effacées"), null=True, blank=True)
    registration_mode = models.CharField(_("inscription"), max_length=8, choices=Registering.choices, default=Registering.NONE)
    registration_url = models.URLField(_("où s’inscrire"), blank=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    modified_at = models.DateTimeField()

    class Meta:
        verbose_name = _("date d’une activité")
        verbose_name_plural = _("dates d’une activité")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occurrence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False), name="a_cancelled_date_says_when"),
            models.CheckConstraint(
                condition=~Q(registration_mode="external") | ~Q(registration_url=""), name="external_registration_has_a_link"
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "activity"], name="occurrence_by_start")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.starts_at:%d/%m/%Y}"

    @property
    def territory(self) -> Territory:
        return self.activity.territory

    @property
    def journal_label(self) -> str:
        return f"{self.activity.journal_label} · {self.starts_at:%d/%m/%Y}"
