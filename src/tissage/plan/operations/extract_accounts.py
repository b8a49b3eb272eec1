"""What a reading would do, or did, as it is kept for the screens: counts, and the first lines of each list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tissage.core.folding import fold
from tissage.core.messages import Explained, gettext_noop, say
from tissage.plan.models import Booking

from .extract_matching import Reading, Scratch

SHOWN = 300
KEPT_CHANGED = 5000


def settled(report: Mapping[str, Any]) -> dict[str, Any]:
    """What of a report outlives the next step."""
    return {name: report[name] for name in ("format", "partial") if name in report}


def account_of(scratch: Scratch, reading: Reading) -> dict[str, Any]:
    """What the extract does, in counts, and the first lines of each list."""
    return {
        "rows": reading.rows,
        "new": reading.new,
        "known": reading.known,
        "changed_total": reading.changed,
        "back": reading.back,
        "vanished_total": reading.vanished,
        "totals": reading.totals,
        "changed": _changes(scratch),
        "vanished": _vanishings(scratch),
        "changed_bookings": _first([one["pk"] for one in rows] for rows in scratch.changed_rows()),
        "problems": [one.as_kept() for one in reading.problems.in_order()],
        "problems_total": reading.problems.total,
        "notices": [one.as_kept() for one in reading.notices.in_order()],
        "notices_total": reading.notices.total,
    }


def _first(chunks: Iterable[list[int]]) -> list[int]:
    kept: list[int] = []
    for chunk in chunks:
        kept += chunk
        if len(kept) >= KEPT_CHANGED:
            break
    return kept[:KEPT_CHANGED]


def _changes(scratch: Scratch) -> list[dict[str, Any]]:
    """The first bookings that change or come back: what they said, what they say now."""
    for rows in scratch.changed_rows(SHOWN):
        before = Booking.objects.in_bulk([row["pk"] for row in rows])
        said = []
        for row in rows:
            booking, after = before[row["pk"]], values_of(row)
            fields = {
                name: [_text(getattr(booking, name)), _text(after[name])]
                for name in ("amount", "booked_on", "supplier", "label", "function_code")
                if getattr(booking, name) != after[name]
            }
            said.append(
                {"pk": booking.pk, "line": row["line"], "number": row["number"], "label": row["label"], "fields": fields,
                 "back": bool(row["back"]), "split": booking.is_split}
            )  # fmt: skip
        return said
    return []


def _vanishings(scratch: Scratch) -> list[dict[str, Any]]:
    for pks in scratch.vanished_bookings(SHOWN):
        return [
            {"pk": one.pk, "number": one.number, "booked_on": one.booked_on.isoformat(), "supplier": one.supplier, "label": one.label,
             "amount": str(one.amount), "split": one.is_split}
            for one in Booking.objects.filter(pk__in=pks).order_by("-booked_on", "-pk")
        ]  # fmt: skip
    return []


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the values of a booking."""
    return {
        "booked_on": dt.date.fromisoformat(row["booked_on"]),
        "supplier": row["supplier"],
        "supplier_search": fold(row["supplier"])[:200],
        "label": row["label"],
        "function_code": row["function_code"],
        "amount": Decimal(row["cents"]).scaleb(-2),
    }


def error_report(error: BaseException) -> dict[str, Any]:
    """Why a reading stopped, as it is kept for the screens."""
    said = (
        error.message
        if isinstance(error, Explained)
        else say(gettext_noop("La lecture s’est arrêtée sur une erreur. Rien n’a été ajouté."))
    )
    return {"error_templates": list(said.templates), "error_values": dict(said.values)}
