"""Tables of versioned reference data.

A published version is never unpublished nor removed, and its codes neither change nor go: triggers on both engines
hold it (`triggers.py`); labels, keys, statuses and sources may be corrected.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory


class Status(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmé")
    PARTIAL = "partial", _("partiel")
    UNVERIFIED = "unverified", _("non vérifié")


class Framework(models.Model):
    """A list that a method or a decree maintains: the SPIRAL nomenclature, a plan framework, a set of rights."""

    class Purpose(models.TextChoices):
        NOMENCLATURE = "nomenclature", _("coder des paroles")
        PLAN = "plan", _("tenir un plan")
        VOCABULARY = "vocabulary", _("nommer publics, thèmes et genres")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    purpose = models.CharField(_("sert à"), max_length=12, choices=Purpose.choices, default=Purpose.NOMENCLATURE)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("référentiel")
        verbose_name_plural = _("référentiels")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    def published(self) -> FrameworkVersionQuerySet:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> FrameworkVersionQuerySet:
        return self.filter(published_at__isnull=True)

    def visible_to(self, user: Any) -> FrameworkVersionQuerySet:
        """Anyone signed in reads what is published; drafts are for those who look after the installation."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self if user.is_active and user.administrator_since else self.published()


class FrameworkVersion(models.Model):
    """One dated state of a framework. Once published, codes are neither altered nor removed; labels may be corrected."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(_("version"), max_length=60)
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("remarque"), blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("en vigueur du"), null=True, blank=True)
    valid_to = models.DateField(_("en vigueur jusqu’au"), null=True, blank=True)
    extended_to = models.DateField(_("prolongé jusqu’au"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    revised_at = models.DateTimeField(auto_now=True)

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version de référentiel")
        verbose_name_plural = _("versions de référentiel")
        ordering = ["framework", "pk"]
        constraints = [models.UniqueConstraint(fields=["framework", "label"], name="version_label_once_per_framework")]

    def __str__(self) -> str:
        return f"{self.framework} {self.label}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class NodeQuerySet(models.QuerySet["Node"]):
    def of_kind(self, kind: str) -> NodeQuerySet:
        return self.filter(kind=kind)


class Node(models.Model):
    """A code of a framework version: a dimension, a component, a sense, a question, a beneficiary…"""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="nodes")
    kind = models.CharField(_("genre"), max_length=20)
    code = models.CharField(_("code"), max_length=40)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    labels = models.JSONField(_("libellés par langue"), default=dict)
    keys = models.JSONField(_("clé de détermination par langue"), default=dict)
    extra = models.JSONField(default=dict, blank=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices, default=Status.UNVERIFIED)
    source = models.TextField(_("source"), blank=True)
    valid_from = models.DateField(_("valable du"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code de référentiel")
        verbose_name_plural = _("codes de référentiel")
        ordering = ["version", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "kind", "code"], name="node_code_once_per_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    @property
    def label(self) -> str:
        return in_language(self.labels)

    @property
    def key(self) -> str:
        return in_language(self.keys)


def in_language(texts: dict[str, str]) -> str:
    """The text in the language of the screen, else in French, else in whatever language it exists."""
    language = (get_language() or "fr").split("-")[0]
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")


class Obligation(models.Model):
    """What a plan owes, to whom and by when, while it is valid. Switching it off later keeps past years untouched.

    `due`: the rule of its date, e.g. {"month": 3, "day": 31, "years_after": 1} (31 March of the year after the year reported),
    or {} when it has none. `steps`: the delays to count backwards from the sitting that votes it, in order from the sitting,
    as codes of nodes of kind `delay` of the same version.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="obligations")
    code = models.CharField(_("code"), max_length=40)
    labels = models.JSONField(_("libellés par langue"), default=dict)
    body = models.CharField(_("envers qui"), max_length=200, blank=True)
    due = models.JSONField(_("échéance"), default=dict, blank=True)
    steps = models.JSONField(_("étapes"), default=list, blank=True)
    documents = models.JSONField(_("documents à produire"), default=list, blank=True)
    is_mandatory = models.BooleanField(_("obligatoire"), default=True)
    valid_from = models.DateField(_("valable du"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    status = models.CharField(_("statut"), max_length=10, choices=Status.choices, default=Status.UNVERIFIED)
    source = models.TextField(_("source"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code", "valid_from"], name="obligation_code_once_per_validity"),
            models.UniqueConstraint(
                fields=["version", "code"], condition=Q(valid_from__isnull=True), name="obligation_code_once_without_beginning"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_language(self.labels)


class Phrase(models.Model):
    """A short phrase a resident might say for a component. Feeds search, and suggestions later."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="phrases")
    language = models.CharField(max_length=5, default="fr")
    text = models.CharField(max_length=200)
    search = models.CharField(max_length=200, db_index=True)

    class Meta:
        verbose_name = _("phrase d’exemple")
        verbose_name_plural = _("phrases d’exemple")
        ordering = ["node", "language", "pk"]

    def __str__(self) -> str:
        return self.text


class Crosswalk(models.Model):
    """A code of one version beside the code that takes its place in another. Stored codes are never rewritten.

    A code that splits has several rows; an abandoned code has one row without target. Without author: proposed by
    comparison (same code, same label).
    """

    source = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="leads_to")
    to_version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Node, on_delete=models.CASCADE, null=True, blank=True, related_name="comes_from")
    note = models.TextField(_("remarque"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correspondance")
        verbose_name_plural = _("correspondances")
        ordering = ["source", "target", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "to_version", "target"], name="crosswalk_once"),
            models.UniqueConstraint(fields=["source", "to_version"], condition=Q(target__isnull=True), name="abandoned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} → {self.target.code if self.target else '—'}"


class FrameworkChoice(models.Model):
    """The version of a framework that a territory works with."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("référentiel du territoire")
        verbose_name_plural = _("référentiels du territoire")
        ordering = ["territory", "-chosen_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "version"], condition=Q(ended_at__isnull=True), name="one_open_choice_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.territory} · {self.version}"
