"""The space of an association: its own roles, files, elections and ask sets. A role in the territory opens nothing here, nor the reverse."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.people.models import Territory


class SpaceQuerySet(models.QuerySet["Space"]):
    def visible_to(self, user: Any) -> SpaceQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(pk__in=SpaceMembership.objects.filter(user=user, ended_at__isnull=True).values("space"))


class Space(models.Model):
    """Where one association keeps what it asks of candidates. It belongs to one organisation, which gives its roles."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("association"))
    slug = models.SlugField(_("adresse courte"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    description = models.TextField(_("présentation"), blank=True)
    created_at = models.DateTimeField()

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("espace d’une association")
        verbose_name_plural = _("espaces d’associations")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization"], name="one_space_per_organization")]

    def __str__(self) -> str:
        return self.name


class SpaceMembership(models.Model):
    """The role a person holds in a space, given by the association itself."""

    class Role(models.TextChoices):
        OWNER = "owner", _("responsable")
        EDITOR = "editor", _("rédaction")
        READER = "reader", _("lecture")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("rôle"), max_length=6, choices=Role.choices)
    since = models.DateTimeField(_("depuis"))
    ended_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("rôle dans un espace")
        verbose_name_plural = _("rôles dans un espace")
        ordering = ["space", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], condition=Q(ended_at__isnull=True), name="one_open_role_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.get_role_display()}"

    @property
    def journal_label(self) -> str:
        return ""


class SpaceFile(models.Model):
    """A file of a space (a paper answer scanned, a proof of sending): kept apart from the documents of the territory."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="files")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("taille"))
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(_("montré avec la réponse publiée"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("fichier d’un espace")
        verbose_name_plural = _("fichiers d’un espace")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_label(self) -> str:
        return ""
