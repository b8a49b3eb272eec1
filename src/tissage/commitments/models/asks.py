"""Asks to candidates: sets frozen before the first sending, contestants, sendings, verbatim answers (`commitments.md` §2 to §4)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Document, Organization
from tissage.people.models import Territory

from .spaces import Space, SpaceFile

MOST_ASKS = 40
"""Promise trackers of hundreds of items proved unusable (`commitments.md` §2)."""


class Election(models.Model):
    """A ballot that an ask set is about. In a space: the candidate phase; without: what came with a set handed over."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, blank=True, related_name="elections")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("élection"), max_length=160)
    held_on = models.DateField(_("date du scrutin"))
    installed_on = models.DateField(_("conseil installé le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("phase des candidatures close le"), null=True, blank=True)

    class Meta:
        verbose_name = _("élection")
        verbose_name_plural = _("élections")
        ordering = ["-held_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class AskSetQuerySet(models.QuerySet["AskSet"]):
    def of_territory(self) -> AskSetQuerySet:
        """Sets of the term phase: received by the territory. Those of a space are never among them."""
        return self.filter(space__isnull=True)

    def published(self) -> AskSetQuerySet:
        return self.filter(published_on__isnull=False)


class AskSet(models.Model):
    """A set of asks. In a space while candidates answer; the territory's copy (no space) is what came in one checked file, text frozen."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        FROZEN = "frozen", _("texte figé")
        CLOSED = "closed", _("clos")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, blank=True, related_name="ask_sets")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, null=True, blank=True, related_name="ask_sets")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("titre"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    owner_name = models.CharField(_("de qui viennent les demandes"), max_length=200)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("langue"), max_length=5, default="fr")
    status = models.CharField(_("état"), max_length=6, choices=Status.choices, default=Status.DRAFT)
    selection_rule = models.TextField(_("comment demandes et destinataires ont été choisis"), blank=True)
    neutrality_note = models.TextField(_("note de neutralité"), blank=True)
    counted_competences = models.JSONField(_("compétences qui comptent au score"), default=list)
    answer_deadline = models.DateField(_("réponses jusqu’au"), null=True, blank=True)
    frozen_on = models.DateField(_("texte figé le"), null=True, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(_("réponses publiées le"), null=True, blank=True)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)
    received_sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(_("reçu le"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = AskSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("ensemble de demandes")
        verbose_name_plural = _("ensembles de demandes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["space", "code"], condition=Q(space__isnull=False), name="ask_set_code_once_per_space"),
            models.UniqueConstraint(fields=["territory", "code"], condition=Q(space__isnull=True), name="ask_set_code_once_per_territory"),
            models.CheckConstraint(condition=Q(status="draft") | Q(frozen_on__isnull=False), name="a_frozen_set_has_a_date"),
            models.CheckConstraint(condition=Q(published_on__isnull=True) | Q(frozen_on__isnull=False), name="a_published_set_is_frozen"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        return self.frozen_on is not None


class AskCategory(models.Model):
    """A category of a set, with its weight W in the score."""

    ask_set = models.ForeignKey(AskSet, on_delete=models.CASCADE, related_name="categories")
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("catégorie"), max_length=160)
    weight = models.DecimalField(_("poids"), max_digits=6, decimal_places=2, default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("catégorie de demandes")
        verbose_name_plural = _("catégories de demandes")
        ordering = ["ask_set", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask_set", "code"], name="ask_category_code_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="ask_category_weight_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class Ask(models.Model):
    """One demand. It is scored when it can be verified and its competence is one that counts; otherwise it is published and in no sum."""

    class Kind(models.TextChoices):
        LEVER = "lever", _("levier")
        DEMAND = "demand", _("demande")

    class Verifiable(models.TextChoices):
        YES = "yes", _("oui")
        NEEDS_CRITERION = "needs_criterion", _("quand son critère sera écrit")
        NO = "no", _("non, telle qu’elle est écrite")

    class Competence(models.TextChoices):
        COMMUNE = "commune", _("commune")
        CPAS = "cpas", _("CPAS")
        POLICE_ZONE = "police_zone", _("zone de police")
        PROVINCE = "province", _("province")
        REGION = "region", _("région")
        COMMUNITY = "community", _("communauté")
        FEDERAL = "federal", _("fédéral")

    ask_set = models.ForeignKey(AskSet, on_delete=models.CASCADE, related_name="asks")
    category = models.ForeignKey(AskCategory, on_delete=models.PROTECT, related_name="asks", verbose_name=_("catégorie"))
    code = models.CharField(_("code"), max_length=10)
    kind = models.CharField(_("genre"), max_length=6, choices=Kind.choices, default=Kind.LEVER)
    text = models.TextField(_("demande"))
    rationale = models.TextField(_("pourquoi"), blank=True)
    competence = models.JSONField(_("compétence"), default=list)
    verifiable = models.CharField(_("vérifiable"), max_length=15, choices=Verifiable.choices, default=Verifiable.NEEDS_CRITERION)
    success_criterion = models.TextField(_("tenue quand"), blank=True)
    proof_hint = models.CharField(_("d’où peut venir la preuve"), max_length=300, blank=True)
    weight = models.DecimalField(_("poids"), max_digits=6, decimal_places=2, default=1)
    source_ref = models.CharField(_("source"), max_length=200, blank=True)
    legal_mapping_note = models.CharField(_("note sur la compétence"), max_length=300, blank=True)
    mapping_confirmed_by = models.CharField(_("compétence confirmée par"), max_length=160, blank=True)
    mapping_confirmed_on = models.DateField(_("confirmée le"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ["ask_set", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask_set", "code"], name="ask_code_once_per_set"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="ask_weight_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.text[:80]}"

    @property
    def territory(self) -> Territory:
        return self.ask_set.territory

    @property
    def is_verifiable(self) -> bool:
        """Verifiable as worded, or since its owner wrote when it is met."""
        return self.verifiable == self.Verifiable.YES or (
            self.verifiable == self.Verifiable.NEEDS_CRITERION and bool(self.success_criterion.strip())
        )

    def concerns(self, competences: list[str]) -> bool:
        return bool(set(self.competence) & set(competences))


class Contestant(models.Model):
    """A list, or a person, that stands. `contact` is encrypted and purged when the phase closes; public statements stay."""

    class Kind(models.TextChoices):
        LIST = "list", _("liste")
        PERSON = "person", _("personne")

    class Known(models.TextChoices):
        UNKNOWN = "unknown", _("inconnu")
        YES = "yes", _("oui")
        NO = "no", _("non")

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="contestants")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("genre"), max_length=6, choices=Kind.choices, default=Kind.LIST)
    name = models.CharField(_("nom"), max_length=160)
    party = models.CharField(_("parti"), max_length=120, blank=True)
    list_number = models.PositiveSmallIntegerField(_("numéro de liste"), null=True, blank=True)
    contact = models.TextField(_("contact (chiffré)"), blank=True)
    elected = models.CharField(_("a des élu·es"), max_length=7, choices=Known.choices, default=Known.UNKNOWN)
    in_majority = models.CharField(_("dans la majorité"), max_length=7, choices=Known.choices, default=Known.UNKNOWN)

    class Meta:
        verbose_name = _("liste ou personne candidate")
        verbose_name_plural = _("listes et personnes candidates")
        ordering = ["election", models.F("list_number").asc(nulls_last=True), "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["election", "name"], name="contestant_once_per_election")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        return ""


class Sending(models.Model):
    """The set sent to a contestant: same text, same day, same channel for all, with proof. `reminders`: ["2026-05-02", …], the same for all too."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        POST = "post", _("courrier")
        HAND = "hand", _("remis en main propre")

    ask_set = models.ForeignKey(AskSet, on_delete=models.CASCADE, related_name="sendings")
    contestant = models.ForeignKey(Contestant, on_delete=models.PROTECT, related_name="sendings")
    channel = models.CharField(_("par"), max_length=5, choices=Channel.choices)
    sent_on = models.DateField(_("envoyé le"))
    text_sha256 = models.CharField(max_length=64)
    proof = models.ForeignKey(SpaceFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reminders = models.JSONField(default=list, blank=True)
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    revoked_at = models.DateTimeField(_("lien fermé le"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("réponse remise le"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["ask_set", "sent_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["ask_set", "contestant"], name="one_sending_per_contestant")]

    def __str__(self) -> str:
        return f"{self.contestant} · {self.sent_on:%d/%m/%Y}"

    @property
    def journal_label(self) -> str:
        return ""


class Answer(models.Model):
    """What a contestant answered to an ask, word for word. Silence is no row, shown as « pas de réponse », and never a no."""

    class Position(models.TextChoices):
        YES = "yes", _("oui")
        YES_IF = "yes_if", _("oui, à condition")
        PARTIAL = "partial", _("en partie")
        NO = "no", _("non")
        NO_POSITION = "no_position", _("ne prend pas position")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    contestant = models.ForeignKey(Contestant, on_delete=models.PROTECT, related_name="answers")
    position = models.CharField(_("position"), max_length=11, choices=Position.choices)
    how = models.TextField(_("comment"), blank=True)
    verbatim = models.TextField(_("réponse, mot pour mot"), blank=True)
    received_on = models.DateField(_("reçue le"), null=True, blank=True)
    proof = models.ForeignKey(SpaceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proof_document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_late = models.BooleanField(_("après le délai"), default=False)
    via_link = models.BooleanField(_("par le lien"), default=False)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_on = models.DateField(_("publiée le"), null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("réponse à une demande")
        verbose_name_plural = _("réponses aux demandes")
        ordering = ["ask", "contestant", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "contestant"], name="one_answer_per_ask_and_contestant"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(received_on__isnull=False), name="a_published_answer_was_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contestant} · {self.ask.code} · {self.get_position_display()}"

    @property
    def territory(self) -> Territory:
        return self.ask.ask_set.territory

    @property
    def journal_label(self) -> str:
        return ""


def plain(value: Any) -> str:
    """A weight as it is hashed and written in files: « 1 », « 2.5 »."""
    return format(value.normalize(), "f")
