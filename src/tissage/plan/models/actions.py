"""What the team does now: actions, partners, dated comments, the yearly account of each, and short public articles of pilot actions."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.frameworks.models import Node
from tissage.network.models import Organization, Person, Place
from tissage.network.models.organizations import territories_of_the_plan_side
from tissage.people.models import Membership, Territory

from .plans import Plan


class ReviewState(models.TextChoices):
    """Review states of whatever a partner or a team hands in (`names.md`)."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("remis")
    RETURNED = "returned", _("renvoyé avec un commentaire")
    APPROVED = "approved", _("approuvé")


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: Any) -> ActionQuerySet:
        """Actions of one's plans; a partner with an account sees those of its own organisation."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(Q(plan__territory__in=territories_of_the_plan_side(user)) | Q(pk__in=self._own(user)))

    def own_of(self, user: Any) -> ActionQuerySet:
        """Actions carried by the organisations a partner speaks for."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(pk__in=self._own(user))

    def _own(self, user: Any) -> models.QuerySet[Any, Any]:
        partners = Membership.objects.open().filter(user=user, role=Membership.Role.PARTNER).values("territory")
        mine = Person.objects.filter(user=user, territory__in=partners, ended_on__isnull=True, organization__isnull=False).values(
            "organization"
        )
        return ActionPartner.objects.filter(organization__in=mine, until__isnull=True).values("action")


class Action(models.Model):
    """A line of the plan, with a number of its own: one catalogue code may serve several actions (`pcs.md` §4).

    `revision` grows at every save of its sheet: whoever saves over an older one is shown both.
    """

    class State(models.TextChoices):
        CREATED = "created", _("créée")
        TO_BE_SCHEDULED = "to_be_scheduled", _("à planifier")
        ONGOING = "ongoing", _("en cours")
        STOPPED = "stopped", _("arrêtée")
        TERMINATED = "terminated", _("terminée")

    class Health(models.TextChoices):
        GOOD = "good", _("va bien")
        RISK = "risk", _("à risque")
        BLOCKED = "blocked", _("bloquée")
        PAUSED = "paused", _("en pause")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    sequence = models.PositiveSmallIntegerField(_("numéro"))
    node = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("code du catalogue"))
    title = models.CharField(_("titre local"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    basis = models.CharField(_("base légale du financement"), max_length=40, blank=True)
    objectives = models.ManyToManyField(Node, related_name="+", blank=True, verbose_name=_("objectifs"))
    target_groups = models.JSONField(_("publics"), default=list, blank=True)
    neighbourhoods = models.ManyToManyField(Place, related_name="+", blank=True, verbose_name=_("quartiers"))
    lead_service = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service pilote")
    )
    pst_reference = models.CharField(_("référence au PST"), max_length=60, blank=True)
    state = models.CharField(_("état"), max_length=16, choices=State.choices, default=State.CREATED)
    health = models.CharField(_("santé"), max_length=8, choices=Health.choices, default=Health.GOOD)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    stop_reason = models.CharField(_("raison de l’arrêt"), max_length=300, blank=True)
    is_pilot = models.BooleanField(_("action pilote"), default=False)
    is_standing_service = models.BooleanField(_("service permanent, compté chaque mois"), default=False)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["plan", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sequence"], name="action_number_once_per_plan"),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(stop_reason=""), name="a_stopped_action_says_why"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.title}"

    @property
    def territory(self) -> Territory:
        return self.plan.territory


class ActionPartner(models.Model):
    """An organisation in an action: it operates it (article 20 money goes to it), or takes part."""

    class Role(models.TextChoices):
        OPERATOR = "operator", _("opérateur")
        PARTNER = "partner", _("partenaire")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("rôle"), max_length=10, choices=Role.choices, default=Role.PARTNER)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    since = models.DateField(_("depuis"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("partenaire d’une action")
        verbose_name_plural = _("partenaires d’une action")
        ordering = ["action", "role", "organization__search", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "organization"], condition=Q(until__isnull=True), name="one_open_partner_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_role_display()}"


class ActionComment(models.Model):
    """A dated comment on an action; `state` and `health` hold what they became with it, empty when the comment changed neither."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments")
    on = models.DateField(_("date"))
    text = models.TextField(_("commentaire"))
    state = models.CharField(max_length=16, blank=True)
    health = models.CharField(max_length=8, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("commentaire sur une action")
        verbose_name_plural = _("commentaires sur une action")
        ordering = ["action", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} · {self.on:%d/%m/%Y}"


class ActionYear(models.Model):
    """The yearly account of an action by one organisation, or by the team (no organisation): what was done, for whom, what was hard."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="accounts")
    year = models.PositiveSmallIntegerField(_("année"))
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done = models.TextField(_("ce qui a été fait"), blank=True)
    benefits = models.TextField(_("ce que cela a apporté"), blank=True)
    difficulties = models.TextField(_("les difficultés"), blank=True)
    feedback = models.TextField(_("ce qu’en disent les publics"), blank=True)
    state = models.CharField(_("état"), max_length=9, choices=ReviewState.choices, default=ReviewState.DRAFT)
    comment = models.TextField(_("commentaire de relecture"), blank=True)
    via_link = models.BooleanField(_("remis par le lien du partenaire"), default=False)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bilan annuel d’une action")
        verbose_name_plural = _("bilans annuels des actions")
        ordering = ["action", "-year", "organization__search", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "year", "organization"], name="one_account_per_year_and_partner"),
            models.UniqueConstraint(fields=["action", "year"], condition=Q(organization__isnull=True), name="one_team_account_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.year}"


class Article(models.Model):
    """A short public article about a pilot action: text, date, author by the name they go by, pictures with alternative text."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="articles")
    title = models.CharField(_("titre"), max_length=200)
    text = models.TextField(_("texte"))
    on = models.DateField(_("date"))
    author = models.CharField(_("signé"), max_length=120)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title


class ArticlePicture(models.Model):
    """A picture of an article, re-encoded without metadata, never without words for who cannot see it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alternative = models.CharField(_("ce que montre l’image"), max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("image d’un article")
        verbose_name_plural = _("images d’un article")
        ordering = ["article", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(alternative=""), name="a_picture_says_what_it_shows")]

    def __str__(self) -> str:
        return self.alternative
