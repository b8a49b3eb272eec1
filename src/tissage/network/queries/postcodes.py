"""Belgian postal codes: their region and the middle of them, from a shipped table (`network/data/be_postcodes.md` says where it comes from)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

REGIONS = ("brussels", "flanders", "wallonia")


@dataclass(frozen=True, slots=True)
class Postcode:
    code: str
    municipality: str
    region: str
    latitude: Decimal
    longitude: Decimal


@cache
def postcodes() -> dict[str, Postcode]:
    """Every code of the table, read once in a process."""
    text = (files("tissage.network") / "data" / "be_postcodes.csv").read_text(encoding="utf-8")
    return {
        row["postal_code"]: Postcode(
            row["postal_code"], row["municipality"], row["region"], Decimal(row["latitude"]), Decimal(row["longitude"])
        )
        for row in csv.DictReader(text.splitlines())
    }


def region_of(postal_code: str) -> str:
    """`brussels`, `flanders` or `wallonia`, by the ranges that the post gave to provinces; nothing for what is not a Belgian code.

    >>> region_of("7000"), region_of("1030"), region_of("9000"), region_of("75011")
    ('wallonia', 'brussels', 'flanders', '')
    """
    if len(postal_code) != 4 or not (postal_code.isascii() and postal_code.isdigit()) or postal_code < "1000":
        return ""
    if postal_code < "1300":
        return "brussels"
    return "flanders" if "1500" <= postal_code < "4000" or postal_code >= "8000" else "wallonia"


def centroid(postal_code: str) -> tuple[Decimal, Decimal] | None:
    """(latitude, longitude) in degrees of the middle of a postal code; None for one that is not in the table."""
    found = postcodes().get(postal_code.strip())
    return (found.latitude, found.longitude) if found else None
