"""Services of the directory: what an organisation does for people, for whom, where, when, and when somebody last checked it (`network.md` §6, §7)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.core.folding import fold
from tissage.people.models import Territory

from .labels import LabelAward
from .organizations import Document, OfTheTerritory, Organization, Place
from .trainings import Qualification


class ServiceQuerySet(OfTheTerritory):
    def published(self) -> ServiceQuerySet:
        """Those that passed the publication gate and were not taken out since; whether a stranger may read them also asks for the territory and the day."""
        return self.filter(publication=Service.Publication.PUBLISHED)

    def of_public_territories(self) -> ServiceQuerySet:
        return self.filter(territory__visibility=Territory.Visibility.PUBLIC)


class Service(models.Model):
    """What an organisation offers. Data about the service, never about who uses it. Audiences, themes… are `ServiceTerm` rows."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("ouvert")
        INACTIVE = "inactive", _("en pause")
        DEFUNCT = "defunct", _("n’existe plus")
        TEMPORARILY_CLOSED = "temporarily closed", _("fermé pour un temps")

    class WhoMayUse(models.TextChoices):
        PUBLIC = "public", _("tout le monde")
        PROFESSIONALS = "professionals", _("les professionnel·les")
        BOTH = "both", _("tout le monde et les professionnel·les")

    class Fee(models.TextChoices):
        FREE = "free", _("gratuit")
        PAID = "paid", _("payant")
        CONDITIONAL = "conditional", _("selon la situation")
        UNKNOWN = "unknown", _("inconnu")

    class Interpretation(models.TextChoices):
        NONE = "none", _("pas d’interprétation")
        ON_REQUEST = "on_request", _("interprète sur demande")
        SYSTEMATIC = "systematic", _("interprète toujours présent·e")

    class Capacity(models.TextChoices):
        OPEN = "open", _("des places")
        WAITING_LIST = "waiting_list", _("liste d’attente")
        FULL = "full", _("complet")
        UNKNOWN = "unknown", _("inconnu")

    class Scope(models.TextChoices):
        DEDICATED = "dedicated", _("dédié aux personnes LGBTQIA+")
        TRAINED = "trained", _("personnel formé")
        OPEN = "open", _("se déclare ouvert")
        UNKNOWN = "unknown", _("inconnu")

    class Publication(models.TextChoices):
        SUGGESTED = "suggested", _("proposé")
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", _("publié")
        ARCHIVED = "archived", _("archivé")

    class ReviewEvery(models.IntegerChoices):
        MONTH = 1, _("chaque mois")
        QUARTER = 3, _("tous les trois mois")
        HALF_YEAR = 6, _("tous les six mois")
        YEAR = 12, _("chaque année")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services", verbose_name=_("organisation"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom du service"), max_length=200)
    short_description = models.CharField(_("en une phrase"), max_length=280, blank=True)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("état du service"), max_length=20, choices=Status.choices, default=Status.ACTIVE)
    area = models.CharField(_("territoire desservi"), max_length=160, blank=True)
    audience_note = models.CharField(_("précisions sur le public"), max_length=300, blank=True)
    min_age = models.PositiveSmallIntegerField(_("à partir de (ans)"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("jusqu’à (ans)"), null=True, blank=True)
    who_may_use = models.CharField(_("qui peut y faire appel"), max_length=13, choices=WhoMayUse.choices, blank=True)
    contact_link = models.URLField(_("lien pour prendre contact"), blank=True)
    application_process = models.TextField(_("comment faire"), blank=True)
    required_documents = models.TextField(_("documents à apporter"), blank=True)
    fee = models.CharField(_("prix"), max_length=11, choices=Fee.choices, default=Fee.UNKNOWN)
    fee_note = models.CharField(_("précisions sur le prix"), max_length=300, blank=True)
    interpretation = models.CharField(_("interprétation"), max_length=10, choices=Interpretation.choices, default=Interpretation.NONE)
    alert = models.CharField(_("à savoir en ce moment"), max_length=300, blank=True)
    alert_until = models.DateField(_("jusqu’au"), null=True, blank=True)
    capacity = models.CharField(_("places"), max_length=12, choices=Capacity.choices, default=Capacity.UNKNOWN)
    capacity_on = models.DateField(_("places notées le"), null=True, blank=True)
    lgbtqi_scope = models.CharField(_("accueil des personnes LGBTQIA+"), max_length=9, choices=Scope.choices, default=Scope.UNKNOWN)
    evidence_award = models.ForeignKey(LabelAward, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence_qualification = models.ForeignKey(Qualification, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence_document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    review_every = models.PositiveSmallIntegerField(_("à revérifier"), choices=ReviewEvery.choices, default=ReviewEvery.HALF_YEAR)
    assured_on = models.DateField(_("vérifié le"), null=True, blank=True)
    assured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    bounces = models.PositiveSmallIntegerField(default=0)
    publication = models.CharField(_("publication"), max_length=9, choices=Publication.choices, default=Publication.DRAFT)
    noindex = models.BooleanField(_("caché aux moteurs de recherche"), default=False)
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("numéro dans la source"), max_length=120, blank=True)
    search = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField(db_index=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["territory", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="service_name_once_per_organization"),
            models.UniqueConstraint(fields=["territory", "source", "source_id"], condition=~Q(source_id=""), name="service_source_once"),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")), name="service_ages_in_order"
            ),
            models.CheckConstraint(condition=Q(review_every__in=(1, 3, 6, 12)), name="a_service_is_reviewed_at_least_yearly"),
        ]
        indexes = [models.Index(fields=["publication", "territory", "name"], name="service_published_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.name} {self.short_description} {self.description} {self.area} {self.audience_note}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search"}
        super().save(*args, **kwargs)


class ServiceTerm(models.Model):
    """A word of the directory's vocabulary said of a service: kind `audience`, `theme`, `concerned_group`, `service_kind`, `contact_mode`, `reception` or `language` (ISO 639 code)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("terme d’un service")
        verbose_name_plural = _("termes d’un service")
        ordering = ["service", "kind", "code"]
        constraints = [models.UniqueConstraint(fields=["service", "kind", "code"], name="service_term_once")]
        indexes = [models.Index(fields=["kind", "code", "service"], name="service_by_term")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ServiceAtPlace(models.Model):
    """Where and when a service receives. `opening_hours`: the OpenStreetMap syntax, « Mo-Fr 09:00-12:00 ». Who sees the address is the place's."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opening_hours = models.CharField(_("heures d’ouverture"), max_length=300, blank=True)
    valid_from = models.DateField(_("valable du"), null=True, blank=True)
    valid_to = models.DateField(_("à redemander après le"), null=True, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lieu d’un service")
        verbose_name_plural = _("lieux d’un service")
        ordering = ["service", "place__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["service", "place"], name="service_once_per_place")]

    def __str__(self) -> str:
        return f"{self.service} · {self.place}"

    @property
    def territory(self) -> Territory:
        return self.service.territory


class ServiceContact(models.Model):
    """How to reach a service: a function, never a person's name."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("tout le monde")
        PROFESSIONALS = "professionals", _("les professionnel·les")
        HIDDEN = "hidden", _("l’équipe seulement")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    label = models.CharField(_("qui répond (une fonction)"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    languages = models.JSONField(_("langues"), default=list, blank=True)
    visibility = models.CharField(_("qui le voit"), max_length=13, choices=Visibility.choices, default=Visibility.PUBLIC)

    class Meta:
        verbose_name = _("contact d’un service")
        verbose_name_plural = _("contacts d’un service")
        ordering = ["service", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(phone="", email=""), name="a_contact_has_a_phone_or_an_email")]

    def __str__(self) -> str:
        return self.label or self.phone or self.email

    @property
    def journal_label(self) -> str:
        return ""


class FieldChange(models.Model):
    """What a field of a service said before and after, kept for the team: history, and the way back."""

    class Origin(models.TextChoices):
        TEAM = "team", _("l’équipe")
        MEMBER = "member", _("l’organisation")
        REVIEW = "review", _("la vérification par e-mail")
        SUGGESTION = "suggestion", _("une proposition")
        IMPORT = "import", _("un import")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(_("champ"), max_length=40)
    old = models.TextField(_("avant"), blank=True)
    new = models.TextField(_("après"), blank=True)
    origin = models.CharField(_("par"), max_length=10, choices=Origin.choices, default=Origin.TEAM)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("changement d’un champ")
        verbose_name_plural = _("changements d’un champ")
        ordering = ["service", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.service} · {self.field}"
