"""Commission members and councillors without an account: a personal link, revocable, to adopted things; and what readers wrote."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Person
from tissage.people.models import Territory
from tissage.plan.models import Plan


class ReaderLink(models.Model):
    """The secret address of one person of the commission or the council; only its hash is kept."""

    class Role(models.TextChoices):
        COMMISSION = "commission", _("commission")
        COUNCILLOR = "councillor", _("conseil")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("lit au titre de"), max_length=10, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("valable jusqu’au"))
    revoked_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien de lecture")
        verbose_name_plural = _("liens de lecture")
        ordering = ["plan", "person__display_name", "-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], condition=Q(revoked_at__isnull=True), name="one_open_reader_link")
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def territory(self) -> Territory:
        return self.plan.territory


class ReaderComment(models.Model):
    """A comment on an adopted thing: a plan version, an issued document, minutes. By an account or by a link, never both, never nobody."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(
        max_length=20, choices=[("version", _("version du plan")), ("report", _("document")), ("meeting", _("réunion"))]
    )
    subject_id = models.BigIntegerField()
    text = models.TextField(_("commentaire"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    link = models.ForeignKey(ReaderLink, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    at = models.DateTimeField()
    answer = models.TextField(_("réponse"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("commentaire de lecture")
        verbose_name_plural = _("commentaires de lecture")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, link__isnull=False) | Q(user__isnull=False, link__isnull=True),
                name="a_reader_comment_has_one_author",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.subject_id}"

    @property
    def journal_label(self) -> str:
        return ""
