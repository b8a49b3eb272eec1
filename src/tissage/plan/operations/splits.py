"""What writing the parts of a booking always is: percentages checked, amounts to the cent, plain rows. Called by a person's act and by imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from tissage.core.messages import Explained, gettext_noop
from tissage.core.money import split_amount
from tissage.core.splitting import RuleBook, SharesRefused, Work, check_shares, staff_shares
from tissage.plan.models import Booking, BookingSplit, Plan, SplitRule, SplitShare, StaffShare
from tissage.voices.operations.staging import insert_rows

Shares = Sequence[tuple[int, Decimal]]
"""(action, percentage), in the order of the plan; they total 100."""


class SplitRefused(Explained):
    """A booking that cannot be split so; the message says why."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a rule gives a booking: its shares, or why it cannot."""

    rule: int
    shares: Shares
    refusal: SplitRefused | None = None


NO_STAFF = gettext_noop(
    "Aucun équivalent temps plein n’est connu pour « %(function)s » en %(month)s : la part de chaque action reste à dire."
    " Notez le personnel de ce mois, puis appliquez les règles."
)
NOBODY = gettext_noop(
    "Aucun équivalent temps plein n’est connu en %(month)s : la part de chaque action reste à dire."
    " Notez le personnel de ce mois, puis appliquez les règles."
)
BROKEN = gettext_noop("La règle %(rule)s ne fait plus 100 %% : une de ses actions n’existe plus. Changez-la.")


class Splitter:
    """The open rules of a plan, read once, and the people its payroll rules count."""

    def __init__(self, plan: Plan, *, only: SplitRule | None = None) -> None:
        rules = [only] if only is not None else list(SplitRule.objects.filter(plan=plan, ended_at__isnull=True).order_by("pk"))
        self.book: RuleBook[SplitRule] = RuleBook(((rule.article, rule.supplier_search, rule.function_code), rule) for rule in rules)
        self.shares: dict[int, list[tuple[int, Decimal]]] = {}
        kept = SplitShare.objects.filter(rule__in=rules).order_by("rule", "action__sequence", "pk")
        for rule, action, percent in kept.values_list("rule", "action", "percent"):
            self.shares.setdefault(rule, []).append((action, percent))
        self.sequence: dict[int, int] = {}
        self.work: list[Work] = []
        if any(rule.by_staff for rule in rules):
            staff = StaffShare.objects.filter(plan=plan).order_by("pk")
            for action, sequence, function, starts_on, ends_on, fte in staff.values_list(
                "action", "action__sequence", "function", "starts_on", "ends_on", "fte"
            ):
                self.sequence[action] = sequence
                self.work.append(Work(action, function, starts_on, ends_on, fte))
        self._months: dict[tuple[str, int, int], list[tuple[int, Decimal]]] = {}

    def fitting(self, article: str, supplier: str, function: str, day: Any) -> Fitting | None:
        """What the most specific rule says of a booking; None when no rule fits."""
        rule = self.book.find(article, supplier, function)
        if rule is None:
            return None
        if rule.by_staff:
            shares = self._of_month(rule.staff_function, day)
            if shares:
                return Fitting(rule.pk, shares)
            values = {"month": f"{day:%m/%Y}", "function": rule.staff_function}
            return Fitting(rule.pk, (), SplitRefused(NO_STAFF if rule.staff_function else NOBODY, **values))
        shares = self.shares.get(rule.pk, [])
        try:
            check_shares([percent for _action, percent in shares])
        except SharesRefused:
            return Fitting(rule.pk, (), SplitRefused(BROKEN, rule=rule.pk))
        return Fitting(rule.pk, shares)

    def _of_month(self, function: str, day: Any) -> list[tuple[int, Decimal]]:
        key = (function, day.year, day.month)
        if key not in self._months:
            found = staff_shares(self.work, function, day)
            self._months[key] = sorted(found.items(), key=lambda one: (self.sequence[one[0]], one[0]))
        return self._months[key]


def write_parts(parts: Iterable[tuple[int, Decimal, Shares, int | None]]) -> int:
    """Writes the parts of bookings that have none: (booking, amount, shares, rule). Gives how many bookings. Inside a transaction."""
    ops = connection.ops
    rows: list[tuple[Any, ...]] = []
    bookings: list[int] = []
    for booking, amount, shares, rule in parts:
        amounts = split_amount(amount, [percent for _action, percent in shares])
        for (action, percent), part in zip(shares, amounts, strict=True):
            rows.append((booking, action, ops.adapt_decimalfield_value(percent, 7, 4), ops.adapt_decimalfield_value(part, 14, 2), rule))
        bookings.append(booking)
    if rows:
        insert_rows(BookingSplit, ("booking_id", "action_id", "percent", "amount", "rule_id"), rows, {})
        Booking.objects.filter(pk__in=bookings).update(is_split=True)
    return len(bookings)


def recompute_parts(amounts: dict[int, Decimal]) -> int:
    """Gives the parts of split bookings the amounts that follow from a new total; percentages stay. Gives how many bookings."""
    parts: dict[int, list[tuple[int, Decimal]]] = {}
    kept = BookingSplit.objects.filter(booking__in=amounts).order_by("booking", "action__sequence", "pk")
    for pk, booking, percent in kept.values_list("pk", "booking", "percent"):
        parts.setdefault(booking, []).append((pk, percent))
    written = [
        (connection.ops.adapt_decimalfield_value(amount, 14, 2), pk)
        for booking, shares in parts.items()
        for (pk, _percent), amount in zip(shares, split_amount(amounts[booking], [percent for _pk, percent in shares]), strict=True)
    ]
    if written:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {connection.ops.quote_name(BookingSplit._meta.db_table)} SET amount = %s WHERE id = %s", written)
    return len(parts)
