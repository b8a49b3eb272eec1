"""Organisations that may be one: the same name but for small words, the same mailbox or telephone. A proposal, never a merge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .register_rows import bare

SAME_NAME, NEAR_NAME, SAME_EMAIL, SAME_PHONE = "name", "near_name", "email", "phone"
NEAR = 0.9
_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is compared of an organisation."""

    pk: int
    name: str
    alternate_name: str = ""
    number: str = ""
    email: str = ""
    phone: str = ""
    parent: int | None = None


def look_alike(first: Sheet, second: Sheet) -> str:
    """Why two may be one; empty when nothing says so, or when their numbers say they are two, or when one is a part of the other."""
    if first.number and second.number and first.number != second.number:
        return ""
    if first.parent == second.pk or second.parent == first.pk:
        return ""
    names = [{bare(name) for name in (one.name, one.alternate_name) if name} for one in (first, second)]
    if names[0] & names[1]:
        return SAME_NAME
    if SequenceMatcher(None, bare(first.name), bare(second.name)).ratio() >= NEAR:
        return NEAR_NAME
    if first.email and first.email.casefold() == second.email.casefold() and first.parent is None and second.parent is None:
        return SAME_EMAIL
    if _phone(first.phone) and _phone(first.phone) == _phone(second.phone) and first.parent is None and second.parent is None:
        return SAME_PHONE
    return ""


def _phone(text: str) -> str:
    digits = _DIGITS.sub("", text)
    return digits[-8:] if len(digits) >= 8 else ""


def pairs_alike(sheets: Sequence[Sheet], apart: Iterable[tuple[int, int]] = ()) -> list[tuple[Sheet, Sheet, str]]:
    """Pairs that may be one, by name; `apart`: pairs that somebody said are two. Compared within the same first letter, mailbox or telephone."""
    told = {frozenset(pair) for pair in apart}
    drawers: dict[str, set[int]] = {}
    by_pk = {one.pk: one for one in sheets}
    for one in sheets:
        keys = {f"n{bare(name)[:1]}" for name in (one.name, one.alternate_name) if name}
        keys |= {f"e{one.email.casefold()}"} if one.email else set()
        keys |= {f"p{_phone(one.phone)}"} if _phone(one.phone) else set()
        for key in keys:
            drawers.setdefault(key, set()).add(one.pk)
    seen: set[frozenset[int]] = set()
    found = []
    for drawer in drawers.values():
        ordered = sorted(drawer)
        for i, left in enumerate(ordered):
            for right in ordered[i + 1 :]:
                pair = frozenset((left, right))
                if pair in seen or pair in told:
                    continue
                seen.add(pair)
                if why := look_alike(by_pk[left], by_pk[right]):
                    found.append((by_pk[left], by_pk[right], why))
    return sorted(found, key=lambda each: (bare(each[0].name), each[0].pk, each[1].pk))
