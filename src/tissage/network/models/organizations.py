"""Organisations, what identifies them, where they are, who speaks for them, and the documents that stand behind an act."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.core.folding import fold
from tissage.people.models import Membership, Territory, is_known

PLAN_SIDE = (
    Membership.Role.COORDINATOR,
    Membership.Role.FACILITATOR,
    Membership.Role.READER,
    Membership.Role.PLAN_MANAGER,
    Membership.Role.FINANCE,
)
"""Roles that read the whole register of organisations, actions and money of their territory."""


def territories_of_the_plan_side(user: Any) -> models.QuerySet[Any, Any]:
    """Sub-query of the territories where this person reads the register."""
    return Membership.objects.open().filter(user=user, role__in=PLAN_SIDE).values("territory")


class OfTheTerritory(models.QuerySet[Any]):
    """Rows of a territory that those who read the register see."""

    def visible_to(self, user: Any) -> OfTheTerritory:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(territory__in=territories_of_the_plan_side(user))


class Organization(models.Model):
    """A structure that acts: municipality, CPAS, one of their services, association, school, house… Nothing is inherited from its parent."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("commune")
        CPAS = "cpas", _("CPAS")
        CPAS_SERVICE = "cpas_service", _("service du CPAS")
        MUNICIPAL_SERVICE = "city_service", _("service communal")
        PUBLIC_SERVICE = "public_service", _("service public")
        ASBL = "asbl", _("asbl")
        INFORMAL = "informal", _("groupe sans personnalité juridique")
        HEALTH = "health", _("santé")
        CULTURE = "culture", _("culture")
        SCHOOL = "school", _("école")
        HIGHER_EDUCATION = "higher_education", _("enseignement supérieur")
        POLICE = "police", _("police")
        FUNDER = "funder", _("pouvoir subsidiant")
        COMPANY = "company", _("entreprise")
        OTHER = "other", _("autre")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    alternate_name = models.CharField(_("autre nom"), max_length=200, blank=True)
    kind = models.CharField(_("genre"), max_length=20, choices=Kind.choices, default=Kind.ASBL)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("dépend de"))
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("site"), blank=True)
    email = models.EmailField(_("adresse e-mail de contact"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)
    search = models.CharField(max_length=420, editable=False, db_index=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["search", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="organization_name_once_per_territory")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.name} {self.alternate_name}")
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search"}
        super().save(*args, **kwargs)


class Identifier(models.Model):
    """A number that a register gives: `BE-BCE_KBO` (ten digits), `NIS` (five)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("registre"), max_length=20, default="BE-BCE_KBO")
    value = models.CharField(_("numéro"), max_length=40)

    class Meta:
        verbose_name = _("numéro d’identification")
        verbose_name_plural = _("numéros d’identification")
        ordering = ["organization", "scheme", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "scheme"], name="one_identifier_per_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Place(models.Model):
    """Somewhere: an address of an organisation, or a neighbourhood of the territory's own list (no street then)."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("adresse")
        POSTAL = "postal", _("adresse postale")
        VIRTUAL = "virtual", _("à distance")
        NEIGHBOURHOOD = "neighbourhood", _("quartier")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("adresse publique")
        AREA_ONLY = "area_only", _("quartier ou commune seulement")
        ON_REQUEST = "on_request", _("donnée au contact")
        NEVER = "never", _("jamais")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="places")
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("genre"), max_length=14, choices=Kind.choices, default=Kind.PHYSICAL)
    address_visibility = models.CharField(_("qui voit l’adresse"), max_length=10, choices=Visibility.choices, default=Visibility.ON_REQUEST)
    street = models.CharField(_("rue et numéro"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)
    nis_code = models.CharField(_("code INS"), max_length=5, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    public_area_label = models.CharField(_("ce qui se dit du lieu"), max_length=120, blank=True)
    accessibility = models.TextField(_("accessibilité"), blank=True)
    ended_on = models.DateField(_("hors de la liste depuis"), null=True, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["territory", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"], condition=Q(kind="neighbourhood"), name="neighbourhood_once_per_territory"
            ),
            models.CheckConstraint(condition=~Q(kind="neighbourhood") | Q(street=""), name="a_neighbourhood_has_no_street"),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A file that stands behind an act: a signed agreement, a deliberation, a proof. Served only after a permission check."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("publique")
        NETWORK = "network", _("membres et partenaires")
        PARTIES = "parties", _("parties seulement")
        PRIVATE = "private", _("équipe seulement")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    kind = models.CharField(_("genre"), max_length=30, blank=True)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("taille"))
    sha256 = models.CharField(max_length=64)
    visibility = models.CharField(_("visibilité"), max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE)
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_label(self) -> str:
        """Its kind: a title may name a person."""
        return self.kind


class Person(models.Model):
    """Somebody who speaks for an organisation or sits in a body, with or without an account. Never public, never a person helped."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    display_name = models.CharField(_("nom d’usage"), max_length=120)
    role = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    ended_on = models.DateField(_("a quitté sa fonction le"), null=True, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("personne de contact")
        verbose_name_plural = _("personnes de contact")
        ordering = ["display_name", "pk"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def journal_label(self) -> str:
        """Nothing: a name does not enter a journal that is never erased."""
        return ""


def organizations_of(user: Any, territory: Territory | None = None) -> OfTheTerritory:
    """Organisations this person speaks for, in territories where they hold a role today; of one territory when it is given."""
    if not is_known(user):
        return Organization.objects.none()
    cards = Person.objects.filter(
        user=user, ended_on__isnull=True, territory__in=Membership.objects.open().filter(user=user).values("territory")
    )
    found = Organization.objects.filter(pk__in=cards.values("organization")).order_by("search", "pk")
    return found if territory is None else found.filter(territory=territory)
