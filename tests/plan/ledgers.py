"""Extracts to read in tests: rows as a town's accounts write them, read by the real reader."""

from __future__ import annotations

import datetime as dt

from tests.conftest import NOW
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.plan.exchange.extract_uploads import columns_of, opened, read_extract, write_extract
from tissage.plan.models import Action, BookingImport, Plan
from tissage.plan.operations.actions import create_action
from tissage.plan.operations.booking_imports import receive_extract
from tissage.plan.operations.extract_files import remember_columns
from tissage.plan.operations.plans import create_plan

HEADER = "Numéro;Date;Article budgétaire;Fournisseur;Libellé;Montant;Genre"


def plan_of(territory, **details) -> Plan:
    dates = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    return create_plan(
        territory=territory, framework=plan_framework_version("pcs-2020"), name="PCS", by=None, now=NOW, **{**dates, **details}
    )


def actions_of(plan: Plan, *titles: str) -> list[Action]:
    return [create_action(plan=plan, title=title, by=None, now=NOW) for title in titles]


def text_of(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode()


def given_extract(plan: Plan, *rows: str, year=2026, header: str = HEADER, by=None, partial=False) -> BookingImport:
    """An extract received, its columns named as the header suggests, and compared."""
    received = receive_extract(
        plan=plan, year=year, name="extrait.csv", format="csv", blocks=[text_of(*rows, header=header)], by=by, now=NOW, partial=partial
    )
    extract = opened(received)
    if columns_of(received, extract) is None:
        remember_columns(booking_import=received, header_hash=extract.key, mapping=extract.guess, now=NOW)
    read_extract(received)
    received.refresh_from_db()
    return received


def read(plan: Plan, *rows: str, **how) -> BookingImport:
    """An extract read and applied."""
    received = given_extract(plan, *rows, **how)
    assert received.state == BookingImport.State.PREVIEW, received.report
    refusal = write_extract(received)
    assert refusal is None, refusal
    received.refresh_from_db()
    return received
