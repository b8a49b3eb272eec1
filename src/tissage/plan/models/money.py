"""Money: lines of funding, budget stages, what was booked and to which actions it goes. Exact decimals; unknown is null, never zero."""

from __future__ import annotations

import re
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tissage.network.models import Organization
from tissage.people.models import Territory

from .actions import Action
from .plans import Plan

_A_NUMBER = re.compile(r"[\w./°-]*\d[\w./°-]*")


class FundingLine(models.Model):
    """Money of one funder under one legal basis for one year. `basis` is the code of a node of kind `funding` of the plan's framework."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="funding_lines")
    year = models.PositiveSmallIntegerField(_("année"))
    funder = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("pouvoir subsidiant"))
    basis = models.CharField(_("base légale"), max_length=40)
    label = models.CharField(_("libellé"), max_length=200)
    function_code = models.CharField(_("code fonctionnel"), max_length=20, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ligne de financement")
        verbose_name_plural = _("lignes de financement")
        ordering = ["plan", "year", "basis", "label", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "year", "label"], name="funding_label_once_per_year")]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"


class BudgetStage(models.Model):
    """A state of the budget of a year: initial (0), then its amendments. For each line and action the latest stage that says something counts."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="stages")
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField(_("numéro"))
    label = models.CharField(_("libellé"), max_length=120)
    voted_on = models.DateField(_("votée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("étape budgétaire")
        verbose_name_plural = _("étapes budgétaires")
        ordering = ["plan", "year", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "year", "number"], name="budget_stage_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"


class FundingAmount(models.Model):
    """The amount of a line at a stage; null says unknown."""

    line = models.ForeignKey(FundingLine, on_delete=models.CASCADE, related_name="amounts")
    stage = models.ForeignKey(BudgetStage, on_delete=models.CASCADE, related_name="amounts")
    amount = models.DecimalField(_("montant"), null=True, blank=True, max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("montant d’une ligne")
        verbose_name_plural = _("montants des lignes")
        ordering = ["line", "stage__number"]
        constraints = [models.UniqueConstraint(fields=["line", "stage"], name="one_amount_per_line_and_stage")]

    def __str__(self) -> str:
        return f"{self.line} · {self.stage}"


class Allocation(models.Model):
    """What a line gives an action in its year, at a stage; null says unknown."""

    line = models.ForeignKey(FundingLine, on_delete=models.CASCADE, related_name="allocations")
    stage = models.ForeignKey(BudgetStage, on_delete=models.CASCADE, related_name="allocations")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="allocations")
    amount = models.DecimalField(_("montant"), null=True, blank=True, max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        ordering = ["line", "action__sequence", "stage__number"]
        constraints = [models.UniqueConstraint(fields=["line", "stage", "action"], name="one_allocation_per_stage")]

    def __str__(self) -> str:
        return f"{self.line} → {self.action}"


class HelpInKind(models.Model):
    """Rooms, speakers, printing, hours given. Stands beside money, never added to it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="help_in_kind")
    year = models.PositiveSmallIntegerField(_("année"))
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", verbose_name=_("donné par"))
    description = models.CharField(_("quoi"), max_length=300)
    value = models.DecimalField(_("valeur estimée"), null=True, blank=True, max_digits=14, decimal_places=2)
    how_estimated = models.CharField(_("comment estimée"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("aide en nature")
        verbose_name_plural = _("aides en nature")
        ordering = ["action", "year", "pk"]

    def __str__(self) -> str:
        return self.description


class PlanColumns(models.Model):
    """Which column of a town's own workbook or accounting extract is which; remembered per territory, kind and header."""

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", _("classeur du plan")
        BOOKINGS = "bookings", _("extrait comptable")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correspondance de colonnes du plan")
        verbose_name_plural = _("correspondances de colonnes du plan")
        ordering = ["territory", "-used_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "header_hash"], name="one_plan_mapping_per_header")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.header_hash[:8]}"


class BookingImport(models.Model):
    """One reading of an accounting extract. Extracts are cumulative: the next one holds the same bookings again, and more.

    `report`: {"new": n, "known": n, "changed": [...], "vanished": [...], "problems": [...], "notices": [...]}; `mapping`: field → column.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("reçu")
        PREVIEW = "preview", _("à vérifier")
        APPLYING = "applying", _("en cours")
        APPLIED = "applied", _("fait")
        CANCELLED = "cancelled", _("abandonné")
        FAILED = "failed", _("échoué")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="booking_imports")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("exercice"))
    file_name = models.CharField(_("fichier"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.RECEIVED)
    mapping = models.JSONField(default=dict)
    report = models.JSONField(_("compte rendu"), default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lecture d’un extrait comptable")
        verbose_name_plural = _("lectures d’extraits comptables")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def journal_label(self) -> str:
        """The plan and the year: the name of a file may hold anything."""
        return f"{self.plan} {self.year}"


class Booking(models.Model):
    """A line of the ledger, as the accounts say it. `key` tells it again in the next extract (its number, or article, date, supplier, label and rank).

    Expenses and receipts are told apart by `kind`; amounts are signed as in the extract (a credit note is negative).
    """

    class Kind(models.TextChoices):
        COMMITMENT = "commitment", _("engagement")
        EXPENSE = "expense", _("dépense")
        RECEIPT = "receipt", _("recette")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bookings")
    key = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField(_("exercice"))
    kind = models.CharField(_("genre"), max_length=10, choices=Kind.choices, default=Kind.EXPENSE)
    number = models.CharField(_("numéro de pièce"), max_length=60, blank=True)
    booked_on = models.DateField(_("date"))
    article = models.CharField(_("article budgétaire"), max_length=40, blank=True)
    function_code = models.CharField(_("code fonctionnel"), max_length=20, blank=True)
    supplier = models.CharField(_("fournisseur ou débiteur"), max_length=200, blank=True)
    supplier_search = models.CharField(max_length=200, blank=True, editable=False)
    label = models.CharField(_("libellé"), max_length=300, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=14, decimal_places=2)
    line = models.ForeignKey(
        FundingLine, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ligne de financement")
    )
    first_seen = models.ForeignKey(BookingImport, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    last_seen = models.ForeignKey(BookingImport, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vanished_at = models.DateTimeField(_("absente de l’extrait depuis"), null=True, blank=True)
    is_split = models.BooleanField(_("répartie"), default=False)

    class Meta:
        verbose_name = _("écriture comptable")
        verbose_name_plural = _("écritures comptables")
        ordering = ["-booked_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="booking_key_once_per_plan")]
        indexes = [models.Index(fields=["plan", "year", "kind", "function_code"], name="booking_by_function")]

    def __str__(self) -> str:
        return self.number or f"{self.booked_on:%d/%m/%Y} {self.label}"[:80]

    @property
    def journal_label(self) -> str:
        """Its number when it is one, or its date: a wording may name a person, even in the column of numbers."""
        return self.number if _A_NUMBER.fullmatch(self.number) else f"{self.booked_on:%d/%m/%Y}"


class SplitRule(models.Model):
    """How the next bookings that look like this go to actions. An empty criterion fits all. `by_staff`: the shares come from full-time equivalents."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="split_rules")
    article = models.CharField(_("article budgétaire"), max_length=40, blank=True)
    supplier_search = models.CharField(_("fournisseur"), max_length=200, blank=True)
    function_code = models.CharField(_("code fonctionnel"), max_length=20, blank=True)
    by_staff = models.BooleanField(_("selon le personnel"), default=False)
    staff_function = models.CharField(_("fonction du personnel"), max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("règle de répartition")
        verbose_name_plural = _("règles de répartition")
        ordering = ["plan", "article", "supplier_search", "function_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "article", "supplier_search", "function_code"],
                condition=Q(ended_at__isnull=True),
                name="one_open_rule_per_criteria",
            ),
            models.CheckConstraint(condition=~Q(article="", supplier_search="", function_code=""), name="a_rule_looks_at_something"),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.article, self.supplier_search, self.function_code) if part)

    @property
    def journal_label(self) -> str:
        """What it looks at, but the supplier, who may be a person."""
        return self.article or self.function_code or f"n° {self.pk}"


class SplitShare(models.Model):
    """One action's percentage in a rule; those of a rule total 100."""

    rule = models.ForeignKey(SplitRule, on_delete=models.CASCADE, related_name="shares")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    percent = models.DecimalField(_("pourcentage"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("part d’une règle")
        verbose_name_plural = _("parts d’une règle")
        ordering = ["rule", "action__sequence"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "action"], name="one_share_per_rule_and_action"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="rule_share_in_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.percent}"


class BookingSplit(models.Model):
    """The part of a booking that an action bears: its percentage, and its amount to the cent (largest remainders: the parts total the booking)."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="splits")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="booking_splits")
    percent = models.DecimalField(_("pourcentage"), max_digits=7, decimal_places=4)
    amount = models.DecimalField(_("montant"), max_digits=14, decimal_places=2)
    rule = models.ForeignKey(SplitRule, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("part d’une écriture")
        verbose_name_plural = _("parts des écritures")
        ordering = ["booking", "action__sequence"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "action"], name="one_split_per_booking_and_action"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="split_in_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.booking} → {self.action}"


class StaffShare(models.Model):
    """Full-time equivalents of a function on an action for a period. Functions, never names; no pay slip."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="staff")
    function = models.CharField(_("fonction"), max_length=120)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="staff")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    fte = models.DecimalField(_("équivalents temps plein"), max_digits=6, decimal_places=3)

    class Meta:
        verbose_name = _("personnel d’une action")
        verbose_name_plural = _("personnel des actions")
        ordering = ["plan", "function", "action__sequence", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="staff_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(fte__gt=0), name="staff_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.function} · {self.fte}"


class StatementTotal(models.Model):
    """What the accounts' own statement says for a function code in a year, to compare with what was imported."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="statement_totals")
    year = models.PositiveSmallIntegerField(_("exercice"))
    function_code = models.CharField(_("code fonctionnel"), max_length=20)
    kind = models.CharField(_("genre"), max_length=10, choices=Booking.Kind.choices, default=Booking.Kind.EXPENSE)
    amount = models.DecimalField(_("total de l’état"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("total de l’état comptable")
        verbose_name_plural = _("totaux de l’état comptable")
        ordering = ["plan", "year", "function_code", "kind"]
        constraints = [models.UniqueConstraint(fields=["plan", "year", "function_code", "kind"], name="one_statement_total")]

    def __str__(self) -> str:
        return f"{self.function_code} {self.year}"
