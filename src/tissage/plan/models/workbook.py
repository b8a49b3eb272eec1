"""A workbook that came in: the file until it is applied, what it changed, so that it can be undone as one act."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tissage.network.models.organizations import territories_of_the_plan_side
from tissage.people.models import Territory

from .plans import Plan


class WorkbookImportQuerySet(models.QuerySet["WorkbookImport"]):
    def visible_to(self, user: Any) -> WorkbookImportQuerySet:
        """Those of the plans whose register one reads."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(plan__territory__in=territories_of_the_plan_side(user))


class WorkbookImport(models.Model):
    """`mapping`: sheet → {"kind": …, "columns": {heading: field}}, where a person had to say it. `report`: counts, and what was said of it.

    `done`: what was written, in order: [{"kind": "actions", "pk": 12, "status": "changed", "fields": [["title", "old", "new"]]}].
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("à vérifier")
        APPLIED = "applied", _("importé")
        UNDONE = "undone", _("annulé")
        ABANDONED = "abandoned", _("abandonné")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="workbook_imports")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(_("fichier"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    source_format = models.CharField(max_length=4)
    state = models.CharField(_("état"), max_length=9, choices=State.choices, default=State.RECEIVED)
    mapping = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    done = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(_("importé le"), null=True, blank=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True, blank=True)

    objects = WorkbookImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("classeur importé")
        verbose_name_plural = _("classeurs importés")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def territory(self) -> Territory:
        return self.plan.territory

    @property
    def journal_label(self) -> str:
        """The plan: the name of a file may hold anything."""
        return str(self.plan)
