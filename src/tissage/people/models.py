"""Tables of accounts, territories, roles and the journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """An account, its address held as confirmed: accounts come from an invitation read in that mailbox, or from the operator."""
        from allauth.account.models import EmailAddress

        user = self.model(email=fold_email(email), name=name.strip())
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=fold_email(username or ""))


def fold_email(email: str) -> str:
    """An address as it is stored and compared: trimmed, in lower case."""
    return email.strip().lower()


def is_known(user: Any) -> bool:
    """Somebody with an account that is in use."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


class User(AbstractBaseUser):
    """A person with an account. The name is the one they go by; no title or gender is asked."""

    email = models.EmailField(_("adresse e-mail"), unique=True)
    name = models.CharField(_("nom d’usage"), max_length=120)
    language = models.CharField(_("langue des écrans"), max_length=5, default="fr")
    wants_reminders = models.BooleanField(_("rappels par e-mail"), default=True)
    is_active = models.BooleanField(default=True)
    administrator_since = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        import rules

        return bool(self.is_active and rules.has_perm(perm, self, obj))

    def get_full_name(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        """Nothing: the journal keeps the number of the account and shows the name of today."""
        return ""


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def of(self, user: Any) -> TerritoryQuerySet:
        """Territories in which this person holds a role today."""
        if not is_known(user):
            return self.none()
        return self.filter(pk__in=Membership.objects.open().filter(user=user).values("territory"))

    def visible_to(self, user: Any) -> TerritoryQuerySet:
        """Public territories, and those in which this person holds a role."""
        public = Q(visibility=Territory.Visibility.PUBLIC)
        if not is_known(user):
            return self.filter(public)
        return self.filter(public | Q(pk__in=Membership.objects.open().filter(user=user).values("territory")))


class Territory(models.Model):
    """A place, and the open group of actors who run a SPIRAL process there."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("publique")
        MEMBERS = "members", _("réservée aux membres")

    slug = models.SlugField(_("adresse courte"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    visibility = models.CharField(_("page du territoire"), max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS)
    suppression_threshold = models.PositiveSmallIntegerField(_("seuil des petits groupes"), default=5)
    two_factor_required = models.BooleanField(_("deuxième facteur obligatoire"), default=False)
    is_demonstration = models.BooleanField(_("données inventées pour la démonstration"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(suppression_threshold__gte=1), name="territory_threshold_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page. It lives downstream, so the settings say where (`ABSOLUTE_URL_OVERRIDES`)."""
        raise NotImplementedError("ABSOLUTE_URL_OVERRIDES names no page for a territory.")

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> MembershipQuerySet:
        return self.filter(ended_at__isnull=True)

    def inside(self) -> MembershipQuerySet:
        """Open roles of people who work with residents' words. The other roles read what was adopted, or their own part of a plan."""
        return self.open().filter(role__in=INSIDE)

    def coordinators(self) -> MembershipQuerySet:
        return self.open().filter(role=Membership.Role.COORDINATOR)

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Roles held today in the territories of this person. Former roles are the journal's."""
        if not is_known(user):
            return self.none()
        return self.open().filter(territory__in=Membership.objects.inside().filter(user=user).values("territory"))


class Membership(models.Model):
    """A person's role in a territory, for a period; at most one open role per person and territory."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordination")
        FACILITATOR = "facilitator", _("animation")
        READER = "reader", _("lecture")
        PLAN_MANAGER = "plan_manager", _("gestion du plan")
        FINANCE = "finance", _("finances")
        PARTNER = "partner", _("partenaire")
        COMMISSION = "commission", _("commission")
        COUNCILLOR = "councillor", _("conseil")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("territoire"))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("personne"))
    role = models.CharField(_("rôle"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(_("depuis"))
    ended_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rôle dans un territoire")
        verbose_name_plural = _("rôles dans un territoire")
        ordering = ["territory", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "user"], condition=Q(ended_at__isnull=True), name="one_open_role_per_person"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")), name="role_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


INSIDE = (Membership.Role.COORDINATOR, Membership.Role.FACILITATOR, Membership.Role.READER, Membership.Role.PLAN_MANAGER)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        """Neither accepted nor taken back; perhaps out of date."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def visible_to(self, user: Any) -> InvitationQuerySet:
        """Invitations of the territories this person coordinates."""
        if not is_known(user):
            return self.none()
        return self.filter(territory__in=Membership.objects.coordinators().filter(user=user).values("territory"))


class Invitation(models.Model):
    """A link sent by mail that opens a page with one button. Only the hash of its secret is kept."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="invitations", null=True, blank=True)
    email = models.EmailField(_("adresse e-mail"))
    name = models.CharField(_("nom d’usage"), max_length=120, blank=True)
    role = models.CharField(_("rôle"), max_length=12, choices=Membership.Role.choices)
    makes_administrator = models.BooleanField(_("administre l’installation"), default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.email

    @property
    def journal_label(self) -> str:
        """Nothing: an address does not enter a journal that is never erased."""
        return ""

    def is_open(self, now: dt.datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> EntryQuerySet:
        """The journal of the territories this person coordinates."""
        if not is_known(user):
            return self.none()
        return self.filter(territory__in=Membership.objects.coordinators().filter(user=user).values("territory"))


class Entry(models.Model):
    """One line of the journal: who did what, when, on what. Never a value, never a participant.

    Rows are never updated nor deleted (triggers on both engines). Their chain is sealed in batches.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(_("acte"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(max_length=160, blank=True)
    fields = models.JSONField(default=list)
    numbers = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["territory", "-id"], name="entry_by_territory")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}".strip()


class Seal(models.Model):
    """The hash of a run of journal entries, chained to the seal before it. `scheme` 2 hashes each line by itself (`core.journal_chain`)."""

    first_entry = models.BigIntegerField(unique=True)
    last_entry = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    scheme = models.PositiveSmallIntegerField(default=1)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("scellé du journal")
        verbose_name_plural = _("scellés du journal")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.first_entry}–{self.last_entry}"


class Reminder(models.Model):
    """A letter of reminders sent to a person on a day: at most one. `digest` tells whether the next one would say the same again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    sent_on = models.DateField(_("envoyé le"))
    lines = models.PositiveSmallIntegerField(_("choses à faire"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")
        ordering = ["user", "-sent_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "sent_on"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.sent_on:%d/%m/%Y}"
