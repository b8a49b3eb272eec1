"""What a person does with a booking: split it to actions, take the split back, say which funding line it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from tissage.core.messages import gettext_noop
from tissage.core.splitting import SharesRefused, check_shares
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Booking, BookingSplit, FundingLine, Plan
from tissage.plan.queries.bookings import LineBook

from .split_rules import keep_rule
from .splits import Shares, SplitRefused, write_parts

__all__ = ["SplitRefused", "link_booking", "link_bookings", "split_booking", "unsplit_booking"]


@transaction.atomic
def split_booking(
    *,
    booking: Booking,
    shares: Mapping[Action, Decimal],
    by: User | None,
    now: dt.datetime,
    remember: bool = False,
    remember_by: tuple[str, ...] = ("article", "supplier"),
) -> Booking:
    """Gives a booking to actions by percentages that total exactly 100; the amounts follow, to the cent. What it was split to before goes.

    `remember` makes a rule of it for what comes next; `remember_by` says what the rule looks at (article, supplier, function).
    Raises `SplitRefused`.
    """
    locked = Booking.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=booking.pk)
    if locked.vanished_at is not None:
        raise SplitRefused(gettext_noop("Cette écriture n’est plus dans l’extrait : elle ne compte pas, et ne se répartit pas."))
    ordered = ordered_shares(locked.plan, shares)
    rule = None
    if remember:
        article, supplier, function = looked_at(locked, remember_by)
        rule = keep_rule(plan=locked.plan, article=article, supplier=supplier, function=function, shares=shares, by=by, now=now)
    BookingSplit.objects.filter(booking=locked).delete()
    write_parts([(locked.pk, locked.amount, ordered, rule.pk if rule else None)])
    record(verb="plan.split_booking", by=by, territory=locked.plan.territory, on=locked, numbers={"actions": len(ordered)}, now=now)
    locked.is_split = True
    return locked


def ordered_shares(plan: Plan, shares: Mapping[Action, Decimal]) -> Shares:
    """The shares in the order of the plan. Raises `SplitRefused` unless they total 100 and go to actions of this plan."""
    try:
        check_shares(list(shares.values()))
    except SharesRefused as refusal:
        raise SplitRefused(*refusal.message.templates, **refusal.message.values) from None
    if any(action.plan_id != plan.pk for action in shares):
        raise SplitRefused(gettext_noop("Une de ces actions n’est pas de ce plan."))
    return [(action.pk, percent) for action, percent in sorted(shares.items(), key=lambda one: (one[0].sequence, one[0].pk))]


def looked_at(booking: Booking, criteria: tuple[str, ...]) -> tuple[str, str, str]:
    """The article, supplier and function code that a rule made from this booking looks at; "" for what it leaves aside."""
    said = {"article": booking.article, "supplier": booking.supplier_search, "function": booking.function_code}
    article, supplier, function = (value if name in criteria else "" for name, value in said.items())
    return article, supplier, function


@transaction.atomic
def unsplit_booking(*, booking: Booking, by: User | None, now: dt.datetime) -> Booking:
    """Takes a split back: the booking waits to be split again. Asked twice, it is nothing new."""
    locked = Booking.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=booking.pk)
    if locked.is_split:
        BookingSplit.objects.filter(booking=locked).delete()
        Booking.objects.filter(pk=locked.pk).update(is_split=False)
        record(verb="plan.unsplit_booking", by=by, territory=locked.plan.territory, on=locked, now=now)
        locked.is_split = False
    return locked


@transaction.atomic
def link_booking(*, booking: Booking, line: FundingLine | None, by: User | None, now: dt.datetime) -> Booking:
    """Says which funding line a booking belongs to, or none. Raises `SplitRefused` for a line of another plan or year."""
    locked = Booking.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=booking.pk)
    if line is not None and (line.plan_id, line.year) != (locked.plan_id, locked.year):
        raise SplitRefused(gettext_noop("Cette ligne de financement n’est pas de ce plan ou de cet exercice."))
    if locked.line_id != (line.pk if line else None):
        locked.line = line
        locked.save(update_fields=["line"])
        record(verb="plan.link_booking", by=by, territory=locked.plan.territory, on=locked, fields=["line"], now=now)
    return locked


@transaction.atomic
def link_bookings(*, plan: Plan, year: int, by: User | None, now: dt.datetime) -> int:
    """Links the bookings of a year that have no line to the one their function code and kind point to without a doubt; gives how many."""
    book, linked = LineBook(plan, year), 0
    waiting = Booking.objects.filter(plan=plan, year=year, line__isnull=True, vanished_at__isnull=True)
    for kind, function in list(waiting.order_by("kind", "function_code").values_list("kind", "function_code").distinct()):
        line = book.line_for(function, kind)
        if line is not None:
            linked += waiting.filter(kind=kind, function_code=function).update(line=line)
    if linked:
        record(verb="plan.link_bookings", by=by, territory=plan.territory, on=plan, numbers={"bookings": linked}, now=now)
    return linked
