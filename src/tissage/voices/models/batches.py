"""A batch (« lot »): one intention that wrote criteria, so that it can be undone as one.

An import, a run of fast entry, an edit, a merge and a split are batches. A row made by a batch is seen
only while its batch is applied: two hundred thousand rows appear, or go, with the change of one.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Territory

if TYPE_CHECKING:
    from django.db.models import QuerySet


class BatchQuerySet(models.QuerySet["Batch"]):
    def applied(self) -> BatchQuerySet:
        return self.filter(state=Batch.State.APPLIED)

    def not_applied(self) -> BatchQuerySet:
        """The few batches whose rows must not be seen."""
        return self.exclude(state=Batch.State.APPLIED)


class Batch(models.Model):
    class Kind(models.TextChoices):
        IMPORT = "import", _("import")
        ENTRY = "entry", _("saisie")
        EDIT = "edit", _("correction")
        MERGE = "merge", _("fusion")
        SPLIT = "split", _("séparation")
        HALL = "hall", _("question en salle")

    class State(models.TextChoices):
        PREVIEW = "preview", _("à vérifier")
        WAITING = "waiting", _("en attente")
        STAGING = "staging", _("en cours")
        APPLIED = "applied", _("fait")
        UNDONE = "undone", _("annulé après coup")
        CANCELLED = "cancelled", _("abandonné")
        FAILED = "failed", _("échoué")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name=_("territoire"))
    kind = models.CharField(_("genre"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.STAGING)
    label = models.CharField(_("libellé"), max_length=200, blank=True)
    source_format = models.CharField(_("format"), max_length=20, blank=True)
    file_name = models.CharField(_("fichier"), max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    report = models.JSONField(_("compte rendu"), default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["territory", "-id"], name="batch_by_territory")]
        constraints = [
            models.CheckConstraint(condition=~Q(state="applied") | Q(applied_at__isnull=False), name="batch_applied_has_a_date"),
            models.CheckConstraint(condition=Q(rows_done__lte=F("rows_total")), name="batch_progress_within_total"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_kind_display()} {self.pk}"


def hidden_batches() -> QuerySet[Any, Any]:
    """Sub-query of the batches whose rows nobody sees."""
    return Batch.objects.not_applied().order_by().values("pk")


class Change(models.Model):
    """What a batch did to a row that was already there: the values before and after, so that undo is exact.

    `seq` orders the changes of a batch. `before` and `after` hold field names of the criterion and plain values.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    criterion = models.ForeignKey("voices.Criterion", on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("modification")
        verbose_name_plural = _("modifications")
        ordering = ["batch", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "criterion"], name="one_change_per_batch_and_criterion")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.criterion_id}"


class ColumnMapping(models.Model):
    """Which column of a town's own spreadsheet is which; remembered per territory and header."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    defaults = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correspondance de colonnes")
        verbose_name_plural = _("correspondances de colonnes")
        ordering = ["territory", "-used_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "header_hash"], name="one_mapping_per_header")]

    def __str__(self) -> str:
        return ", ".join(f"{column}→{field}" for field, column in self.mapping.items())
