"""Rules that split what comes next. A rule changed is a rule ended and another begun: what was split stays, and still says by which rule.

A split given to many bookings at once is a rule too, ended as it begins unless it is remembered: so it can be undone at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from tissage.core.extracts import article_key
from tissage.core.folding import fold
from tissage.core.messages import gettext_noop
from tissage.core.splitting import SharesRefused, check_shares
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Booking, BookingSplit, Plan, SplitRule, SplitShare, StaffShare
from tissage.voices.operations.imports import Pause

from .splits import Shares, SplitRefused, Splitter, write_parts

CHUNK = 1000
KEPT_REFUSALS = 20


@dataclass
class Applied:
    """What applying rules did: bookings split, those no rule could split, and why (a few of them, each said once)."""

    split: int = 0
    refused: int = 0
    refusals: dict[str, SplitRefused] = field(default_factory=dict)

    def refuse(self, refusal: SplitRefused) -> None:
        self.refused += 1
        if len(self.refusals) < KEPT_REFUSALS:
            self.refusals.setdefault(str(refusal), refusal)


@transaction.atomic
def keep_rule(
    *,
    plan: Plan,
    shares: Mapping[Action, Decimal] | None = None,
    article: str = "",
    supplier: str = "",
    function: str = "",
    by_staff: bool = False,
    staff_function: str = "",
    lasts: bool = True,
    by: User | None,
    now: dt.datetime,
) -> SplitRule:
    """Begins a rule; an open one that looks at the same things ends. `lasts=False`: for the bookings that are there, not for the next.

    `by_staff`: the shares follow the full-time equivalents of `staff_function` (of everybody when empty) in each booking's month.
    Raises `SplitRefused`.
    """
    shares = shares or {}
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    if not (article or supplier or function):
        raise SplitRefused(gettext_noop("Une règle regarde au moins une chose : l’article, le fournisseur ou le code fonctionnel."))
    if by_staff:
        known = StaffShare.objects.filter(plan=plan)
        if not (known.filter(function=staff_function) if staff_function else known).exists():
            raise SplitRefused(gettext_noop("Aucun personnel n’est noté pour cette fonction. Notez-le d’abord sous « Personnel »."))
        shares = {}
    else:
        try:
            check_shares(list(shares.values()))
        except SharesRefused as refusal:
            raise SplitRefused(*refusal.message.templates, **refusal.message.values) from None
        if any(action.plan_id != plan.pk for action in shares):
            raise SplitRefused(gettext_noop("Une de ces actions n’est pas de ce plan."))
    looks = {"article": article_key(article), "supplier_search": fold(supplier)[:200], "function_code": function.strip()}
    if lasts:
        SplitRule.objects.filter(plan=plan, ended_at__isnull=True, **looks).update(ended_at=now)
    rule = SplitRule.objects.create(
        plan=plan, **looks, by_staff=by_staff, staff_function=staff_function if by_staff else "", made_by=by, made_at=now,
        ended_at=None if lasts else now,
    )  # fmt: skip
    SplitShare.objects.bulk_create(SplitShare(rule=rule, action=action, percent=percent) for action, percent in shares.items())
    if lasts:
        record(verb="plan.make_split_rule", by=by, territory=plan.territory, on=rule, numbers={"actions": len(shares)}, now=now)
    return rule


@transaction.atomic
def end_rule(*, rule: SplitRule, by: User | None, now: dt.datetime) -> SplitRule:
    """The rule splits nothing more. What it split stays."""
    locked = SplitRule.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=rule.pk)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        record(verb="plan.end_split_rule", by=by, territory=locked.plan.territory, on=locked, now=now)
    return locked


def apply_rules(
    *, plan: Plan, by: User | None, now: dt.datetime, year: int | None = None, only: SplitRule | None = None, among: Q | None = None
) -> Applied:
    """Splits what is not split yet by the open rules, the most specific first (or by one rule alone); a thousand bookings at a time.

    `among` narrows the bookings looked at.
    """
    splitter, applied = Splitter(plan, only=only), Applied()
    waiting = unsplit(plan, year).filter(among or Q())
    if only is not None:
        waiting = waiting.filter(looking_like(only))
    last, pause = 0, Pause()
    while chunk := list(
        waiting.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "amount", "article", "supplier_search", "function_code", "booked_on")[:CHUNK]
    ):
        last = chunk[-1][0]
        parts: dict[int, tuple[int, Decimal, Shares, int | None]] = {}
        for pk, amount, article, supplier, function, day in chunk:
            fitting = splitter.fitting(article, supplier, function, day)
            if fitting is None:
                continue
            if fitting.refusal is not None:
                applied.refuse(fitting.refusal)
            else:
                parts[pk] = (pk, amount, fitting.shares, fitting.rule)
        if parts:
            pause.leave_room()
            with transaction.atomic():
                free = Booking.objects.select_for_update(of=("self",)).filter(pk__in=parts, is_split=False, vanished_at__isnull=True)
                applied.split += write_parts([parts[pk] for pk in free.order_by("pk").values_list("pk", flat=True)])
            pause.restart()
    if applied.split:
        record(verb="plan.apply_split_rules", by=by, territory=plan.territory, on=plan, numbers={"bookings": applied.split}, now=now)
    return applied


def split_alike(
    *, booking: Booking, shares: Mapping[Action, Decimal], by: User | None, now: dt.datetime, remember: bool = False
) -> tuple[SplitRule, Applied]:
    """Splits at once this booking, whatever it was split to, and all those of the year that wait with the same article and supplier.

    `remember`: those that come, too. The rule it gives undoes them together. Raises `SplitRefused`.
    """
    with transaction.atomic():
        rule = keep_rule(
            plan=booking.plan, article=booking.article, supplier=booking.supplier_search, shares=shares, lasts=remember, by=by, now=now
        )
        if Booking.objects.filter(pk=booking.pk, is_split=True, vanished_at__isnull=True).update(is_split=False):
            BookingSplit.objects.filter(booking=booking.pk).delete()
    alike = Q(article=booking.article, supplier_search=booking.supplier_search)
    return rule, apply_rules(plan=booking.plan, year=booking.year, only=rule, among=alike, by=by, now=now)


@transaction.atomic
def undo_rule(*, rule: SplitRule, by: User | None, now: dt.datetime) -> int:
    """Takes back every split that this rule made and that nobody changed since; gives how many bookings wait again."""
    locked = SplitRule.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=rule.pk)
    bookings = list(BookingSplit.objects.filter(rule=locked).order_by("booking").values_list("booking", flat=True).distinct())
    for start in range(0, len(bookings), CHUNK):
        some = bookings[start : start + CHUNK]
        BookingSplit.objects.filter(booking__in=some).delete()
        Booking.objects.filter(pk__in=some).update(is_split=False)
    if bookings:
        record(verb="plan.undo_splits", by=by, territory=locked.plan.territory, on=locked, numbers={"bookings": len(bookings)}, now=now)
    return len(bookings)


def unsplit(plan: Plan, year: int | None = None) -> QuerySet[Booking]:
    """Bookings that count and wait to be split."""
    waiting = Booking.objects.filter(plan=plan, is_split=False, vanished_at__isnull=True)
    return waiting.filter(year=year) if year is not None else waiting


def looking_like(rule: SplitRule) -> Q:
    """Bookings a rule may look at; articles are compared without spaces or case by `RuleBook`."""
    asked = Q()
    if rule.supplier_search:
        asked &= Q(supplier_search=rule.supplier_search)
    if rule.function_code:
        asked &= Q(function_code=rule.function_code)
    return asked
