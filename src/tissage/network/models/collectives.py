"""Collectives (the steering commission is one), who sits there for which period, what meetings decided and who owes what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

from .organizations import Document, OfTheTerritory, Organization, Person


class Collective(models.Model):
    """A body of organisations: a network of associations, or the steering commission of a plan (optional since the 2025 decree)."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("collectif")
        COMMISSION = "commission", _("commission d’accompagnement")
        STEERING = "steering", _("comité de pilotage")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    kind = models.CharField(_("genre"), max_length=12, choices=Kind.choices, default=Kind.COLLECTIVE)
    name = models.CharField(_("nom"), max_length=200)
    purpose = models.TextField(_("raison d’être"), blank=True)
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    missions = models.JSONField(_("missions"), default=list, blank=True)
    minimum_meetings = models.PositiveSmallIntegerField(_("réunions par an au moins"), null=True, blank=True)
    founded_on = models.DateField(_("depuis"), null=True, blank=True)
    ended_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    coordinator = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("coordination")
    )
    political_lead = models.CharField(_("mandat politique"), max_length=200, blank=True)

    objects = OfTheTerritory.as_manager()

    class Meta:
        verbose_name = _("collectif")
        verbose_name_plural = _("collectifs")
        ordering = ["territory", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="collective_name_once_per_territory")]

    def __str__(self) -> str:
        return self.name


class CollectiveMembership(models.Model):
    """An organisation in a collective for one period, both ends included. At most one open row per pair; leaving keeps history."""

    class Role(models.TextChoices):
        MEMBER = "member", _("membre")
        COORDINATOR = "coordinator", _("coordination")
        CHAIR = "chair", _("présidence")
        OBSERVER = "observer", _("observation")
        EXTERNAL_PARTNER = "external_partner", _("partenaire extérieur")

    class Status(models.TextChoices):
        INVITED = "invited", _("invitée")
        APPLIED = "applied", _("candidate")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspendue")
        LEFT = "left", _("partie")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    status = models.CharField(_("état"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    since = models.DateField(_("depuis"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    commitments_text = models.TextField(_("ce à quoi elle s’engage"), blank=True)
    source_document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("adhésion")
        verbose_name_plural = _("adhésions")
        ordering = ["collective", "organization__search", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "organization"], condition=Q(until__isnull=True), name="one_open_collective_membership"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="collective_membership_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(status="left") | Q(until__isnull=False), name="who_left_has_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.collective}"


class Representative(models.Model):
    """A person who sits for a member organisation, titular or substitute."""

    class Kind(models.TextChoices):
        TITULAR = "titular", _("effectif·ive")
        SUBSTITUTE = "substitute", _("suppléant·e")

    membership = models.ForeignKey(CollectiveMembership, on_delete=models.CASCADE, related_name="representatives")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    kind = models.CharField(_("titre"), max_length=10, choices=Kind.choices, default=Kind.TITULAR)
    since = models.DateField(_("depuis"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("représentant·e")
        verbose_name_plural = _("représentant·es")
        ordering = ["membership", "kind", "person__display_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "person"], condition=Q(until__isnull=True), name="one_open_seat_per_person"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def journal_label(self) -> str:
        return ""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> MeetingQuerySet:
        return self.filter(status=Meeting.Status.HELD)

    def visible_to(self, user: Any) -> MeetingQuerySet:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        from .organizations import territories_of_the_plan_side

        return self.filter(collective__territory__in=territories_of_the_plan_side(user))


class Meeting(models.Model):
    """A meeting of a collective. Closing it needs minutes, a head count and a presence state per member (`network.md` §4.4)."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("prévue")
        HELD = "held", _("tenue")
        CANCELLED = "cancelled", _("annulée")

    class MinutesVisibility(models.TextChoices):
        TEAM = "team", _("équipe")
        MEMBERS = "members", _("membres du collectif")
        PUBLIC = "public", _("tout le monde")

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("objet"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    agenda = models.TextField(_("ordre du jour"), blank=True)
    minutes = models.TextField(_("procès-verbal"), blank=True)
    minutes_visibility = models.CharField(
        _("qui lit le procès-verbal"), max_length=8, choices=MinutesVisibility.choices, default=MinutesVisibility.TEAM
    )
    minutes_adopted_on = models.DateField(_("procès-verbal approuvé le"), null=True, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    attendees_count = models.PositiveSmallIntegerField(_("personnes présentes"), null=True, blank=True)
    invited_at = models.DateTimeField(_("convocation envoyée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(attendees_count__isnull=False), name="closed_meeting_counted_heads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collective} · {self.starts_at:%d/%m/%Y}"

    @property
    def territory(self) -> Territory:
        return self.collective.territory


class Presence(models.Model):
    """What a member organisation did at a meeting; nobody's name is asked."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("pas encore noté")
        PRESENT = "present", _("présente")
        EXCUSED = "excused", _("excusée")
        ABSENT = "absent", _("absente")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("présence"), max_length=8, choices=State.choices, default=State.UNKNOWN)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["meeting", "organization__search", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "organization"], name="one_presence_per_meeting")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_state_display()}"


class Decision(models.Model):
    """What a meeting decided, recommended or noted. `subjects`: typed references [{"kind": "action", "id": 12, "label": "…"}]."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("décision")
        RECOMMENDATION = "recommendation", _("recommandation")
        INFORMATION = "information", _("information")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    text = models.TextField(_("texte"))
    kind = models.CharField(_("genre"), max_length=14, choices=Kind.choices, default=Kind.DECISION)
    vote = models.CharField(_("vote"), max_length=200, blank=True)
    no_action_reason = models.CharField(_("pourquoi rien n’est à faire"), max_length=200, blank=True)
    subjects = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["meeting", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} · {self.meeting}"


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the day something is owed: from `old` to `new`, decided `on` a day, with its reason."""

    old: dt.date
    new: dt.date
    on: dt.date
    why: str


class ActionItem(models.Model):
    """Something an organisation owes by a date. Every move of the date is kept: [{"from": "2026-01-01", "to": "…", "on": "…", "why": "…"}]."""

    class Status(models.TextChoices):
        OPEN = "open", _("à faire")
        DONE = "done", _("fait")
        DROPPED = "dropped", _("abandonné")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="action_items")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="action_items")
    text = models.CharField(_("à faire"), max_length=300)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("qui s’en charge"))
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("personne"))
    due_on = models.DateField(_("pour le"))
    due_moves = models.JSONField(default=list, blank=True)
    status = models.CharField(_("état"), max_length=8, choices=Status.choices, default=Status.OPEN)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)
    evidence = models.CharField(_("ce qui le montre"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("suite à donner")
        verbose_name_plural = _("suites à donner")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status="open") | Q(closed_on__isnull=False), name="closed_action_item_has_a_date")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def moves(self) -> list[Move]:
        """Every move of the date, the first one first."""
        day = dt.date.fromisoformat
        return [Move(day(one["from"]), day(one["to"]), day(one["on"]), one.get("why", "")) for one in self.due_moves]
