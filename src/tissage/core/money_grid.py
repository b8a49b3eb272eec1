"""A grid of amounts that two people may have open at once: what each changed is kept, what both changed is shown to the second.

A cell holds an amount, None (an amount nobody knows yet) or `BLANK` (the stage says nothing there).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from tissage.core.money import AmountUnreadable, read_amount


class Blank(Enum):
    BLANK = ""


BLANK = Blank.BLANK
Key = TypeVar("Key", bound=Hashable)
Cell = Decimal | None | Blank
UNKNOWN_WORDS = ("?", "inconnu", "unknown")


def read_cell(text: str) -> Cell:
    """What somebody typed in a cell: nothing, « ? » or « inconnu », or an amount that is not negative. Raises `AmountUnreadable`."""
    bare = text.strip()
    if not bare:
        return BLANK
    if bare.casefold() in UNKNOWN_WORDS:
        return None
    amount = read_amount(bare)
    if amount < 0:
        raise AmountUnreadable(text)
    return amount


def write_cell(cell: Cell) -> str:
    """A cell as it is typed and read again: « », « ? », « 1234,50 »."""
    if isinstance(cell, Blank):
        return ""
    return "?" if cell is None else f"{cell:.2f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Key]):
    """A cell that two people changed: what it was when the second opened the page, what it became, what the second wants."""

    key: Key
    was: Cell
    theirs: Cell
    mine: Cell


@dataclass(frozen=True, slots=True)
class Merge(Generic[Key]):
    """`changes`: what to write. `conflicts`: what nobody may decide but the second person; nothing is written while there is one."""

    changes: Mapping[Key, Cell]
    conflicts: tuple[Conflict[Key], ...]


def merge(was: Mapping[Key, Cell], stored: Mapping[Key, Cell], mine: Mapping[Key, Cell]) -> Merge[Key]:
    """Puts what I typed over what stands, knowing what stood when I opened the page. A key absent of a mapping is blank.

    What I left alone stays as the other made it; what we both changed alike is no conflict.
    """
    changes: dict[Key, Cell] = {}
    conflicts = []
    for key, wanted in mine.items():
        before, now = was.get(key, BLANK), stored.get(key, BLANK)
        if wanted in (before, now):
            continue
        if now == before:
            changes[key] = wanted
        else:
            conflicts.append(Conflict(key, before, now, wanted))
    return Merge(changes, tuple(conflicts))
