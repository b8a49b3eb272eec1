"""Reads of bookings: those to split, what each goes to, what falls outside an action's dates, and the totals beside the accounts' own statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from tissage.core.folding import fold
from tissage.core.money import ZERO, to_cents
from tissage.core.plan_framework import FUNDING
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Action, Booking, BookingImport, BookingSplit, FundingLine, Plan, SplitRule, StatementTotal

State = BookingImport.State
HIDDEN_STATES = (State.APPLYING, State.CANCELLED, State.FAILED)
"""Rows that came with an import in one of these are not there yet, or never will be."""
RECEIPTS = ("subsidy", "passed_on")
"""Roles of the legal bases that money is received under; the own share is received from nobody."""


# --- The list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of bookings is filtered by; `state`: "", "unsplit", "split", "vanished", "changed", "outside" or "unlinked"."""

    year: int | None = None
    state: str = ""
    function: str = ""
    action: int | None = None
    kind: str = ""
    text: str = ""
    sort: str = "-date"


_ORDERS = {
    "-date": ("-booked_on", "-pk"),
    "date": ("booked_on", "pk"),
    "supplier": ("supplier_search", "-booked_on", "-pk"),
    "-supplier": ("-supplier_search", "-booked_on", "-pk"),
    "amount": ("amount", "-booked_on", "-pk"),
    "-amount": ("-amount", "-booked_on", "-pk"),
}


def there(plan: Plan) -> QuerySet[Booking]:
    """Bookings of a plan, those that vanished included; without those of an import that is not finished."""
    return Booking.objects.filter(plan=plan).exclude(vanished_at__isnull=False, first_seen__state__in=HIDDEN_STATES)


def find_bookings(plan: Plan, asked: Asked) -> QuerySet[Booking]:
    """Bookings that answer, latest first. What vanished is only there when it is asked for."""
    gone = asked.state == "vanished"
    found = there(plan).filter(vanished_at__isnull=False) if gone else Booking.objects.filter(plan=plan, vanished_at__isnull=True)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.function:
        found = found.filter(function_code="" if asked.function == "-" else asked.function)
    if asked.state in ("unsplit", "split"):
        found = found.filter(is_split=asked.state == "split")
    elif asked.state == "unlinked":
        found = found.filter(line__isnull=True)
    elif asked.state == "changed":
        found = found.filter(pk__in=changed_last(plan, asked.year))
    elif asked.state == "outside":
        found = found.filter(pk__in=outside_splits(plan).values("booking"))
    if asked.action is not None:
        found = found.filter(pk__in=BookingSplit.objects.filter(action=asked.action).values("booking"))
    for word in asked.text.split():
        found = found.filter(
            Q(number__icontains=word) | Q(article__icontains=word) | Q(label__icontains=word) | Q(supplier_search__contains=fold(word))
        )
    return found.order_by(*_ORDERS[asked.sort])


def with_parts(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """The bookings with their parts and actions, in two queries more."""
    parts = BookingSplit.objects.select_related("action").order_by("booking", "action__sequence", "pk")
    return bookings.select_related("line").prefetch_related(Prefetch("splits", queryset=parts))


def changed_last(plan: Plan, year: int | None) -> list[int]:
    """Bookings that the last extract changed or brought back, of one year or of the last extract of all."""
    done = BookingImport.objects.filter(plan=plan, state=State.APPLIED)
    last = (done.filter(year=year) if year is not None else done).order_by("-applied_at", "-pk").first()
    return list(last.report.get("changed_bookings", [])) if last else []


def outside_splits(plan: Plan) -> QuerySet[BookingSplit]:
    """Parts of bookings dated before their action begins or after it ends; an action without dates follows the plan's."""
    early = Q(booking__booked_on__lt=F("action__starts_on")) | Q(action__starts_on__isnull=True, booking__booked_on__lt=plan.starts_on)
    late = Q(booking__booked_on__gt=F("action__ends_on")) | Q(action__ends_on__isnull=True, booking__booked_on__gt=plan.ends_on)
    return BookingSplit.objects.filter(early | late, booking__plan=plan, booking__vanished_at__isnull=True)


def is_outside(action: Action, booking: Booking, plan: Plan) -> bool:
    """The booking is dated outside the dates of the action."""
    return booking.booked_on < (action.starts_on or plan.starts_on) or booking.booked_on > (action.ends_on or plan.ends_on)


@dataclass(frozen=True, slots=True)
class Stand:
    """How many bookings stand, wait to be split, have vanished; and what waits, by kind."""

    bookings: int = 0
    unsplit: int = 0
    vanished: int = 0
    waiting: dict[str, Decimal] = field(default_factory=dict)


def stand_of(plan: Plan, year: int | None) -> Stand:
    """Counted in one query."""
    asked = there(plan)
    if year is not None:
        asked = asked.filter(year=year)
    bookings = unsplit = vanished = 0
    waiting: dict[str, Decimal] = {}
    stands = Q(vanished_at__isnull=True)
    for kind, counted, to_split, gone, amount in (
        asked.order_by("kind")
        .values_list("kind")
        .annotate(
            counted=Count("pk", filter=stands),
            to_split=Count("pk", filter=stands & Q(is_split=False)),
            gone=Count("pk", filter=~stands),
            amount=Sum("amount", filter=stands & Q(is_split=False)),
        )
    ):
        bookings, unsplit, vanished = bookings + counted, unsplit + to_split, vanished + gone
        if to_split:
            waiting[kind] = to_cents(amount)  # SQLite adds in floating point: a sum of cents is brought back to the cent
    return Stand(bookings, unsplit, vanished, waiting)


def functions_of(plan: Plan) -> list[str]:
    """Function codes that bookings of this plan bear."""
    return list(there(plan).exclude(function_code="").order_by("function_code").values_list("function_code", flat=True).distinct())


def years_of(plan: Plan) -> list[int]:
    """Years of the plan, and those that bookings were read for, latest first."""
    read = set(Booking.objects.filter(plan=plan).order_by("year").values_list("year", flat=True).distinct())
    return sorted(read | set(plan.years), reverse=True)


def next_unsplit(booking: Booking) -> Booking | None:
    """The booking to split after this one, in the order of the list."""
    waiting = Booking.objects.filter(plan=booking.plan_id, year=booking.year, is_split=False, vanished_at__isnull=True).exclude(
        pk=booking.pk
    )
    after = waiting.filter(Q(booked_on__lt=booking.booked_on) | Q(booked_on=booking.booked_on, pk__lt=booking.pk))
    return after.order_by("-booked_on", "-pk").first() or waiting.order_by("-booked_on", "-pk").first()


def alike_unsplit(booking: Booking) -> QuerySet[Booking]:
    """Bookings of the same year, not split, with exactly the same article and supplier, this one included."""
    return Booking.objects.filter(
        plan=booking.plan_id, year=booking.year, article=booking.article, supplier_search=booking.supplier_search, is_split=False,
        vanished_at__isnull=True,
    )  # fmt: skip


# --- Funding lines ------------------------------------------------------------------------------------------------


class LineBook:
    """The funding lines of a year by function code, to propose the one a booking belongs to."""

    def __init__(self, plan: Plan, year: int) -> None:
        framework = plan_framework(plan.framework)
        self.lines: dict[str, list[tuple[FundingLine, str]]] = {}
        for line in FundingLine.objects.filter(plan=plan, year=year).order_by("pk"):
            basis = framework.entry(FUNDING, line.basis)
            for code in self._codes(line, dict(basis.extra) if basis else {}, plan.carrier_kind):
                self.lines.setdefault(code, []).append((line, str(basis.extra.get("role", "")) if basis else ""))

    @staticmethod
    def _codes(line: FundingLine, extra: dict[str, Any], carrier: str) -> list[str]:
        """The line's own code; without one, what the framework says for this kind of carrier."""
        if line.function_code:
            return [line.function_code]
        said = (extra.get("function_codes") or {}).get(carrier)
        return [str(said)] if said else []

    def line_for(self, function: str, kind: str) -> FundingLine | None:
        """The only line that fits. Money received belongs to a subsidy before the own share; where two may fit, none is proposed."""
        fitting = self.lines.get(function, []) if function else []
        if kind == Booking.Kind.RECEIPT:
            fitting = [one for one in fitting if one[1] in RECEIPTS] or fitting
        return fitting[0][0] if len(fitting) == 1 else None


# --- Rules --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule with what it gives and how many bookings it split."""

    rule: SplitRule
    shares: list[tuple[Action, Decimal]]
    bookings: int


def rules_of(plan: Plan, *, ended: bool = False) -> list[RuleSeen]:
    """Rules of a plan, the most specific first, with what they split. Three queries whatever there is."""
    rules = list(
        SplitRule.objects.filter(plan=plan, ended_at__isnull=not ended)
        .select_related("made_by")
        .prefetch_related("shares__action")
        .annotate(split_count=Subquery(_split_by_rule()))
    )
    seen = [
        RuleSeen(
            rule,
            sorted(((one.action, one.percent) for one in rule.shares.all()), key=lambda one: one[0].sequence),
            getattr(rule, "split_count", 0) or 0,
        )
        for rule in rules
    ]
    if ended:
        return sorted(seen, key=lambda one: (one.rule.ended_at, one.rule.pk), reverse=True)
    return sorted(
        seen, key=lambda one: (specificity(one.rule), one.rule.article, one.rule.supplier_search, one.rule.function_code, one.rule.pk)
    )


def _split_by_rule() -> Any:
    return (
        BookingSplit.objects.filter(rule=OuterRef("pk"))
        .order_by()
        .values("rule")
        .annotate(bookings=Count("booking", distinct=True))
        .values("bookings")
    )


def specificity(rule: SplitRule) -> int:
    """The rank of a rule among those that may fit one booking: 0 looks at most (`core.splitting.RuleBook`)."""
    return 7 - (4 * bool(rule.article) + 2 * bool(rule.supplier_search) + bool(rule.function_code))


# --- Beside the statement -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A function code and kind: what the statement says (None: unknown), what was imported, the gap (None when the statement is unknown)."""

    function_code: str
    kind: str
    statement: Decimal | None
    imported: Decimal
    gap: Decimal | None
    bookings: int
    source: str = ""

    @property
    def kind_label(self) -> str:
        return str(Booking.Kind(self.kind).label)


def reconcile(plan: Plan, year: int) -> list[Reconciled]:
    """Totals of a year per function code and kind beside the statement's own. `gap` is imported less statement. Two queries."""
    imported: dict[tuple[str, str], tuple[Decimal, int]] = {}
    standing = Booking.objects.filter(plan=plan, year=year, vanished_at__isnull=True).order_by("function_code", "kind")
    for function, kind, amount, count in standing.values_list("function_code", "kind").annotate(amount=Sum("amount"), count=Count("pk")):
        imported[function, kind] = (to_cents(amount), count)
    said = {
        (one.function_code, one.kind): one for one in StatementTotal.objects.filter(plan=plan, year=year).order_by("function_code", "kind")
    }
    found = []
    for function, kind in sorted(imported.keys() | said.keys()):
        amount, count = imported.get((function, kind), (ZERO, 0))
        statement = said.get((function, kind))
        found.append(
            Reconciled(
                function, kind, statement.amount if statement else None, amount, amount - statement.amount if statement else None, count,
                statement.source if statement else "",
            )
        )  # fmt: skip
    return found
