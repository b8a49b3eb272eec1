"""What happened: one report per date, anonymous feedback, and the balance of a campaign (`agenda.md` §6, §7)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.core.sensitive_years import COUNTED, ESTIMATED
from tissage.network.models import Organization
from tissage.people.models import Territory

from .campaigns import Activity, Campaign, Occurrence


class OccurrenceReport(models.Model):
    """One report of a date, or of an undated output. `headcount_by_audience`: {code of an audience: persons}. An estimate is no count."""

    class Held(models.TextChoices):
        YES = "yes", _("oui")
        CHANGED = "changed", _("oui, autrement que prévu")
        NO = "no", _("non")

    class Method(models.TextChoices):
        COUNT = "count", _("comptées une à une")
        TICKETS = "tickets", _("billets, inscriptions à l’entrée")
        ESTIMATE = "estimate", _("estimation")

    class NewPublic(models.TextChoices):
        UNKNOWN = "unknown", _("je ne sais pas")
        FEW = "few", _("quelques-unes")
        HALF = "half", _("environ la moitié")
        MOST = "most", _("la plupart")

    class Incident(models.TextChoices):
        NONE = "none", _("aucun")
        MINOR = "minor", _("léger")
        SERIOUS = "serious", _("grave")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reports")
    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, null=True, blank=True, related_name="report")
    held = models.CharField(_("a eu lieu"), max_length=7, choices=Held.choices)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    headcount = models.PositiveIntegerField(_("personnes"), null=True, blank=True)
    method = models.CharField(_("comment compté"), max_length=8, choices=Method.choices, blank=True)
    headcount_by_audience = models.JSONField(_("par public"), default=dict, blank=True)
    new_public = models.CharField(_("venues pour la première fois"), max_length=7, choices=NewPublic.choices, default=NewPublic.UNKNOWN)
    produced = models.CharField(_("ce qui a été produit"), max_length=300, blank=True)
    partners_present = models.ManyToManyField(Organization, related_name="+", blank=True, verbose_name=_("partenaires présents"))
    what_worked = models.TextField(_("ce qui a marché"), blank=True)
    what_to_change = models.TextField(_("à changer"), blank=True)
    incident = models.CharField(_("incident"), max_length=7, choices=Incident.choices, default=Incident.NONE)
    incident_text = models.TextField(_("ce qui s’est passé"), blank=True)
    cost = models.DecimalField(_("coût"), max_digits=10, decimal_places=2, null=True, blank=True)
    photo_agreement = models.BooleanField(_("accord pour les photos"), default=False)
    via_link = models.BooleanField(_("par le lien d’un partenaire"), default=False)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    filled_at = models.DateTimeField(_("remis le"))
    changed_at = models.DateTimeField(_("modifié le"))

    class Meta:
        verbose_name = _("compte rendu d’une date")
        verbose_name_plural = _("comptes rendus de dates")
        ordering = ["activity", "occurrence__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity"], condition=Q(occurrence__isnull=True), name="one_report_per_undated_activity"),
            models.CheckConstraint(condition=~Q(held="no") | ~Q(reason=""), name="what_was_not_held_says_why"),
            models.CheckConstraint(condition=Q(headcount__isnull=True) | ~Q(method=""), name="a_headcount_has_a_method"),
        ]

    def __str__(self) -> str:
        return str(self.occurrence or self.activity)

    @property
    def territory(self) -> Territory:
        return self.activity.territory

    @property
    def journal_label(self) -> str:
        return self.activity.journal_label


class ReportComment(models.Model):
    """What a co-organiser says of a report it cannot file."""

    report = models.ForeignKey(OccurrenceReport, on_delete=models.CASCADE, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("commentaire"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("commentaire d’un compte rendu")
        verbose_name_plural = _("commentaires de comptes rendus")
        ordering = ["report", "at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class ReportReminder(models.Model):
    """A reminder that left for a date without report, at 2 or 7 days: never twice."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(_("jours après"))
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rappel de compte rendu")
        verbose_name_plural = _("rappels de comptes rendus")
        ordering = ["occurrence", "days"]
        constraints = [models.UniqueConstraint(fields=["occurrence", "days"], name="one_reminder_per_delay")]

    def __str__(self) -> str:
        return f"{self.occurrence} +{self.days}"


class FeedbackForm(models.Model):
    """At most five questions, the same for all dates of an activity: [{"text": "…", "kind": "score" | "yes_no"}]. Opened by a poster, not a mail."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="feedback_form")
    questions = models.JSONField(default=list)
    token = models.CharField(max_length=64, unique=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire anonyme")
        verbose_name_plural = _("questionnaires anonymes")
        ordering = ["activity"]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def territory(self) -> Territory:
        return self.activity.territory


class FeedbackAnswer(models.Model):
    """One anonymous answer: scores, a comment the lead reads first, and the week. No address, no hour, and a key that says nothing of the order."""

    uuid = models.UUIDField(primary_key=True)
    form = models.ForeignKey(FeedbackForm, on_delete=models.CASCADE, related_name="answers")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    scores = models.JSONField(default=list)
    comment = models.TextField(_("commentaire"), blank=True)
    comment_state = models.CharField(
        max_length=9, default="new", choices=[("new", _("à lire")), ("shown", _("montré")), ("withdrawn", _("retiré"))]
    )
    week = models.DateField(_("semaine du"))

    class Meta:
        verbose_name = _("réponse anonyme")
        verbose_name_plural = _("réponses anonymes")
        ordering = ["form", "uuid"]

    def __str__(self) -> str:
        return str(self.week)


class CampaignReport(models.Model):
    """The balance of a campaign as it was issued: figures frozen, words of the coordination. Numbered; a correction is a new one."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField(_("numéro"))
    indicators = models.JSONField(default=dict)
    narrative = models.TextField(_("mot de la coordination"), blank=True)
    published_on = models.DateField(_("publié le"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bilan de campagne")
        verbose_name_plural = _("bilans de campagne")
        ordering = ["campaign", "-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="campaign_report_number_once")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.number}"

    @property
    def territory(self) -> Territory:
        return self.campaign.territory


class SensitiveYear(models.Model):
    """What left an organisation of its sensitive activities in a year: settled once, when the year is over, and never again (`core.sensitive_years`).

    `persons` empty: too few to be said.
    """

    class How(models.TextChoices):
        COUNTED = COUNTED, _("comptées")
        ESTIMATED = ESTIMATED, _("estimées")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("année"))
    how = models.CharField(_("comment compté"), max_length=9, choices=How.choices)
    persons = models.PositiveIntegerField(_("personnes"), null=True, blank=True)
    dates = models.PositiveSmallIntegerField(_("dates comptées"))
    settled_at = models.DateTimeField(_("arrêté le"))

    class Meta:
        verbose_name = _("nombre annuel des activités sensibles")
        verbose_name_plural = _("nombres annuels des activités sensibles")
        ordering = ["year", "organization__search", "how", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "year", "how"], name="a_sensitive_year_is_settled_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}"

    @property
    def territory(self) -> Territory:
        return self.organization.territory


class AgendaFeed(models.Model):
    """The secret address of an organisation's own calendar, private dates included. Revoked, it answers 404."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("agenda abonné")
        verbose_name_plural = _("agendas abonnés")
        ordering = ["organization", "-made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization"], condition=Q(revoked_at__isnull=True), name="one_open_agenda_feed")]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def territory(self) -> Territory:
        return self.organization.territory
