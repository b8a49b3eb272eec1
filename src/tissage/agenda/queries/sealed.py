"""What is free or personal of a registration: encrypted for its row alone, read back for those who may."""

from __future__ import annotations

from tissage.agenda.models import Registration, SchoolBooking
from tissage.people.cipher import key_ring


def seal(row: Registration | SchoolBooking, text: str) -> str:
    return key_ring().encrypt(text, place=f"agenda:{row.token_hash}") if text else ""


def unseal(row: Registration | SchoolBooking, sealed: str) -> str:
    return key_ring().decrypt(sealed, place=f"agenda:{row.token_hash}") if sealed else ""


def email_of(row: Registration | SchoolBooking) -> str:
    return unseal(row, row.email if isinstance(row, Registration) else row.contact_email)
