"""The hall (« salle »): the live side of one workshop. Who holds a phone has no record that outlives the workshop."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory

from .batches import Batch
from .workshops import Question, Workshop


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> EventQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class Event(models.Model):
    """Several workshops of one day and place, run side by side at their tables; their walls are shown in turn."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    name = models.CharField(_("nom"), max_length=160)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "name", "held_on"], name="event_once_per_day")]

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """How a workshop gathers its words: by phone, by the facilitator's hand, or both. Its code opens it without an account.

    The hall is open while the workshop is (`workshop.closed_at`); the door may close earlier to phones that are not in yet.
    """

    class Mode(models.TextChoices):
        PHONES = "phones", _("les téléphones")
        FACILITATOR = "facilitator", _("l’animation écrit")
        BOTH = "both", _("les deux")

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="hall", verbose_name=_("atelier"))
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="halls", verbose_name=_("événement"))
    table_name = models.CharField(_("table"), max_length=60, blank=True)
    code = models.CharField(_("code"), max_length=8, unique=True)
    mode = models.CharField(_("qui écrit"), max_length=12, choices=Mode.choices, default=Mode.BOTH)
    languages = models.JSONField(_("langues proposées"), default=list)
    consent_text = models.TextField(_("ce qui est dit aux participant·e·s"), blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("ouverte le"))
    door_closed_at = models.DateTimeField(_("porte fermée le"), null=True, blank=True)
    wall_round = models.ForeignKey("voices.Round", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("salle")
        verbose_name_plural = _("salles")
        ordering = ["event", "table_name", "pk"]

    def __str__(self) -> str:
        return self.table_name or str(self.workshop)


class Round(models.Model):
    """One question put in the hall. Its words are hidden from everyone while it is open: individual expression comes first.

    Each opening has a batch of its own, not applied until the round closes: nobody reads, counts or exports before that.
    """

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="rounds")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(_("montrée au mur le"), null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("question en salle")
        verbose_name_plural = _("questions en salle")
        ordering = ["hall", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "question"], name="round_once_per_question"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="round_opens_before_it_closes"),
            models.CheckConstraint(condition=Q(shown_at__isnull=True) | Q(closed_at__isnull=False), name="round_is_shown_once_closed"),
        ]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Recording(models.Model):
    """A question read aloud by the facilitator or an interpreter. The sound is a file of the data folder, `recordings/<uuid>`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(_("langue"), max_length=10)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lecture enregistrée")
        verbose_name_plural = _("lectures enregistrées")
        ordering = ["round", "language"]
        constraints = [models.UniqueConstraint(fields=["round", "language"], name="one_recording_per_round_and_language")]

    def __str__(self) -> str:
        return f"{self.round} · {self.language}"


class Phone(models.Model):
    """One person answering, while the workshop lasts. The token is made on the device and only its hash is kept; closing deletes the row.

    « Personne suivante » on a shared device makes another one. `number` is what the conductor sees.
    """

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="phones")
    token_hash = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="fr")
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True, blank=True)
    minute_began_at = models.DateTimeField(null=True, blank=True)  # with the next one: how many writes in the minute that began then
    writes_in_minute = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("téléphone")
        verbose_name_plural = _("téléphones")
        ordering = ["hall", "number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="phone_number_once_per_hall")]

    def __str__(self) -> str:
        return str(self.number)


class SheetPhoto(models.Model):
    """A photo of an A0 sheet, beside the fast entry until its words are typed. It deletes itself on `delete_on` (`spiral.md` §16.8)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="photos")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("question"))
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    delete_on = models.DateField(_("effacée le"))

    class Meta:
        verbose_name = _("photo de feuille")
        verbose_name_plural = _("photos de feuilles")
        ordering = ["workshop", "added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.workshop_id}:{self.pk}"


class ScreenLanguage(models.Model):
    """A language of the answering screen that a town filled in itself, or a shipped one it corrected."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("nom de la langue, dans cette langue"), max_length=60)
    is_right_to_left = models.BooleanField(_("s’écrit de droite à gauche"), default=False)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    filled_at = models.DateTimeField()

    class Meta:
        verbose_name = _("langue d’écran")
        verbose_name_plural = _("langues d’écran")
        ordering = ["territory", "code"]
        constraints = [models.UniqueConstraint(fields=["territory", "code"], name="screen_language_once_per_territory")]

    def __str__(self) -> str:
        return self.name


class ScreenSentence(models.Model):
    """One sentence of the answering screen in one language, and who speaking it read it again."""

    language = models.ForeignKey(ScreenLanguage, on_delete=models.CASCADE, related_name="sentences")
    key = models.CharField(max_length=40)
    text = models.TextField()
    reviewed_by = models.CharField(_("relue par"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("phrase d’écran")
        verbose_name_plural = _("phrases d’écran")
        ordering = ["language", "key"]
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="screen_sentence_once_per_language")]

    def __str__(self) -> str:
        return self.text
