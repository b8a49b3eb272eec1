"""Reading an accounting extract: kept, compared with the bookings of the year, looked at, then applied; repeatable.

New bookings are written a thousand at a time, marked as vanished so that nothing counts them; one short commit makes them stand, changes
those that changed, marks those that are gone. No other writer waits long, and a reading that stops leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tissage.core.extracts import ExtractReader, key_of
from tissage.core.messages import Explained, gettext_noop
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Booking, BookingImport, BookingSplit, Plan
from tissage.plan.queries.bookings import LineBook
from tissage.voices.operations.imports import Pause
from tissage.voices.operations.staging import insert_rows

from .extract_accounts import account_of, error_report, settled, values_of
from .extract_files import delete_extract_file, extract_file, receive_extract, remember_columns
from .extract_matching import ExtractLike, Reading, Scratch
from .splits import Shares, Splitter, recompute_parts, write_parts

__all__ = [
    "ExtractCancelled", "ExtractRefused", "apply_extract", "cancel_extract", "extract_file", "preview_extract", "purge_readings",
    "receive_extract", "remember_columns",
]  # fmt: skip

State = BookingImport.State
STALE_AFTER = dt.timedelta(minutes=2)
SLICE = 500
Clock = Callable[[], dt.datetime]
Progress = Callable[[str, int, int], None]
"""Called with a step (`reading`, `writing`), rows done, rows in all (0 while unknown)."""

_BOOKING = (
    "key", "kind", "number", "booked_on", "article", "function_code", "supplier", "supplier_search", "label", "amount", "line_id",
)  # fmt: skip


class ExtractRefused(Explained):
    """The extract was not applied; nothing was written."""


class ExtractCancelled(Explained):
    """A person asked to stop: nothing stays of the reading."""


# --- Looking ----------


def preview_extract(
    *, booking_import: BookingImport, extract: ExtractLike, reader: ExtractReader, progress: Progress | None = None
) -> dict[str, Any]:
    """Compares the extract with the bookings of its year and keeps the account on the reading. Writes no booking."""
    kept = booking_import.report

    def heard(done: int) -> None:
        BookingImport.objects.filter(pk=booking_import.pk).update(rows_done=done, rows_total=done)
        if BookingImport.objects.filter(pk=booking_import.pk, state=State.CANCELLED).exists():
            raise ExtractCancelled(gettext_noop("Lecture abandonnée : rien n’a été ajouté."))
        if progress:
            progress("reading", done, 0)

    with Scratch() as scratch:
        reading = scratch.match(
            plan=booking_import.plan,
            year=booking_import.year,
            extract=extract,
            reader=reader,
            vanish=not kept.get("partial"),
            progress=heard,
        )
        report = {**settled(kept), **account_of(scratch, reading), "step": "preview"}
    BookingImport.objects.filter(pk=booking_import.pk, state__in=(State.RECEIVED, State.PREVIEW)).update(
        state=State.PREVIEW, report=report, rows_done=0, rows_total=reading.rows
    )
    booking_import.refresh_from_db()
    return report


# --- Applying -----------------------------------------------------------------------------------------------------


def apply_extract(
    *,
    booking_import: BookingImport,
    extract: ExtractLike,
    reader: ExtractReader,
    now: dt.datetime,
    progress: Progress | None = None,
    clock: Clock = timezone.now,
) -> BookingImport:
    """Writes what an extract says: everything appears at once, or nothing does.

    Raises `ExtractRefused` (another reading is under way, or this one was done), `ExtractCancelled`; after any error no row stays.
    """
    kept = booking_import.report
    _take_turn(booking_import, now=clock())
    purge_readings(plan=booking_import.plan, now=clock())
    try:
        with Scratch() as scratch:
            reading = scratch.match(
                plan=booking_import.plan, year=booking_import.year, extract=extract, reader=reader, vanish=not kept.get("partial"),
                progress=lambda done: _beat(booking_import, clock(), done=0, total=0),
            )  # fmt: skip
            account = account_of(scratch, reading)
            split = _stage(booking_import, scratch, reading, now, clock, progress)
            _settle(booking_import, scratch, {**settled(kept), **account, **split, "step": "applied"}, now=clock())
            _say_seen(booking_import, scratch)
    except BaseException as error:
        _give_up(booking_import, error)
        raise
    delete_extract_file(booking_import)
    booking_import.refresh_from_db()
    return booking_import


@transaction.atomic
def _take_turn(booking_import: BookingImport, *, now: dt.datetime) -> None:
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=booking_import.plan_id)
    others = BookingImport.objects.filter(plan=booking_import.plan_id, state=State.APPLYING).exclude(pk=booking_import.pk)
    for other in others.order_by("pk"):
        if other.report.get("step") == "writing" and not is_stale(other, now):
            raise ExtractRefused(
                gettext_noop("Un autre extrait est en cours de lecture dans ce plan (%(file)s). Attendez sa fin, ou arrêtez-le."),
                file=other.file_name,
            )
    locked = BookingImport.objects.select_for_update(of=("self",)).order_by("pk").get(pk=booking_import.pk)
    waiting = locked.state == State.APPLYING and locked.report.get("step") == "waiting"
    if locked.state not in (State.RECEIVED, State.PREVIEW) and not waiting:
        raise ExtractRefused(gettext_noop("Cet extrait a déjà été appliqué ou abandonné."))
    locked.state, locked.report = State.APPLYING, {**settled(locked.report), "step": "writing", "beat": now.isoformat()}
    locked.rows_done = 0
    locked.save(update_fields=["state", "report", "rows_done"])


def is_stale(booking_import: BookingImport, now: dt.datetime) -> bool:
    """A reading whose writer has said nothing for two minutes: its process is gone."""
    beat = booking_import.report.get("beat")
    return beat is None or now - dt.datetime.fromisoformat(beat) > STALE_AFTER


def _beat(booking_import: BookingImport, now: dt.datetime, *, done: int, total: int) -> None:
    report = {**settled(booking_import.report), "step": "writing", "beat": now.isoformat()}
    standing = BookingImport.objects.filter(pk=booking_import.pk, state=State.APPLYING)
    if not standing.update(rows_done=done, rows_total=total, report=report):
        raise ExtractCancelled(gettext_noop("Lecture abandonnée à votre demande : rien n’a été ajouté."))


def _stage(
    booking_import: BookingImport, scratch: Scratch, reading: Reading, now: dt.datetime, clock: Clock, progress: Progress | None
) -> dict[str, Any]:
    """Writes the new bookings, hidden, with the parts that open rules give them. Gives how many were split, and why others were not."""
    plan, year = booking_import.plan, booking_import.year
    splitter, lines = Splitter(plan), LineBook(plan, year)
    ops, done, split, refused = connection.ops, 0, 0, 0
    refusals: dict[str, Explained] = {}
    last = Booking.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    fixed = {
        "plan_id": plan.pk, "year": year, "vanished_at": now, "first_seen_id": booking_import.pk, "last_seen_id": booking_import.pk,
        "is_split": False,
    }  # fmt: skip
    pause = Pause()
    for chunk in scratch.new_rows():
        rows, shares = [], []
        for row in chunk:
            values = values_of(row)
            line = lines.line_for(row["function_code"], row["kind"])
            rows.append((
                key_of(row["grp"], row["rank"]), row["kind"], row["number"], ops.adapt_datefield_value(values["booked_on"]), row["article"],
                row["function_code"], row["supplier"], values["supplier_search"], row["label"],
                ops.adapt_decimalfield_value(values["amount"], 14, 2), line.pk if line else None,
            ))  # fmt: skip
            fitting = splitter.fitting(row["article"], values["supplier_search"], row["function_code"], values["booked_on"])
            if fitting is not None and fitting.refusal is not None:
                refused += 1
                refusals.setdefault(str(fitting.refusal), fitting.refusal)
            shares.append((values["amount"], fitting))
        pause.leave_room()
        with transaction.atomic():
            insert_rows(Booking, _BOOKING, rows, fixed)
            born = list(Booking.objects.filter(first_seen=booking_import, pk__gt=last).order_by("pk").values_list("pk", flat=True))
            assert len(born) == len(rows)
            parts: list[tuple[int, Decimal, Shares, int | None]] = [
                (pk, amount, fitting.shares, fitting.rule)
                for pk, (amount, fitting) in zip(born, shares, strict=True)
                if fitting is not None and fitting.refusal is None
            ]
            split += write_parts(parts)
            done += len(rows)
            _beat(booking_import, clock(), done=done, total=reading.new)
        pause.restart()
        last = born[-1]
        if progress:
            progress("writing", done, reading.new)
    said = [one.message for one in list(refusals.values())[:20]]
    return {"split_by_rules": split, "refused_by_rules": refused,
            "refusals": [{"templates": list(one.templates), "values": dict(one.values)} for one in said]}  # fmt: skip


@transaction.atomic
def _settle(booking_import: BookingImport, scratch: Scratch, report: dict[str, Any], *, now: dt.datetime) -> None:
    """The one short commit: new bookings stand, changed ones take their new values and their parts the amounts that follow, gone ones are marked."""
    locked = BookingImport.objects.select_for_update(of=("self",)).order_by("pk").get(pk=booking_import.pk)
    if locked.state != State.APPLYING:
        raise ExtractCancelled(gettext_noop("Lecture abandonnée à votre demande : rien n’a été ajouté."))
    for rows in scratch.changed_rows(SLICE):
        _change({row["pk"]: row for row in rows})
    for pks in scratch.vanished_bookings(SLICE):
        Booking.objects.filter(pk__in=pks, vanished_at__isnull=True).update(vanished_at=now)
    Booking.objects.filter(first_seen=locked).update(vanished_at=None)
    BookingImport.objects.filter(pk=locked.pk).update(
        state=State.APPLIED, applied_at=now, report=report, rows_done=report["rows"], rows_total=report["rows"]
    )
    numbers = {"new": report["new"], "changed": report["changed_total"], "back": report["back"], "vanished": report["vanished_total"]}
    record(verb="plan.import_bookings", by=locked.made_by, territory=booking_import.plan.territory, on=locked, numbers=numbers, now=now)


def _change(rows: dict[int, dict[str, Any]]) -> None:
    """Plain SQL, row by row: everybody waits for this commit."""
    ops, moved, written = connection.ops, dict[int, Decimal](), []
    bookings = Booking.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    for pk, amount, is_split in bookings.values_list("pk", "amount", "is_split"):
        after = values_of(rows[pk])
        written.append((
            ops.adapt_datefield_value(after["booked_on"]), after["supplier"], after["supplier_search"], after["label"],
            after["function_code"], ops.adapt_decimalfield_value(after["amount"], 14, 2), pk,
        ))  # fmt: skip
        if is_split and amount != after["amount"]:
            moved[pk] = after["amount"]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {connection.ops.quote_name(Booking._meta.db_table)} SET vanished_at = NULL, booked_on = %s, supplier = %s,"
            " supplier_search = %s, label = %s, function_code = %s, amount = %s WHERE id = %s",
            written,
        )
    recompute_parts(moved)


def _say_seen(booking_import: BookingImport, scratch: Scratch) -> None:
    """Notes the last extract that had each booking: after the commit, in small steps, for nothing else waits for it."""
    pause = Pause()
    for pks in scratch.seen_bookings():
        pause.leave_room()
        Booking.objects.filter(pk__in=pks).update(last_seen=booking_import)
        pause.restart()


# --- Stopping and cleaning ----------------------------------------------------------------------------------------


@transaction.atomic
def cancel_extract(*, booking_import: BookingImport, by: User | None, now: dt.datetime) -> BookingImport:
    """Abandons a reading, or stops it at the next thousand rows while it is being written. Asked twice, it is nothing new."""
    locked = (
        BookingImport.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=booking_import.pk)
    )
    if locked.state in (State.RECEIVED, State.PREVIEW, State.APPLYING):
        locked.state = State.CANCELLED
        locked.save(update_fields=["state"])
        record(verb="plan.cancel_booking_import", by=by, territory=locked.plan.territory, on=locked, now=now)
        transaction.on_commit(lambda: delete_extract_file(locked))
    return locked


def _give_up(booking_import: BookingImport, error: BaseException) -> None:
    """Nothing stays of a reading that stopped; it says why."""
    state = State.CANCELLED if isinstance(error, KeyboardInterrupt) else State.FAILED
    report = {**settled(booking_import.report), **error_report(error), "step": "failed"}
    BookingImport.objects.filter(pk=booking_import.pk, state=State.APPLYING).update(state=state, report=report)
    delete_extract_file(booking_import)
    purge_reading(booking_import)


def purge_reading(booking_import: BookingImport) -> int:
    """Removes, in small steps, what a reading that was stopped wrote and nobody saw."""
    booking_import.refresh_from_db()
    if booking_import.state not in (State.CANCELLED, State.FAILED):
        return 0
    removed, pause = 0, Pause()
    hidden = Booking.objects.filter(first_seen=booking_import, vanished_at__isnull=False).order_by("pk")
    while pks := list(hidden.values_list("pk", flat=True)[:SLICE]):
        pause.leave_room()
        with transaction.atomic():
            BookingSplit.objects.filter(booking__in=pks).delete()
            removed += Booking.objects.filter(pk__in=pks).delete()[0]
        pause.restart()
    return removed


def purge_readings(*, now: dt.datetime, plan: Plan | None = None) -> int:
    """Removes what readings that died or were stopped left behind; gives how many bookings."""
    dead = BookingImport.objects.filter(state=State.APPLYING)
    left = Booking.objects.filter(first_seen__state__in=(State.CANCELLED, State.FAILED), vanished_at__isnull=False)
    if plan is not None:
        dead, left = dead.filter(plan=plan), left.filter(plan=plan)
    for reading in dead.order_by("pk"):
        if reading.report.get("step") == "writing" and is_stale(reading, now):
            report = {**settled(reading.report), **error_report(RuntimeError()), "step": "failed"}
            BookingImport.objects.filter(pk=reading.pk, state=State.APPLYING).update(state=State.FAILED, report=report)
            delete_extract_file(reading)
    imports = BookingImport.objects.filter(pk__in=left.order_by().values("first_seen").distinct()).order_by("pk")
    return sum(purge_reading(reading) for reading in imports)
